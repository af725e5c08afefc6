"""What quotes say about customers, and what goes along to a new owner."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, F, Max, QuerySet
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone

from crm.acting import acting
from crm.events import facts_changed
from crm.models import User
from crm.organisation.domain.placement import placement_of
from crm.periods import month_start
from customers.domain.handover.tasks import reassign_tasks, tasks_about
from customers.extension_points import HandoverLineItem
from opportunities.domain.quotes.sending import FACT
from opportunities.enums import QuoteState
from opportunities.models import Quote, QuoteStateChange

TOLD = (QuoteState.SENT, QuoteState.ACCEPTED, QuoteState.DECLINED)


def count_open(keys: Sequence[int]) -> Mapping[int, int]:
    """How many quotes each customer has that were sent and not answered."""
    rows = Quote.objects.filter(state=QuoteState.SENT, customer__any_of=keys).order_by()
    return dict(rows.values_list("customer").annotate(n=Count("pk")))


def last_moved(keys: Sequence[int] | None) -> Mapping[int, dt.date]:
    """The day on which a quote was last sent to the customer, or answered."""
    rows = QuoteStateChange.objects.filter(target__in=TOLD).order_by()
    if keys is not None:
        rows = rows.filter(record__customer__any_of=keys)
    return dict(rows.values_list("record__customer").annotate(day=Max(TruncDate("at"))))


def unfinished(keys: Sequence[int], owner: User) -> QuerySet[Quote]:
    """The owner's open quotes with these customers."""
    rows: QuerySet[Quote] = Quote.objects.open().filter(customer__any_of=list(keys), owner=owner)
    return rows


def count(keys: Sequence[int], owner: User) -> Mapping[int, int]:
    """How many of them each customer has."""
    return dict(unfinished(keys, owner).order_by().values_list("customer").annotate(n=Count("pk")))


def lines(customer: Any, owner: User) -> list[HandoverLineItem]:
    """Those of a customer, with where they stand."""
    return [
        HandoverLineItem(
            row.code,
            str(row.get_state_display()),
            reverse("opportunities:quote_record", args=[row.pk]),
            row.valid_until,
        )
        for row in unfinished([customer.pk], owner).order_by("valid_until", "pk")
    ]


def move(*, keys: Sequence[int], source: User, target: User, actor: User) -> Mapping[int, int]:
    """Give them to the new owner, with the to-dos about them; what was answered stays, and so do past figures."""
    rows = unfinished(keys, source)
    found = dict(rows.order_by("pk").values_list("pk", "customer_id"))
    if found:
        _give(list(found), target)
        reassign_tasks(tasks_about(Quote, list(found), source), target=target, actor=actor)
    return Counter(found.values())


def count_owned(user: User) -> int:
    """How many open quotes the user owns."""
    return int(Quote.objects.open().filter(owner=user).count())


def take_over(*, source: User, target: User, actor: User) -> int:
    """Give the open quotes of somebody who leaves to a colleague; returns how many."""
    return _give(list(Quote.objects.open().filter(owner=source).values_list("pk", flat=True)), target)


def _give(keys: Sequence[int], target: User) -> int:
    with acting(verb="transfer_owner"):
        rows = Quote._base_manager.filter(pk__in=keys)
        days = rows.filter(sent_on__isnull=False).order_by().values_list("sent_on", flat=True).distinct()
        months = sorted({month_start(day).isoformat() for day in days if day})
        done = rows.update(
            owner=target,
            team=placement_of(target, timezone.localdate()).team,
            version=F("version") + 1,
            updated_at=timezone.now(),
        )
        if months:
            facts_changed.send(facts=[FACT], months=months)
    return int(done)
