"""Working calendars: hours between moments, with weekends, holidays and make-up days; the screens that set them."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from crm.administration.views.calendars import calendar_entity
from crm.errors import DomainError
from crm.models import SpecialDay, WorkingCalendar
from crm.organisation.domain.calendars import create_calendar, set_special_days
from crm.organisation.domain.working_time import (
    WorkingTime,
    add_working_hours,
    working_hours_between,
    working_time_of,
    working_times,
)
from tests.entity_suite import EntitySuite

CLOSED = (dt.date(2026, 10, 1), dt.date(2026, 10, 8))
NATIONAL_DAY = {CLOSED[0] + dt.timedelta(days=n): False for n in range(7)} | {dt.date(2026, 10, 10): True}
TIME = WorkingTime(special=NATIONAL_DAY)


def at(text: str) -> dt.datetime:
    """'09-30 16:00' in the company's zone."""
    return timezone.make_aware(dt.datetime.fromisoformat(f"2026-{text}"))


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("11-23 09:00", 3, "11-23 12:00"),
        ("11-23 11:00", 2, "11-23 14:00"),  # over the break
        ("11-23 17:30", 1, "11-24 09:30"),  # over the night
        ("11-20 17:00", 8, "11-23 17:00"),  # over the weekend
        ("11-21 10:00", 1, "11-23 10:00"),  # begun on a Saturday
        ("09-30 17:00", 2, "10-08 10:00"),  # over the holidays
        ("10-09 17:00", 2, "10-10 10:00"),  # into a Saturday that makes up for one
        ("11-23 08:00", 0, "11-23 08:00"),
        ("11-23 09:00", 0.5, "11-23 09:30"),
    ],
)
def test_adding_working_hours(start: str, hours: float, end: str) -> None:
    assert timezone.localtime(add_working_hours(at(start), hours, TIME)) == at(end)


def test_a_calendar_without_working_days_is_told() -> None:
    with pytest.raises(DomainError, match="no working days"):
        add_working_hours(at("11-23 09:00"), 1, WorkingTime(weekdays=frozenset()))


moments = st.datetimes(dt.datetime(2026, 9, 1), dt.datetime(2026, 12, 31)).map(timezone.make_aware)
minutes = st.integers(1, 60 * 60)


@given(moments, minutes)
def test_what_was_added_lies_between(start: dt.datetime, length: int) -> None:
    end = add_working_hours(start, length / 60, TIME)
    assert working_hours_between(start, end, TIME) == pytest.approx(length / 60, abs=1e-6)
    assert working_hours_between(end, start, TIME) == pytest.approx(-length / 60, abs=1e-6)
    begin = next(span for span in TIME.spans_of(timezone.localdate(end)) if span[0] < end <= span[1])
    assert begin  # it always ends within working hours


@given(moments, minutes, minutes)
def test_adding_in_two_parts_is_adding_at_once(start: dt.datetime, first: int, second: int) -> None:
    parts = add_working_hours(add_working_hours(start, first / 60, TIME), second / 60, TIME)
    whole = add_working_hours(start, (first + second) / 60, TIME)
    assert abs(parts - whole) < dt.timedelta(milliseconds=1)


@given(moments, moments, moments)
def test_hours_between_add_up(a: dt.datetime, b: dt.datetime, c: dt.datetime) -> None:
    total = working_hours_between(a, b, TIME) + working_hours_between(b, c, TIME)
    assert working_hours_between(a, c, TIME) == pytest.approx(total, abs=1e-6)


@pytest.mark.django_db
def test_a_unit_has_its_own_hours_and_its_days_lie_over_the_companys(org: Any, django_assert_num_queries: Any) -> None:
    admin = org.people.administrator
    company = WorkingCalendar.objects.get(business_unit=None)
    own = create_calendar(
        actor=admin,
        business_unit=org.agro,
        weekdays=[1, 2, 3, 4, 5, 6],
        opens_at=dt.time(8),
        closes_at=dt.time(12),
    )
    day, other = dt.date(2026, 10, 1), dt.date(2026, 10, 2)
    set_special_days(calendar=company, first=day, last=other, is_working=False, name="国庆节", actor=admin)
    set_special_days(calendar=own, first=other, last=other, is_working=True, actor=admin)
    with django_assert_num_queries(2):
        times = working_times([None, org.silicones.pk, org.agro.pk])
    assert times[None] == times[org.silicones.pk] == working_time_of(None)
    assert [times[None].works_on(d) for d in (day, other, dt.date(2026, 11, 21))] == [False, False, False]
    assert [times[org.agro.pk].works_on(d) for d in (day, other, dt.date(2026, 11, 21))] == [False, True, True]
    assert times[org.agro.pk].spans == ((dt.time(8), dt.time(12)),)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"weekdays": []}, "at least one working day"),
        ({"weekdays": [8]}, "8"),
        ({"opens_at": dt.time(19)}, "begin before it ends"),
        ({"break_from": dt.time(13), "break_until": dt.time(12)}, "within the working hours"),
        ({"break_from": dt.time(7), "break_until": dt.time(10)}, "within the working hours"),
        ({"business_unit": None}, "such a calendar already"),
    ],
)
def test_what_a_calendar_cannot_be(org: Any, values: dict[str, Any], message: str) -> None:
    good = {
        "business_unit": org.agro,
        "weekdays": [1],
        "opens_at": dt.time(9),
        "closes_at": dt.time(18),
    }
    with pytest.raises(DomainError, match=message):
        create_calendar(actor=org.people.administrator, **{**good, **values})


def make_calendar(org: Any, owner: Any = None) -> WorkingCalendar:
    """A calendar of a business unit of its own."""
    number = WorkingCalendar.objects.count()
    unit = type(org.agro).objects.create(code=f"U{number}", name=f"事业部{number}")
    return WorkingCalendar.objects.create(
        business_unit=unit, weekdays=[1, 2], opens_at=dt.time(9), closes_at=dt.time(18)
    )


@pytest.mark.django_db
class TestCalendarScreens(EntitySuite):
    entity = calendar_entity
    role = "administrator"
    make = staticmethod(make_calendar)
    form_data = staticmethod(
        lambda org, record: {
            "business_unit": record.business_unit_id,
            "weekdays": ["1", "2", "3"],
            "opens_at": "08:30",
            "closes_at": "17:30",
            "break_from": "12:00",
            "break_until": "13:00",
        }
    )

    def test_out_of_scope_is_404(self) -> None:
        """Calendars belong to everybody."""

    def test_list_shows_own_and_not_foreign_rows(self) -> None:
        """Calendars belong to everybody."""

    def test_export_has_every_column_of_the_rows_in_reach_in_constant_queries(self) -> None:
        """Calendars belong to everybody."""


@pytest.mark.django_db
def test_holidays_are_set_and_taken_away_on_the_page(org: Any, client_of: Any) -> None:
    calendar = WorkingCalendar.objects.get(business_unit=None)
    client = client_of(org.people.administrator)
    url = reverse("organisation:workingcalendar_days", args=[calendar.pk])
    assert client.get(url).status_code == 200
    year = timezone.localdate().year
    days = {"first": f"{year}-10-01", "last": f"{year}-10-03", "is_working": "", "name": "国庆节"}
    assert client.post(url, days).status_code == 302
    assert client.post(url, {**days, "first": f"{year}-10-03", "is_working": "1"}).status_code == 302
    assert list(calendar.special_days.values_list("day", "is_working")) == [
        (dt.date(year, 10, 1), False),
        (dt.date(year, 10, 2), False),
        (dt.date(year, 10, 3), True),
    ]
    page = client.get(calendar_entity.record_url(calendar)).content.decode()
    assert page.count("国庆节") == 3
    for wrong in ({"last": f"{year}-09-30"}, {"last": f"{year}-12-31"}, {"first": ""}):
        assert client.post(url, {**days, **wrong}).status_code == 422
    row = SpecialDay.objects.first()
    remove = reverse("organisation:workingcalendar_day_remove", args=[calendar.pk, row.pk])
    assert client.post(remove).status_code == 302
    assert client.post(remove).status_code == 404
    assert calendar.special_days.count() == 2


@pytest.mark.django_db
def test_a_break_has_both_ends(org: Any, client_of: Any) -> None:
    calendar = WorkingCalendar.objects.get(business_unit=None)
    data = {"weekdays": ["1"], "opens_at": "09:00", "closes_at": "18:00", "break_from": "12:00"}
    response = client_of(org.people.administrator).post(
        calendar_entity.url("edit", calendar.pk), {**data, "version_read": calendar.version}
    )
    assert response.status_code == 422
    assert "Give both" in response.content.decode()
