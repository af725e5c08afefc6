"""What quotes say about customers, and what goes along to a new owner."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Count, F, Max, QuerySet
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone

from crm.acting import acting
from crm.events import facts_changed, owner_changed
from crm.models import User
from crm.organisation.domain.placement import placement_of
from crm.periods import month_start
from customers.domain.handover.open_records import OpenRecords
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


def count_owned(user: User) -> int:
    """How many open quotes the user owns."""
    return int(Quote.objects.open().filter(owner=user).count())


def take_over(*, source: User, target: User, actor: User) -> int:
    """Give the open quotes of somebody who leaves to a colleague; returns how many."""
    return _give(list(Quote.objects.open().filter(owner=source).values_list("pk", flat=True)), target, actor)


def _give(keys: Sequence[int], target: User, actor: User) -> int:
    with transaction.atomic(), acting(verb="transfer_owner"):
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
        if done:
            owner_changed.send(label=Quote._meta.label_lower, keys=list(keys), owner=target.pk, actor=actor.pk)
    return int(done)


def _line(row: Quote) -> HandoverLineItem:
    url = reverse("opportunities:quote_record", args=[row.pk])
    return HandoverLineItem(row.code, str(row.get_state_display()), url, row.valid_until)


def _transfer(rows: QuerySet[Quote], *, owner: User, actor: User) -> None:
    _give(list(rows.values_list("pk", flat=True)), owner, actor)


OPEN = OpenRecords(Quote, Quote.objects.open, _line, _transfer, order=("valid_until", "pk"))
