"""Template filters over crm.formats: {% load fmt %}, then {{ order.amount|money }}, {{ order.due|day }}."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from crm import formats

register = template.Library()


def _nowrap(text: str) -> SafeString:
    return format_html('<span class="nw">{}</span>', text)


@register.filter
def money(amount: Any, currency: str = formats.BASE_CURRENCY) -> SafeString:
    """An amount in the unit its size asks for; the argument is the currency."""
    return formats.money_html(amount, currency or formats.BASE_CURRENCY)


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
def pct(ratio: Any, decimals: int = 1) -> SafeString:
    """A share given as a ratio: 0.368 -> 36.8%."""
    return _nowrap(formats.pct(ratio, decimals))


@register.filter
def num(value: Any, decimals: int = 0) -> SafeString:
    """A number with thousands separators."""
    return _nowrap(formats.num(value, decimals))


@register.filter
def day(value: date | datetime | None) -> SafeString:
    """A date as <time>."""
    return formats.day_html(value)


@register.filter
def moment(value: datetime | None) -> SafeString:
    """A point in time as <time>."""
    return formats.moment_html(value)


@register.filter
def ago(value: date | datetime | None) -> SafeString:
    """How far a date is from today."""
    return _nowrap(formats.ago(value))
