"""What service adds to the page of a customer, and the panels of a complaint."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.extension_points import TimelineEvent
from customers.models import Customer
from customers.panels.customer import counted
from service.models import Complaint
from service.tables import STATE_TONES, ComplaintTable, complaint_url, is_late

SHOWN = 50
BESIDE = 4


def of_customer(request: HttpRequest, customer: Customer) -> Any:
    """The customer's complaints the reader may see."""
    return Complaint.objects.visible_to(request.user, of=customer)


def fact(request: HttpRequest, customer: Customer) -> dict[str, Any]:
    """How many complaints are open, and how many came within a year."""
    today = timezone.localdate()
    rows = of_customer(request, customer)
    year_ago = today.replace(year=today.year - 1, day=min(today.day, 28))
    return {
        "open": rows.open().count(),
        "year": rows.filter(received_on__gt=year_ago).count(),
        "list_url": f"{reverse('service:complaint_list')}?customer={customer.pk}",
    }


def beside(request: HttpRequest, customer: Customer) -> dict[str, Any] | None:
    """The newest complaints for the side of the page; nothing for a customer without any."""
    rows = list(of_customer(request, customer).order_by("-received_on", "-pk")[:BESIDE])
    if not rows:
        return None
    return {
        "items": [
            {
                "title": row.code,
                "sub": row.title,
                "url": complaint_url(row),
                "badge": ("bad", _("answer overdue"))
                if is_late(row)
                else (STATE_TONES[row.state], row.get_state_display()),
            }
            for row in rows
        ],
        "list_url": f"{reverse('service:complaint_list')}?customer={customer.pk}",
    }


def tab(request: HttpRequest, customer: Customer) -> dict[str, Any]:
    """The newest 50 complaints as a table."""
    columns = [column for column in ComplaintTable.columns if column.shown and column.key != "customer"]
    rows = list(
        ComplaintTable.load(of_customer(request, customer), columns).order_by("-received_on", "-pk")[: SHOWN + 1]
    )
    create = reverse("service:complaint_create")
    return {
        "head": [(column.label, column.css) for column in columns],
        "body": ComplaintTable.body(rows[:SHOWN], columns, url=complaint_url, selectable=False),
        "more": len(rows) > SHOWN,
        "limit": SHOWN,
        "list_url": f"{reverse('service:complaint_list')}?customer={customer.pk}",
        "create_url": f"{create}?customer={customer.pk}" if request.user.has_perm("service.add_complaint") else "",
    }


def count(request: HttpRequest, customer: Customer) -> int | None:
    """How many complaints there are."""
    return counted(of_customer(request, customer))


def events(request: HttpRequest, customer: Customer, limit: int, before: dt.date | None) -> list[TimelineEvent]:
    """Complaints for the customer's timeline."""
    rows = of_customer(request, customer)
    if before is not None:
        rows = rows.filter(received_on__lt=before)
    return [
        TimelineEvent(
            row.received_on,
            "headset",
            _("Complaint %(number)s") % {"number": row.code},
            f"{row.title} · {row.get_state_display()}",
            complaint_url(row),
            "o" if row.state == "closed" else "w",
        )
        for row in rows.order_by("-received_on", "-pk")[:limit]
    ]


def story(request: HttpRequest, complaint: Complaint) -> dict[str, Any]:
    """What happened, its cause and what is done about it, and the steps taken so far."""
    changes = complaint.state_changes.select_related("actor").order_by("-at", "-pk")
    return {
        "sections": [
            (_("Description"), complaint.description),
            (_("Cause"), complaint.cause),
            (_("Corrective action"), complaint.action),
        ],
        "events": [
            {
                "icon": "arrow-right",
                "tone": "p",
                "title": f"{change.get_source_display()} → {change.get_target_display()}",
                "text": change.reason,
                "who": change.actor.label if change.actor else "",
                "at": change.at,
            }
            for change in changes
        ],
    }
