"""What improvement plans brought: each whole month of a plan against the monthly mean of the 12 whole months before it began.

Worked out from orders, settlements and receivables, and again every night. docs/contribution.md says what counts.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from analytics.engine.reader import COMPANY
from analytics.models import PlanMonth
from crm.periods import add_months, month_end, month_start
from customers.enums import PlanState
from customers.models import ImprovementPlan
from orders.models import Receivable, SalesOrderLine, Settlement

BASE_MONTHS = 12
_NIL = Decimal(0)
_SUMMED = {
    "volume": ("volume_kg", "volume_more_kg"),
    "ordered": ("ordered", "ordered_more"),
    "revenue": ("revenue", "revenue_more"),
}


@dataclass
class _Taken:
    """What a customer took and owed, by month."""

    sums: dict[str, dict[dt.date, Decimal]] = field(default_factory=lambda: defaultdict(dict))
    claims: list[tuple[Decimal, dt.date, dt.date, dt.date | None]] = field(default_factory=list)

    def mean(self, what: str, months: Sequence[dt.date]) -> Decimal:
        """The monthly mean; a month without anything counts as zero."""
        return sum((self.sums[what].get(month, _NIL) for month in months), _NIL) / len(months)

    def days_overdue(self, month: dt.date) -> Decimal:
        """For how many days the claims that were overdue at the month's end had been, weighed by amount; 0 without any."""
        day = month_end(month)
        late = [
            (amount, (day - due).days)
            for amount, posted, due, cleared in self.claims
            if posted <= day and due < day and (cleared is None or cleared > day)
        ]
        whole = sum((amount for amount, _days in late), _NIL)
        return sum((amount * days for amount, days in late), _NIL) / whole if whole else _NIL


def refresh_effects(*, today: dt.date | None = None) -> int:
    """Work out all months of all plans anew; return how many there are."""
    day = today or timezone.localdate()
    months = _months_of_plans(day)
    taken = _taken({plan.customer_id for plan, _month in months})
    rows = [_row(plan, month, taken[plan.customer_id]) for plan, month in months]
    with transaction.atomic():
        PlanMonth._base_manager.all().delete()
        PlanMonth._base_manager.bulk_create(rows, batch_size=1000)
    return len(rows)


def months_of(plan: ImprovementPlan, today: dt.date) -> list[dt.date]:
    """The whole months from the plan's start to its end that are over."""
    if plan.baseline_on is None:
        return []
    last = plan.ends_on
    if plan.state != PlanState.RUNNING and plan.state_since is not None:
        last = min(last, timezone.localdate(plan.state_since))
    month = month_start(plan.baseline_on)
    month = month if month == plan.baseline_on else add_months(month, 1)
    found = []
    while month_end(month) <= last and month_end(month) < today:
        found.append(month)
        month = add_months(month, 1)
    return found


def _months_of_plans(today: dt.date) -> list[tuple[ImprovementPlan, dt.date]]:
    """Each month of each customer once, for the plan that began first."""
    ran = ImprovementPlan.objects.visible_to(COMPANY).filter(
        state__in=(PlanState.RUNNING, PlanState.DONE), baseline_on__isnull=False
    )
    found: dict[tuple[int, dt.date], ImprovementPlan] = {}
    for plan in ran.order_by("baseline_on", "pk"):
        for month in months_of(plan, today):
            found.setdefault((plan.customer_id, month), plan)
    return [(plan, month) for (_customer, month), plan in found.items()]


def _row(plan: ImprovementPlan, month: dt.date, taken: _Taken) -> PlanMonth:
    assert plan.baseline_on is not None
    begun = month_start(plan.baseline_on)
    before = [add_months(begun, -index) for index in range(1, BASE_MONTHS + 1)]
    values: dict[str, Decimal] = {}
    for what, (now, more) in _SUMMED.items():
        values[now] = taken.sums[what].get(month, _NIL)
        values[more] = values[now] - taken.mean(what, before)
    values["days_before"] = sum((taken.days_overdue(one) for one in before), _NIL) / BASE_MONTHS
    values["days_after"] = taken.days_overdue(month)
    fields = PlanMonth._meta
    rounded = {
        name: value.quantize(Decimal(1).scaleb(-int(fields.get_field(name).decimal_places)))  # type: ignore[union-attr]
        for name, value in values.items()
    }
    return PlanMonth(plan=plan, month=month, **rounded)


def _taken(customers: Iterable[int]) -> dict[int, _Taken]:
    found: dict[int, _Taken] = defaultdict(_Taken)
    keys = sorted(customers)

    def of(rows: Any) -> Any:
        return rows.visible_to(COMPANY).filter(customer__in=keys).order_by()

    by_weight = Q(product__base_unit__code="KG")
    lines = of(SalesOrderLine.objects.valid()).values_list("customer_id", TruncMonth("ordered_on"))
    for customer, month, kg, net in lines.annotate(
        kg=Sum("quantity_base", filter=by_weight, default=_NIL), net=Sum("net_base", default=_NIL)
    ):
        found[customer].sums["volume"][month], found[customer].sums["ordered"][month] = kg, net
    settled = of(Settlement.objects).values_list("customer_id", TruncMonth("settled_on"))
    for customer, month, amount in settled.annotate(Sum("amount_base")):
        found[customer].sums["revenue"][month] = amount
    claims = of(Receivable.objects).filter(amount_base__gt=0, due_on__isnull=False, gone_at__isnull=True)
    for customer, *claim in claims.values_list("customer_id", "amount_base", "posted_on", "due_on", "cleared_on"):
        found[customer].claims.append(tuple(claim))
    return found
