"""What became of the opportunities created in a month or quarter: what share has reached each stage, was won, lost, is open."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, DateField, IntegerField, Max, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest, TruncMonth
from django.utils import timezone

from crm.periods import Period, add_months, month_start
from opportunities.models import Opportunity, OpportunityStageChange, Stage

MONTHS, QUARTERS = 12, 8


@dataclass
class Cohort:
    """Those created in a period. `reached` counts by open stage those that have ever been in it or in a later one."""

    period: Period
    count: int = 0
    reached: dict[int, int] = field(default_factory=dict)
    ended: dict[str, int] = field(default_factory=dict)

    def share(self, count: int) -> Decimal | None:
        """A count of it as a share, 0 to 1."""
        return Decimal(count) / self.count if self.count else None

    def now(self, category: str) -> int:
        """How many are in stages of that meaning now."""
        return self.ended.get(category, 0)


def periods(today: dt.date, *, quarters: bool) -> list[Period]:
    """The months of a year, or the quarters of two, up to today's; the newest first."""
    if not quarters:
        firsts = [add_months(today, -back) for back in range(MONTHS)]
        return [Period(first, first, f"{first:%Y-%m}") for first in firsts]
    this = add_months(month_start(today), -((today.month - 1) % 3))
    firsts = [add_months(this, -3 * back) for back in range(QUARTERS)]
    return [Period(first, add_months(first, 2), f"{first.year}-Q{(first.month + 2) // 3}") for first in firsts]


def created_in(rows: QuerySet[Opportunity], first: dt.date) -> QuerySet[Opportunity]:
    """Those created since the beginning of that day."""
    return rows.filter(created_at__gte=timezone.make_aware(dt.datetime.combine(first, dt.time.min)))


def cohorts(rows: QuerySet[Opportunity], stages: Sequence[Stage], spans: Sequence[Period]) -> list[Cohort]:
    """A cohort for each period, from the history of stages; `stages` are the open ones in their order. One query."""
    place = {stage.pk: number for number, stage in enumerate(stages)}
    made = [Cohort(span) for span in spans]
    of_month = {month: cohort for cohort in made for month in cohort.period.months}
    # without the order of the model and its joins: it would stand in the GROUP BY
    found = (
        created_in(rows, min(of_month))
        .order_by()
        .annotate(
            month=TruncMonth("created_at", output_field=DateField()),
            furthest=Greatest(_place("stage_id", place), Coalesce(Subquery(_furthest(place)), Value(-1))),
        )
        .values_list("month", "furthest", "stage__category")
        .annotate(n=Count("pk"))
    )
    for month, furthest, category, count in found:
        cohort = of_month.get(month)
        if cohort is None:
            continue
        cohort.count += count
        cohort.ended[category] = cohort.ended.get(category, 0) + count
        for stage in stages[: furthest + 1]:
            cohort.reached[stage.pk] = cohort.reached.get(stage.pk, 0) + count
    return made


def stages_from(stages: Sequence[Stage], stage: Stage) -> list[int]:
    """A stage and those after it: whoever was in one of them has reached it."""
    keys = [other.pk for other in stages]
    return keys[keys.index(stage.pk) :] if stage.pk in keys else [stage.pk]


def _place(column: str, place: dict[int, int]) -> Case:
    """The place of the stage in that column, -1 for one that is not worked in."""
    whens = [When(**{column: pk}, then=Value(number)) for pk, number in place.items()]
    return Case(*whens, default=Value(-1), output_field=IntegerField())


def _furthest(place: dict[int, int]) -> Any:
    """The furthest place in the history of an opportunity."""
    moves = OpportunityStageChange._base_manager.filter(record=OuterRef("pk")).order_by().values("record")
    both = Greatest(_place("source_id", place), _place("target_id", place))
    return moves.annotate(furthest=Max(both)).values("furthest")
