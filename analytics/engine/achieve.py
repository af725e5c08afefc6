"""A figure against its target, and against another period."""

from decimal import Decimal

from analytics.definitions import Indicator
from analytics.engine.result import Achievement
from analytics.enums import Direction, Unit

GREEN, AMBER = Decimal(100), Decimal(90)  # percent of the target from which a figure is good, and still acceptable
PERCENT_UNITS = (Unit.PERCENT, Unit.RANK)
MEANS = (Unit.HOURS, Unit.DAYS)  # ratios that are means and no shares


def achievement(indicator: Indicator, value: Decimal | None, target: Decimal | None) -> Achievement | None:
    """How far the target is reached; None without a target, a value or a direction. Where less is better the ratio is turned."""
    if value is None or target is None or indicator.direction == Direction.NONE:
        return None
    above, below = (target, value) if indicator.direction == Direction.DOWN else (value, target)
    percent = above * 100 / below if below > 0 else GREEN
    tone = "ok" if percent >= GREEN else "warn" if percent >= AMBER else "bad"
    return Achievement(target, percent, tone)


def change(indicator: Indicator, value: Decimal | None, before: Decimal | None) -> tuple[Decimal, str] | None:
    """The change from before and its unit: points for percentages, percent for amounts; None when there is nothing to compare."""
    if value is None or before is None:
        return None
    if indicator.unit in PERCENT_UNITS:
        return value - before, "pp"
    return ((value - before) * 100 / before, "%") if before > 0 else None
