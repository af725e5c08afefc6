"""Working hours: how many lie between two moments, and when so many of them have passed. docs/approvals.md explains it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.errors import DomainError
from crm.organisation.models import SpecialDay, WorkingCalendar

MOST_DAYS = 3650  # a calendar without a working day in ten years is a mistake
HOUR = dt.timedelta(hours=1)
Span = tuple[dt.time, dt.time]


@dataclass(frozen=True)
class WorkingTime:
    """When people work, in the company's zone: weekdays by ISO number, the day's spans, days unlike their weekday."""

    weekdays: frozenset[int] = frozenset({1, 2, 3, 4, 5})
    spans: tuple[Span, ...] = ((dt.time(9), dt.time(12)), (dt.time(13), dt.time(18)))
    special: Mapping[dt.date, bool] = field(default_factory=dict)

    def works_on(self, day: dt.date) -> bool:
        """Whether it is a working day."""
        return self.special.get(day, day.isoweekday() in self.weekdays)

    def spans_of(self, day: dt.date) -> list[tuple[dt.datetime, dt.datetime]]:
        """The working spans of a day, in UTC: lengths of local times would be wrong when clocks change."""
        if not self.works_on(day):
            return []
        return [(_moment(day, begin), _moment(day, end)) for begin, end in self.spans]


def _moment(day: dt.date, at: dt.time) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, at)).astimezone(dt.UTC)


def add_working_hours(start: dt.datetime, hours: Decimal | float, time: WorkingTime) -> dt.datetime:
    """The moment when so many working hours have passed since `start`; the start itself for none.

    Raises DomainError when the calendar has no working days for years.
    """
    left = HOUR * float(hours)
    if left <= dt.timedelta(0):
        return start
    first = timezone.localdate(start)
    for offset in range(MOST_DAYS):
        for opening, end in time.spans_of(first + dt.timedelta(days=offset)):
            begin = max(opening, start)
            if end - begin >= left:
                return begin + left
            left -= max(end - begin, dt.timedelta(0))
    raise DomainError(_("The working calendar has no working days ahead: set it in the settings."))


def working_hours_between(start: dt.datetime, end: dt.datetime, time: WorkingTime) -> float:
    """How many working hours lie between two moments; negative when the second is the earlier one."""
    if end < start:
        return -working_hours_between(end, start, time)
    total, day, last = dt.timedelta(0), timezone.localdate(start), timezone.localdate(end)
    while day <= last:
        for begin, close in time.spans_of(day):
            total += max(min(close, end) - max(begin, start), dt.timedelta(0))
        day += dt.timedelta(days=1)
    return total / HOUR


def working_times(business_units: Iterable[int | None]) -> dict[int | None, WorkingTime]:
    """The working time of each of these business units (None: the company's), in two queries.

    A unit with a calendar of its own has its weekdays and hours; its special days lie over the company's.
    """
    wanted = set(business_units)
    found = WorkingCalendar.objects.filter(Q(business_unit__isnull=True) | Q(business_unit__in=wanted - {None}))
    calendars = {calendar.business_unit_id: calendar for calendar in found}
    days: dict[int, dict[dt.date, bool]] = defaultdict(dict)
    for row in SpecialDay.objects.filter(calendar__in=calendars.values()):
        days[row.calendar_id][row.day] = row.is_working
    company = calendars.get(None)
    return {unit: _time(calendars.get(unit) or company, company, days) for unit in wanted}


def working_time_of(business_unit_id: int | None) -> WorkingTime:
    """The working time of a business unit, or the company's."""
    return working_times([business_unit_id])[business_unit_id]


def _time(
    own: WorkingCalendar | None, company: WorkingCalendar | None, days: Mapping[int, Mapping[dt.date, bool]]
) -> WorkingTime:
    if own is None:
        return WorkingTime()
    special: dict[dt.date, bool] = {}
    for calendar in (company, own):
        if calendar is not None:
            special |= days.get(calendar.pk, {})
    spans: tuple[Span, ...] = ((own.opens_at, own.closes_at),)
    if own.break_from and own.break_until:
        spans = ((own.opens_at, own.break_from), (own.break_until, own.closes_at))
    return WorkingTime(frozenset(own.weekdays), spans, special)
