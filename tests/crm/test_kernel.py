"""Registry, periods, numbers, search text and the bigram index."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from django.db import connection, connections
from django.urls import reverse

from crm.periods import parse_period
from crm.records.domain.numbers import next_numbers
from crm.records.pinyin import search_text_of
from crm.registry import Registry, RegistryError
from customers.models import Customer
from tests.factories.records import make_customer


def entry(key, order=100):
    return SimpleNamespace(key=key, order=order)


def test_registry_orders_refuses_twice_and_closes():
    registry = Registry("test")
    registry.register(entry("b", 20))
    registry.register(entry("a", 20))
    registry.register(entry("z", 10))
    assert [e.key for e in registry.all()] == ["z", "a", "b"]
    with pytest.raises(RegistryError):
        registry.register(entry("a"))
    registry.freeze()
    with pytest.raises(RegistryError):
        registry.register(entry("c"))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-10", "2026-10-01", "2026-10-31"),
        ("2026-Q3", "2026-07-01", "2026-09-30"),
        ("2026", "2026-01-01", "2026-12-31"),
        ("ytd", "2026-01-01", "2026-11-30"),
        ("1900", "1900-01-01", "1900-12-31"),
        ("2199-Q4", "2199-10-01", "2199-12-31"),
    ],
)
def test_periods(text, first, last):
    period = parse_period(text, today=dt.date(2026, 11, 23))
    assert (period.start.isoformat(), period.end.isoformat()) == (first, last)


@pytest.mark.parametrize(
    "text", ["2026-13", "2026-Q5", "last", "0000", "", "9999", "9999-12", "9999-Q4", "2200", "1899-Q4", "0001-01"]
)
def test_period_that_is_none_says_what_is_accepted(text):
    with pytest.raises(ValueError, match="2026-Q3"):
        parse_period(text, today=dt.date(2026, 11, 23))


@pytest.mark.django_db(transaction=True)
def test_numbers_are_given_once_also_to_two_at_a_time():
    def take(_):
        try:
            return list(next_numbers("race", 5))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        taken = [number for batch in pool.map(take, range(8)) for number in batch]
    assert sorted(taken) == list(range(1, 41))


@pytest.mark.django_db
def test_search_text_holds_pinyin_and_initials():
    text = search_text_of("华新股份", others=("C-100001",))
    assert text.split() == ["华新股份", "huaxingufen", "hxgf", "c-100001"]


@pytest.mark.django_db
def test_search_finds_two_characters_initials_and_part_of_a_number(org):
    wanted = make_customer(org, name="宁波华新密封股份有限公司", short_name="华新股份")
    make_customer(org, name="苏州启芯电子材料有限公司", short_name="启芯")
    for text in ("华新", "hxgf", "HUAXIN", "密封 华新", wanted.credit_code[-6:].lower(), wanted.code):
        assert list(Customer.objects.search(text)) == [wanted], text
    assert list(Customer.objects.search("新华")) == []
    assert list(Customer.objects.search("100%")) == []


@pytest.mark.django_db
def test_search_is_served_by_the_bigram_index(org):
    make_customer(org)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        plan = Customer.objects.search("华新").explain()
    assert "customer_search" in plan


def test_a_colleague_is_found_by_name_for_a_select(org, client_of):
    url = reverse("choices", args=["crm.user"])
    found = client_of(org.people.sales_rep).get(url, {"q": "周启"}).json()
    assert [row["text"] for row in found] == ["周启明"]
