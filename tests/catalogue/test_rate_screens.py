"""Pages of currencies and their rates."""

import csv
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from crm.models import (
    Currency,
    ExchangeRate,
)
from crm.products.views.money import rate_entity
from tests.entity_suite import EntitySuite
from tests.factories import catalogue as make
from tests.factories.records import day

FLOOR_TEXT = "34.25"


class TestRate(EntitySuite):
    entity, role, scoped = rate_entity, "data_steward", False
    make = staticmethod(make.make_rate)
    form_data = staticmethod(
        lambda org, rate: {"currency": "USD", "kind": "daily", "starts_on": rate.starts_on, "rate": "7.25"}
    )


def text_of(client: Any, url: str, data: Any = None) -> str:
    return client.get(url, data).content.decode()


@pytest.fixture
def steward(org: Any, client_of: Any) -> Any:
    return client_of(org.people.data_steward)


def test_old_rates_are_warned_of_where_rates_are_kept(org: Any, steward: Any) -> None:
    make.make_rate(org, starts_on=day(-30))
    page = text_of(steward, reverse("catalogue:currency_list"))
    assert "30 days old" in page
    assert "no rate" in page
    assert "USD is 30 days old" in text_of(steward, rate_entity.url("list"))
    for code in ("USD", "JPY"):
        data = {"currency": code, "kind": "daily", "starts_on": day(), "rate": "7.16"}
        answer = steward.post(rate_entity.url("create"), data)
        assert answer.url == rate_entity.url("list")
    assert "Look after" not in text_of(steward, rate_entity.url("list"))
    again = steward.post(rate_entity.url("create"), data)
    assert again.status_code == 422
    assert "that day already" in again.content.decode()
    assert ExchangeRate.objects.count() == 3


def test_the_list_of_rates_shows_the_change_to_the_one_before(org: Any, steward: Any) -> None:
    for offset, rate in ((-3, "7.00"), (-2, "7.07"), (-1, "7.00")):
        make.make_rate(org, starts_on=day(offset), rate=Decimal(rate))
    make.make_rate(org, starts_on=day(-2), rate=Decimal(5), kind="budget")
    response = steward.post(
        reverse("exporting:start", args=["catalogue.exchangerate"]), {"form": "csv", "query": "kind=daily&cols=change"}
    )
    rows = list(csv.reader(b"".join(response.streaming_content).decode("utf-8-sig").splitlines()))
    assert [row[-1] for row in rows[1:]] == ["-0.99", "1.00", ""]


def test_a_currency_is_entered_and_changed(org: Any, steward: Any) -> None:
    create = reverse("catalogue:currency_create")
    assert steward.post(create, {"code": "eur", "name": "欧元", "decimals": 2}).status_code == 422
    assert steward.post(create, {"code": "EUR", "name": "欧元", "decimals": 2}).status_code == 302
    page = text_of(steward, reverse("catalogue:currency_record", args=["EUR"]))
    assert "欧元" in page
    edit = reverse("catalogue:currency_edit", args=["EUR"])
    assert steward.post(edit, {"name": "Euro", "decimals": 2, "version_read": 1}).status_code == 302
    assert steward.post(edit, {"name": "x", "decimals": 2, "version_read": 1}).status_code == 409
    assert Currency.objects.get(pk="EUR").name == "Euro"
