"""What opportunities say about customers: what is open, what moved last, and what goes along to a new owner."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone

from crm.models import User
from customers.domain.handover.tasks import reassign_tasks, tasks_about
from customers.domain.pool.activity import worked_on
from customers.extension_points import HandoverLineItem, NextStep
from customers.models import Customer
from opportunities.domain.opportunity import transfer_owner
from opportunities.enums import StageCategory
from opportunities.models import Opportunity, OpportunityStageChange

RECENT = dt.timedelta(days=60)
UNFINISHED = (StageCategory.OPEN, StageCategory.ON_HOLD)


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


def unfinished(keys: Sequence[int], owner: User) -> QuerySet[Opportunity]:
    """The owner's opportunities with these customers that are neither won nor lost."""
    rows: QuerySet[Opportunity] = Opportunity.objects.filter(customer__any_of=list(keys), owner=owner)
    return rows.filter(stage__category__in=UNFINISHED)


def count(keys: Sequence[int], owner: User) -> Mapping[int, int]:
    """How many of them each customer has."""
    return dict(unfinished(keys, owner).order_by().values_list("customer").annotate(n=Count("pk")))


def lines(customer: Any, owner: User) -> list[HandoverLineItem]:
    """Those of a customer, with stage and next step."""
    rows = unfinished([customer.pk], owner).select_related("stage").order_by("expected_close_on", "pk")
    return [
        HandoverLineItem(
            f"{row.code} {row.name}",
            " · ".join(filter(None, (row.stage.label, row.next_step))),
            reverse("opportunities:opportunity_record", args=[row.pk]),
            row.next_step_on or row.expected_close_on,
        )
        for row in rows
    ]


def first_step(user: Any, customer: Customer) -> NextStep | None:
    """The earliest next step of the customer's open opportunities that the reader sees."""
    rows = Opportunity.objects.visible_to(user).open().filter(customer=customer).exclude(next_step="")
    row = rows.order_by(F("next_step_on").asc(nulls_last=True), "pk").first()
    if row is None:
        return None
    url = reverse("opportunities:opportunity_record", args=[row.pk])
    return NextStep(f"{row.name} · {row.next_step}", row.next_step_on, url)


def move(*, keys: Sequence[int], source: User, target: User, actor: User) -> Mapping[int, int]:
    """Give them to the new owner, with the to-dos about them; those won and lost stay, and so do past figures."""
    rows = unfinished(keys, source)
    found = dict(rows.order_by("pk").values_list("pk", "customer_id"))
    if found:
        transfer_owner(Opportunity._base_manager.filter(pk__in=found), owner=target, actor=actor)
        _follow_units(list(found))
        reassign_tasks(tasks_about(Opportunity, list(found), source), target=target, actor=actor)
    return Counter(found.values())


def _follow_units(keys: Sequence[int]) -> None:
    """An opportunity's business unit is its customer's, who may have changed it with the owner."""
    strayed = Opportunity._base_manager.filter(pk__in=keys).exclude(business_unit=F("customer__business_unit"))
    unit = Customer.objects.filter(pk=OuterRef("customer")).values("business_unit")[:1]
    strayed.update(business_unit=Subquery(unit))
