"""How opportunities flow through the stages: what part of those that leave a stage moves on, and after how long."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Avg, Count, F, Q, QuerySet
from django.utils import timezone

from crm.periods import add_months
from opportunities.enums import StageCategory
from opportunities.models import OpportunityStageChange

FLOW_MONTHS = 12
SECONDS_OF_A_DAY = 86_400
_ONWARDS = Q(target__category=StageCategory.WON) | Q(
    target__category=StageCategory.OPEN, target__position__gt=F("source__position")
)


@dataclass(frozen=True)
class Flow:
    """One stage: the share of those leaving it that moved on (0 to 1), and the mean days they had spent in it."""

    conversion: Decimal
    days: int


def stage_flow(changes: QuerySet[OpportunityStageChange], today: dt.date) -> Mapping[int, Flow]:
    """The flow of the last twelve months by stage, for the stages that any was moved out of. One query."""
    since = timezone.make_aware(dt.datetime.combine(add_months(today, 1 - FLOW_MONTHS), dt.time.min))
    found = (
        changes.filter(at__gte=since, source__category=StageCategory.OPEN)
        .order_by()
        .values("source")
        .annotate(left=Count("pk"), onwards=Count("pk", filter=_ONWARDS), seconds=Avg("seconds_in_source"))
    )
    return {
        row["source"]: Flow(Decimal(row["onwards"]) / row["left"], round(row["seconds"] / SECONDS_OF_A_DAY))
        for row in found
    }
