"""What samples say about customers: what is under way, and what goes along to a new owner."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count
from django.urls import reverse

from crm.formats import enumerated
from customers.domain.handover.open_records import OpenRecords
from customers.extension_points import HandoverLineItem
from opportunities.domain.samples.requests import transfer_samples
from opportunities.models import SampleRequest


def count_under_way(keys: Sequence[int]) -> Mapping[int, int]:
    """How many requests of each customer were sent and wait for its answer."""
    rows: Any = SampleRequest.objects.awaiting().filter(customer__any_of=keys).order_by()
    return dict(rows.values_list("customer").annotate(n=Count("pk")))


def _line(row: SampleRequest) -> HandoverLineItem:
    """With what is sent."""
    sent = enumerated(line.label for line in row.lines.all())
    url = reverse("opportunities:samplerequest_record", args=[row.pk])
    return HandoverLineItem(
        f"{row.code} {sent}", str(row.get_state_display()), url, row.feedback_due_on or row.needed_on
    )


UNFINISHED = OpenRecords(
    SampleRequest,
    lambda: SampleRequest.objects.unfinished().prefetch_related("lines__product"),
    _line,
    transfer_samples,
    order=("feedback_due_on", "pk"),
)
