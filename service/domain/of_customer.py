"""What complaints say about customers: what is open, and what goes along to a new owner."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse

from crm.models import User
from customers.domain.handover.tasks import reassign_tasks, tasks_about
from customers.domain.pool.activity import worked_on
from customers.extension_points import HandoverLineItem
from service.domain.complaint import give_complaints
from service.models import Complaint


def count_open(keys: Sequence[int]) -> Mapping[int, int]:
    """How many complaints of each customer are not closed."""
    rows = Complaint.objects.open().filter(customer__any_of=keys).order_by()
    return dict(rows.values_list("customer").annotate(n=Count("pk")))


def last_worked_on(keys: Sequence[int] | None) -> Mapping[int, dt.date]:
    """The day of the last comment on, or to-do done about, a complaint of the customer."""
    return worked_on(Complaint, keys)


def _of(keys: Sequence[int], owner: User) -> QuerySet[Complaint]:
    rows: QuerySet[Complaint] = Complaint.objects.open().filter(customer__any_of=list(keys), owner=owner)
    return rows


def count(keys: Sequence[int], owner: User) -> Mapping[int, int]:
    """How many open complaints of each customer the owner handles."""
    return dict(_of(keys, owner).order_by().values_list("customer").annotate(n=Count("pk")))


def lines(customer: Any, owner: User) -> list[HandoverLineItem]:
    """Those of a customer."""
    rows = _of([customer.pk], owner).order_by("due_on", "pk")
    return [
        HandoverLineItem(
            str(row), str(row.get_state_display()), reverse("service:complaint_record", args=[row.pk]), row.due_on
        )
        for row in rows
    ]


def move(*, keys: Sequence[int], source: User, target: User, actor: User) -> Mapping[int, int]:
    """Give them to the new owner, with the to-dos about them; closed ones stay."""
    moved = give_complaints(_of(keys, source), owner=target, actor=actor)
    reassign_tasks(tasks_about(Complaint, [row.pk for row in moved], source), target=target, actor=actor)
    return Counter(row.customer_id for row in moved)
