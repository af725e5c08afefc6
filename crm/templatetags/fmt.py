"""Template filters over crm.formats: {% load fmt %}, then {{ order.amount|money }}, {{ order.due|day }}."""

import re
from datetime import date, datetime
from itertools import zip_longest
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from crm import formats

register = template.Library()
_CODE = re.compile(r"([A-Za-z0-9]+(?:-[A-Za-z0-9]+)+)")


def _nowrap(text: str) -> SafeString:
    return format_html('<span class="nw">{}</span>', text)


@register.filter
def money(amount: Any, currency: str = formats.BASE_CURRENCY) -> SafeString:
    """An amount in the unit its size asks for; the argument is the currency."""
    return formats.money_html(amount, currency or formats.BASE_CURRENCY)


@register.filter
def money_change(amount: Any) -> SafeString:
    """A difference in base currency, with its sign before the number whichever way it goes."""
    return formats.money_html(amount, signed=True)


@register.simple_tag(name="money")
def money_tag(
    amount: Any, currency: str = formats.BASE_CURRENCY, unit: str = "auto", decimals: int | None = None
) -> SafeString:
    """{% money amount currency unit="wan" decimals=2 %}"""
    return formats.money_html(amount, currency, unit, decimals)


@register.filter
def qty(value: Any, unit: str = "kg") -> SafeString:
    """A quantity; kg become tonnes."""
    return formats.qty_html(value, unit)


@register.filter
def qty_as(value: Any, unit: str = "kg") -> SafeString:
    """A quantity in exactly that unit."""
    return formats.qty_html(value, unit, convert=False)


@register.filter
def price(value: Any, per: str = "kg") -> SafeString:
    """A price in base currency per unit."""
    return _nowrap(formats.price(value, per=per))


@register.filter
def price_unit(currency: str, per: str = "kg") -> str:
    """What a price in that currency is in: 元/kg."""
    return formats.price_unit(currency, per)


@register.filter
def pct(ratio: Any, decimals: int = 1) -> SafeString:
    """A share given as a ratio: 0.368 -> 36.8%."""
    return _nowrap(formats.pct(ratio, decimals))


@register.filter
def num(value: Any, decimals: int = 0) -> SafeString:
    """A number with thousands separators."""
    return _nowrap(formats.num(value, decimals))


@register.filter
def exact(value: Any) -> SafeString:
    """With two decimals, or three where it has three: amounts and quantities, which have three at most, that differ look it."""
    number = formats.to_decimal(value)
    return _nowrap(formats.num(number, 2 if number is None or number == round(number, 2) else 3))


@register.filter
def day(value: date | datetime | None) -> SafeString:
    """A date as <time>."""
    return formats.day_html(value)


@register.filter
def moment(value: datetime | None) -> SafeString:
    """A point in time as <time>."""
    return formats.moment_html(value)


@register.filter
def overdue(value: date | None) -> str:
    """By how much a day has been missed, 'today' on the day itself; '' before it."""
    return formats.overdue(value)


@register.filter
def whole(text: Any) -> SafeString:
    """A text whose codes with hyphens (SF-820) stay on one line."""
    parts = _CODE.split(str(text))
    return format_html_join("", "{}{}", ((plain, _nowrap(code) if code else "") for plain, code in _pairs(parts)))


def _pairs(parts: list[str]) -> list[tuple[str, str]]:
    return list(zip_longest(parts[::2], parts[1::2], fillvalue=""))


@register.filter
def ago(value: date | datetime | None) -> SafeString:
    """How far a date is from today."""
    return _nowrap(formats.ago(value))
