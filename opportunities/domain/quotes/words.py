"""A quote in words, for its page and for the paper: everything a customer may read, and nothing else."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from crm.base.models import label_of
from crm.formats import exact_price, money, plain_number, price
from crm.records.choices import listed
from opportunities.domain.quotes.pricing import steps_of
from opportunities.models import Quote, QuoteLine


@dataclass(frozen=True)
class LineWords:
    """A line as the customer reads it."""

    position: int
    product: str
    code: str
    description: str
    quantity: str
    price: str
    net: str
    requested_on: str
    breaks: list[tuple[str, str]] = field(default_factory=list)
    formula: str = ""


def line_words(line: QuoteLine, quote: Quote) -> LineWords:
    """A line in the active language."""
    currency, unit = quote.currency_code, line.unit.label
    return LineWords(
        position=line.position,
        product=line.product.label,
        code=line.product.code,
        description=line.description,
        quantity=f"{plain_number(line.quantity)} {unit}",
        price=exact_price(line.price, currency, unit),
        net=money(line.net, currency, "yuan"),
        requested_on=day_words(line.requested_on),
        breaks=[
            (
                _("from %(quantity)s") % {"quantity": f"{plain_number(quantity)} {unit}"},
                exact_price(step, currency, unit),
            )
            for quantity, step in steps_of(line)[1 if line.price else 0 :]
        ],
        formula=formula_words(line, quote),
    )


def day_words(value: Any) -> str:
    """A day with its year, as on paper; nothing for none."""
    return value.isoformat() if value else ""


def formula_words(line: QuoteLine, quote: Quote) -> str:
    """How a formula price came about; empty for a fixed one."""
    if line.index is None or line.index_value is None or line.index_part is None:
        return ""
    currency, unit, index = quote.currency_code, line.unit.label, line.index
    words = {
        "index": index.label,
        "day": day_words(line.index_on),
        "value": price(line.index_value, str(index.currency_id), index.unit.label),
        "part": exact_price(line.index_part, currency, unit),
        "premium": exact_price(line.premium or Decimal(0), currency, unit),
    }
    return _("%(index)s of %(day)s: %(value)s, that is %(part)s, plus premium %(premium)s") % words


def terms(quote: Quote) -> list[tuple[str, str]]:
    """Label and text of each term that was agreed."""
    rows = [
        (pgettext("quote", "Valid until"), day_words(quote.valid_until)),
        (_("Payment terms"), listed("payment_terms").label(quote.payment_terms)),
        (_("Delivery terms"), listed("delivery_terms").label(quote.delivery_terms)),
        (_("Place of delivery"), quote.delivery_place),
        (_("Currency"), quote.currency_code),
    ]
    return [(label, text) for label, text in rows if text]


def customer_name(quote: Quote) -> str:
    """The customer as the reader's language calls it."""
    return label_of(quote.customer.name, quote.customer.name_en)
