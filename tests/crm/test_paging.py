"""Turning the pages of a list: nothing twice, nothing left out, whatever sorts it, and a far page reads no more than page 1."""

import datetime as dt
import html
import re
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from customers.models import Customer, CustomerFigures
from tests.factories.records import make_customer

ROWS = 120  # three pages


@pytest.fixture
def reader(org: Any, client_of: Any) -> Any:
    return client_of(org.user("sales_rep"))


@pytest.fixture
def customers(org: Any) -> list[Customer]:
    """Many alike, so that ties fall on the edges of pages; some without figures, some without an order."""
    rows = [make_customer(org, owner=org.user("sales_rep")) for _ in range(ROWS)]
    for number, row in enumerate(rows):
        row.grade = "SABC"[number % 4]
        row.next_step_on = None if number % 2 else dt.date(2026, 1, 1 + number % 5)
    Customer.objects.bulk_update(rows, ["grade", "next_step_on"])
    CustomerFigures.objects.all().delete()
    CustomerFigures.objects.bulk_create(
        CustomerFigures(
            customer=row,
            sales_12m=Decimal(number % 3),
            last_order_on=None if number % 9 == 0 else dt.date(2026, 2, 1 + number % 4),
            refreshed_at=timezone.now(),
        )
        for number, row in enumerate(rows)
        if number % 3
    )
    return list(Customer.objects.select_related("figures").order_by("pk"))


def shown(page: str) -> list[int]:
    """The keys of the rows of a page."""
    return [int(key) for key in re.findall(r'data-href="/customers/(\d+)/"', page)]


def link(page: str, rel: str) -> str | None:
    found = re.search(rf'href="([^"]*)" rel="{rel}"', page)
    return html.unescape(found[1]) if found else None


def figure(row: Customer, name: str) -> Any:
    return getattr(getattr(row, "figures", None), name, None)


VALUES = {
    "name": lambda row: row.name,
    "grade": lambda row: row.grade,
    "next_step_on": lambda row: row.next_step_on,
    "figures__sales_12m": lambda row: figure(row, "sales_12m"),
    "figures__last_order_on": lambda row: figure(row, "last_order_on"),
}


def expected(rows: list[Customer], sort: str) -> list[int]:
    """Plain Python's order: by value and key, those without a value last both ways."""
    value, down = VALUES[sort.lstrip("-")], sort.startswith("-")
    filled = sorted((row for row in rows if value(row) is not None), key=lambda row: (value(row), row.pk), reverse=down)
    empty = sorted((row for row in rows if value(row) is None), key=lambda row: row.pk, reverse=down)
    return [row.pk for row in filled + empty]


def test_pages_forth_and_back_show_each_row_once_in_order(reader: Any, customers: list[Customer]) -> None:
    for sort in (way + name for name in VALUES for way in ("", "-")):
        url: str | None = f"?sort={sort}"
        pages = []
        while url:
            pages.append(reader.get(reverse("customers:customer_list") + url).content.decode())
            url = link(pages[-1], "next")
        order = [key for page in pages for key in shown(page)]
        assert order == expected(customers, sort), sort
        back = link(pages[-1], "prev")
        assert back is not None
        assert shown(reader.get(reverse("customers:customer_list") + back).content.decode()) == shown(pages[-2]), sort


SEVERAL = (
    "grade,-name",
    "-grade,next_step_on",
    "next_step_on,-grade,figures__sales_12m",
    "-figures__last_order_on,figures__sales_12m",
    "figures__last_order_on,-next_step_on,-name",
)


def expected_of_several(rows: list[Customer], sort: str) -> list[int]:
    """Plain Python's order by several keys: from the last to the first, each sort stable."""
    keys = sort.split(",")
    found = sorted(rows, key=lambda row: row.pk, reverse=keys[-1].startswith("-"))
    for key in reversed(keys):
        value, down = VALUES[key.lstrip("-")], key.startswith("-")
        filled = sorted((row for row in found if value(row) is not None), key=value, reverse=down)
        found = filled + [row for row in found if value(row) is None]
    return [row.pk for row in found]


@pytest.mark.parametrize("sort", SEVERAL)
def test_pages_of_a_sort_by_several_columns(reader: Any, customers: list[Customer], sort: str) -> None:
    url: str | None = f"?sort={sort}"
    pages = []
    while url:
        pages.append(reader.get(reverse("customers:customer_list") + url).content.decode())
        url = link(pages[-1], "next")
    assert [key for page in pages for key in shown(page)] == expected_of_several(customers, sort)
    back = link(pages[-1], "prev")
    assert back is not None
    assert shown(reader.get(reverse("customers:customer_list") + back).content.decode()) == shown(pages[-2])
    by_number = reader.get(reverse("customers:customer_list"), {"sort": sort, "page": 2}).content.decode()
    assert shown(by_number) == shown(pages[1])


def test_a_mark_of_another_sort_leaves_the_number_to_decide(reader: Any, customers: list[Customer]) -> None:
    url = reverse("customers:customer_list")
    plain = shown(reader.get(url, {"sort": "grade,name", "page": 2}).content.decode())
    for mark in ("5~2026-01-01", "5~=a", "x~=a\x1f=b", "5"):
        assert shown(reader.get(url, {"sort": "grade,name", "page": 2, "after": mark}).content.decode()) == plain


def test_at_most_three_columns_sort_and_only_those_that_may(reader: Any, customers: list[Customer]) -> None:
    url = reverse("customers:customer_list")
    context = reader.get(url, {"sort": "grade,-owner,name,-grade,next_step_on,-updated_at"}).context
    assert context["sort_name"] == "grade,name,next_step_on"
    places = {str(cell["label"]): (cell["place"], cell["aria_sort"]) for cell in context["head"] if cell["place"]}
    assert places == {"Grade": (1, "ascending"), "Customer": (2, ""), "Next step": (3, "")}


def test_a_page_asked_for_by_its_number_alone_is_the_same(reader: Any, customers: list[Customer]) -> None:
    url = reverse("customers:customer_list")
    for page in (2, 3):
        rows = shown(reader.get(url, {"sort": "-figures__sales_12m", "page": page}).content.decode())
        assert rows == expected(customers, "-figures__sales_12m")[(page - 1) * 50 : page * 50]


def test_a_row_that_comes_meanwhile_repeats_none_on_the_next_page(
    org: Any, reader: Any, customers: list[Customer]
) -> None:
    url = reverse("customers:customer_list")
    first = reader.get(url, {"sort": "-updated_at"}).content.decode()
    make_customer(org, owner=org.user("sales_rep"))
    second = reader.get(url + (link(first, "next") or "")).content.decode()
    assert not set(shown(first)) & set(shown(second))


def test_a_mark_that_is_none_leaves_the_number_to_decide(reader: Any, customers: list[Customer]) -> None:
    url = reverse("customers:customer_list")
    plain = shown(reader.get(url, {"sort": "next_step_on", "page": 2}).content.decode())
    for mark in ("x~2026-01-01", "5~never", "-1", "9" * 30):
        assert shown(reader.get(url, {"sort": "next_step_on", "page": 2, "after": mark}).content.decode()) == plain


def test_the_next_page_starts_in_the_index(org: Any, reader: Any, customers: list[Customer]) -> None:
    """One query for the rows, its index condition is the mark: sorting or skipping rows would cost more on a far page."""
    url = reverse("customers:customer_list")
    first = reader.get(url, {"sort": "-figures__sales_12m"}).content.decode()
    with CaptureQueriesContext(connection) as captured:
        reader.get(url + (link(first, "next") or ""))
    (query,) = [q["sql"] for q in captured.captured_queries if "LIMIT 51" in q["sql"]]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute("EXPLAIN " + query)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    conditions = [line for line in plan.splitlines() if "Index Cond" in line]
    assert any("ROW(sales_12m, customer_id) < ROW(" in line for line in conditions), plan
    assert "Sort" not in plan, plan


def test_before_the_very_first_row_lies_an_empty_page(reader: Any, customers: list[Customer]) -> None:
    for query in ({"sort": "name", "page": 2, "before": "1~"}, {"page": 9999, "before": "9999"}):
        assert reader.get(reverse("customers:customer_list"), query).status_code == 200
