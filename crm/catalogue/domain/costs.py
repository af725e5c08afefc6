"""Standard costs, and the margins that prices leave above them.

Who may see them is decided at the doors: they ask for `crm.view_cost` before they call any of this.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.conf import settings
from django.db import transaction

from crm.base.saving import change_record, create_record
from crm.catalogue.domain.units import ProductRatios, decimal_of, own_units, ratio
from crm.catalogue.enums import RateKind
from crm.catalogue.models import Cost, ExchangeRate, Product, Unit
from crm.organisation.models import User

COST_PLACES, SHARE_PLACES = 4, 6


def create_cost(*, actor: User, **values: Any) -> Cost:
    """A cost from a day on. Raises DomainError for a day that has one, and for a unit that the product does not convert to."""
    cost = Cost(**values)
    ratio(cost.unit, cost.product.base_unit, cost.product)
    with transaction.atomic():
        return create_record(cost)


def update_cost(*, instance: Cost, expected_version: int | None, actor: User, **values: Any) -> Cost:
    """Correct a cost. Raises StaleVersion, and DomainError as on creation."""
    for name, value in values.items():
        setattr(instance, name, value)
    ratio(instance.unit, instance.product.base_unit, instance.product)
    return change_record(instance, expected_version=expected_version, values=values)


@dataclass(frozen=True)
class Margin:
    """What a price leaves: the cost in the price's unit and currency, and the share of the price that is above it."""

    cost: Decimal
    share: Decimal


class Costs:
    """The standard costs of some products on a day, read at once, per any unit and in any currency."""

    def __init__(self, products: Iterable[Product], on: dt.date) -> None:
        by_key = {product.pk: product for product in products}
        rows = Cost.objects.filter(product__in=by_key, starts_on__lte=on).select_related("unit")
        self._costs = {row.product_id: row for row in rows.order_by("product_id", "-starts_on").distinct("product_id")}
        self._ratios: dict[int, ProductRatios] = {}
        self._rates: dict[str, Fraction] = {}
        if self._costs:
            own = own_units(by_key[key] for key in self._costs)
            self._ratios = {key: ProductRatios(by_key[key], own.get(key, [])) for key in self._costs}
            self._rates = _rates(on)

    def per(self, product: Product, unit: Unit, currency: str) -> Decimal | None:
        """The cost of one unit of the product in that currency; None when none is known, or nothing says how to convert it."""
        exact = self._exact(product, unit, currency)
        return None if exact is None else decimal_of(exact, COST_PLACES)

    def margin(self, product: Product, unit: Unit, currency: str, price: Decimal) -> Margin | None:
        """What a price per that unit and in that currency leaves; None when the cost is not known."""
        cost = self._exact(product, unit, currency)
        if cost is None or not price:
            return None
        share = (Fraction(price) - cost) / Fraction(price)
        return Margin(decimal_of(cost, COST_PLACES), decimal_of(share, SHARE_PLACES))

    def _exact(self, product: Product, unit: Unit, currency: str) -> Fraction | None:
        cost = self._costs.get(product.pk)
        if cost is None:
            return None
        units = self._ratios[product.pk].between(unit, cost.unit)
        source, target = (self._rates.get(code) for code in (cost.currency_code, currency))
        if cost.currency_code == currency:
            source = target = Fraction(1)
        if units is None or source is None or target is None:
            return None
        return Fraction(cost.amount) * units * source / target


def _rates(on: dt.date) -> dict[str, Fraction]:
    """Base currency for one of each currency on that day, as far as it is known."""
    rates = ExchangeRate.objects.filter(kind=RateKind.DAILY, starts_on__lte=on)
    newest = rates.order_by("currency_id", "-starts_on").distinct("currency_id")
    known = {str(row.currency_id): Fraction(row.rate) for row in newest}
    return {**known, settings.BASE_CURRENCY: Fraction(1)}
