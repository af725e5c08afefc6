"""Indicators of revenue, receivables and collections."""

from analytics.catalogue import words as w
from analytics.definitions import Indicator, Text
from analytics.enums import Direction, Kind, Unit

_REVENUE = Text("营收达成率", "Revenue")
_CONCENTRATION = Text("营收集中度", "Concentration of revenue")
_RECEIVABLES = Text("应收管理", "Receivables")
_COLLECTION = Text("回款管理", "Collections")

_REVENUE_ROWS = (
    Indicator(
        number=61,
        name=Text("营业收入金额", "Revenue"),
        process=w.FINANCE,
        theme=_REVENUE,
        unit=Unit.MONEY,
        unit_text=w.MONEY,
        kind=Kind.FLOW,
        direction=Direction.UP,
        tiers=w.ALL_TIERS,
        formula=Text("已结算实收营业收入金额", "settled revenue, actually received"),
        reading=Text(
            "发票行在其应收项全额清账之日计入,不含税,本币;贷项冲减。",
            "An invoice line counts on the day its receivable was cleared in full, without tax, in base currency; credit memos"
            " reduce it.",
        ),
        stages=(w.TARGET, w.TARGET),
        cycle=w.MONTHLY,
        system="SAP",
        priority=1,
        dimensions=w.LINE_DIMENSIONS,
        numerator="revenue",
    ),
    Indicator(
        number=62,
        name=Text("营业收入金额占比", "Revenue share"),
        process=w.FINANCE,
        theme=_REVENUE,
        unit=Unit.PERCENT,
        unit_text=w.PERCENT,
        kind=Kind.RATIO,
        direction=Direction.UP,
        tiers=w.ALL_TIERS,
        formula=Text("指定部分营业收入/全部营业收入×100%", "revenue of a part / revenue of the whole × 100%"),
        reading=Text(
            "所选成员的营业收入占本人可见全部营业收入的比例;未选成员时为 100%。",
            "The revenue of the chosen part against all revenue that the reader may see; 100% when no part is chosen.",
        ),
        stages=(w.BUSINESS_TARGET, w.BUSINESS_TARGET),
        cycle=w.MONTHLY,
        system="SAP",
        priority=1,
        dimensions=w.LINE_DIMENSIONS,
        numerator="revenue",
        denominator="revenue",
        of_whole=True,
    ),
    Indicator(
        number=63,
        name=Text("营业收入金额完成率", "Revenue target completion"),
        process=w.FINANCE,
        theme=_REVENUE,
        unit=Unit.PERCENT,
        unit_text=w.PERCENT,
        kind=Kind.RATIO,
        direction=Direction.UP,
        tiers=w.ALL_TIERS,
        formula=Text("已结算实收营业收入金额/目标营业收入×100%", "settled revenue / revenue target × 100%"),
        reading=Text(
            "期内各月目标之和为分母;目标按公司、事业部、区域、团队与业务员下达,跨两个维度时没有目标。",
            "The targets of the period's months are added up; targets are set for the company, business units, regions, teams"
            " and people, and for nothing that crosses two of these.",
        ),
        stages=(w.TARGET, w.TARGET),
        cycle=w.MONTHLY,
        system="SAP",
        priority=1,
        dimensions=("business_unit", "region", "team", "rep"),
        numerator="revenue",
        denominator="target:61",
    ),
    Indicator(
        number=64,
        name=Text("按营业收入集中度排序CR10、CR20", "Revenue concentration CR10, CR20"),
        process=w.FINANCE,
        theme=_CONCENTRATION,
        unit=Unit.RANK,
        unit_text=w.RANKING,
        kind=Kind.RANK,
        direction=Direction.NONE,
        tiers=w.ALL_TIERS,
        formula=Text("依据营业收入占比排序", "customers in the order of their share of revenue"),
        reading=Text(
            "客户按期内营业收入从高到低排列;CR10、CR20 为前 10 家、前 20 家的占比,数值取 CR10。"
            "按其他维度查看时,为各成员内部的 CR10。",
            "Customers by revenue of the period, largest first; CR10 and CR20 are the shares of the first 10 and 20, and"
            " the value is CR10. By another dimension it is the CR10 within each member.",
        ),
        stages=(w.MANAGED, w.MANAGED),
        cycle=w.MONTHLY,
        system="CRM",
        priority=1,
        dimensions=("customer", "business_unit", "product_line", "region", "team", "rep"),
        numerator="revenue",
        denominator="revenue",
    ),
)

_CASH_ROWS = (
    Indicator(
        number=68,
        name=Text("应收账款余额", "Receivables"),
        process=w.FINANCE,
        theme=_RECEIVABLES,
        unit=Unit.MONEY,
        unit_text=w.MONEY,
        kind=Kind.SNAPSHOT,
        direction=Direction.DOWN,
        tiers=w.ALL_TIERS,
        formula=Text("期末未清应收金额(本币)", "open items at the end of the period, in base currency"),
        reading=Text(
            "期末仍未清账的应收项合计,预收与贷项冲减;当月取今日。",
            "Items not cleared by the end of the period, payments on account and credit memos taken off;"
            " today in the running month.",
        ),
        stages=(w.WATCHED, w.WATCHED),
        cycle=w.MONTHLY,
        system="SAP",
        priority=1,
        dimensions=w.ITEM_DIMENSIONS,
        numerator="receivable",
    ),
    Indicator(
        number=69,
        name=Text("应收逾期金额", "Overdue receivables"),
        process=w.FINANCE,
        theme=_RECEIVABLES,
        unit=Unit.MONEY,
        unit_text=w.MONEY,
        kind=Kind.SNAPSHOT,
        direction=Direction.DOWN,
        tiers=w.ALL_TIERS,
        formula=Text("期末已过到期日的未清应收金额", "open items past their due date at the end of the period"),
        reading=Text(
            "期末未清、到期日早于期末的应收款项(金额为正)之和。未核销的贷项凭证、付款、预收款与冲销属于欠客户的款项,不算逾期,"
            "也不冲减逾期金额。当月取今日。",
            "Open claims whose due date is before the end of the period. Credit memos, payments, down payments and cancellations"
            " not matched yet are owed to the customer: they are not overdue and take nothing off. Today in the running month.",
        ),
        stages=(w.ASSESSED, w.ASSESSED),
        cycle=w.MONTHLY,
        system="SAP",
        priority=1,
        dimensions=w.ITEM_DIMENSIONS,
        numerator="overdue",
    ),
    Indicator(
        number=70,
        name=Text("应收逾期率", "Overdue rate"),
        process=w.FINANCE,
        theme=_RECEIVABLES,
        unit=Unit.PERCENT,
        unit_text=w.PERCENT,
        kind=Kind.SNAPSHOT,
        direction=Direction.DOWN,
        tiers=w.ALL_TIERS,
        formula=Text("应收逾期金额/应收账款余额×100%", "overdue receivables / receivables × 100%"),
        reading=Text(
            "69 除以 68,两者取同一日。余额已冲减贷项与预收而逾期未冲减,故可能超过 100%;余额不为正时无值。",
            "Indicator 69 over indicator 68, both on the same day. The balance has credits taken off and what is overdue has not,"
            " so it may exceed 100%; no value unless the balance is positive.",
        ),
        stages=(w.ASSESSED, w.ASSESSED),
        cycle=w.MONTHLY,
        system="SAP",
        priority=1,
        dimensions=w.ITEM_DIMENSIONS,
        numerator="overdue",
        denominator="receivable",
    ),
    Indicator(
        number=72,
        name=Text("回款金额", "Collections"),
        process=w.FINANCE,
        theme=_COLLECTION,
        unit=Unit.MONEY,
        unit_text=w.MONEY,
        kind=Kind.FLOW,
        direction=Direction.UP,
        tiers=w.ALL_TIERS,
        formula=Text("期内到账回款金额(本币)", "payments received in the period, in base currency"),
        reading=Text(
            "按过账日期计的客户付款与预付款,含税;退款冲减。",
            "Customers' payments and down payments by posting date, with tax; repayments reduce it.",
        ),
        stages=(w.TARGET, w.TARGET),
        cycle=w.MONTHLY,
        system="SAP",
        priority=1,
        dimensions=w.ITEM_DIMENSIONS,
        numerator="collected",
    ),
)

INDICATORS = _REVENUE_ROWS + _CASH_ROWS
