"""What new-product requests say about customers: what is under way, and what goes along to a new owner."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse

from crm.models import User
from customers.domain.handover.tasks import reassign_tasks, tasks_about
from customers.extension_points import HandoverLineItem
from opportunities.domain.developments.requests import transfer_developments
from opportunities.models import DevelopmentRequest


def count_running(keys: Sequence[int]) -> Mapping[int, int]:
    """How many unfinished requests each customer has."""
    rows = DevelopmentRequest.objects.unfinished().filter(customer__any_of=keys).order_by()
    return dict(rows.values_list("customer").annotate(n=Count("pk")))


def _running(keys: Sequence[int], owner: User) -> QuerySet[DevelopmentRequest]:
    rows: QuerySet[DevelopmentRequest] = DevelopmentRequest.objects.unfinished().filter(
        customer__any_of=list(keys), owner=owner
    )
    return rows


def count(keys: Sequence[int], owner: User) -> Mapping[int, int]:
    """How many of them a person has with each customer."""
    return dict(_running(keys, owner).order_by().values_list("customer").annotate(n=Count("pk")))


def lines(customer: Any, owner: User) -> list[HandoverLineItem]:
    """Those of a customer, with their state and the next day that counts."""
    return [
        HandoverLineItem(
            f"{row.code} {row.title}",
            str(row.get_state_display()),
            reverse("opportunities:developmentrequest_record", args=[row.pk]),
            row.due_on or row.answer_due,
        )
        for row in _running([customer.pk], owner).order_by("due_on", "pk")
    ]


def move(*, keys: Sequence[int], source: User, target: User, actor: User) -> Mapping[int, int]:
    """Give them to the new owner, with the to-dos about them; what has ended stays."""
    found = dict(_running(keys, source).order_by("pk").values_list("pk", "customer_id"))
    if found:
        transfer_developments(DevelopmentRequest._base_manager.filter(pk__in=found), owner=target, actor=actor)
        reassign_tasks(tasks_about(DevelopmentRequest, list(found), source), target=target, actor=actor)
    return Counter(found.values())
