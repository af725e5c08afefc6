"""What tenders say about customers: what is running, and what goes along to a new owner."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone

from crm.models import User
from customers.domain.handover.tasks import reassign_tasks, tasks_about
from customers.extension_points import HandoverLineItem
from opportunities.domain.tenders.tenders import transfer_tenders
from opportunities.models import Tender


def count_running(keys: Sequence[int]) -> Mapping[int, int]:
    """How many running tenders each customer has."""
    rows = Tender.objects.running().filter(customer__any_of=keys).order_by()
    return dict(rows.values_list("customer").annotate(n=Count("pk")))


def _running(keys: Sequence[int], owner: User) -> QuerySet[Tender]:
    rows: QuerySet[Tender] = Tender.objects.running().filter(customer__any_of=list(keys), owner=owner)
    return rows


def count(keys: Sequence[int], owner: User) -> Mapping[int, int]:
    """How many of them a person has with each customer."""
    return dict(_running(keys, owner).order_by().values_list("customer").annotate(n=Count("pk")))


def lines(customer: Any, owner: User) -> list[HandoverLineItem]:
    """Those of a customer, with their state and when the bid is due."""
    return [
        HandoverLineItem(
            f"{row.code} {row.title}",
            str(row.get_state_display()),
            reverse("opportunities:tender_record", args=[row.pk]),
            timezone.localtime(row.submission_due).date(),
        )
        for row in _running([customer.pk], owner).order_by("submission_due", "pk")
    ]


def move(*, keys: Sequence[int], source: User, target: User, actor: User) -> Mapping[int, int]:
    """Give them to the new owner, with the to-dos about them; decided ones stay."""
    found = dict(_running(keys, source).order_by("pk").values_list("pk", "customer_id"))
    if found:
        transfer_tenders(Tender._base_manager.filter(pk__in=found), owner=target, actor=actor)
        reassign_tasks(tasks_about(Tender, list(found), source), target=target, actor=actor)
    return Counter(found.values())
