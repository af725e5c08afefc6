"""Cards of the start page about customers."""

import datetime as dt
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils import timezone

from crm.formats import day, overdue
from customers.models import Customer
from customers.tables.cells import customer_url

AHEAD = dt.timedelta(days=7)
SHOWN = 6


def to_contact(request: HttpRequest) -> dict[str, Any] | None:
    """My customers whose next step is overdue or due within a week; None when there are none."""
    today = timezone.localdate()
    mine = Customer.objects.visible_to(request.user).filter(owner_id=request.user.pk, next_step_on__lte=today + AHEAD)
    rows = list(mine.order_by("next_step_on", "pk")[:SHOWN])
    if not rows:
        return None
    counts = mine.order_by().aggregate(
        due=Count("pk", filter=Q(next_step_on__lte=today)), late=Count("pk", filter=Q(next_step_on__lt=today))
    )
    return {
        "items": [_item(row, today) for row in rows],
        "owner_id": request.user.pk,
        "due": (counts["due"], counts["late"]),
    }


def _item(customer: Customer, today: dt.date) -> dict[str, Any]:
    due = customer.next_step_on
    assert due is not None
    tone = "bad" if due < today else "warn" if due == today else "line"
    return {
        "title": str(customer),
        "sub": customer.next_step,
        "url": customer_url(customer.pk),
        "grade": customer.grade,
        "badge": (tone, overdue(due, today=today) if due <= today else day(due, today=today)),
    }
