"""How a number, an amount of money, a quantity and a date are written: the one place, for pages, exports and mails.

Functions without a suffix give plain text. `*_html` give safe markup for a table cell or a template: the value never breaks
across lines, its unit is small and grey. The language is the active one. An empty value is an em dash, a minus is U+2212.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from html import escape  # Django's asks each time whether the text is lazy: a quarter of a list page's cells
from time import time
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString  # not mark_safe(), which asks each time whether the text is lazy
from django.utils.translation import get_language, gettext, ngettext

EMPTY = "—"
MINUS = "\u2212"
BASE_CURRENCY = "CNY"

_STEPS = tuple(Decimal(1).scaleb(-places) for places in range(7))
_KILO = Decimal(1000)
_WAN = Decimal(10_000)
_YI = Decimal(100_000_000)
_MILLION = Decimal(1_000_000)
_BILLION = Decimal(1_000_000_000)
_SMALLEST_IN_TONNES = Decimal(100)  # kg; less than this would read 0.0 t

# (smallest amount, divisor, word, decimals): the first row that fits is used
_MONEY_ZH = (
    (_YI, _YI, "亿", 2),
    (_KILO, _WAN, "万", 1),
    (Decimal(0), Decimal(1), "", 2),
)
_MONEY_EN = (
    (_BILLION, _BILLION, "bn", 2),
    (_MILLION, _MILLION, "m", 2),
    (_KILO, _KILO, "k", 1),
    (Decimal(0), Decimal(1), "", 2),
)
_MONEY_UNITS = {"yuan": 2, "wan": 1, "yi": 0}  # rows of _MONEY_ZH
_MONEY_UNITS_EN = {"yuan": 3, "wan": 2, "yi": 1}  # the English step that stands nearest
_CURRENCY_ZH = {"CNY": "元", "USD": "美元", "EUR": "欧元", "JPY": "日元", "HKD": "港元", "GBP": "英镑"}
_UNIT_ZH = {"t": "吨", "pcs": "件", "drum": "桶", "bag": "袋", "piece": "件", "day": "天"}

Number = Decimal | int | float | str


_steady: ContextVar[tuple[bool, date] | None] = ContextVar("steady", default=None)  # is it Chinese, which day is it


@contextmanager
def steady() -> Iterator[None]:
    """While this lasts neither the language nor the day changes: the cells of a list ask for them hundreds of times, and each
    look at Django's active language and zone costs more than the cell's own work."""
    token = _steady.set((is_chinese(), current_day()))
    try:
        yield
    finally:
        _steady.reset(token)


def is_chinese() -> bool:
    """Whether the active language is Chinese."""
    known = _steady.get()
    return known[0] if known else (get_language() or "en").startswith("zh")


def current_day() -> date:
    """The date in the user's zone."""
    known = _steady.get()
    return known[1] if known else _date_in_minute(int(time() // 60), timezone.get_current_timezone())


@lru_cache(maxsize=16)
def _date_in_minute(minute: int, zone: Any) -> date:
    return datetime.fromtimestamp(minute * 60, zone).date()


def to_decimal(value: Any) -> Decimal | None:
    """The value as Decimal; None for an empty value or one that is no number."""
    if isinstance(value, Decimal):
        return value if value.is_finite() else None
    if value is None or value == "":
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def grouped(value: Decimal, decimals: int, *, signed: bool = False) -> str:
    """1234.5 -> '1,234.50'; rounded half up, with U+2212 before a negative and, if `signed`, a plus before a positive."""
    rounded = value.quantize(_STEPS[decimals], rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,}"
    if rounded < 0:
        return MINUS + text
    return "+" + text if signed and rounded > 0 else text


def num(value: Number | None, decimals: int = 0, *, signed: bool = False) -> str:
    """A plain number with thousands separators."""
    number = to_decimal(value)
    return EMPTY if number is None else grouped(number, decimals, signed=signed)


def plain_number(value: Decimal) -> str:
    """A stored number as people write it: 16.0000 as 16, 1.0800 as 1.08, with thousands separators."""
    text = f"{abs(value):,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return MINUS + text if value < 0 else text


def money_parts(
    amount: Number | None,
    currency: str = BASE_CURRENCY,
    unit: str = "auto",
    decimals: int | None = None,
    *,
    signed: bool = False,
) -> tuple[str, str, str]:
    """(before, number, after) of an amount, e.g. ('', '128.4', '万元') or ('CNY', '1.28', 'm'); ('', '—', '') when empty.

    `amount` is in whole units of `currency`; `unit` is 'auto', 'yuan', 'wan' or 'yi'; `decimals` None follows the unit.
    """
    value = to_decimal(amount)
    return ("", EMPTY, "") if value is None else _money_parts(value, currency, unit, decimals, signed, is_chinese())


def _money_parts(
    value: Decimal, currency: str, unit: str, decimals: int | None, signed: bool, chinese: bool
) -> tuple[str, str, str]:
    steps = _MONEY_ZH if chinese else _MONEY_EN
    if unit == "auto":
        size = abs(value)
        step = next((row for row in steps if size >= row[0]), steps[-1])
        if not value:
            step = steps[1] if chinese else steps[-1]
    else:
        step = steps[(_MONEY_UNITS if chinese else _MONEY_UNITS_EN)[unit]]
    _, divisor, word, places = step
    number = grouped(value / divisor, places if decimals is None else decimals, signed=signed)
    if chinese:
        return "", number, word + _CURRENCY_ZH.get(currency, " " + currency)
    return currency, number, word


def money(
    amount: Number | None,
    currency: str = BASE_CURRENCY,
    unit: str = "auto",
    decimals: int | None = None,
    *,
    signed: bool = False,
) -> str:
    """An amount as text: '128.4 万元', 'CNY 1.28 m'. Parameters as in `money_parts`."""
    return " ".join(part for part in money_parts(amount, currency, unit, decimals, signed=signed) if part)


def money_html(
    amount: Number | None,
    currency: str = BASE_CURRENCY,
    unit: str = "auto",
    decimals: int | None = None,
    *,
    signed: bool = False,
) -> SafeString:
    """An amount as markup, the exact amount in its tooltip. Parameters as in `money_parts`."""
    value = to_decimal(amount)
    if value is None:
        return _EMPTY_HTML
    chinese = is_chinese()
    before, number, after = _money_parts(value, currency, unit, decimals, signed, chinese)
    exact = escape(_exact(value, currency, chinese))
    return SafeString(f'<span class="nw" title="{exact}">{_unit("u u-b", before)}{number}{_unit("u", after)}</span>')


@lru_cache(maxsize=256)
def _unit(css: str, text: str) -> str:
    """A currency or unit beside a number; nothing for none."""
    return f'<span class="{css}">{escape(text)}</span>' if text else ""


def _exact(value: Decimal, currency: str, chinese: bool) -> str:
    """The amount to the hundredth, for the tooltip."""
    number = grouped(value, 2)
    return f"{number} {_CURRENCY_ZH.get(currency, currency)}" if chinese else f"{currency} {number}"


def price(value: Number | None, currency: str = BASE_CURRENCY, per: str = "kg", decimals: int = 2) -> str:
    """A price per unit: '31.00 元/kg', 'CNY 31.00/kg'."""
    number = to_decimal(value)
    if number is None:
        return EMPTY
    if is_chinese():
        return f"{grouped(number, decimals)} {price_unit(currency, per)}"
    return f"{currency} {grouped(number, decimals)}/{unit_label(per)}"


def price_unit(currency: str = BASE_CURRENCY, per: str = "kg") -> str:
    """What a price is in: '元/kg', 'CNY/kg'."""
    return f"{_CURRENCY_ZH.get(currency, currency) if is_chinese() else currency}/{unit_label(per)}"


def enumerated(words: Iterable[object]) -> str:
    """Words one after the other, with the comma of the active language."""
    return ("、" if is_chinese() else ", ").join(str(word) for word in words)


def exact_price(value: Decimal | None, currency: str, per: str) -> str:
    """A price as it is kept: two decimals, four when two do not suffice."""
    exact = value is None or value == value.quantize(_STEPS[2])
    return price(value, currency, per, 2 if exact else 4)


def unit_label(unit: str) -> str:
    """A unit of measure in the active language: 't' -> '吨'; an unknown one stays as it is."""
    return _UNIT_ZH.get(unit, unit) if is_chinese() else unit


def qty_parts(
    value: Number | None, unit: str = "kg", decimals: int | None = None, *, convert: bool = True
) -> tuple[str, str]:
    """(number, unit) of a quantity; kg become tonnes from 100 kg unless `convert` is False. ('—', '') when empty."""
    number = to_decimal(value)
    if number is None:
        return EMPTY, ""
    if unit == "kg" and convert and (abs(number) >= _SMALLEST_IN_TONNES or not number):
        return grouped(number / _KILO, 1 if decimals is None else decimals), unit_label("t")
    if decimals is None:
        decimals = 1 if unit == "t" else (0 if number == number.to_integral_value() else 2)
    return grouped(number, decimals), unit_label(unit)


def qty(value: Number | None, unit: str = "kg", decimals: int | None = None, *, convert: bool = True) -> str:
    """A quantity as text: '412.6 吨', '412.6 t', '80,000 kg' with convert=False. Parameters as in `qty_parts`."""
    number, label = qty_parts(value, unit, decimals, convert=convert)
    return f"{number} {label}" if label else number


def qty_html(
    value: Number | None, unit: str = "kg", decimals: int | None = None, *, convert: bool = True
) -> SafeString:
    """A quantity as markup. Parameters as in `qty_parts`."""
    number, label = qty_parts(value, unit, decimals, convert=convert)
    if number == EMPTY:
        return _EMPTY_HTML
    return SafeString(f'<span class="nw">{number}<span class="u">{escape(label)}</span></span>')  # parts escaped


def pct(ratio: Number | None, decimals: int = 1, *, of: int = 1) -> str:
    """A share: 0.368 -> '36.8%'. `of` is what makes a whole: 100 when the value is already in percent."""
    number = to_decimal(ratio)
    return EMPTY if number is None else grouped(number * 100 / of, decimals) + "%"


def points(difference: Number | None, decimals: int = 1, *, of: int = 1) -> str:
    """A difference of two shares in percentage points: -0.019 -> '−1.9 pp'."""
    number = to_decimal(difference)
    return EMPTY if number is None else grouped(number * 100 / of, decimals, signed=True) + " pp"


def delta(value: Number | None, decimals: int = 1, unit: str = "%") -> str:
    """A change with its sign: 6.4 -> '+6.4%', -6.8 -> '−6.8%'. The value is already in `unit`."""
    number = to_decimal(value)
    return EMPTY if number is None else grouped(number, decimals, signed=True) + unit


def day(value: date | datetime | None, *, today: date | None = None) -> str:
    """A date: '11-23', in another year '2027-03-15'. A datetime is shown in the user's zone."""
    if not value:
        return EMPTY
    if isinstance(value, datetime):
        value = _local(value).date()
    this_year = (today or current_day()).year
    return f"{value:%m-%d}" if value.year == this_year else value.isoformat()


def moment(value: datetime | None, *, today: date | None = None) -> str:
    """A point in time in the user's zone: '11-23 14:20', in another year '2027-03-15 14:20'."""
    if not value:
        return EMPTY
    local = _local(value)
    return f"{day(local.date(), today=today)} {local:%H:%M}"


def _local(value: datetime) -> datetime:
    """A point in time in the user's zone; as it stands where that lies beyond the calendar's ends."""
    try:
        return timezone.localtime(value) if timezone.is_aware(value) else value
    except OverflowError:
        return value


def day_html(value: date | datetime | None) -> SafeString:
    """A date as <time>."""
    return _time_html(value, day)


def moment_html(value: datetime | None) -> SafeString:
    """A point in time as <time>."""
    return _time_html(value, moment)


def ago(value: date | datetime | None, *, today: date | None = None) -> str:
    """How far a date is from today: 'today', '3 days ago', 'in 5 days'; months and years beyond 60 days and 2 years."""
    if not value:
        return EMPTY
    if isinstance(value, datetime):
        value = _local(value).date()
    return _ago(((today or current_day()) - value).days, is_chinese())


@lru_cache(maxsize=4096)
def _ago(days: int, _chinese: bool) -> str:
    """So many days ago, in the active language."""
    if days == 0:
        return gettext("today")
    span = _span(abs(days))
    return gettext("%(span)s ago") % {"span": span} if days > 0 else gettext("in %(span)s") % {"span": span}


def overdue(value: date | None, *, today: date | None = None) -> str:
    """By how much a day has been missed: '3 days overdue'; 'today' on the day itself, '' before it and without one."""
    days = ((today or current_day()) - value).days if value else -1
    if days < 0:
        return ""
    return gettext("%(span)s overdue") % {"span": _span(days)} if days else gettext("today")


def _span(days: int) -> str:
    """A number of days in words."""
    if days <= 60:
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    if days <= 730:
        months = round(days / 30.4)
        return ngettext("%(n)d month", "%(n)d months", months) % {"n": months}
    years = days // 365
    return ngettext("%(n)d year", "%(n)d years", years) % {"n": years}


def _time_html(value: Any, text: Callable[[Any], str]) -> SafeString:
    if not value:
        return _EMPTY_HTML
    return SafeString(f'<time class="nw" datetime="{value.isoformat()}">{text(value)}</time>')  # digits only


_EMPTY_HTML = SafeString(f'<span class="mute">{EMPTY}</span>')  # a constant
