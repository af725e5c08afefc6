"""Quotes, price indexes and order requests for tests, made as the pages make them."""

import itertools
from decimal import Decimal
from typing import Any

from django.db.models import F

from crm.models import User
from opportunities.domain.quotes.indexes import create_index, create_value
from opportunities.domain.quotes.quotes import quote_from, update_quote
from opportunities.domain.quotes.release import release_quote
from opportunities.domain.quotes.sending import accept_quote, send_quote
from opportunities.models import Opportunity, PriceIndex, PriceIndexValue, Quote
from orders.domain.requests import request_from
from orders.models import OrderRequest
from tests.factories.organisation import Organisation
from tests.factories.records import day, make_opportunity

_numbers = itertools.count(1)


def make_deal(org: Organisation, owner: User | None = None, **values: Any) -> Opportunity:
    """An opportunity that knows what is offered: 80 t at 34.20."""
    values = {
        "product": org.product,
        "product_line": org.sealant,
        "our_volume_kg": Decimal(80000),
        "proposed_price": Decimal("34.20"),
        **values,
    }
    return make_opportunity(org, owner=owner, **values)


def make_quote(org: Organisation, owner: User | None = None, **values: Any) -> Quote:
    """A draft with one line."""
    deal = values.pop("opportunity", None) or make_deal(org, owner)
    quote, _made = quote_from(opportunity=deal, actor=deal.owner)
    if values:
        update_quote(instance=quote, expected_version=None, actor=deal.owner, **values)
    return quote


def make_released(org: Organisation, owner: User | None = None, **values: Any) -> Quote:
    """A quote that can be sent."""
    quote = make_quote(org, owner, **values)
    return release_quote(quote=quote, actor=quote.owner)


def make_sent(org: Organisation, owner: User | None = None, **values: Any) -> Quote:
    """A quote the customer has; `token` on it is what its link holds."""
    quote = make_released(org, owner, **values)
    quote.token = send_quote(quote=quote, actor=quote.owner)  # type: ignore[attr-defined]
    return quote


def make_accepted(org: Organisation, owner: User | None = None, **values: Any) -> Quote:
    """A quote the customer accepted."""
    quote = make_sent(org, owner, **values)
    return accept_quote(quote=quote, actor=quote.owner, reason="by phone")


def make_request(org: Organisation, owner: User | None = None, **values: Any) -> OrderRequest:
    """The order request of an accepted quote."""
    quote = make_accepted(org, owner, **values)
    return request_from(quote=quote, actor=quote.owner)[0]


def make_index(org: Organisation, owner: User | None = None, **values: Any) -> PriceIndex:
    """An index per kilogram, without a value."""
    number = next(_numbers)
    values = {"code": f"IX{number}", "name": f"指数{number}", "unit": org.product.base_unit, **values}
    return create_index(actor=org.people.administrator, **values)


def make_value(org: Organisation, owner: User | None = None, **values: Any) -> PriceIndexValue:
    """A value of an index of its own."""
    values = {"index": values.get("index") or make_index(org), "starts_on": day(-3), "value": Decimal("13.4"), **values}
    return create_value(actor=org.people.administrator, **values)


def age(quote: Quote, **fields: Any) -> Quote:
    """Change what only time changes."""
    Quote._base_manager.filter(pk=quote.pk).update(version=F("version") + 1, **fields)
    quote.refresh_from_db()
    return quote
