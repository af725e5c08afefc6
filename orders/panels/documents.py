"""Panels of shipments and invoices: their lines, and what they led to."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext

from crm.formats import qty_html
from orders.models import Invoice, InvoiceLine, Receivable, SalesOrder, Shipment, ShipmentLine
from orders.panels.units import unit_of
from orders.tables import TABLES, document_url

SHOWN = 50  # of what one payment cleared


def shipment_lines(request: HttpRequest, shipment: Shipment) -> dict[str, Any]:
    """The lines with batch and the order each fulfils."""
    rows = ShipmentLine.objects.visible_to(request.user).filter(shipment=shipment)
    lines = rows.select_related("product", "order_line__order").order_by("item")
    return {"lines": [(line, qty_html(line.quantity, unit_of(line.unit))) for line in lines]}


def invoice_lines(request: HttpRequest, invoice: Invoice) -> dict[str, Any]:
    """The lines with the order each bills and whether it has been paid."""
    rows = InvoiceLine.objects.visible_to(request.user).filter(invoice=invoice)
    lines = list(rows.select_related("product", "settlement").order_by("item"))
    numbers = {line.order_number for line in lines if line.order_number}
    orders = SalesOrder.objects.visible_to(request.user).filter(number__in=numbers) if numbers else []
    urls = {order.number: document_url(order) for order in orders}
    return {
        "lines": [
            {
                "line": line,
                "quantity": qty_html(line.quantity, unit_of(line.unit)),
                "name": line.product.label if line.product else line.text,
                "order_url": urls.get(line.order_number, ""),
                "settlement": getattr(line, "settlement", None),
            }
            for line in lines
        ]
    }


def shipment_invoices(request: HttpRequest, shipment: Shipment) -> dict[str, Any] | None:
    """The invoices that bill lines of the delivery."""
    billing = InvoiceLine.objects.visible_to(request.user).filter(delivery_number=shipment.number)
    rows = (
        Invoice.objects.visible_to(request.user).filter(pk__in=billing.values("invoice")).order_by("invoiced_on", "pk")
    )
    return small_table(Invoice, rows, "shipment-invoices")


def small_table(model: Any, found: Any, key: str) -> dict[str, Any] | None:
    """Documents of a kind as a small table without customer and owner; nothing for none."""
    rows = list(found)
    if not rows:
        return None
    table = TABLES[model]
    columns = [column for column in table.columns if column.shown and column.key not in ("customer", "owner")]
    return {
        "title": model._meta.verbose_name_plural,
        "id": key,
        "head": [(column.label, column.css) for column in columns],
        "body": table.body(rows, columns, url=document_url, selectable=False),
    }


def cleared_with(request: HttpRequest, item: Receivable) -> dict[str, Any] | None:
    """The other items of the customer that the same document cleared: payments, credit memos, invoices."""
    if not item.clearing_document:
        return None
    rows = Receivable.objects.visible_to(request.user).filter(
        customer=item.customer_id, clearing_document=item.clearing_document
    )
    others = list(rows.exclude(pk=item.pk).order_by("-posted_on", "-pk")[: SHOWN + 1])
    found = small_table(Receivable, others[:SHOWN], "cleared-with")
    return found and {**found, "title": gettext("Cleared together"), "more": len(others) > SHOWN, "limit": SHOWN}


def invoice_receivables(request: HttpRequest, invoice: Invoice) -> dict[str, Any] | None:
    """The items of the account that the invoice made."""
    rows = Receivable.objects.visible_to(request.user).filter(invoice=invoice).order_by("due_on", "pk")
    return small_table(Receivable, rows, "invoice-receivables")
