"""Cards of the start page about complaints."""

import datetime as dt
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.extension_points import CalendarEvent
from crm.formats import ago, day
from service.models import Complaint
from service.tables import complaint_url, is_late

AHEAD = dt.timedelta(days=7)
SHOWN = 5
MOST_EVENTS = 500


def complaints_due(request: HttpRequest) -> dict[str, Any] | None:
    """Open complaints that are mine or of my customers and due within a week, the most urgent first."""
    today = timezone.localdate()
    user = request.user
    mine = Q(owner_id=user.pk) | Q(customer__owner_id=user.pk)
    rows = Complaint.objects.visible_to(user).open().filter(mine, due_on__lte=today + AHEAD)
    found = list(rows.select_related("customer").order_by("due_on", "pk")[:SHOWN])
    if not found:
        return None
    counts = rows.order_by().aggregate(
        due=Count("pk", filter=Q(due_on__lte=today)), late=Count("pk", filter=Q(due_on__lt=today))
    )
    return {
        "due": (counts["due"], counts["late"]),
        "items": [_item(row, today) for row in found],
        "list_url": f"{reverse('service:complaint_list')}?work=open&sort=due_on",
    }


def due_events(user: Any, start: dt.date, end: dt.date) -> list[CalendarEvent]:
    """When answers to the user's open complaints are due, for the calendar."""
    rows: Any = Complaint.objects.visible_to(user).open().filter(owner=user, due_on__range=(start, end))
    return [
        CalendarEvent(
            row.due_on,
            _("Answer due: %(name)s") % {"name": row.title},
            complaint_url(row),
            tone="bad" if is_late(row) else "warn",
        )
        for row in rows.order_by("due_on", "pk")[:MOST_EVENTS]
    ]


def _item(row: Complaint, today: dt.date) -> dict[str, Any]:
    due = row.due_on
    assert due is not None
    return {
        "title": row.title,
        "sub": f"{row.code} · {row.customer}",
        "url": complaint_url(row),
        "badge": ("bad" if due < today else "warn", ago(due, today=today) if due <= today else day(due, today=today)),
    }
