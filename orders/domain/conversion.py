"""Amounts in base currency and quantities in the base unit, for many rows: rates and units are read once."""

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

from django.conf import settings
from django.utils.translation import gettext as _

from crm.catalogue.enums import RateKind
from crm.catalogue.models import Currency, ExchangeRate, Product, ProductUnit
from crm.errors import DomainError
from crm.money import rounded

_GRAMS = Decimal("0.001")


class Conversion:
    """Rates and units as they stood when it was made; make a new one per run."""

    def __init__(self) -> None:
        self._base = settings.BASE_CURRENCY  # settings are looked up slowly, and this is asked for each amount
        self.decimals: dict[str, int] = dict(Currency.objects.values_list("code", "decimals"))
        self._days: dict[str, list[dt.date]] = defaultdict(list)
        self._rates: dict[str, list[Decimal]] = defaultdict(list)
        daily = ExchangeRate.objects.filter(kind=RateKind.DAILY).order_by("currency_id", "starts_on")
        rows = daily.values_list("currency_id", "starts_on", "rate")
        for currency, starts_on, rate in rows:
            self._days[currency].append(starts_on)
            self._rates[currency].append(rate)
        self._base_units = dict(Product.objects.values_list("pk", "base_unit__code"))
        units = ProductUnit.objects.values_list("product_id", "unit__code", "numerator", "denominator")
        self._ratios = {(product, unit): (top, bottom) for product, unit, top, bottom in units}

    def rate(self, currency: str, day: dt.date) -> Decimal:
        """Base currency for one unit of `currency` on that day. Raises DomainError when none is known for it."""
        if currency == self._base:
            return Decimal(1)
        place = bisect_right(self._days.get(currency, ()), day)
        if not place:
            raise DomainError(
                _("There is no exchange rate for %(currency)s on %(day)s: enter one.")
                % {"currency": currency, "day": day}
            )
        return self._rates[currency][place - 1]

    def to_base(self, amount: Decimal, currency: str, day: dt.date) -> Decimal:
        """The amount in base currency at the rate of that day, rounded. Raises DomainError when there is no rate."""
        return self.at_rate(self.rate(currency, day), amount)

    def at_rate(self, rate: Decimal, amount: Decimal) -> Decimal:
        """The amount in base currency at a rate that `rate` gave, rounded."""
        return rounded(amount * rate, self._base)

    def base_quantity(self, product_id: int, quantity: Decimal, unit: str) -> Decimal:
        """The quantity in the product's base unit. Raises DomainError when the product has no such unit."""
        if unit == self._base_units.get(product_id):
            return quantity
        ratio = self._ratios.get((product_id, unit))
        if ratio is None:
            raise DomainError(
                _("The product has no unit %(unit)s: enter its conversion to the base unit.") % {"unit": unit}
            )
        return (quantity * ratio[0] / ratio[1]).quantize(_GRAMS, rounding=ROUND_HALF_UP)

    def base_unit(self, product_id: int) -> str:
        """The code of the product's base unit, "" for an unknown product."""
        return self._base_units.get(product_id, "")
