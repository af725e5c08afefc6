"""Sales orders that the sync brings back: known by their number or by our reference, and joined to the deal they came of."""

from typing import Any

from django.db.models import Exists, OuterRef, Subquery

from integrations.domain.outbox.kinds import Back
from integrations.models import OutboxMessage
from integrations.sap.client import Row
from orders.domain.opportunities import link_order
from orders.models import OpportunityOrder, OrderRequest, SalesOrder


def unsettled(messages: Any, limit: int) -> list[tuple[OutboxMessage, list[Row]]]:
    """Those of these messages whose orders bear our reference, with the two oldest of them."""
    customer = OrderRequest._base_manager.filter(pk=OuterRef(OuterRef("object_id"))).values("customer_id")
    here = SalesOrder._base_manager.filter(customer_id=Subquery(customer), customer_reference=OuterRef("reference"))
    # Many are never answered and stay: only those whose order is here are looked at, or the newest would never be.
    open_ones = list(messages.filter(Exists(here)).order_by("pk")[:limit])
    requests = OrderRequest._base_manager.filter(pk__in=[message.object_id for message in open_ones])
    customers = dict(requests.values_list("pk", "customer_id"))
    references = [message.reference for message in open_ones]
    orders = SalesOrder._base_manager.filter(customer_id__in=set(customers.values()), customer_reference__in=references)
    found: dict[tuple[int | None, str], list[Row]] = {}
    for order in orders.order_by("number", "pk"):
        found.setdefault((order.customer_id, order.customer_reference), []).append({"SalesOrder": order.number})
    pairs = ((one, found.get((customers.get(one.object_id), one.reference), [])) for one in open_ones)
    return [(message, rows[:2]) for message, rows in pairs if rows]


def arrived(messages: Any, limit: int) -> list[tuple[OutboxMessage, SalesOrder]]:
    """Those of these messages whose order is here, with it."""
    here = SalesOrder._base_manager.filter(number=OuterRef("erp_number"))
    found = list(messages.filter(Exists(here)).order_by("pk")[:limit])
    numbers = [message.erp_number for message in found]
    orders = {order.number: order for order in SalesOrder._base_manager.filter(number__in=numbers)}
    return [(message, orders[message.erp_number]) for message in found if message.erp_number in orders]


def link(message: OutboxMessage, order: SalesOrder) -> None:
    """Join the order to the deal of its request. Raises DomainError when the deal was lost meanwhile, or the customer differs."""
    request = OrderRequest._base_manager.select_related("quote__opportunity__stage").get(pk=message.object_id)
    opportunity = request.quote.opportunity
    if not OpportunityOrder._base_manager.filter(opportunity=opportunity, order=order).exists():
        link_order(opportunity=opportunity, order=order, actor=None)


ORDERS_BACK = Back(unsettled=unsettled, arrived=arrived, link=link)
