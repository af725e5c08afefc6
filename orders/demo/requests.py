"""Order requests of the demo company: of some accepted quotes."""

from typing import Any

from crm.demo.world import World
from opportunities.enums import QuoteState
from opportunities.models import Quote
from orders.domain.requests import request_from, submit_request

MADE = 3


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
