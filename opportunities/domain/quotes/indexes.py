"""Price indexes, their values by day, and the prices that follow them."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from crm.base.saving import change_record, create_record
from crm.catalogue.domain.rates import rate_on
from crm.catalogue.domain.units import decimal_of, ratio
from crm.errors import DomainError
from crm.formats import day as day_text
from crm.models import Product, Unit, User
from opportunities.models import PriceIndex, PriceIndexValue

PLACES = 4


@dataclass(frozen=True)
class FormulaPrice:
    """A price by formula, with what it was made of: the index as it was published, and per the line's unit and currency."""

    price: Decimal
    value: Decimal
    on: dt.date
    part: Decimal


def value_on(index: PriceIndex, day: dt.date) -> PriceIndexValue:
    """What the index stands at that day: its newest value from then or before. Raises DomainError on "index" without one."""
    rows = PriceIndexValue.objects.filter(index=index, starts_on__lte=day)
    found = rows.order_by("-starts_on").first()
    if found is None:
        message = _("The index %(index)s has no value for %(day)s: enter one, or choose a fixed price.")
        raise DomainError(message % {"index": index.label, "day": day_text(day)}, field="index")
    return found


def formula_price(
    *, index: PriceIndex, premium: Decimal | None, product: Product, unit: Unit, currency: str, on: dt.date
) -> FormulaPrice:
    """Index and premium, per that unit and in that currency, as of that day.

    Raises DomainError when the index has no value yet, when units do not convert, when there is no exchange rate, and when the
    price would not be above zero.
    """
    known = value_on(index, on)
    part = Fraction(known.value) * ratio(unit, index.unit, product)
    if index.currency_id != currency:
        part *= Fraction(rate_on(str(index.currency_id), on)) / Fraction(rate_on(currency, on))
    shown = decimal_of(part, PLACES)
    price = shown + (premium or Decimal(0))
    if price <= 0:
        raise DomainError(_("The formula gives no price above zero: check the premium."), field="premium")
    return FormulaPrice(price, known.value, known.starts_on, shown)


def create_index(*, actor: User, **values: Any) -> PriceIndex:
    """A new index. Raises DomainError for a code in use."""
    with transaction.atomic():
        return create_record(PriceIndex(**values))


def update_index(*, instance: PriceIndex, expected_version: int | None, actor: User, **values: Any) -> PriceIndex:
    """Change an index. Quotes keep the prices that they have. Raises StaleVersion, DomainError."""
    return change_record(instance, expected_version=expected_version, values=values)


def create_value(*, actor: User, **values: Any) -> PriceIndexValue:
    """What an index stands at from a day on. Raises DomainError for a day that has a value."""
    with transaction.atomic():
        return create_record(PriceIndexValue(**values))


def update_value(
    *, instance: PriceIndexValue, expected_version: int | None, actor: User, **values: Any
) -> PriceIndexValue:
    """Correct a value. Quotes keep the prices that they have. Raises StaleVersion, DomainError."""
    return change_record(instance, expected_version=expected_version, values=values)
