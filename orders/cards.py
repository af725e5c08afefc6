"""Cards of the start page about orders and receivables."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import Min, Sum
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from customers.models import Customer
from customers.tables.cells import customer_url
from orders.models import Receivable, SalesOrderLine

SHOWN = 5
LOOKED_AT = 60


def overdue_receivables(request: HttpRequest) -> dict[str, Any] | None:
    """The customers who owe most of what is overdue: of mine, or of all in reach for somebody without customers of their own."""
    customers = Customer.objects.visible_to(request.user).with_overdue()
    mine = customers.filter(owner_id=request.user.pk)
    is_mine = mine.exists()
    rows = mine if is_mine else customers
    shown = list(rows.select_related("figures").order_by("-figures__overdue", "-pk")[:SHOWN])
    if not shown:
        return None
    today = timezone.localdate()
    items = Receivable.objects.visible_to(request.user).overdue_now(today).filter(customer__in=shown)
    oldest = dict(items.order_by().values_list("customer").annotate(Min("due_on")))
    owner = "&owner=me" if is_mine else ""
    return {
        "mine": is_mine,
        "total": rows.aggregate(sum=Sum("figures__overdue"))["sum"],
        "items": [_debtor(row, shown[0].figures.overdue, oldest.get(row.pk, today), today) for row in shown],
        "list_url": f"{reverse('customers:customer_list')}?overdue=1{owner}&sort=-figures__overdue",
    }


def _debtor(customer: Customer, most: Decimal, oldest: dt.date, today: dt.date) -> dict[str, Any]:
    days = (today - oldest).days
    overdue = customer.figures.overdue
    return {
        "name": str(customer),
        "url": customer_url(customer.pk),
        "sum": overdue,
        "days": days,
        "share": overdue * 100 / most,
        "tone": "bad" if days > 15 else "warn",
    }


def late_orders(request: HttpRequest) -> dict[str, Any] | None:
    """Orders with a line past its promised day, the longest delay first; None when nothing is late."""
    today = timezone.localdate()
    rows = SalesOrderLine.objects.visible_to(request.user).late_at(today).select_related("order", "customer")
    found: dict[int, dict[str, Any]] = {}
    for line in rows.order_by("promised_on", "pk")[:LOOKED_AT]:
        found.setdefault(line.order_id, _late(line, today))
    if not found:
        return None
    return {
        "items": list(found.values())[:SHOWN],
        "list_url": f"{reverse('orders:salesorder_list')}?state=late",
    }


def _late(line: SalesOrderLine, today: dt.date) -> dict[str, Any]:
    days = (today - line.promised_on).days if line.promised_on else 0
    text = ngettext("%(n)d day late", "%(n)d days late", days) % {"n": days}
    return {
        "title": line.order.number,
        "sub": str(line.customer),
        "url": reverse("orders:salesorder_record", args=[line.order_id]),
        "grade": line.customer.grade,
        "badge": ("bad" if days > 3 else "warn", text),
    }
