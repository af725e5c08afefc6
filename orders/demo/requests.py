"""Order requests of the demo company, of some accepted quotes; and the orders that deals led to."""

from typing import Any

from crm.demo.world import World
from opportunities.enums import QuoteState
from opportunities.models import Opportunity, Quote
from orders.domain.requests import request_from, submit_request
from orders.models import OpportunityOrder, SalesOrderLine

MADE = 3
LINKED = 200


def generate(world: World) -> None:
    """Made when the quotes are there."""


def load(world: World) -> None:
    """The first ones are submitted, the last is a draft, and further accepted quotes wait for the press of the button."""
    rows = Quote._base_manager.filter(state=QuoteState.ACCEPTED, owner__isnull=False, owner__is_active=True)
    quotes: list[Any] = list(rows.select_related("owner").order_by("-sent_on", "pk")[:MADE])
    for place, quote in enumerate(quotes):
        made, _new = request_from(quote=quote, actor=quote.owner)
        if place < MADE - 1:
            submit_request(request=made, actor=quote.owner)
    _link_orders()


def _link_orders() -> None:
    """Deals won early enough have the order that turned them into business: the first of their product line afterwards."""
    won = list(Opportunity.objects.won().filter(converted_on__isnull=False).order_by("-closed_on", "pk")[:LINKED])
    links = []
    for deal in won:
        lines = SalesOrderLine._base_manager.filter(
            order__customer=deal.customer_id, product_line=deal.product_line_id, order__ordered_on__gte=deal.closed_on
        )
        first = lines.order_by("order__ordered_on", "order").values_list("order", "order__ordered_on").first()
        if first is not None:
            links.append(OpportunityOrder(opportunity=deal, order_id=first[0]))
            deal.converted_on = first[1]
    OpportunityOrder.objects.bulk_create(links)
    Opportunity._base_manager.bulk_update([link.opportunity for link in links], ["converted_on"])
