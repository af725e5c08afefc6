"""Indicators of the archive of customers and of improvement plans."""

from analytics.catalogue import words as w
from analytics.definitions import Indicator, Text
from analytics.enums import Direction, Kind, Unit

_DIMENSIONS = ("business_unit", "region", "customer", "team", "rep")
_THEME = Text("客户生命周期首次正确", "Archive right first time")


def _improvement(
    number: int,
    name: Text,
    formula: Text,
    reading: Text,
    numerator: str,
    denominator: str,
    direction: Direction,
    system: str = "CRM",
) -> Indicator:
    """One of the indicators of improvement plans, which differ in little."""
    return Indicator(
        number=number,
        name=name,
        process=w.CUSTOMERS,
        theme=_THEME,
        unit=Unit.PERCENT,
        unit_text=w.PERCENT,
        kind=Kind.RATIO,
        direction=direction,
        tiers=w.ALL_TIERS,
        formula=formula,
        reading=reading,
        stages=(w.IMPROVED, w.IMPROVED),
        cycle=w.YEARLY,
        system=system,
        priority=1,
        dimensions=_DIMENSIONS,
        numerator=numerator,
        denominator=denominator,
    )


def _uplift(number: int, name: Text, formula: Text, what: Text, measure: str, system: str = "CRM") -> Indicator:
    """How much more there was than before the plans."""
    reading = Text(
        f"按改善计划执行期内的整月计算:分子为当月{what.zh}减去计划开始前 12 个整月的月均{what.zh}之和,分母为同期{what.zh}之和;"
        "同一客户同一月份有多个计划时只计最早开始的计划;低于基线的月份以负数计入。",
        f"Over the whole months in which improvement plans ran. Above the line: {what.en} less its monthly mean in the 12"
        f" whole months before the plan began; a month below that counts as a minus. Below: {what.en} of the same months."
        " Where two plans of a customer run, the month counts for the one that began first.",
    )
    return _improvement(number, name, formula, reading, f"{measure}_more", measure, Direction.UP, system)


INDICATORS = (
    Indicator(
        number=107,
        name=Text("客户档案审批未通过率", "Archive rejections"),
        process=w.CUSTOMERS,
        theme=_THEME,
        unit=Unit.PERCENT,
        unit_text=w.PERCENT,
        kind=Kind.RATIO,
        direction=Direction.DOWN,
        tiers=w.OPERATIONS_ONLY,
        formula=Text(
            "客户档案信息创建或变更未通过审批客户数/客户档案信息未通过审批客户数×100%",
            "decisions that did not let an archive pass / all decisions about archives × 100%",
        ),
        reading=Text(
            "分子为退回或驳回的客户登记次数,分母为全部登记审批结论次数;均按该登记最近一次结论的日期归入期间。",
            "Above the line: how often a registration was returned or rejected. Below: how often one was decided. Both count on"
            " the day of the registration's last decision.",
        ),
        stages=(w.WATCHED, w.WATCHED),
        cycle=w.YEARLY,
        system="CRM",
        priority=1,
        dimensions=_DIMENSIONS,
        numerator="archive_refusals",
        denominator="archive_decisions",
    ),
    Indicator(
        number=108,
        name=Text("客户档案首次正确", "Archive right first time"),
        process=w.CUSTOMERS,
        theme=_THEME,
        unit=Unit.PERCENT,
        unit_text=w.PERCENT,
        kind=Kind.RATIO,
        direction=Direction.UP,
        tiers=w.OPERATIONS_ONLY,
        formula=Text(
            "客户档案首次正确客户数/总客户数×100%",
            "customers whose archive was right the first time / customers × 100%",
        ),
        reading=Text(
            "分母为期间内经登记批准建档的客户;分子为其中首次提交即获批准、且 30 天内名称与信用代码未作更正的客户。",
            "Below the line: customers whose registration was approved in the period. Above: those approved at the first"
            " submission whose name and credit code were not corrected within 30 days.",
        ),
        stages=(w.WATCHED, w.WATCHED),
        cycle=w.YEARLY,
        system="CRM",
        priority=1,
        dimensions=_DIMENSIONS,
        numerator="archives_right_first_time",
        denominator="archives_approved",
    ),
    _uplift(
        123,
        Text("贡献改善销量提升率", "Improvement: volume uplift"),
        Text(
            "和及营销相关的销量提升/该客户总销量×100%",
            "volume above baseline under improvement plans / the customers' volume × 100%",
        ),
        Text("订单销量", "ordered volume"),
        "plan_volume",
        system="SAP",
    ),
    _uplift(
        124,
        Text("贡献改善销售额提升率", "Improvement: order amount uplift"),
        Text(
            "和及营销相关的销售提升金额/该客户销售金额×100%",
            "order amount above baseline under improvement plans / the customers' order amount × 100%",
        ),
        Text("订单金额", "ordered amount"),
        "plan_ordered",
    ),
    _uplift(
        125,
        Text("贡献改善营收提升率", "Improvement: revenue uplift"),
        Text(
            "和及营销相关的营收提升金额/该客户营收×100%",
            "settled revenue above baseline under improvement plans / the customers' revenue × 100%",
        ),
        Text("实收营收", "settled revenue"),
        "plan_revenue",
    ),
    _improvement(
        126,
        Text("贡献改善逾期天数比", "Improvement: overdue days before/after"),
        Text("改善行动前逾期天数/改善行动后逾期天数", "days overdue before the action / days overdue after it"),
        Text(
            "按改善计划执行期内的整月计算:分子为计划开始前 12 个月末的平均逾期天数,分母为当月末的逾期天数,分别相加;"
            "逾期天数为月末逾期应收按金额加权的平均逾期天数,无逾期为 0。大于 100% 表示逾期缩短。",
            "Over the whole months in which improvement plans ran. Above the line: the mean days overdue at the ends of the 12"
            " months before the plan began. Below: the days overdue at this month's end. Days are weighed by the amounts"
            " overdue, 0 without any. More than 100% means shorter than before.",
        ),
        "plan_days_before",
        "plan_days_after",
        Direction.UP,
    ),
)
