"""Months, quarters, years: the periods that figures are asked for."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

FIRST_DAY, LAST_DAY = dt.date(1900, 1, 1), dt.date(2199, 12, 31)  # of every date that is entered, read or asked for


def month_start(day: dt.date) -> dt.date:
    """The first day of the month."""
    return day.replace(day=1)


def add_months(day: dt.date, count: int) -> dt.date:
    """The first day of the month `count` months later (earlier when negative)."""
    index = day.year * 12 + day.month - 1 + count
    return dt.date(index // 12, index % 12 + 1, 1)


def month_end(day: dt.date) -> dt.date:
    """The last day of the month."""
    return add_months(day, 1) - dt.timedelta(days=1)


SPANS = {"month": 1, "quarter": 3, "year": 12}  # months


@dataclass(frozen=True)
class Period:
    """A run of whole months, both ends inclusive, given by their first days. `label` is how it was asked for."""

    first: dt.date
    last: dt.date
    label: str

    @property
    def start(self) -> dt.date:
        """The first day."""
        return self.first

    @property
    def end(self) -> dt.date:
        """The last day."""
        return month_end(self.last)

    @property
    def months(self) -> list[dt.date]:
        """The first days of its months, in order."""
        count = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        return [add_months(self.first, index) for index in range(count)]

    def elapsed(self, today: dt.date) -> float:
        """How much of it has passed at the end of `today`, 0 to 1."""
        days = (self.end - self.start).days + 1
        return min(max((today - self.start).days + 1, 0), days) / days

    def year_before(self) -> "Period":
        """The same months a year earlier."""
        return Period(add_months(self.first, -12), add_months(self.last, -12), f"{self.label}-1y")


def last_months(period: Period, today: dt.date, count: int) -> list[dt.date]:
    """The last `count` months up to the period's end, or to this month if that is earlier; to its end if all of it lies ahead."""
    last = min(period.last, month_start(today)) if period.first <= month_start(today) else period.last
    return [add_months(last, back - count + 1) for back in range(count)]


def span_of(query: Mapping[str, Any]) -> str:
    """The span that a query string asks for by `span`: "month" unless it is another one of SPANS."""
    span = query.get("span", "")
    return span if span in SPANS else "month"


def running(span: str, today: dt.date) -> Period:
    """The whole month, quarter or year that `today` lies in; `span` is one of SPANS."""
    length = SPANS[span]
    first = dt.date(today.year, (today.month - 1) // length * length + 1, 1)
    label = {1: f"{first:%Y-%m}", 3: f"{first.year}-Q{(first.month + 2) // 3}", 12: str(first.year)}[length]
    return Period(first, add_months(first, length - 1), label)


def parse_period(text: str, *, today: dt.date) -> Period:
    """Read `2026-10` (month), `2026-Q3` (quarter), `2026` (year) or `ytd` (this year up to today's month).

    Raises ValueError with a message that names the accepted forms; also for a period outside FIRST_DAY to LAST_DAY.
    """
    text = text.strip()
    if text.lower() == "ytd":
        return Period(today.replace(month=1, day=1), month_start(today), "ytd")
    match = re.fullmatch(r"(\d{4})(?:-(?:(0[1-9]|1[0-2])|[Qq]([1-4])))?", text, re.ASCII)
    if match is None or not FIRST_DAY.year <= int(match[1]) <= LAST_DAY.year:
        raise ValueError(f"Period {text!r} is not one of: 2026-10, 2026-Q3, 2026, ytd.")
    year = int(match[1])
    if match[2]:
        first, months = dt.date(year, int(match[2]), 1), SPANS["month"]
    elif match[3]:
        first, months = dt.date(year, int(match[3]) * 3 - 2, 1), SPANS["quarter"]
    else:
        first, months = dt.date(year, 1, 1), SPANS["year"]
    return Period(first, add_months(first, months - 1), text.upper())
