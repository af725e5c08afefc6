"""Indicators of opportunities."""

from analytics.catalogue import words as w
from analytics.definitions import Indicator, Text
from analytics.enums import Direction, Kind, Unit

_THEME = Text("商机管理有效性", "Effect of opportunity work")

INDICATORS = (
    Indicator(
        number=31,
        name=Text("赢单率", "Win rate"),
        process=w.OPPORTUNITIES,
        theme=_THEME,
        unit=Unit.PERCENT,
        unit_text=w.PERCENT,
        kind=Kind.RATIO,
        direction=Direction.UP,
        tiers=w.LOWER_TIERS,
        formula=Text("已赢单商机数/已分配商机数×100%", "won opportunities / assigned opportunities × 100%"),
        reading=Text(
            "同批口径:期内分配的商机中,至今已赢单的占比。近期分配的商机多数尚未关闭,比率会随时间上升。",
            "By cohort: of the opportunities assigned in the period, how many have been won by now. Recent months rise as their"
            " opportunities close.",
        ),
        stages=(w.ASSESSED, w.ASSESSED),
        cycle=w.MONTHLY,
        system="CRM",
        priority=1,
        dimensions=w.LINE_DIMENSIONS,
        numerator="opportunities_won",
        denominator="opportunities_assigned",
    ),
    Indicator(
        number=33,
        name=Text("商机到合同或订单数量转化率", "Opportunity-to-order conversion (count)"),
        process=w.OPPORTUNITIES,
        theme=_THEME,
        unit=Unit.PERCENT,
        unit_text=w.PERCENT,
        kind=Kind.RATIO,
        direction=Direction.UP,
        tiers=w.ALL_TIERS,
        formula=Text(
            "已转化为合同或订单的商机数量/已分配商机数×100%",
            "opportunities that led to a contract or an order / assigned opportunities × 100%",
        ),
        reading=Text(
            "同批口径:期内分配的商机中,至今已产生合同或订单的占比。",
            "By cohort: of the opportunities assigned in the period, how many have led to a contract or an order by now.",
        ),
        stages=(w.MANAGED, w.ASSESSED),
        cycle=w.MONTHLY,
        system="CRM",
        priority=1,
        dimensions=w.LINE_DIMENSIONS,
        numerator="opportunities_converted",
        denominator="opportunities_assigned",
    ),
)
