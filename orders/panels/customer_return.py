"""Returns on the pages of the documents they go back to, and their own lines."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest

from crm.formats import qty_html
from orders.models import CustomerReturn, CustomerReturnLine, Invoice, InvoiceLine, SalesOrder
from orders.panels.documents import small_table
from orders.panels.units import unit_of
from orders.tables import document_url


def of_order(request: HttpRequest, order: SalesOrder) -> dict[str, Any] | None:
    """The returns that go back to the order, or to an invoice of it."""
    billed = InvoiceLine.objects.visible_to(request.user).filter(order_number=order.number)
    numbers = set(billed.values_list("invoice__number", flat=True))
    return _going_back(request, {order.number, *numbers}, "order-returns")


def of_invoice(request: HttpRequest, invoice: Invoice) -> dict[str, Any] | None:
    """The returns that go back to the invoice."""
    return _going_back(request, {invoice.number}, "invoice-returns")


def _going_back(request: HttpRequest, numbers: set[str], key: str) -> dict[str, Any] | None:
    lines = CustomerReturnLine.objects.visible_to(request.user).filter(reference_number__in=numbers)
    found = Q(reference__in=numbers) | Q(pk__in=lines.values("customer_return"))
    rows = CustomerReturn.objects.visible_to(request.user).filter(found).order_by("requested_on", "pk")
    return small_table(CustomerReturn, rows, key)


def lines(request: HttpRequest, record: CustomerReturn) -> dict[str, Any]:
    """The lines, each with the way to what it goes back to."""
    user = request.user
    rows = CustomerReturnLine.objects.visible_to(user).filter(customer_return=record)
    found = list(rows.select_related("product").order_by("item"))
    numbers = {line.reference_number for line in found if line.reference_number}
    urls: dict[str, str] = {}
    for model in (SalesOrder, Invoice):
        urls |= {row.number: document_url(row) for row in model.objects.visible_to(user).filter(number__in=numbers)}
    return {
        "lines": [
            {
                "line": line,
                "name": line.product.label if line.product else line.text,
                # A credit for a price has an amount and no quantity.
                "quantity": qty_html(line.quantity or None, unit_of(line.unit)),
                "url": urls.get(line.reference_number, ""),
            }
            for line in found
        ]
    }
