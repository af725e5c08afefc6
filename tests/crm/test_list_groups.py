"""Lists in groups with subtotals, and the totals of all rows: right sums, within reach and filters, bounded in time."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.db.models import FloatField, Func, Value
from django.test.utils import CaptureQueriesContext

from crm.models import SavedView
from customers.models import CustomerFigures
from tests.factories.records import make_customer, make_lead, make_opportunity, make_order, make_task

LIST = "/customers/"


def sold(customer: Any, amount: int, on: Any = None) -> None:
    CustomerFigures.objects.update_or_create(
        customer=customer,
        defaults={"sales_12m": amount, "last_order_on": on, "refreshed_at": dt.datetime.now(dt.UTC)},
    )


@pytest.fixture
def five(org: Any) -> None:
    for grade, amount in (("A", 1000), ("A", 3000), ("D", 500), ("", 0)):
        sold(make_customer(org, grade=grade), amount)
    sold(make_customer(org, grade="A", owner=org.people.stranger), 90_000)


def groups(client: Any, query: str, url: str = LIST) -> list[tuple[str, int]]:
    context = client.get(f"{url}?{query}").context
    return [(group.label, group.count) for group, _cells in context["groups"]["groups"]]


def test_groups_by_a_choice_in_its_order_with_subtotals_within_reach(org: Any, client_of: Any, five: None) -> None:
    client = client_of(org.people.sales_rep)
    page = client.get(LIST + "?group=grade")
    found = page.context["groups"]["groups"]
    assert [(group.key, group.count, group.sums["sales"]) for group, _cells in found] == [
        ("A", 2, Decimal(4000)),
        ("D", 1, Decimal(500)),
        ("-", 1, Decimal(0)),
    ]
    assert page.context["total"] == 4
    html = page.content.decode()
    assert "4.0" in html
    assert "<tr data-href" not in html  # the rows come when a group is opened
    assert groups(client, "group=grade&grade=D") == [("D", 1)]
    assert groups(client, "group=grade&where=all(sales:gt:900)") == [("A", 2)]


def test_a_group_is_opened_page_by_page_and_shows_its_rows_only(org: Any, client_of: Any) -> None:
    for _number in range(53):
        make_customer(org, grade="A")
    other = make_customer(org, grade="D")
    client = client_of(org.people.sales_rep)
    seen: list[str] = []
    url: str | None = LIST + "?group=grade&part=group&in=A&sort=-name"
    while url:
        html = client.get(url).content.decode()
        seen += re.findall(r'data-href="/customers/(\d+)/"', html)
        more = re.search(r'hx-get="([^"]*)"', html)
        url = LIST + more[1].replace("&amp;", "&") if more else None
    assert len(seen) == len(set(seen)) == 53
    assert str(other.pk) not in seen
    none = client.get(LIST + "?group=grade&part=group&in=-").content.decode()
    assert "data-href" not in none


def test_groups_by_person_and_by_month(org: Any, client_of: Any) -> None:
    sold(make_customer(org), 10, dt.date(2026, 3, 31))
    sold(make_customer(org), 20, dt.date(2026, 3, 1))
    sold(make_customer(org, owner=org.people.sales_manager), 5, dt.date(2026, 1, 15))
    sold(make_customer(org), 1)
    client = client_of(org.people.sales_manager)
    assert groups(client, "group=last_order") == [("March 2026", 2), ("January 2026", 1), ("without", 1)]
    assert groups(client, "group=owner") == [(org.people.sales_rep.label, 3), (org.people.sales_manager.label, 1)]
    march = client.get(LIST + "?group=last_order&part=group&in=2026-03").content.decode()
    assert march.count("data-href") == 2
    without = client.get(LIST + "?group=last_order&part=group&in=-").content.decode()
    assert without.count("data-href") == 1
    mine = client.get(LIST + f"?group=owner&part=group&in={org.people.sales_manager.pk}").content.decode()
    assert mine.count("data-href") == 1


def test_a_moment_is_in_the_month_of_the_companys_zone(org: Any, client_of: Any) -> None:
    make_task(org, due_at=dt.datetime(2026, 5, 31, 17, tzinfo=dt.UTC))  # 1 June, one in the morning
    client = client_of(org.people.sales_rep)
    assert groups(client, "group=due", "/tasks/") == [("June 2026", 1)]
    assert client.get("/tasks/?group=due&part=group&in=2026-06").content.decode().count("data-href") == 1


@pytest.mark.parametrize("key", ["x", "2026-13", "99999999-01", ""])
def test_a_group_that_cannot_be_is_not_found(org: Any, client_of: Any, key: str) -> None:
    client = client_of(org.people.sales_rep)
    assert client.get(LIST, {"group": "last_order", "part": "group", "in": key}).status_code == 404
    assert client.get(LIST, {"group": "password", "part": "group", "in": key}).status_code == 404
    assert client.get(LIST, {"group": "owner", "part": "group", "in": "x"}).status_code == 404


def test_a_column_that_does_not_group_leaves_the_list_as_it_is(org: Any, client_of: Any) -> None:
    customer = make_customer(org)
    page = client_of(org.people.sales_rep).get(LIST + "?group=password")
    assert customer.name in page.content.decode()


def test_totals_are_of_all_rows_that_the_filters_leave(org: Any, client_of: Any, five: None) -> None:
    client = client_of(org.people.sales_rep)
    assert "part=totals" in client.get(LIST).content.decode()
    context = client.get(LIST + "?part=totals&grade=A&page=3").context
    assert context["count"] == 2
    sums = {column.key: (total, average) for column, total, average in context["cells"] if total}
    assert "4.0" in sums["sales"][0]
    assert "2.0" in sums["sales"][1]
    assert client.get(LIST + "?part=totals").context["count"] == 4
    assert client.get(LIST + "?part=totals&cols=grade").context["cells"][0][1] == ""  # columns that are shown


def test_what_takes_too_long_is_given_up_and_said(
    org: Any, client_of: Any, five: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(org.people.sales_rep)
    monkeypatch.setattr("crm.generic.groups.Count", _sleeping)
    monkeypatch.setattr("crm.base.bounded.MOST", 50)
    for query in ("?part=totals", "?group=grade"):
        page = client.get(LIST + query)
        assert page.status_code == 200
        assert "Narrow the list by filters." in page.content.decode()
    assert client.get(LIST).status_code == 200  # later questions have their time


def _sleeping(*_arguments: Any) -> Any:
    """Counts, after longer than is allowed."""

    class Sleep(Func):
        function = "pg_sleep"
        template = "COUNT(%(function)s(%(expressions)s))"
        contains_aggregate = True

    return Sleep(Value(9.0), output_field=FloatField())


def test_groups_take_the_same_queries_for_one_and_for_many(org: Any, client_of: Any) -> None:
    client = client_of(org.people.sales_manager)
    make_customer(org)
    numbers = []
    for _step in range(2):
        client.get(LIST + "?group=owner")
        with CaptureQueriesContext(connection) as captured:
            client.get(LIST + "?group=owner")
        numbers.append(len(captured))
        for owner in (org.people.sales_manager, org.people.sales_rep):
            make_customer(org, owner=owner)
    assert numbers[0] == numbers[1]


def test_the_menu_groups_and_a_saved_view_keeps_it(org: Any, client_of: Any, five: None) -> None:
    client = client_of(org.people.sales_rep)
    response = client.post("/views/layout/customers.customer/", {"group": "grade", "query": "state=active&page=2"})
    assert response.url == "/customers/?state=active&group=grade"
    state = client.get(LIST + "?group=grade").context["state"]
    client.post("/views/new/customers.customer/", {"name": "x", "audience": "private", "state": state})
    assert "group=grade" in SavedView.objects.get().query
    assert client.get(LIST + "?part=tabs").context["tabs"][-1].count == "4"
    assert 'value="grade" selected' in client.get(LIST + "?part=layout&group=grade").content.decode()


@pytest.mark.parametrize(
    ("url", "make", "role"),
    [
        ("/opportunities/", make_opportunity, "sales_rep"),
        ("/leads/", make_lead, "sales_rep"),
        ("/orders/", make_order, "sales_rep"),
        (LIST, make_customer, "sales_rep"),
        ("/tasks/", make_task, "sales_rep"),
    ],
)
def test_every_grouping_a_list_offers_works(org: Any, client_of: Any, url: str, make: Any, role: str) -> None:
    make(org)
    client = client_of(org.user(role))
    columns = client.get(url + "?part=layout").context["groupable"]
    assert columns
    for column in columns:
        (found,) = client.get(url, {"group": column.key}).context["groups"]["groups"]
        rows = client.get(url, {"group": column.key, "part": "group", "in": found[0].key})
        assert rows.content.decode().count("data-href") == 1, column.key
    assert client.get(url + "?part=totals").status_code == 200
