"""The calendar: own events only, whole weeks, sources one may see."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories.records import make_campaign, make_complaint, make_opportunity, make_task

pytestmark = pytest.mark.django_db
PAGE = "/calendar/"
HTMX = {"HX-Request": "true"}


def at(day, hour=10):
    return timezone.make_aware(dt.datetime.combine(dt.date.fromisoformat(day), dt.time(hour)))


def text_of(client, **query):
    return client.get(PAGE, query, headers=HTMX).content.decode()


def test_my_events_of_every_app_stand_on_the_calendar_and_nobody_elses(org, client_of):
    rep, other = org.people.sales_manager, org.people.colleague
    day = dt.date(2030, 5, 15)
    for owner, mark in ((rep, "mine"), (other, "theirs")):
        make_task(org, owner=owner, title=f"task {mark}", due_at=at("2030-05-15"))
        make_opportunity(org, owner=owner, name=f"deal {mark}", next_step_on=day, expected_close_on=day)
        make_complaint(org, owner=owner, title=f"complaint {mark}", due_on=day)
        make_campaign(org, owner=owner, name=f"campaign {mark}", starts_on=day, ends_on=dt.date(2030, 9, 1))
    page = text_of(client_of(rep), view="week", day="2030-05-13")
    shown = (
        "task mine",
        "deal mine",
        "Expected close: deal mine",
        "Answer due: complaint mine",
        "Starts: campaign mine",
    )
    assert [word for word in shown if word not in page] == []
    assert "theirs" not in page
    assert "<time>10:00</time>" in page
    assert "task mine" not in text_of(client_of(rep), view="week", day="2030-05-13", hide="tasks")


def test_a_month_shows_whole_weeks_and_leads_on(org, client_of):
    rep, client = org.people.sales_rep, client_of(org.people.sales_rep)
    make_task(org, owner=rep, title="first cell", due_at=at("2030-04-29", 0))
    make_task(org, owner=rep, title="last cell", due_at=at("2030-06-02", 23))
    make_task(org, owner=rep, title="day after", due_at=at("2030-06-03", 0))
    for number in range(6):
        make_task(org, owner=rep, title=f"busy {number}", due_at=at("2030-05-10", 9 + number))
    page = text_of(client, day="2030-05-31")
    assert [word in page for word in ("May 2030", "first cell", "last cell", "day after")] == [True, True, True, False]
    assert ("busy 3" in page, "busy 4" in page, "2 more" in page) == (True, False, True)
    assert "day=2030-04-01" in page
    assert "day=2030-06-01" in page
    assert "<html" not in page


def test_without_the_right_to_a_source_it_is_neither_shown_nor_offered(org, client_of):
    page = client_of(org.people.nobody).get(PAGE).content.decode()
    assert "Next steps" not in page
    assert client_of(org.people.nobody).get(PAGE, {"day": "nonsense", "hide": "x"}).status_code == 200


def test_more_events_take_no_more_queries(org, client_of):
    rep, client = org.people.sales_rep, client_of(org.people.sales_rep)

    def queries():
        text_of(client, day="2030-05-15")
        with CaptureQueriesContext(connection) as captured:
            text_of(client, day="2030-05-15")
        return len(captured)

    make_task(org, owner=rep, due_at=at("2030-05-15"))
    one = queries()
    for _ in range(4):
        make_task(org, owner=rep, due_at=at("2030-05-15"))
        make_opportunity(org, owner=rep, next_step_on=dt.date(2030, 5, 15))
    assert queries() == one
