"""What orders add to the page of a product."""

from typing import Any

from django.http import HttpRequest

from crm.formats import day_html, money_html, qty_html
from crm.models import Product
from orders.models import SalesOrderLine
from orders.panels.units import unit_of
from orders.tables import document_url

SHOWN = 6


def ordered(request: HttpRequest, product: Product) -> dict[str, Any]:
    """The newest order lines of a product within the reader's reach."""
    rows = SalesOrderLine.objects.visible_to(request.user).valid().filter(product=product)
    lines = rows.select_related("order__customer").order_by("-ordered_on", "-pk")[:SHOWN]
    return {
        "rows": [
            {
                "order": line.order,
                "url": document_url(line.order),
                "on": day_html(line.ordered_on),
                "quantity": qty_html(line.quantity, unit_of(line.unit)),
                "net": money_html(line.net, line.order.currency_id),
            }
            for line in lines
        ]
    }
