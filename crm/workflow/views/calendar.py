"""The reader's calendar: to-dos and whatever else the apps put on it, by month or week."""

import datetime as dt
from collections import defaultdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views import View

from crm import extension_points
from crm.extension_points import CalendarEvent, CalendarSource
from crm.formats import is_chinese
from crm.periods import add_months, month_start

SHOWN = 4  # events of a day in the month; the week shows all
FIRST, LAST = dt.date(2000, 1, 1), dt.date(2099, 12, 31)
WEEK = dt.timedelta(days=7)
DAY = dt.timedelta(days=1)


class Calendar(View):
    """?view=week or month, ?day= any day of it; all of it is the reader's own."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page; for htmx the calendar alone."""
        context = {
            **shown_days(request, sources_for(request.user)),
            "switch": switch(request.user, "calendar"),
            "nav": "tasks",
            "crumbs": [(_("Calendar"), None)],
        }
        template = "workflow/_calendar.html" if request.htmx else "workflow/calendar.html"  # type: ignore[attr-defined]
        return render(request, template, context)


def shown_days(request: HttpRequest, sources: list[CalendarSource]) -> dict[str, Any]:
    """What workflow/_calendar.html shows: the month or week of ?day= with the events of these sources, but those in ?hide=."""
    day = _day(request.GET.get("day", ""))
    week = request.GET.get("view") == "week"
    start, end = week_of(day) if week else month_of(day)
    hidden = {key for key in request.GET.getlist("hide") if any(source.key == key for source in sources)}
    events = events_of(request.user, [source for source in sources if source.key not in hidden], start, end)
    days = [_cell(start + DAY * n, day, events, whole=week) for n in range((end - start).days + 1)]
    return {
        "week": week,
        "day": day,
        "title": _title(day, start, end, week=week),
        "weeks": [days[n : n + 7] for n in range(0, len(days), 7)],
        "weekdays": [date_format(start + DAY * n, "D") for n in range(7)],
        "before": (start - DAY if week else add_months(month_start(day), -1)).isoformat(),
        "after": (end + DAY if week else add_months(month_start(day), 1)).isoformat(),
        "today": timezone.localdate().isoformat(),
        "sources": [(source, source.key not in hidden, _toggled(request, hidden, source.key)) for source in sources],
    }


def switch(user: Any, active: str) -> list[dict[str, Any]]:
    """Between the list of to-dos and the calendar."""
    entries = [("calendar", _("Calendar"), "calendar", "workflow:calendar")]
    if user.has_perm("crm.view_task"):
        entries.insert(0, ("list", _("List"), "list", "workflow:task_list"))
    return [
        {"label": label, "icon": icon, "url": reverse(url_name), "active": key == active}
        for key, label, icon, url_name in entries
    ]


def sources_for(user: Any) -> list[CalendarSource]:
    """The sources the user has the right to."""
    sources = extension_points.calendar_sources.all()
    return [source for source in sources if source.permission is None or user.has_perm(source.permission)]


def events_of(
    user: Any, sources: list[CalendarSource], start: dt.date, end: dt.date
) -> dict[dt.date, list[tuple[str, CalendarEvent]]]:
    """By day the events with their source's icon: those of all day first, then by time."""
    found: dict[dt.date, list[tuple[str, CalendarEvent]]] = defaultdict(list)
    for source in sources:
        for event in source.events(user, start, end):
            found[event.on].append((source.icon, event))
    for events in found.values():
        events.sort(key=lambda pair: (pair[1].at or dt.time.min, pair[1].title))
    return found


def week_of(day: dt.date) -> tuple[dt.date, dt.date]:
    """Monday to Sunday."""
    monday = day - DAY * day.weekday()
    return monday, monday + DAY * 6


def month_of(day: dt.date) -> tuple[dt.date, dt.date]:
    """The whole weeks that the month's days lie in."""
    first = month_start(day)
    return week_of(first)[0], week_of(add_months(first, 1) - DAY)[1]


def _cell(day: dt.date, shown: dt.date, events: dict[dt.date, Any], *, whole: bool) -> dict[str, Any]:
    mine = events.get(day, [])
    return {
        "day": day,
        "other": not whole and day.month != shown.month,
        "today": day == timezone.localdate(),
        "weekend": day.weekday() >= 5,
        "events": mine if whole else mine[:SHOWN],
        "more": 0 if whole else max(0, len(mine) - SHOWN),
        "name": date_format(day, "n月j日 l" if is_chinese() else "l, j F"),
    }


def _title(day: dt.date, start: dt.date, end: dt.date, *, week: bool) -> str:
    if not week:
        return date_format(day, "Y年n月" if is_chinese() else "F Y")
    form = "n月j日" if is_chinese() else "j M"
    return f"{start.year} · {date_format(start, form)} – {date_format(end, form)}"


def _toggled(request: HttpRequest, hidden: set[str], key: str) -> str:
    """The query string with one source shown or hidden."""
    params = request.GET.copy()
    params.setlist("hide", sorted(hidden ^ {key}))
    return "?" + params.urlencode()


def _day(text: str) -> dt.date:
    """A day in ISO form, today for anything else."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return timezone.localdate()
    return min(max(day, FIRST), LAST)
