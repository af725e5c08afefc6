"""How some indicators stand in a period: value, target, the year before, and the months that led there."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from analytics.catalogue import get
from analytics.definitions import Indicator
from analytics.engine.achieve import achievement
from analytics.engine.evaluate import Evaluator, facts_behind
from analytics.engine.facts import Filters
from analytics.engine.figures import Figures
from analytics.engine.request import KpiRequest
from analytics.engine.result import Achievement
from analytics.engine.targets import Targets
from analytics.enums import Kind
from analytics.measures import FACTS
from crm.periods import Period, last_months

MONTHS = 12


@dataclass(frozen=True)
class Course:
    """An indicator for one reader and period.

    `reached` is None without a target. `months` holds the months up to the period's last that has begun, oldest first, each
    with its value (None where there is none); a ranking has no months.
    """

    indicator: Indicator
    period: Period
    value: Decimal | None
    target: Decimal | None
    reached: Achievement | None
    year_before: Decimal | None
    months: tuple[tuple[dt.date, Decimal | None], ...]


def courses(
    numbers: Iterable[int],
    reader: Any,
    period: Period,
    *,
    filters: Filters = (),
    today: dt.date | None = None,
    count: int = MONTHS,
) -> dict[int, Course]:
    """The courses of these indicators; those that lack a dimension of the filters are left out.

    However many they are, sums that are up to date take one query, what is up to date another, and targets one or two.
    Raises UnknownIndicator.
    """
    day = today or timezone.localdate()
    able = [get(number) for number in numbers]
    able = [one for one in able if all(item.dimension in one.dimensions for item in filters)]
    led = last_months(period, day, count)
    wanted = sorted({*period.months, *period.year_before().months, *led})
    figures = Figures(reader, today=day)
    figures.preload([FACTS[key] for key in sorted(facts_behind(able))], wanted, filters=filters)
    evaluator = Evaluator(figures, Targets(reader, wanted, today=day))
    return {one.number: _course(evaluator, one, reader, period, filters, led) for one in able}


def _course(
    evaluator: Evaluator, indicator: Indicator, reader: Any, period: Period, filters: Filters, led: list[dt.date]
) -> Course:
    def value(some: Period) -> Decimal | None:
        return evaluator.figure(KpiRequest(indicator.number, some, "", filters, reader)).value

    now = value(period)
    target = evaluator.targets(period).of(indicator.number, period, filters)
    months = () if indicator.kind == Kind.RANK else tuple((month, value(Period(month, month, ""))) for month in led)
    return Course(
        indicator, period, now, target, achievement(indicator, now, target), value(period.year_before()), months
    )
