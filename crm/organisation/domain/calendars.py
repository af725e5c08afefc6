"""Set working days, hours, holidays and make-up working days."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from crm.base.saving import create_record, save_record
from crm.errors import DomainError
from crm.organisation.models import SpecialDay, User, WorkingCalendar

LONGEST = 60  # days that are set at a time


def create_calendar(*, actor: User, **values: Any) -> WorkingCalendar:
    """A calendar for a business unit, or for the company. Raises DomainError when there is one already or its hours are wrong."""
    with transaction.atomic():
        return create_record(WorkingCalendar(**values))


def update_calendar(
    *, instance: WorkingCalendar, expected_version: int | None, actor: User, **values: Any
) -> WorkingCalendar:
    """Change working days and hours. Raises StaleVersion and DomainError. Clocks that are set already stay."""
    for name, value in values.items():
        setattr(instance, name, value)
    with transaction.atomic():
        return save_record(instance, expected_version=expected_version, fields=list(values))


def set_special_days(
    *, calendar: WorkingCalendar, first: dt.date, last: dt.date, is_working: bool, name: str = "", actor: User
) -> int:
    """Make these days, both included, holidays or make-up working days; what they were before is replaced. Returns how many.

    Raises DomainError on "last" when it lies before the first or more than 60 days after it.
    """
    count = (last - first).days + 1
    if count < 1:
        raise DomainError(_("The last day must not be before the first day."), field="last")
    if count > LONGEST:
        raise DomainError(_("These are more than %(n)d days: enter them in parts.") % {"n": LONGEST}, field="last")
    days = [first + dt.timedelta(days=offset) for offset in range(count)]
    with transaction.atomic():
        calendar.special_days.filter(day__in=days).delete()
        for day in days:
            create_record(SpecialDay(calendar=calendar, day=day, is_working=is_working, name=name))
    return count


def remove_special_day(*, special_day: SpecialDay, actor: User) -> None:
    """The day is again as its weekday."""
    with transaction.atomic():
        special_day.delete()
