"""What the board shows: the sums of each stage, the first cards of each lane, and the figures above them.

All of it starts from a query set that the caller has narrowed to the reader's scope. The number of queries is fixed.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q, QuerySet, Sum

from crm.periods import add_months, month_end, month_start
from opportunities.enums import StageCategory
from opportunities.models import Opportunity, Stage
from opportunities.querysets import IS_STUCK, WEIGHTED

CARDS = 30
WIN_RATE_MONTHS = 6
ORDER = ("expected_close_on", "pk")


@dataclass(frozen=True)
class StageSum:
    """One stage in figures, amounts in base currency; `weighted` by the probability to win.

    `expected` is what is to close within this quarter, `closed_*` what did.
    """

    stage: Stage
    count: int = 0
    amount: Decimal = Decimal(0)
    weighted: Decimal = Decimal(0)
    expected: Decimal = Decimal(0)
    stuck: int = 0
    closed_count: int = 0
    closed_amount: Decimal = Decimal(0)
    closed_recently: int = 0


@dataclass(frozen=True)
class BoardSums:
    """The figures of every stage, and those above the lanes."""

    by_stage: dict[int, StageSum]

    def of(self, *categories: str) -> list[StageSum]:
        """The stages of these categories, by position."""
        return [found for found in self.by_stage.values() if found.stage.category in categories]

    @property
    def open(self) -> list[StageSum]:
        """The lanes."""
        return self.of(StageCategory.OPEN)

    @property
    def pipeline(self) -> Decimal:
        """All that is open."""
        return sum((lane.amount for lane in self.open), Decimal(0))

    @property
    def count(self) -> int:
        """How many are open."""
        return sum(lane.count for lane in self.open)

    @property
    def weighted(self) -> Decimal:
        """All that is open, by the probability of its stage."""
        return sum((lane.weighted for lane in self.open), Decimal(0))

    @property
    def expected(self) -> Decimal:
        """Open and expected to close within this quarter."""
        return sum((lane.expected for lane in self.open), Decimal(0))

    @property
    def stuck(self) -> int:
        """How many overstay the standard days of their stage."""
        return sum(lane.stuck for lane in self.open)

    @property
    def win_rate(self) -> Decimal | None:
        """Won of all closed in the last six months, None when nothing was closed."""
        won = sum(found.closed_recently for found in self.of(StageCategory.WON))
        closed = won + sum(found.closed_recently for found in self.of(StageCategory.LOST))
        return Decimal(won) / closed if closed else None


def board_sums(rows: QuerySet[Opportunity], stages: Sequence[Stage], today: dt.date) -> BoardSums:
    """The figures of all stages in one query. Closed ones count by their day: in this quarter, and in the last six months."""
    start = add_months(month_start(today), -((today.month - 1) % 3))
    end = month_end(add_months(start, 2))
    recently = add_months(month_start(today), 1 - WIN_RATE_MONTHS)
    standing = [stage.pk for stage in stages if stage.category in (StageCategory.OPEN, StageCategory.ON_HOLD)]
    this_quarter = Q(closed_on__gte=start)
    found = (
        rows.order_by()
        .filter(Q(stage__in=standing) | Q(closed_on__gte=min(start, recently)))
        .values("stage")
        .annotate(
            count=Count("pk"),
            total=Sum("amount_base"),
            weighted=Sum(WEIGHTED),
            expected=Sum("amount_base", filter=Q(expected_close_on__gte=start, expected_close_on__lte=end)),
            stuck=Count("pk", filter=IS_STUCK),
            closed_count=Count("pk", filter=this_quarter),
            closed_amount=Sum("amount_base", filter=this_quarter),
            closed_recently=Count("pk", filter=Q(closed_on__gte=recently)),
        )
    )
    by_stage = {row["stage"]: row for row in found}
    return BoardSums({stage.pk: _stage_sum(stage, by_stage.get(stage.pk)) for stage in stages})


def _stage_sum(stage: Stage, row: Any) -> StageSum:
    if row is None:
        return StageSum(stage)
    names = ("count", "expected", "stuck", "closed_count", "closed_amount", "closed_recently")
    values: dict[str, Any] = {name: row[name] or 0 for name in names}
    return StageSum(stage, amount=row["total"] or Decimal(0), weighted=row["weighted"] or Decimal(0), **values)


def lane_cards(rows: QuerySet[Opportunity]) -> dict[int, list[Opportunity]]:
    """The first cards of each open stage, and one more that tells whether there are others: two queries.

    PostgreSQL walks the index of (stage, expected close) once per stage and stops at the last card needed.
    """
    first = rows.filter(stage=OuterRef("pk")).order_by(*ORDER).values("pk")[: CARDS + 1]
    wanted = Stage.objects.filter(category=StageCategory.OPEN).values_list("pk", ArraySubquery(first))
    keys = dict(wanted)
    loaded = with_card(rows.model._base_manager.filter(pk__in=[pk for ids in keys.values() for pk in ids]))
    by_key = {row.pk: row for row in loaded}
    return {stage: [by_key[pk] for pk in ids if pk in by_key] for stage, ids in keys.items()}


def more_cards(rows: QuerySet[Opportunity], stage: Stage, after: Opportunity) -> list[Opportunity]:
    """The cards of a lane that come after the one given, and one more that tells whether there are others."""
    if after.expected_close_on is None:
        later = Q(expected_close_on__isnull=True, pk__gt=after.pk)
    else:
        same_day = Q(expected_close_on=after.expected_close_on, pk__gt=after.pk)
        later = Q(expected_close_on__gt=after.expected_close_on) | same_day | Q(expected_close_on__isnull=True)
    return list(with_card(rows.filter(later, stage=stage)).order_by(*ORDER)[: CARDS + 1])


def with_card(rows: QuerySet[Opportunity]) -> QuerySet[Opportunity]:
    """The rows with all that their cards show."""
    return rows.select_related("stage", "customer", "owner", "product_line").order_by()
