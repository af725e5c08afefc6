"""Indicators of sales orders and their delivery."""

from decimal import Decimal

from analytics.catalogue import words as w
from analytics.definitions import Indicator, Text
from analytics.enums import Direction, Kind, Unit

_EXECUTION = Text("订单执行", "Order execution")
_PRICES = Text("价格管理合规", "Keeping to prices")

INDICATORS = (
    Indicator(
        number=53,
        name=Text("销售订单数", "Sales orders"),
        process=w.ORDERS,
        theme=_EXECUTION,
        unit=Unit.COUNT,
        unit_text=w.PIECES,
        kind=Kind.FLOW,
        direction=Direction.UP,
        tiers=w.OPERATIONS_ONLY,
        formula=Text("期内创建的销售订单数", "sales orders of the period"),
        reading=Text(
            "按订单日期计;一张订单只计一次,全部行被拒绝的订单、已取消的订单与 ERP 中已删除的订单不计。"
            "按产品线或产品查看时,跨线订单在每条线各计一次,各线之和可大于合计。",
            "By order date, each order once; one whose lines are all rejected, or that was cancelled or is gone from the ERP,"
            " does not count. By product line or product an order over several of them counts in each, so the members may"
            " add up to more than the total.",
        ),
        stages=(w.WATCHED, w.WATCHED),
        cycle=w.MONTHLY,
        system="SAP",
        priority=1,
        dimensions=w.LINE_DIMENSIONS,
        numerator="orders",
    ),
    Indicator(
        number=54,
        name=Text("销售订单金额", "Sales order amount"),
        process=w.ORDERS,
        theme=_EXECUTION,
        unit=Unit.MONEY,
        unit_text=w.MONEY,
        kind=Kind.FLOW,
        direction=Direction.UP,
        tiers=w.ALL_TIERS,
        formula=Text(
            "期内销售订单金额合计(本币,不含已终止行)",
            "net amount of order lines in base currency, rejected lines left out",
        ),
        reading=Text(
            "按订单日期计,不含税,按订单日汇率折为本币;被拒绝的行、已取消的订单与 ERP 中已删除的订单不计。",
            "By order date, without tax, at the rate of the order's date; rejected lines, and orders cancelled or gone"
            " from the ERP, do not count.",
        ),
        stages=(w.WATCHED, w.WATCHED),
        cycle=w.MONTHLY,
        system="SAP",
        priority=1,
        dimensions=w.LINE_DIMENSIONS,
        numerator="ordered_net",
    ),
    Indicator(
        number=55,
        name=Text("销售订单销量", "Ordered volume"),
        process=w.ORDERS,
        theme=_EXECUTION,
        unit=Unit.TONNE,
        unit_text=w.TONNES,
        kind=Kind.FLOW,
        direction=Direction.UP,
        tiers=w.ALL_TIERS,
        formula=Text("期内销售订单数量合计(换算为基本单位)", "quantity of order lines in the base unit"),
        reading=Text(
            "按订单日期计,由基本单位公斤折为吨;不以重量计量的产品、被拒绝的行与已取消的订单不计。",
            "By order date, the base unit kg turned into tonnes; products that are not sold by weight, rejected"
            " lines and cancelled orders do not count.",
        ),
        stages=(w.WATCHED, w.WATCHED),
        cycle=w.MONTHLY,
        system="SAP",
        priority=1,
        dimensions=w.LINE_DIMENSIONS,
        numerator="ordered_kg",
        divide=Decimal(1000),
    ),
    Indicator(
        number=83,
        name=Text("准时交货率", "On-time delivery"),
        process=w.FULFILMENT,
        theme=Text("交货有效性", "Effect of delivery"),
        unit=Unit.PERCENT,
        unit_text=w.PERCENT,
        kind=Kind.RATIO,
        direction=Direction.UP,
        tiers=w.ALL_TIERS,
        formula=Text(
            "不晚于承诺日期发货的订单行数/期内应交的订单行数×100%",
            "order lines shipped not later than promised / order lines due in the period × 100%",
        ),
        reading=Text(
            "按承诺日期归入期间,只计截至今日应交的行;数量发足之日算发货,ERP 已记为交货完成的订单以最后一次发货为准。",
            "Lines count in the month they were promised for, up to today; a line is shipped when its quantity is complete, or"
            " with its last part where the ERP calls the order delivered.",
        ),
        stages=(w.ASSESSED, w.ASSESSED),
        cycle=w.MONTHLY,
        system="SAP",
        priority=1,
        dimensions=w.LINE_DIMENSIONS,
        numerator="lines_on_time",
        denominator="lines_due",
    ),
    Indicator(
        number=35,
        name=Text("销售订单的毛利差额", "Gross margin difference of sales orders"),
        process=w.OPPORTUNITIES,
        theme=_PRICES,
        unit=Unit.MONEY,
        unit_text=w.MONEY,
        kind=Kind.FLOW,
        direction=Direction.UP,
        tiers=w.LOWER_TIERS,
        formula=Text(
            "(本币销售价格-单位成本-单位费用(返利+超宽运费))×销售订单产品数量 1.毛利率=合同毛利/市场价格",
            "(price in base currency − unit cost − unit expense (rebate + excess freight)) × quantity of order lines",
        ),
        reading=Text(
            "按订单日期计,成本为产品当日的标准成本;没有标准成本的产品不计。系统尚未记录返利与超宽运费,故单位费用计为零。",
            "By order date, at the product's standard cost of that day; products without one do not count. Rebates and excess"
            " freight are not recorded, so the unit expense is zero.",
        ),
        stages=(w.ASSESSED, w.ASSESSED),
        cycle=w.MONTHLY,
        system="SAP",
        priority=1,
        dimensions=w.LINE_DIMENSIONS,
        numerator="order_margin",
        permission="crm.view_cost",
    ),
    Indicator(
        number=47,
        name=Text("价格例外率", "Price exceptions"),
        process=Text("价格管理", "Prices"),
        theme=_PRICES,
        unit=Unit.PERCENT,
        unit_text=w.PERCENT,
        kind=Kind.RATIO,
        direction=Direction.DOWN,
        tiers=w.LOWER_TIERS,
        formula=Text("低于指导价的订单行数/订单行数×100%", "order lines below the guide price / order lines × 100%"),
        reading=Text(
            "按订单日期计;指导价为当日对该客户适用的价格表价格,没有适用价格的行不算例外。",
            "By order date. The guide price is that of the price list that applied to the customer that day; a line without one"
            " is no exception.",
        ),
        stages=(w.ASSESSED, w.ASSESSED),
        cycle=w.MONTHLY,
        system="CRM",
        priority=1,
        dimensions=w.LINE_DIMENSIONS,
        numerator="lines_below_guide",
        denominator="lines",
    ),
)
