"""What the global search finds of documents: by number, orders by the customer's reference too."""

from collections.abc import Callable
from typing import Any

from crm.extension_points import SearchHit
from crm.formats import day
from orders.models import Invoice, SalesOrder, Shipment
from orders.tables import document_url

SHORTEST = 3


def _source(model: Any, date: str, detail: str = "") -> Callable[[Any, str, int], list[SearchHit]]:
    """The search function of a kind of document."""

    def search(user: Any, text: str, limit: int) -> list[SearchHit]:
        if len(text) < SHORTEST or not text.isascii():
            return []
        rows = model.objects.visible_to(user).numbered(text).select_related("customer").order_by()[:limit]
        return [
            SearchHit(
                title=row.number,
                subtitle=" · ".join(
                    filter(None, (str(row.customer), getattr(row, detail) if detail else "", day(getattr(row, date))))
                ),
                url=document_url(row),
                grade=row.customer.grade,
            )
            for row in rows
        ]

    return search


search_orders = _source(SalesOrder, "ordered_on", "customer_reference")
search_shipments = _source(Shipment, "planned_on")
search_invoices = _source(Invoice, "invoiced_on")
