"""How many opportunities with samples were won, as the indicator counts them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from opportunities.enums import StageCategory
from opportunities.models import Opportunity


@dataclass(frozen=True)
class Conversion:
    """Closed opportunities with samples, and those of them that were won."""

    closed: int
    won: int


def conversion_of(user: Any, since: dt.date | None = None) -> Conversion:
    """Of the opportunities that the user sees, closed since that day (the first of the year)."""
    since = since or timezone.localdate().replace(month=1, day=1)
    rows: Any = Opportunity.objects.visible_to(user).sampled().filter(closed_on__gte=since).order_by()
    won = Count("pk", filter=Q(stage__category=StageCategory.WON))
    found = rows.aggregate(closed=Count("pk"), won=won)
    return Conversion(found["closed"], found["won"])
