"""Days as a filter keeps them: "this-month", "last-30", "2026-01-01..2026-03-31", "empty".

What is relative stays so: a saved view that says "this month" means another month when the month is over.
"""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from django.db.models import DateTimeField, Model, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.periods import SPANS, add_months

LONGEST = 3660  # days back or ahead
NAMED = {
    "today": _("today"),
    "yesterday": _("yesterday"),
    "tomorrow": _("tomorrow"),
    "this-week": _("this week"),
    "last-week": _("last week"),
    "next-week": _("next week"),
    "this-month": _("this month"),
    "last-month": _("last month"),
    "next-month": _("next month"),
    "this-quarter": _("this quarter"),
    "last-quarter": _("last quarter"),
    "next-quarter": _("next quarter"),
    "this-year": _("this year"),
    "last-year": _("last year"),
    "next-year": _("next year"),
}
EMPTY, FILLED = "empty", "filled"
_SINGLE = {"today": 0, "yesterday": -1, "tomorrow": 1}
_STEPS = {"this": 0, "last": -1, "next": 1}
_DAYS = re.compile(r"(last|next)-([1-9][0-9]{0,3})", re.ASCII)
_BETWEEN = re.compile(r"(\d{4}-\d\d-\d\d)?\.\.(\d{4}-\d\d-\d\d)?", re.ASCII)


@dataclass(frozen=True)
class Days:
    """A run of days, by the text that a query string keeps; `Days.read` is the way to make one."""

    text: str

    @classmethod
    def read(cls, text: str) -> "Days":
        """From a query string. Raises ValueError for anything else."""
        found = cls(text.strip())
        if found.text not in (EMPTY, FILLED):
            first, last = found.bounds(dt.date(2026, 1, 1))
            if (first and last and first > last) or any(day and not 1900 <= day.year <= 2200 for day in (first, last)):
                raise ValueError(text)
        return found

    def bounds(self, today: dt.date) -> tuple[dt.date | None, dt.date | None]:
        """The first and the last day; None where it is open. Raises ValueError for a text that is none."""
        if self.text in _SINGLE:
            return (day := today + dt.timedelta(days=_SINGLE[self.text])), day
        if self.text in NAMED:
            step, _dash, span = self.text.partition("-")
            return _span(span, _STEPS[step], today)
        if counted := _DAYS.fullmatch(self.text):
            rest = dt.timedelta(days=min(int(counted[2]), LONGEST) - 1)
            return (today - rest, today) if counted[1] == "last" else (today, today + rest)
        between = _BETWEEN.fullmatch(self.text)
        if not between or not any(between.groups()):
            raise ValueError(self.text)
        first, last = (dt.date.fromisoformat(text) if text else None for text in between.groups())
        return first, last

    def __str__(self) -> str:
        if self.text in NAMED:
            return str(NAMED[self.text])
        if self.text in (EMPTY, FILLED):
            return str(_("empty") if self.text == EMPTY else _("not empty"))
        if counted := _DAYS.fullmatch(self.text):
            words = _("last %(n)s days") if counted[1] == "last" else _("next %(n)s days")
            return str(words) % {"n": counted[2]}
        first, last = self.bounds(timezone.localdate())
        if first is None:
            return str(_("until %(day)s")) % {"day": last}
        return str(_("from %(day)s on")) % {"day": first} if last is None else f"{first} – {last}"

    def condition(self, model: type[Model], path: str) -> Q:
        """The rows whose day at `path` is one of these; a moment counts by the day it falls on in the company's zone."""
        if self.text in (EMPTY, FILLED):
            return Q(**{f"{path}__isnull": self.text == EMPTY})
        first, last = self.bounds(timezone.localdate())
        exact = isinstance(field_at(model, path), DateTimeField)
        found = Q()
        if first is not None:
            found &= Q(**{f"{path}__gte": _midnight(first) if exact else first})
        if last is not None and exact:
            found &= Q(**{f"{path}__lt": _midnight(last + dt.timedelta(days=1))})
        elif last is not None:
            found &= Q(**{f"{path}__lte": last})
        return found


def _span(span: str, step: int, today: dt.date) -> tuple[dt.date, dt.date]:
    """The first and last day of a week (from Monday), month, quarter or year."""
    if span == "week":
        monday = today + dt.timedelta(days=7 * step - today.weekday())
        return monday, monday + dt.timedelta(days=6)
    months = SPANS[span]
    first = add_months(today, months * step - (today.month - 1) % months)
    return first, add_months(first, months) - dt.timedelta(days=1)


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def field_at(model: Any, path: str) -> Any:
    """The model field that a path of relations ends in."""
    *way, name = path.split("__")
    for step in way:
        model = model._meta.get_field(step).related_model
    return model._meta.get_field(name)
