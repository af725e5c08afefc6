"""Values of OData V2 in both directions: what stands in JSON into Python, and literals of `$filter`.

Calendar dates stay dates: they are the day at midnight UTC and never pass through a time zone.
"""

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from crm.base.days import is_possible
from crm.periods import FIRST_DAY

_TICKS = re.compile(r"^/Date\((-?\d+)([+-]\d{1,4})?\)/$")
_CLOCK = re.compile(r"^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?$")
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def moment(value: Any) -> dt.datetime | None:
    """`/Date(1492098664000)/` or `/Date(1492098664000+0000)/` as a moment in UTC; None for null and for initial dates.

    The ticks are UTC; the offset only says where they were written. Raises ValueError for anything else.
    """
    if value is None or value == "":
        return None
    return _moment(str(value))


@lru_cache(maxsize=50_000)
def _moment(value: str) -> dt.datetime | None:
    """Dates come again and again: parsing each once is a tenth of a page's time."""
    match = _TICKS.match(value)
    if match is None:
        raise ValueError(f"not a date: {value!r}")
    try:
        result = _EPOCH + dt.timedelta(milliseconds=int(match[1]))
    except OverflowError as error:
        raise ValueError(f"not a date: {value!r}") from error
    return result if result.year >= FIRST_DAY.year else None  # initial dates come as year 1 or 1753


def day(value: Any) -> dt.date | None:
    """An Edm.DateTime that is a calendar date; None for null. Raises ValueError for anything else."""
    at = moment(value)
    return at.date() if at is not None else None


class ImpossibleDay(ValueError):
    """A date beyond the last that a record may name. Says which."""


def possible_moment(value: Any) -> dt.datetime | None:
    """As `moment`, of a record: raises ImpossibleDay for one beyond the bounds, where no record's date is."""
    at = moment(value)
    if at is not None and not is_possible(at):
        raise ImpossibleDay(at.date())
    return at


def possible_day(value: Any) -> dt.date | None:
    """As `day`, of a record; as `possible_moment`."""
    at = possible_moment(value)
    return at.date() if at is not None else None


def last_day(value: Any) -> dt.date | None:
    """Until when something holds; None for ever, which SAP writes as the end of the year 9999."""
    at = day(value)
    return None if at is not None and at.year == dt.MAXYEAR else possible_day(value)


def clock(value: Any) -> dt.time | None:
    """An Edm.Time such as `PT11H30M00S`; None for null. Raises ValueError for anything else."""
    if value is None or value == "":
        return None
    match = _CLOCK.match(str(value))
    if match is None:
        raise ValueError(f"not a time: {value!r}")
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return dt.time(hours, minutes, seconds)


def decimal(value: Any) -> Decimal:
    """An Edm.Decimal, which JSON carries as text; 0 for null. Raises ValueError for what is no number."""
    if not value and (value is None or value == ""):
        return Decimal(0)
    if type(value) is not str and isinstance(value, float):
        raise ValueError(f"an amount came as a binary number: {value!r}")
    try:
        number = Decimal(value if type(value) is str else str(value))
    except InvalidOperation as error:
        raise ValueError(f"not a number: {value!r}") from error
    if not number.is_finite():
        raise ValueError(f"not a number: {value!r}")
    return number


def norm_id(value: Any) -> str:
    """An id without the leading zeros SAP pads numbers with; ids with letters stay as they are."""
    text = str(value or "").strip()
    # Most ids either need nothing or lose some zeros; only those that begin with one are looked at closely.
    return (text.lstrip("0") or "0") if text[:1] == "0" and text.isdigit() else text


def text_literal(value: str) -> str:
    """A string literal of `$filter`."""
    return "'" + str(value).replace("'", "''") + "'"


def date_literal(value: dt.date) -> str:
    """An Edm.DateTime literal for a calendar date."""
    return f"datetime'{value.isoformat()}T00:00:00'"


def moment_literal(value: dt.datetime) -> str:
    """An Edm.DateTimeOffset literal, in UTC to the millisecond."""
    at = value.astimezone(dt.UTC)
    return f"datetimeoffset'{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z'"
