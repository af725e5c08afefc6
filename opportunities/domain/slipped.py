"""The slipped and stalled: open opportunities at risk, the most money first, and how much of each risk there is."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from opportunities.domain.risks import at_risk
from opportunities.enums import Risk, StageCategory
from opportunities.models import Opportunity

PAGE = 50


@dataclass(frozen=True)
class RiskSum:
    """How many open opportunities have a risk, and their amount in base currency."""

    count: int
    amount: Decimal


def risk_sums(rows: QuerySet[Opportunity], conditions: Mapping[Risk, Q]) -> dict[Risk | None, RiskSum]:
    """By risk, and under None those with any; one query. An opportunity counts under each of its risks."""
    anyone = Q(pk__in=[])
    for condition in conditions.values():
        anyone |= condition
    asked = {"any": anyone, **{risk.value: condition for risk, condition in conditions.items()}}
    found = (
        rows.filter(stage__category=StageCategory.OPEN)
        .order_by()
        .aggregate(
            **{f"n_{key}": Count("pk", filter=condition) for key, condition in asked.items()},
            **{f"sum_{key}": Sum("amount_base", filter=condition) for key, condition in asked.items()},
        )
    )
    sums: dict[Risk | None, RiskSum] = {
        risk: RiskSum(found[f"n_{risk.value}"], found[f"sum_{risk.value}"] or Decimal(0)) for risk in conditions
    }
    sums[None] = RiskSum(found["n_any"], found["sum_any"] or Decimal(0))
    return sums


def slipped(rows: QuerySet[Opportunity], conditions: Mapping[Risk, Q], page: int) -> tuple[list[Opportunity], bool]:
    """A page of those with one of these risks, the largest amount first, and whether there are more."""
    found = at_risk(rows, conditions.values()).select_related("stage", "customer", "owner")
    start = (page - 1) * PAGE
    read = list(found.order_by("-amount_base", "pk")[start : start + PAGE + 1])
    return read[:PAGE], len(read) > PAGE
