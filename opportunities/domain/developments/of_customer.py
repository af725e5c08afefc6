"""What new-product requests say about customers: what is under way, and what goes along to a new owner."""

from collections.abc import Mapping, Sequence

from django.db.models import Count
from django.urls import reverse

from customers.domain.handover.open_records import OpenRecords
from customers.extension_points import HandoverLineItem
from opportunities.domain.developments.requests import transfer_developments
from opportunities.models import DevelopmentRequest


def count_running(keys: Sequence[int]) -> Mapping[int, int]:
    """How many unfinished requests each customer has."""
    rows = DevelopmentRequest.objects.unfinished().filter(customer__any_of=keys).order_by()
    return dict(rows.values_list("customer").annotate(n=Count("pk")))


def _line(row: DevelopmentRequest) -> HandoverLineItem:
    """With the next day that counts."""
    url = reverse("opportunities:developmentrequest_record", args=[row.pk])
    return HandoverLineItem(f"{row.code} {row.title}", str(row.get_state_display()), url, row.due_on or row.answer_due)


UNFINISHED = OpenRecords(
    DevelopmentRequest, DevelopmentRequest.objects.unfinished, _line, transfer_developments, order=("due_on", "pk")
)
