"""Indicators of tenders."""

from analytics.catalogue import words as w
from analytics.definitions import Indicator, Text
from analytics.enums import Direction, Kind, Unit

INDICATORS = (
    Indicator(
        number=45,
        name=Text("中标率", "Tender win rate"),
        process=Text("投标管理", "Tenders"),
        theme=Text("投标有效性", "Effect of tenders"),
        unit=Unit.PERCENT,
        unit_text=w.PERCENT,
        kind=Kind.RATIO,
        direction=Direction.UP,
        tiers=w.LOWER_TIERS,
        formula=Text("中标数/已开标的投标数×100%", "tenders won / tenders whose bids were opened × 100%"),
        reading=Text(
            "中标数/已开标的投标数×100%",
            "Both count on the day the bids were opened; a tender is won with at least one lot, and one that is not decided yet"
            " counts below the line only.",
        ),
        stages=(w.ASSESSED, w.ASSESSED),
        cycle=w.YEARLY,
        system="CRM",
        priority=1,
        dimensions=w.LINE_DIMENSIONS,
        numerator="tenders_won",
        denominator="tenders_opened",
    ),
)
