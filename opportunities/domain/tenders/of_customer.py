"""What tenders say about customers: what is running, and what goes along to a new owner."""

from collections.abc import Mapping, Sequence

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from customers.domain.handover.open_records import OpenRecords
from customers.extension_points import HandoverLineItem
from opportunities.domain.tenders.tenders import transfer_tenders
from opportunities.models import Tender


def count_running(keys: Sequence[int]) -> Mapping[int, int]:
    """How many running tenders each customer has."""
    rows = Tender.objects.running().filter(customer__any_of=keys).order_by()
    return dict(rows.values_list("customer").annotate(n=Count("pk")))


def _line(row: Tender) -> HandoverLineItem:
    """With the day on which the bid is due."""
    url = reverse("opportunities:tender_record", args=[row.pk])
    due = timezone.localtime(row.submission_due).date()
    return HandoverLineItem(f"{row.code} {row.title}", str(row.get_state_display()), url, due)


RUNNING = OpenRecords(Tender, Tender.objects.running, _line, transfer_tenders, order=("submission_due", "pk"))
