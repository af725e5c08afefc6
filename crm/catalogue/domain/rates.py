"""Amounts in base currency at the rate of a date."""

import datetime as dt
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _

from crm.catalogue.models import ExchangeRate
from crm.errors import DomainError
from crm.money import rounded


def rate_on(currency: str, day: dt.date) -> Decimal:
    """Base currency for one unit of `currency` (ISO code) on that day. Raises DomainError when no rate is known for it."""
    if currency == settings.BASE_CURRENCY:
        return Decimal(1)
    rates = ExchangeRate.objects.filter(currency_id=currency, starts_on__lte=day).order_by("-starts_on")
    rate = rates.values_list("rate", flat=True).first()
    if rate is None:
        message = _("There is no exchange rate for %(currency)s on %(day)s: enter one.")
        raise DomainError(message % {"currency": currency, "day": day}, field="currency")
    return rate


def to_base(amount: Decimal, currency: str, day: dt.date) -> Decimal:
    """The amount in base currency at the rate of that day, rounded. Raises DomainError when there is no rate."""
    return rounded(amount * rate_on(currency, day), settings.BASE_CURRENCY)
