"""What goes along with a customer to its new owner: the document sets that are not replaced."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count
from django.urls import reverse

from crm.models import User
from customers.domain.handover.tasks import reassign_tasks, tasks_about
from customers.extension_points import HandoverLineItem
from opportunities.domain.certificates.sets import followed, transfer_sets
from opportunities.models import DocumentSet


def _followed(keys: Sequence[int], owner: User) -> Any:
    return followed(DocumentSet.objects.filter(customer__any_of=list(keys), owner=owner))


def count(keys: Sequence[int], owner: User) -> Mapping[int, int]:
    """How many of them a person has with each customer."""
    return dict(_followed(keys, owner).order_by().values_list("customer").annotate(n=Count("pk")))


def lines(customer: Any, owner: User) -> list[HandoverLineItem]:
    """Those of a customer, with their state."""
    return [
        HandoverLineItem(
            f"{row.code} {row.title}",
            str(row.get_state_display()),
            reverse("opportunities:documentset_record", args=[row.pk]),
            row.sent_on,
        )
        for row in _followed([customer.pk], owner).order_by("pk")
    ]


def move(*, keys: Sequence[int], source: User, target: User, actor: User) -> Mapping[int, int]:
    """Give them to the new owner, with the to-dos about them."""
    found = dict(_followed(keys, source).order_by("pk").values_list("pk", "customer_id"))
    if found:
        transfer_sets(DocumentSet._base_manager.filter(pk__in=found), owner=target, actor=actor)
        reassign_tasks(tasks_about(DocumentSet, list(found), source), target=target, actor=actor)
    return Counter(found.values())
