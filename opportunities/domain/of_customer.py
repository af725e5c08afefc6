"""What opportunities say about customers: what is open, what moved last, and what goes along to a new owner."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone

from crm.events import records_changed
from crm.models import User
from customers.domain.handover.open_records import OpenRecords
from customers.domain.pool.activity import worked_on
from customers.extension_points import HandoverLineItem, NextStep
from customers.models import Customer
from opportunities.domain.opportunity import transfer_owner
from opportunities.enums import StageCategory
from opportunities.models import Opportunity, OpportunityStageChange

RECENT = dt.timedelta(days=60)
RUNNING = (StageCategory.OPEN, StageCategory.ON_HOLD)


def count_moving(keys: Sequence[int]) -> Mapping[int, int]:
    """How many open opportunities each customer has that move: 60 days in their stage at most, or with a next step planned."""
    recent = Q(stage_since__gte=timezone.now() - RECENT) | Q(next_step_on__gte=timezone.localdate())
    rows = Opportunity.objects.open().filter(recent, customer__any_of=keys).order_by()
    return dict(rows.values_list("customer").annotate(n=Count("pk")))


def last_moved(keys: Sequence[int] | None) -> Mapping[int, dt.date]:
    """The day on which an opportunity of the customer last changed its stage."""
    rows = OpportunityStageChange.objects.moves().order_by()
    if keys is not None:
        rows = rows.filter(record__customer__any_of=keys)
    return dict(rows.values_list("record__customer").annotate(day=Max(TruncDate("at"))))


def last_worked_on(keys: Sequence[int] | None) -> Mapping[int, dt.date]:
    """The day of the last comment on, or to-do done about, an opportunity of the customer."""
    return worked_on(Opportunity, keys)


def interested(line: Any) -> QuerySet[Opportunity, Any]:
    """The customers that are offered a product line."""
    return Opportunity.objects.filter(product_line=line).values("customer")


def first_step(user: Any, customer: Customer) -> NextStep | None:
    """The earliest next step of the customer's open opportunities that the reader sees."""
    rows = Opportunity.objects.visible_to(user).open().filter(customer=customer).exclude(next_step="")
    row = rows.order_by(F("next_step_on").asc(nulls_last=True), "pk").first()
    if row is None:
        return None
    url = reverse("opportunities:opportunity_record", args=[row.pk])
    return NextStep(f"{row.name} · {row.next_step}", row.next_step_on, url)


def _line(row: Opportunity) -> HandoverLineItem:
    """With stage and next step."""
    url = reverse("opportunities:opportunity_record", args=[row.pk])
    text = " · ".join(filter(None, (row.stage.label, row.next_step)))
    return HandoverLineItem(f"{row.code} {row.name}", text, url, row.next_step_on or row.expected_close_on)


def _transfer(rows: QuerySet[Opportunity], *, owner: User, actor: User) -> None:
    keys = list(rows.values_list("pk", flat=True))
    transfer_owner(rows, owner=owner, actor=actor)
    _follow_units(keys)


def _follow_units(keys: Sequence[int]) -> None:
    """An opportunity's business unit is its customer's, who may have changed it with the owner."""
    strayed = Opportunity._base_manager.filter(pk__in=keys).exclude(business_unit=F("customer__business_unit"))
    unit = Customer.objects.filter(pk=OuterRef("customer")).values("business_unit")[:1]
    changed = list(strayed.values_list("pk", flat=True))
    Opportunity._base_manager.filter(pk__in=changed).update(business_unit=Subquery(unit))
    records_changed.send(label=Opportunity._meta.label_lower, keys=changed)


# Neither won nor lost; past figures of the others stay with whom they were.
UNFINISHED = OpenRecords(
    Opportunity,
    lambda: Opportunity.objects.filter(stage__category__in=RUNNING).select_related("stage"),
    _line,
    _transfer,
    order=("expected_close_on", "pk"),
)
