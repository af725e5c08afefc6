"""What complaints say about customers: what is open, and what goes along to a new owner."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db.models import Count
from django.urls import reverse

from customers.domain.handover.open_records import OpenRecords
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


def _line(row: Complaint) -> HandoverLineItem:
    url = reverse("service:complaint_record", args=[row.pk])
    return HandoverLineItem(str(row), str(row.get_state_display()), url, row.due_on)


OPEN = OpenRecords(Complaint, Complaint.objects.open, _line, give_complaints, order=("due_on", "pk"))
