"""Panels of a sales order: key figures, what is overdue, lines, the documents that followed."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from crm.formats import day, money, num, qty, qty_html
from crm.generic.tables import Table
from customers.models import Customer
from customers.panels.customer import facts as customer_facts
from orders.domain.tracking import LineTrack, OrderTrack, track
from orders.models import Receivable, SalesOrder
from orders.panels.order_details import schedules
from orders.panels.units import unit_of
from orders.rules import days_overdue
from orders.tables import InvoiceTable, ReceivableTable, ShipmentTable, document_url

DONE, CURRENT, PLANNED, PROBLEM = "d", "c", "p", "e"


@dataclass(frozen=True)
class Step:
    """A step of the chain. `state` is one of the four above; `icon` shows while it is not done."""

    name: str
    state: str
    sub: str
    icon: str


def tracked(request: HttpRequest, order: SalesOrder) -> OrderTrack:
    """The order's track, read once per page."""
    kept: OrderTrack | None = getattr(order, "_track", None)
    if kept is None:
        kept = order._track = track(order, user=request.user)  # type: ignore[attr-defined]
    return kept


def chain(request: HttpRequest, order: SalesOrder) -> dict[str, Any]:
    """The steps from order to payment."""
    found = tracked(request, order)
    return {"steps": steps(found, timezone.localdate())}


def steps(found: OrderTrack, today: dt.date) -> list[Step]:
    """Done, current (the first that is not), still to come, or in trouble: late, overdue."""
    order = found.order
    overdue = found.overdue(today)
    late = any(line.is_late(today) and not line.is_shipped for line in found.valid)
    parts = [
        (gettext("Ordered"), True, False, f"{day(order.ordered_on)} · {_kg(found.quantity)}", "shopping-cart"),
        (gettext("Shipped"), found.is_shipped, late, _shipped_text(found, today), "truck-delivery"),
        (gettext("Received"), found.is_received, False, _received_text(found), "package"),
        (gettext("Invoiced"), found.is_invoiced, False, _share_text(found, "invoiced"), "receipt"),
        (gettext("Paid"), found.is_paid, bool(overdue), _paid_text(found, overdue, today), "cash"),
    ]
    out: list[Step] = []
    current_given = False
    for name, done, problem, sub, icon in parts:
        if problem:
            state = PROBLEM
        elif done:
            state = DONE
        else:
            state = PLANNED if current_given else CURRENT
            current_given = True
        out.append(Step(name, state, sub, {DONE: "check", PROBLEM: "alert-triangle"}.get(state, icon)))
    return out


def _kg(quantity: Decimal) -> str:
    return qty(quantity, "kg")


def _shipped_text(found: OrderTrack, today: dt.date) -> str:
    left = [line.line.shipped_on for line in found.valid if line.line.shipped_on]
    if found.is_shipped and left:
        return f"{day(max(left))} · {_kg(found.shipped)}"
    promised = [line.line.promised_on for line in found.valid if not line.is_shipped and line.line.promised_on]
    when = gettext("promised for %(day)s") % {"day": day(min(promised))} if promised else ""
    return " · ".join(filter(None, (f"{_kg(found.shipped)} / {_kg(found.quantity)}", when)))


def _received_text(found: OrderTrack) -> str:
    got = [one.received_on for one in found.shipments if one.received_on]
    if found.is_received:
        return f"{day(max(got))} · {_kg(found.total('received'))}"
    return f"{_kg(found.total('received'))} / {_kg(found.quantity)}" if found.shipments else gettext("nothing sent yet")


def _share_text(found: OrderTrack, name: str) -> str:
    currency = found.order.currency_id
    if name == "invoiced" and found.is_invoiced:
        return f"{day(max(one.invoiced_on for one in found.invoices))} · {money(found.total(name), currency)}"
    return f"{money(found.total(name), currency)} / {money(found.order.net, currency)}"


def _paid_text(found: OrderTrack, overdue: list[Receivable], today: dt.date) -> str:
    if overdue:
        days = max(days_overdue(item, today) for item in overdue)
        return ngettext("%(n)d day overdue", "%(n)d days overdue", days) % {"n": days}
    cleared = [item.cleared_on for item in found.receivables if item.cleared_on]
    if found.is_paid and cleared:
        return f"{day(max(cleared))} · {money(found.total('paid'), found.order.currency_id)}"
    dues = [item.due_on for item in found.receivables if item.due_on and item.cleared_on is None]
    if dues:
        return gettext("due on %(day)s") % {"day": day(min(dues))}
    return _share_text(found, "paid")


def facts(request: HttpRequest, order: SalesOrder) -> dict[str, Any]:
    """Net amount, shares shipped, invoiced and paid, what is overdue, lines on time."""
    found, today = tracked(request, order), timezone.localdate()
    due = found.due(today)
    on_time = sum(1 for line in due if line.is_shipped and not line.is_late(today))
    overdue = found.overdue(today)
    return {
        "shipped_share": found.shipped / found.quantity if found.quantity else None,
        "invoiced": found.total("invoiced"),
        "paid": found.total("paid"),
        "overdue": sum((item.amount for item in overdue), Decimal(0)),
        "due": len(due),
        "on_time": on_time,
    }


def overdue(request: HttpRequest, order: SalesOrder) -> dict[str, Any] | None:
    """The warning about overdue items of the order's invoices; None when nothing is overdue."""
    today = timezone.localdate()
    items = tracked(request, order).overdue(today)
    if not items:
        return None
    item = max(items, key=lambda one: days_overdue(one, today))
    days = days_overdue(item, today)
    text = ngettext("%(invoice)s has been overdue for %(n)d day.", "%(invoice)s has been overdue for %(n)d days.", days)
    return {
        "tone": "bad",
        "icon": "alert-triangle",
        "title": text % {"invoice": item.invoice_number or item.number, "n": days},
        "text": money(item.amount, item.currency_id),
        "url": document_url(item),
        "action": gettext("Open the item"),
    }


def credit(request: HttpRequest, order: SalesOrder) -> dict[str, Any] | None:
    """How much of the customer's credit limit is used; nothing for a reader who does not see the customer."""
    customer = Customer.objects.visible_to(request.user).select_related("figures").filter(pk=order.customer_id).first()
    if customer is None:
        return None
    found = customer_facts(request, customer)
    return {**found, "customer": customer, "tone": found["credit_tone"] or "primary"}


def lines(request: HttpRequest, order: SalesOrder) -> dict[str, Any]:
    """The lines with bars of what was shipped, invoiced and paid."""
    found, today = tracked(request, order), timezone.localdate()
    parts = schedules(request, order, {line.line.item: line.line.unit for line in found.lines})
    return {
        "lines": [{**_line(line, today), "schedule": parts.get(line.line.item, [])} for line in found.lines],
        "track": found,
        "invoiced": found.total("invoiced"),
        "paid": found.total("paid"),
    }


def _line(one: LineTrack, today: dt.date) -> dict[str, Any]:
    line = one.line
    late = one.is_late(today) and not line.rejected
    return {
        "line": line,
        "name": line.product.label if line.product else line.text,
        "batches": "、".join(one.batches),
        "quantity": qty_html(line.quantity, unit_of(line.unit)),
        "price": num(line.net / line.quantity_base, 2) if line.quantity_base else "—",
        "shipped": _percent(line.shipped_base, line.quantity_base),
        "invoiced": _percent(one.invoiced, line.net),
        "paid": _percent(one.paid, line.net),
        "track": one,
        "is_late": late,
        "shipped_tone": "ok" if one.is_shipped else "bad" if late else "primary",
    }


def _percent(part: Decimal, whole: Decimal) -> float:
    return float(part * 100 / whole) if whole else 0.0


def shipments(request: HttpRequest, order: SalesOrder) -> dict[str, Any] | None:
    """The deliveries; nothing before the first."""
    return _documents(ShipmentTable, tracked(request, order).shipments, "order-shipments")


def invoices(request: HttpRequest, order: SalesOrder) -> dict[str, Any] | None:
    """The invoices; nothing before the first."""
    return _documents(InvoiceTable, tracked(request, order).invoices, "order-invoices")


def receivables(request: HttpRequest, order: SalesOrder) -> dict[str, Any] | None:
    """The items of the account that its invoices made."""
    return _documents(ReceivableTable, tracked(request, order).receivables, "order-receivables")


def _documents(table: type[Table], rows: list[Any], key: str) -> dict[str, Any] | None:
    if not rows:
        return None
    skipped = ("customer", "owner")
    columns = [column for column in table.columns if column.shown and column.key not in skipped]
    return {
        "title": rows[0]._meta.verbose_name_plural,
        "id": key,
        "head": [(column.label, column.css) for column in columns],
        "body": table.body(rows, columns, url=document_url, selectable=False),
    }
