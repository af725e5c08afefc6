"""What a line of a quote costs, and what it is compared with: list price, floor price, cost. Nothing here writes.

Who may see floor prices, costs and margins is decided at the doors.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from crm.catalogue.domain.costs import Costs
from crm.catalogue.domain.pricing import PriceAnswer, price_for
from crm.catalogue.domain.rates import to_base
from crm.errors import DomainError
from crm.models import Product, Unit
from crm.money import rounded
from opportunities.domain.quotes.indexes import formula_price
from opportunities.models import Quote, QuoteLine

LINE_FIELDS = (
    "product",
    "description",
    "quantity",
    "unit",
    "price",
    "breaks",
    "index",
    "premium",
    "requested_on",
    "freight",
)
DERIVED = ("guide_price", "floor_price", "floor_gap", "unit_cost", "index_value", "index_on", "index_part", "net")
MOST_GAP = Decimal("99999.99")


def priced(line: QuoteLine, quote: Quote, on: dt.date) -> QuoteLine:
    """The line with everything that follows from what was entered, by the lists, costs and indexes of that day.

    Raises DomainError when a formula cannot be worked out, or amounts would have to be converted and there is no rate.
    """
    if line.index is not None:
        found = formula_price(
            index=line.index,
            premium=line.premium,
            product=line.product,
            unit=line.unit,
            currency=quote.currency_code,
            on=on,
        )
        line.price, line.index_value, line.index_on, line.index_part = found.price, found.value, found.on, found.part
    else:
        line.premium = line.index_value = line.index_on = line.index_part = None
    answer = listed_price(quote, line.product, line.quantity, line.unit, on)
    line.guide_price = answer.guide_price if answer is not None else None
    line.floor_price = answer.floor_price if answer is not None else None
    line.floor_gap = _gap(line, quote, on)
    line.unit_cost = Costs([line.product], on).per(line.product, line.unit, quote.currency_code)
    line.net = rounded(line.quantity * line.price, quote.currency_code) if line.price else Decimal(0)
    return line


def listed_price(quote: Quote, product: Product, quantity: Decimal, unit: Unit, on: dt.date) -> PriceAnswer | None:
    """What the price lists say for this customer, in the quote's currency."""
    return price_for(
        product=product,
        quantity=quantity,
        unit=unit,
        on=on,
        business_unit=quote.business_unit,
        region=quote.region,
        grade=quote.customer.grade,
        currency=quote.currency,
    )


def steps_of(line: QuoteLine) -> list[tuple[Decimal, Decimal]]:
    """The prices of a line with the quantity that each applies from: its own first, then those of larger quantities."""
    own = [(line.quantity, line.price)] if line.price else []
    return [*own, *((Decimal(step["from"]), Decimal(step["price"])) for step in line.breaks)]


def _gap(line: QuoteLine, quote: Quote, on: dt.date) -> Decimal | None:
    """By how many per cent the lowest of its prices lies below the floor price of its quantity; zero: none does."""
    gaps = []
    for quantity, price in steps_of(line):
        floor = line.floor_price
        if quantity != line.quantity:
            answer = listed_price(quote, line.product, quantity, line.unit, on)
            floor = answer.floor_price if answer is not None else None
        if floor:
            gaps.append(max(Decimal(0), (floor - price) / floor * 100))
    if not gaps:
        return None
    largest = max(gaps)
    # what is below is below, however little
    return min(MOST_GAP, max(largest.quantize(Decimal("0.01")), Decimal("0.01") if largest else Decimal(0)))


def totals(quote: Quote, lines: Sequence[QuoteLine], on: dt.date) -> dict[str, Any]:
    """What a quote says of its lines together."""
    net = sum((line.net for line in lines), Decimal(0)) + (quote.freight_amount or Decimal(0))
    first = lines[0].product if lines else None
    return {
        "net": rounded(net, quote.currency_code),
        "net_base": to_base(net, quote.currency_code, on) if net else Decimal(0),
        "below_floor": any(line.floor_gap for line in lines),
        "product": first,
        "product_line": first.product_line if first is not None else quote.opportunity.product_line,
    }


def margin_of(lines: Sequence[QuoteLine]) -> Decimal | None:
    """The share of all lines' amounts that is left above cost and freight; None unless every line's cost is known."""
    amount = sum((line.quantity * line.price for line in lines if line.price), Decimal(0))
    if not amount or any(line.unit_cost is None or not line.price for line in lines):
        return None
    spent = sum((line.quantity * (line.unit_cost + (line.freight or 0)) for line in lines), Decimal(0))  # type: ignore[operator]
    return (amount - spent) / amount


def line_of(values: Mapping[str, Any], quote: Quote, position: int) -> QuoteLine:
    """An unsaved line with these values."""
    return QuoteLine(
        quote=quote, position=position, **{name: values[name] for name in LINE_FIELDS if values.get(name) is not None}
    )


def tidy_breaks(line: QuoteLine) -> None:
    """Larger quantities first by quantity; raises DomainError unless each is larger, and cheaper, than the one before."""
    steps = steps_of(line)[1 if line.price else 0 :]
    steps.sort()
    before = (line.quantity, line.price)
    for quantity, price in steps:
        if quantity <= before[0]:
            raise DomainError(_("A price break begins above the quantity of its line, each once."), field="breaks")
        if price <= 0 or (before[1] is not None and price >= before[1]):
            raise DomainError(_("A larger quantity needs a lower price, above zero."), field="breaks")
        before = (quantity, price)
    line.breaks = [
        {"from": f"{quantity.normalize():f}", "price": f"{price.normalize():f}"} for quantity, price in steps
    ]
