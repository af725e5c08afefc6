"""A customer's orders with what followed each: shipments, invoices, payment, and what is left of each."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.formats import day, money, qty
from crm.markup import badge
from customers.models import Customer
from orders.domain.chain import OrderChain, chains_of
from orders.enums import OrderStatus
from orders.models import SalesOrder
from orders.tables import ORDER_TONES, document_url

ON_A_PAGE = 10
NAMED = 3  # documents of a kind


def chain(request: HttpRequest, customer: Customer) -> dict[str, Any]:
    """A page of the customer's orders, the newest first; with ?left=1 those still to be delivered."""
    user: Any = request.user
    left = request.GET.get("left") == "1"
    page = max(int(number), 1) if (number := request.GET.get("page", "")).isdecimal() and len(number) < 6 else 1
    rows = SalesOrder.objects.visible_to(user, of=customer).filter(gone_at__isnull=True)
    rows = (rows.open() if left else rows).order_by("-ordered_on", "-pk")
    found = list(rows[(page - 1) * ON_A_PAGE : page * ON_A_PAGE + 1])
    today = timezone.localdate()
    here = reverse("customers:customer_tab", args=[customer.pk, "chain"])
    query = "left=1&" if left else ""
    return {
        "rows": [_row(one, user, today) for one in chains_of(found[:ON_A_PAGE], customer, user, today)],
        "choices": [
            {"label": _("All"), "url": here, "active": not left},
            {"label": _("To deliver"), "url": f"{here}?left=1", "active": left},
        ],
        "left": left,
        "page": page,
        "newer_url": f"{here}?{query}page={page - 1}" if page > 1 else "",
        "older_url": f"{here}?{query}page={page + 1}" if len(found) > ON_A_PAGE else "",
    }


def _row(one: OrderChain, user: Any, today: dt.date) -> dict[str, Any]:
    order = one.order
    steps = [_shipped(one)]
    if user.has_perm("orders.view_invoice"):
        steps += [_invoiced(one), _paid(one, today)]
    return {
        "order": order,
        "url": document_url(order),
        "status": badge(ORDER_TONES.get(OrderStatus(order.status), ""), order.get_status_display()),
        "quantity": one.quantity,
        "steps": steps,
    }


def _step(label: str, percent: float, tone: str, text: str, bad: bool, documents: Sequence[Any]) -> dict[str, Any]:
    return {
        "label": label,
        "percent": percent,
        "tone": tone,
        "text": text,
        "bad": bad,
        "documents": [(row.number, document_url(row)) for row in documents[:NAMED]],
        "more": max(len(documents) - NAMED, 0),
    }


def _shipped(one: OrderChain) -> dict[str, Any]:
    done = bool(one.quantity) and not one.to_ship
    if done:
        text = _("all shipped")
    else:
        text = _("%(quantity)s to ship") % {"quantity": qty(one.to_ship)}
        if one.promised_on:
            text += " · " + _("promised for %(day)s") % {"day": day(one.promised_on)}
    tone = "ok" if done else "bad" if one.late else "primary"
    return _step(_("Shipments"), _percent(one.shipped, one.quantity), tone, text, one.late, one.shipments)


def _invoiced(one: OrderChain) -> dict[str, Any]:
    done = one.order.net > 0 and not one.to_invoice
    left = _("%(amount)s to invoice") % {"amount": money(one.to_invoice, one.order.currency_id)}
    text = _("all invoiced") if done else left
    return _step(
        _("Invoices"), _percent(one.invoiced, one.order.net), "ok" if done else "primary", text, False, one.invoices
    )


def _paid(one: OrderChain, today: dt.date) -> dict[str, Any]:
    late = (today - one.due_on).days if one.due_on and one.due_on < today else 0
    if one.invoiced <= 0:
        text = _("nothing invoiced yet")
    elif not one.to_pay:
        text = _("all paid")
    else:
        text = _("%(amount)s to pay") % {"amount": money(one.to_pay, one.order.currency_id)}
        if late:
            text += " · " + ngettext("%(n)d day overdue", "%(n)d days overdue", late) % {"n": late}
        elif one.due_on:
            text += " · " + _("due on %(day)s") % {"day": day(one.due_on)}
    done = one.invoiced > 0 and not one.to_pay
    tone = "ok" if done else "bad" if late else "primary"
    return _step(_("Receivables"), _percent(one.paid, one.invoiced), tone, text, bool(late), ())


def _percent(part: Decimal, whole: Decimal) -> float:
    return float(part * 100 / whole) if whole > 0 else 0.0
