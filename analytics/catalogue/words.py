"""Words of the catalogue that several indicators share."""

from analytics.definitions import Stage, Text
from analytics.enums import Role, Tier

MARKETING = Text("营销活动管理", "Campaigns")
LEADS = Text("线索管理", "Leads")
OPPORTUNITIES = Text("商机管理", "Opportunities")
CUSTOMERS = Text("客户生命周期管理", "Customer life cycle")
ORDERS = Text("订单管理", "Orders")
FINANCE = Text("财务协同", "Finance")
SAMPLES = Text("送样管理", "Samples")
FULFILMENT = Text("履约管理", "Fulfilment")

PERCENT = Text("%", "%")
MONEY = Text("金额", "amount")
NUMBER = Text("数量", "number")
PIECES = Text("个", "orders")
TIMES = Text("次", "samples")
DAYS = Text("天", "days")
TONNES = Text("吨", "t")
HOURS = Text("小时", "hours")
RANKING = Text("排序", "ranking")
MONTHLY = Text("月度", "monthly")
YEARLY = Text("年度", "yearly")

ALL_TIERS = (Tier.STRATEGIC, Tier.MANAGEMENT, Tier.OPERATIONS)
LOWER_TIERS = (Tier.MANAGEMENT, Tier.OPERATIONS)
OPERATIONS_ONLY = (Tier.OPERATIONS,)

TARGET = Stage("经营目标", Role.BOI)
BUSINESS_TARGET = Stage("业务目标", Role.BOI)
ASSESSED = Stage("运营考核", Role.KPI)
WATCHED = Stage("运营监测", Role.CPI)
IMPROVED = Stage("运营改善", Role.CPI)
MANAGED = Stage("管理监测", Role.CPI)

LINE_DIMENSIONS = ("business_unit", "product_line", "product", "region", "customer", "team", "rep")
ITEM_DIMENSIONS = ("business_unit", "region", "customer", "team", "rep")
