"""What an order request shows, and a quote of the order that came of it."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from crm.formats import exact_price, plain_number
from opportunities.enums import QuoteState
from orders.models import OrderRequest, OrderRequestLine
from orders.tables import document_url


def lines(request: HttpRequest, record: OrderRequest) -> dict[str, Any]:
    """An order request's page: what is ordered."""
    rows = OrderRequestLine.objects.visible_to(request.user, of=record).select_related("product", "unit")
    return {
        "record": record,
        "lines": [
            {
                "line": row,
                "quantity": f"{plain_number(row.quantity)} {row.unit.label}",
                "price": exact_price(row.price, str(record.currency_id), row.unit.label),
            }
            for row in rows.order_by("position")
        ],
    }


def of_quote(request: HttpRequest, quote: Any) -> dict[str, Any] | None:
    """An accepted quote's page: its order request, or the button that makes one."""
    if quote.state != QuoteState.ACCEPTED:
        return None
    made = OrderRequest.objects.visible_to(request.user).filter(quote=quote).first()
    may = request.user.has_perm("orders.add_orderrequest")
    if made is None and not may:
        return None
    return {
        "made": made,
        "made_url": document_url(made) if made is not None else "",
        "start_url": reverse("orders:orderrequest_start", args=[quote.pk]),
    }
