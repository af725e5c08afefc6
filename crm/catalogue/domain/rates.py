"""Currencies, their rates, and amounts in base currency at the rate of a date."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.saving import change_record, create_record
from crm.catalogue.enums import RateKind
from crm.catalogue.models import Currency, ExchangeRate
from crm.errors import DomainError
from crm.money import rounded
from crm.organisation.models import User


def rate_row(currency: str, day: dt.date, kind: str = RateKind.DAILY) -> ExchangeRate | None:
    """The rate in force on that day: the newest of its kind that begins then or before; None when there is none."""
    rates = ExchangeRate.objects.filter(currency_id=currency, kind=kind, starts_on__lte=day)
    return rates.order_by("-starts_on").first()


def rate_on(currency: str, day: dt.date, kind: str = RateKind.DAILY) -> Decimal:
    """Base currency for one unit of `currency` (ISO code) on that day. Raises DomainError when no rate is known for it."""
    if currency == settings.BASE_CURRENCY:
        return Decimal(1)
    row = rate_row(currency, day, kind)
    if row is None:
        message = _("There is no exchange rate for %(currency)s on %(day)s: enter one.")
        raise DomainError(message % {"currency": currency, "day": day}, field="currency")
    return row.rate


def to_base(amount: Decimal, currency: str, day: dt.date) -> Decimal:
    """The amount in base currency at the rate of that day, rounded. Raises DomainError when there is no rate."""
    return rounded(amount * rate_on(currency, day), settings.BASE_CURRENCY)


@dataclass(frozen=True)
class Freshness:
    """A currency with its daily rate in force (None: none yet); `is_old` when it is older than the company wants."""

    currency: Currency
    rate: ExchangeRate | None
    age: int
    is_old: bool


def freshness(today: dt.date | None = None) -> list[Freshness]:
    """How old the daily rate of each currency is; the base currency needs none."""
    today = today or timezone.localdate()
    rates = ExchangeRate.objects.filter(kind=RateKind.DAILY, starts_on__lte=today)
    newest = {row.currency_id: row for row in rates.order_by("currency_id", "-starts_on").distinct("currency_id")}
    found = []
    for currency in Currency.objects.exclude(code=settings.BASE_CURRENCY).order_by("code"):
        rate = newest.get(currency.pk)
        age = (today - rate.starts_on).days if rate else 0
        found.append(Freshness(currency, rate, age, rate is None or age > settings.EXCHANGE_RATE_MAX_AGE_DAYS))
    return found


def create_currency(*, actor: User, **values: Any) -> Currency:
    """A new currency. Raises DomainError for a code that exists or is none."""
    with transaction.atomic():
        return create_record(Currency(**values))


def update_currency(*, instance: Currency, expected_version: int | None, actor: User, **values: Any) -> Currency:
    """Change a currency's name and decimals; its code stays. Raises StaleVersion."""
    values.pop("code", None)
    return change_record(instance, expected_version=expected_version, values=values)


def create_rate(*, actor: User, **values: Any) -> ExchangeRate:
    """A rate from a day on. Raises DomainError for a day that has one, and for the base currency."""
    rate = ExchangeRate(**values)
    _refuse_base(rate)
    with transaction.atomic():
        return create_record(rate)


def update_rate(*, instance: ExchangeRate, expected_version: int | None, actor: User, **values: Any) -> ExchangeRate:
    """Correct a rate. Amounts that were stored in base currency keep the rate of their time.

    Raises StaleVersion, and DomainError as on creation.
    """
    for name, value in values.items():
        setattr(instance, name, value)
    _refuse_base(instance)
    return change_record(instance, expected_version=expected_version, values=values)


def _refuse_base(rate: ExchangeRate) -> None:
    if rate.currency_id == settings.BASE_CURRENCY:
        message = _("%(currency)s is the base currency: its rate is always 1.") % {"currency": rate.currency_id}
        raise DomainError(message, field="currency")
