"""Indicators of campaigns and leads."""

from analytics.catalogue import words as w
from analytics.definitions import Indicator, Text
from analytics.enums import Direction, Kind, Unit

_LEAD_DIMENSIONS = ("business_unit", "product_line", "region", "customer", "team", "rep", "campaign_type")

INDICATORS = (
    Indicator(
        number=1,
        name=Text("营销活动完成率", "Campaign completion rate"),
        process=w.MARKETING,
        theme=Text("营销活动完成度", "Campaign completion"),
        unit=Unit.PERCENT,
        unit_text=w.PERCENT,
        kind=Kind.RATIO,
        direction=Direction.UP,
        tiers=w.LOWER_TIERS,
        formula=Text("已完成营销活动数/年度计划完成数×100%", "completed campaigns / planned campaigns × 100%"),
        reading=Text(
            "按活动开始日期归入期间。分母为年度计划内的全部活动,加上已获批准的一事一议活动;分子为其中已完成的活动。",
            "Campaigns count in the month they start. Below the line: all campaigns of the annual plan, and those on demand once"
            " approved. Above the line: those of them that are completed.",
        ),
        stages=(w.WATCHED, w.WATCHED),
        cycle=w.YEARLY,
        system="CRM",
        priority=1,
        dimensions=("business_unit", "product_line", "region", "team", "rep", "campaign_type"),
        numerator="campaigns_completed",
        denominator="campaigns_planned",
    ),
    Indicator(
        number=6,
        name=Text("线索数", "Leads"),
        process=w.LEADS,
        theme=Text("线索管理效率", "Efficiency of leads"),
        unit=Unit.COUNT,
        unit_text=w.NUMBER,
        kind=Kind.FLOW,
        direction=Direction.UP,
        tiers=w.OPERATIONS_ONLY,
        formula=Text("线索条数", "number of leads"),
        reading=Text(
            "按收到日期计,不论线索后来的状态。", "Leads by the day they were received, whatever became of them."
        ),
        stages=(w.WATCHED, w.WATCHED),
        cycle=w.YEARLY,
        system="CRM",
        priority=1,
        dimensions=_LEAD_DIMENSIONS,
        numerator="leads_received",
    ),
    Indicator(
        number=7,
        name=Text("线索金额", "Lead amount"),
        process=w.LEADS,
        theme=Text("线索管理效率", "Efficiency of leads"),
        unit=Unit.MONEY,
        unit_text=w.MONEY,
        kind=Kind.FLOW,
        direction=Direction.UP,
        tiers=w.LOWER_TIERS,
        formula=Text("线索预计金额合计", "sum of the expected amounts of leads"),
        reading=Text(
            "按收到日期计,本币;未填预计金额的线索计为零。",
            "Expected amounts in base currency, by the day received; a lead without an amount adds nothing.",
        ),
        stages=(w.WATCHED, w.WATCHED),
        cycle=w.YEARLY,
        system="CRM",
        priority=1,
        dimensions=_LEAD_DIMENSIONS,
        numerator="leads_amount",
    ),
)
