"""What orders add to the page of a customer: money flow, documents, timeline."""

import datetime as dt
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, DecimalField, F, Model, Sum, When
from django.db.models.functions import Coalesce, Least
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.extension_points import TimelineEvent
from crm.formats import day, money
from customers.models import Customer
from customers.panels.customer import counted
from orders.models import Invoice, InvoiceLine, Receivable, SalesOrder, SalesOrderLine, Shipment
from orders.tables import TABLES, document_url

SHOWN = 50
RECENT = 5
_MONEY = DecimalField(max_digits=20, decimal_places=2)


def flow(request: HttpRequest, customer: Customer) -> dict[str, Any]:
    """Ordered, shipped, invoiced and received this year, and what is owed today, as far as the reader may see such documents;
    net, in base currency (received: gross)."""
    today = timezone.localdate()
    start = today.replace(month=1, day=1)
    user = request.user
    lines = SalesOrderLine.objects.visible_to(user, of=customer).valid().filter(ordered_on__gte=start)
    invoiced = InvoiceLine.objects.visible_to(user, of=customer).real().filter(invoiced_on__gte=start)
    items = Receivable.objects.visible_to(user, of=customer)
    bills, owes = user.has_perm("orders.view_invoice"), user.has_perm("orders.view_receivable")
    ordered = lines.aggregate(
        count=Count("order", distinct=True),
        net=_total("net_base"),
        quantity=_total("quantity_base"),
        shipped=_total(_shipped_value()),
    )
    return {
        "ordered": ordered,
        "shipped_share": ordered["shipped"] / ordered["net"] if ordered["net"] else None,
        "invoiced": invoiced.aggregate(net=_total("net_base"))["net"] if bills else None,
        **(_money(items, start, today) if owes else {}),
        "orders_url": f"{reverse('orders:salesorder_list')}?customer={customer.pk}",
        "year": today.year,
    }


def _money(items: Any, start: dt.date, today: dt.date) -> dict[str, Decimal]:
    """What came in since `start`, and what is owed."""
    return {
        "received": -items.receipts().filter(posted_on__gte=start).aggregate(sum=_total("amount_base"))["sum"],
        "receivable": items.open_now(today).aggregate(sum=_total("amount_base"))["sum"],
        "overdue": items.overdue_now(today).aggregate(sum=_total("amount_base"))["sum"],
    }


def _total(value: Any) -> Any:
    return Coalesce(Sum(value, output_field=_MONEY), Decimal(0), output_field=_MONEY)


def _shipped_value() -> Any:
    """The net amount of the part of an order line that has left."""
    share = Least(F("shipped_base") / F("quantity_base"), Decimal(1))
    return Case(When(quantity_base__gt=0, then=F("net_base") * share), default=Decimal(0), output_field=_MONEY)


def documents(request: HttpRequest, customer: Customer, model: type[Model], limit: int) -> dict[str, Any]:
    """The newest documents of a kind as a small table, with the way to all of them."""
    table = TABLES[model]
    columns = [column for column in table.columns if column.shown and column.key not in ("customer", "owner")]
    _name, sort = table.sort(model)
    ordering = sort.order() if sort else ()
    rows = list(table.load(_rows(request, customer, model).order_by(*ordering), columns)[: limit + 1])
    list_url = reverse(f"orders:{model._meta.model_name}_list")
    return {
        "title": model._meta.verbose_name_plural,
        "id": f"{model._meta.model_name}s",
        "head": [(column.label, column.css) for column in columns],
        "body": table.body(rows[:limit], columns, url=document_url, selectable=False),
        "more": len(rows) > limit,
        "limit": limit,
        "all_url": f"{list_url}?customer={customer.pk}",
    }


def _rows(request: HttpRequest, customer: Customer, model: Any) -> Any:
    return model.objects.visible_to(request.user, of=customer)


def documents_tab(model: type[Model]) -> Callable[[HttpRequest, Customer], dict[str, Any]]:
    """The context function of a tab with the newest 50 documents of a kind."""
    return lambda request, customer: documents(request, customer, model, SHOWN)


def documents_count(model: type[Model]) -> Callable[[HttpRequest, Customer], int | None]:
    """The count function of such a tab."""
    return lambda request, customer: counted(_rows(request, customer, model))


def recent_orders(request: HttpRequest, customer: Customer) -> dict[str, Any] | None:
    """The newest five orders; nothing for a customer who never ordered."""
    context = documents(request, customer, SalesOrder, RECENT)
    return {**context, "title": _("Recent orders"), "id": "recent-orders"} if context["body"] else None


def events(request: HttpRequest, customer: Customer, limit: int, before: dt.date | None) -> list[TimelineEvent]:
    """Orders, shipments, invoices and what is past due, the newest ones of each."""
    user = request.user

    def older(rows: Any, field: str, days: int = 0) -> Any:
        return rows.filter(**{f"{field}__lt": before - dt.timedelta(days=days)}) if before else rows

    found: list[TimelineEvent] = []
    if user.has_perm("orders.view_salesorder"):
        found += _order_events(
            older(_rows(request, customer, SalesOrder), "ordered_on").order_by("-ordered_on", "-pk")[:limit]
        )
    if user.has_perm("orders.view_shipment"):
        left = _rows(request, customer, Shipment).filter(shipped_on__isnull=False)
        found += _shipment_events(older(left, "shipped_on").order_by("-shipped_on", "-pk")[:limit])
    if user.has_perm("orders.view_receivable"):
        today = timezone.localdate()
        late = _rows(request, customer, Receivable).overdue_now(today).filter(amount_base__gt=0)
        found += _overdue_events(older(late, "due_on", 1).order_by("-due_on", "-pk")[:limit], today)
    if user.has_perm("orders.view_invoice"):
        found += _invoice_events(
            older(_rows(request, customer, Invoice).real(), "invoiced_on").order_by("-invoiced_on", "-pk")[:limit]
        )
    return found


def _order_events(rows: Iterable[SalesOrder]) -> list[TimelineEvent]:
    return [
        TimelineEvent(
            row.ordered_on,
            "shopping-cart",
            _("Order %(number)s") % {"number": row.number},
            f"{money(row.net, row.currency_id)} · {row.get_status_display()}",
            document_url(row),
            "p",
        )
        for row in rows
    ]


def _shipment_events(rows: Iterable[Shipment]) -> list[TimelineEvent]:
    return [
        TimelineEvent(
            row.shipped_on,
            "truck-delivery",
            _("Shipment %(number)s left") % {"number": row.number},
            _("received on %(day)s") % {"day": day(row.received_on)} if row.received_on else "",
            document_url(row),
            "o" if row.received_on else "",
        )
        for row in rows
        if row.shipped_on
    ]


def _overdue_events(rows: Iterable[Receivable], today: dt.date) -> list[TimelineEvent]:
    return [
        TimelineEvent(
            row.due_on + dt.timedelta(days=1),
            "receipt-2",
            _("%(invoice)s is overdue") % {"invoice": row.invoice_number or row.number},
            _("%(amount)s, due on %(day)s") % {"amount": money(row.amount, row.currency_id), "day": day(row.due_on)},
            document_url(row),
            "b",
        )
        for row in rows
        if row.due_on
    ]


def _invoice_events(rows: Iterable[Invoice]) -> list[TimelineEvent]:
    return [
        TimelineEvent(
            row.invoiced_on,
            "file-invoice",
            f"{row.get_kind_display()} {row.number}",
            money(row.gross, row.currency_id),
            document_url(row),
        )
        for row in rows
    ]
