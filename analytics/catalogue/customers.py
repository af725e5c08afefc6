"""Indicators of the archive of customers."""

from analytics.catalogue import words as w
from analytics.definitions import Indicator, Text
from analytics.enums import Direction, Kind, Unit

_DIMENSIONS = ("business_unit", "region", "customer", "team", "rep")
_THEME = Text("客户生命周期首次正确", "Archive right first time")

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
)
