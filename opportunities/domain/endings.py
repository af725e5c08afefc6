"""How opportunities ended in the last twelve months: the win rate, why we lost, and to whom."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum

from crm.periods import add_months, month_start
from opportunities.enums import StageCategory
from opportunities.models import Opportunity

MONTHS = 12
MOST = 8


@dataclass(frozen=True)
class Ending:
    """Some closed opportunities with the same value: how many, their amount in base currency."""

    key: str
    count: int
    amount: Decimal


@dataclass(frozen=True)
class Endings:
    """What was closed since `since`. `reasons` and `rivals` are of the lost ones, the most first."""

    since: dt.date
    won: Ending
    lost: Ending
    reasons: list[Ending]
    rivals: list[Ending]

    @property
    def win_rate(self) -> Decimal | None:
        """Won of won and lost; None when nothing was closed."""
        closed = self.won.count + self.lost.count
        return Decimal(self.won.count) / closed if closed else None


def endings(rows: QuerySet[Opportunity], today: dt.date) -> Endings:
    """The endings of these opportunities; three queries."""
    since = add_months(month_start(today), 1 - MONTHS)
    closed = rows.filter(closed_on__gte=since, stage__category__in=(StageCategory.WON, StageCategory.LOST))
    by_end = {found.key: found for found in _counted(closed, "stage__category")}
    lost = closed.filter(stage__category=StageCategory.LOST)
    nothing = Ending("", 0, Decimal(0))
    return Endings(
        since,
        by_end.get(StageCategory.WON, nothing),
        by_end.get(StageCategory.LOST, nothing),
        _counted(lost, "loss_reason")[:MOST],
        _counted(lost.exclude(lost_to=""), "lost_to")[:MOST],
    )


def _counted(rows: Any, name: str) -> list[Ending]:
    found = rows.order_by().values_list(name).annotate(n=Count("pk"), total=Sum("amount_base"))
    return sorted(
        (Ending(key, count, total or Decimal(0)) for key, count, total in found), key=lambda one: (-one.count, one.key)
    )
