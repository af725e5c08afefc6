"""What samples say about customers: what is under way, and what goes along to a new owner."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse

from crm.models import User
from customers.domain.handover.tasks import reassign_tasks, tasks_about
from customers.extension_points import HandoverLineItem
from opportunities.domain.samples.lines import lines_of
from opportunities.domain.samples.requests import transfer_samples
from opportunities.models import SampleRequest


def count_under_way(keys: Sequence[int]) -> Mapping[int, int]:
    """How many requests of each customer were sent and wait for its answer."""
    rows: Any = SampleRequest.objects.awaiting().filter(customer__any_of=keys).order_by()
    return dict(rows.values_list("customer").annotate(n=Count("pk")))


def unfinished(keys: Sequence[int], owner: User) -> QuerySet[SampleRequest]:
    """The owner's requests with these customers that somebody has still to work on."""
    rows: QuerySet[SampleRequest] = SampleRequest.objects.unfinished()
    return rows.filter(customer__any_of=list(keys), owner=owner)


def count(keys: Sequence[int], owner: User) -> Mapping[int, int]:
    """How many of them each customer has."""
    return dict(unfinished(keys, owner).order_by().values_list("customer").annotate(n=Count("pk")))


def lines(customer: Any, owner: User) -> list[HandoverLineItem]:
    """Those of a customer, with what is sent and where it stands."""
    rows = list(unfinished([customer.pk], owner).order_by("feedback_due_on", "pk"))
    named = lines_of([row.pk for row in rows])
    return [
        HandoverLineItem(
            f"{row.code} {'、'.join(line.label for line in named[row.pk])}",
            str(row.get_state_display()),
            reverse("opportunities:samplerequest_record", args=[row.pk]),
            row.feedback_due_on or row.needed_on,
        )
        for row in rows
    ]


def move(*, keys: Sequence[int], source: User, target: User, actor: User) -> Mapping[int, int]:
    """Give them to the new owner, with the to-dos about them; those that ended stay."""
    found = dict(unfinished(keys, source).order_by("pk").values_list("pk", "customer_id"))
    if found:
        transfer_samples(SampleRequest._base_manager.filter(pk__in=found), owner=target, actor=actor)
        reassign_tasks(tasks_about(SampleRequest, list(found), source), target=target, actor=actor)
    return Counter(found.values())
