"""Panels of shipments and invoices: their lines, and what they led to."""

from typing import Any

from django.http import HttpRequest

from crm.formats import qty_html
from orders.models import Invoice, InvoiceLine, Receivable, SalesOrder, Shipment, ShipmentLine
from orders.panels.order import UNITS
from orders.tables import ReceivableTable, document_url


def shipment_lines(request: HttpRequest, shipment: Shipment) -> dict[str, Any]:
    """The lines with batch and the order each fulfils."""
    rows = ShipmentLine.objects.visible_to(request.user).filter(shipment=shipment)
    lines = rows.select_related("product", "order_line__order").order_by("item")
    return {"lines": [(line, qty_html(line.quantity, UNITS.get(line.unit, line.unit))) for line in lines]}


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
                "quantity": qty_html(line.quantity, UNITS.get(line.unit, line.unit)),
                "name": line.product.label if line.product else line.text,
                "order_url": urls.get(line.order_number, ""),
                "settlement": getattr(line, "settlement", None),
            }
            for line in lines
        ]
    }


def invoice_receivables(request: HttpRequest, invoice: Invoice) -> dict[str, Any] | None:
    """The items of the account that the invoice made."""
    rows = list(Receivable.objects.visible_to(request.user).filter(invoice=invoice).order_by("due_on", "pk"))
    if not rows:
        return None
    columns = [column for column in ReceivableTable.columns if column.shown and column.key not in ("customer", "owner")]
    return {
        "title": Receivable._meta.verbose_name_plural,
        "id": "invoice-receivables",
        "head": [(column.label, column.css) for column in columns],
        "body": ReceivableTable.body(rows, columns, url=document_url, selectable=False),
    }
