"""Days in filters: what each kind means, that relative ones stay relative, what the chip says, what is refused."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone, translation

from crm.generic.days import Days
from crm.models import SavedView
from opportunities.models import Opportunity
from tests.factories.records import day, make_campaign, make_opportunity, make_order, make_task

THURSDAY = dt.date(2026, 11, 26)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("today", "2026-11-26", "2026-11-26"),
        ("yesterday", "2026-11-25", "2026-11-25"),
        ("tomorrow", "2026-11-27", "2026-11-27"),
        ("this-week", "2026-11-23", "2026-11-29"),
        ("last-week", "2026-11-16", "2026-11-22"),
        ("next-week", "2026-11-30", "2026-12-06"),
        ("this-month", "2026-11-01", "2026-11-30"),
        ("next-month", "2026-12-01", "2026-12-31"),
        ("this-quarter", "2026-10-01", "2026-12-31"),
        ("last-quarter", "2026-07-01", "2026-09-30"),
        ("next-quarter", "2027-01-01", "2027-03-31"),
        ("this-year", "2026-01-01", "2026-12-31"),
        ("last-year", "2025-01-01", "2025-12-31"),
        ("last-7", "2026-11-20", "2026-11-26"),
        ("next-30", "2026-11-26", "2026-12-25"),
        ("2026-01-05..2026-02-01", "2026-01-05", "2026-02-01"),
        ("2026-01-05..", "2026-01-05", None),
        ("..2026-01-05", None, "2026-01-05"),
    ],
)
def test_each_kind_of_days_has_its_first_and_last_day(text: str, first: str | None, last: str | None) -> None:
    found = Days.read(text).bounds(THURSDAY)
    assert tuple(value and value.isoformat() for value in found) == (first, last)


@pytest.mark.parametrize(
    "text",
    ["", "..", "someday", "last-0", "last-99999", "last-n", "2026-02-30..", "2026-03-01..2026-02-01", "..9999-12-31"],
)
def test_what_is_no_days_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Days.read(text)


def names(client: Any, url: str) -> set[str]:
    """The opportunities that the page shows."""
    page = client.get(url)
    assert page.status_code == 200
    return {name for name in ("one", "two", "three") if f">{name}<" in page.content.decode()}


@pytest.fixture
def three(org: Any) -> None:
    make_opportunity(org, name="one", expected_close_on=day(0))
    make_opportunity(org, name="two", expected_close_on=day(5))
    make_opportunity(org, name="three", expected_close_on=day(-40))


def test_a_list_is_narrowed_by_days_as_the_form_sends_them(org: Any, client_of: Any, three: None) -> None:
    client, url = client_of(org.people.sales_rep), "/opportunities/"
    assert names(client, f"{url}?close=today&close_n=7&close_a=&close_b=") == {"one"}
    assert names(client, f"{url}?close=next-n&close_n=6&close_a=&close_b=") == {"one", "two"}
    assert names(client, f"{url}?close=next-5") == {"one"}
    assert names(client, f"{url}?close=last-n&close_n=41&close_a=2020-01-01&close_b=") == {"one", "three"}
    assert names(client, f"{url}?close=between&close_n=7&close_a={day(1)}&close_b={day(9)}") == {"two"}
    assert names(client, f"{url}?close=&close_n=7&close_a={day(1)}&close_b={day(9)}") == {"one", "two", "three"}
    assert names(client, f"{url}?close_from={day(1)}") == {"two"}  # addresses from before
    assert names(client, f"{url}?close=nonsense") == {"one", "two", "three"}


def test_empty_and_filled_days(org: Any, client_of: Any, three: None) -> None:
    Opportunity.objects.filter(name="two").update(expected_close_on=None)
    client = client_of(org.people.sales_rep)
    assert names(client, "/opportunities/?close=empty") == {"two"}
    assert names(client, "/opportunities/?close=filled") == {"one", "three"}


def test_a_moment_counts_by_the_day_it_falls_on_in_the_companys_zone(org: Any, client_of: Any) -> None:
    zone = timezone.get_default_timezone()
    make_task(org, title="late", due_at=dt.datetime.combine(day(0), dt.time(23, 59), tzinfo=zone))
    make_task(org, title="next", due_at=dt.datetime.combine(day(1), dt.time(0, 0), tzinfo=zone))
    client = client_of(org.people.sales_rep)
    for days, expected in (("today", ["late"]), ("tomorrow", ["next"]), (f"{day(0)}..{day(1)}", ["late", "next"])):
        page = client.get("/tasks/", {"due": days}).content.decode()
        assert [title for title in ("late", "next") if f">{title}<" in page] == expected


def test_the_chip_says_the_days_in_words_and_takes_them_all_away(org: Any, client_of: Any, three: None) -> None:
    client = client_of(org.people.sales_rep)
    page = client.get("/opportunities/?close=last-n&close_n=30&close_a=&close_b=&stuck=on")
    chip = page.context["chips"][0]
    assert (chip.label, chip.value, chip.without) == ("Expected close", "last 30 days", "?stuck=on")
    with translation.override("zh-hans"):
        assert str(Days("last-30")) == "最近30天"
        assert str(Days("this-quarter")) == "本季度"
    form = client.get("/opportunities/?part=filters&close=last-n&close_n=30").content.decode()
    assert '<option value="last-n" selected>' in form
    assert 'name="close_n" value="30"' in form


def test_a_saved_view_keeps_them_relative(org: Any, client_of: Any, three: None) -> None:
    client = client_of(org.people.sales_rep)
    state = client.get("/opportunities/?close=this-month&close_n=7&close_a=&close_b=").context["state"]
    client.post("/views/new/opportunities.opportunity/", {"name": "x", "audience": "private", "state": state})
    assert "close=this-month" in SavedView.objects.get().query
    assert str(day(0).year) not in SavedView.objects.get().query


def test_other_lists_have_them_too(org: Any, client_of: Any) -> None:
    order = make_order(org, ordered_on=day(-3))
    rep = client_of(org.people.sales_rep)
    assert order.number in rep.get("/orders/?ordered=last-7").content.decode()
    assert order.number not in rep.get("/orders/?ordered=today").content.decode()
    campaign = make_campaign(org, owner=org.people.marketing, starts_on=day(400), ends_on=day(400))
    client = client_of(org.people.marketing)
    assert campaign.name not in client.get("/leads/campaigns/?starts=this-month").content.decode()
