"""What happened or will happen on a day: in the timeline of a record, in the calendar of a person."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.http import HttpRequest

Label = Any  # str or the lazy string of gettext_lazy


@dataclass(frozen=True)
class TimelineEvent:
    """Something that happened with a record, on a day, and `at` a time where that is known. `tone`: p (primary), o (good),
    b (bad), w (warning) or empty; `who` did it."""

    on: date
    icon: str
    title: Label
    text: str = ""
    url: str = ""
    tone: str = ""
    who: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class TimelineSource:
    """Events for the timeline of a record, registered under the model's label, or EVERY_RECORD. `events(request, record, limit,
    before)` gives those the reader may see that lie before that day (None: all), at least the newest `limit` of
    them. `label` names the source where one chooses what to see."""

    key: str
    label: Label
    events: Callable[[HttpRequest, Any, int, date | None], Sequence[TimelineEvent]]
    permission: str | None = None
    order: int = 100


@dataclass(frozen=True)
class CalendarEvent:
    """Something on a day of a person's calendar, at a time or all day. `tone` as of a badge: ok, warn, bad, info, pri, vio or
    line; `done` when it needs nothing any more."""

    on: date
    title: str
    url: str
    at: time | None = None
    tone: str = "line"
    done: bool = False


@dataclass(frozen=True)
class CalendarSource:
    """Events for the calendar: `events(user, start, end)` gives the user's own of these days, both included, inside scope."""

    key: str
    label: Label
    icon: str
    events: Callable[[Any, date, date], Sequence[CalendarEvent]]
    permission: str | None = None
    order: int = 100
