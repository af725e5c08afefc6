"""A sheet that still has the numbers and names of a customer that was merged changes the winner, and says so."""

from pathlib import Path
from typing import Any

import pytest

from crm.importing.grid import remark
from customers.domain.merging.choices import LOSER
from customers.domain.merging.merge import merge_customers
from customers.models import Customer
from tests.factories.records import make_customer
from tests.importing.sheets import checked, imported, rows_of, xlsx

HEAD = ["客户编号", "客户名称", "统一社会信用代码", "市", "负责人"]


@pytest.fixture(autouse=True)
def own_media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def pair(org: Any) -> tuple[Customer, Customer]:
    winner, loser = make_customer(org, city="上海"), make_customer(org, name="华欣电源设备有限公司")
    merge_customers(winner=winner, loser=loser, values={}, actor=org.people.data_steward)
    winner.refresh_from_db()
    return winner, loser


@pytest.mark.parametrize("with_code", [True, False])
def test_a_row_with_the_loser_s_number_or_credit_code_changes_the_winner(org: Any, pair: Any, with_code: bool) -> None:
    winner, loser = pair
    sheet = xlsx([[loser.code if with_code else "", loser.name, loser.credit_code, "苏州", ""]], HEAD)
    row = rows_of(checked(org.people.data_steward, sheet))[0]
    assert (row.status, row.target_id) == ("changed", winner.pk)
    assert winner.code in remark(row)
    imported(org.people.data_steward, sheet)
    stored = Customer.objects.get(pk=winner.pk)
    assert (stored.city, stored.name, stored.credit_code) == ("苏州", winner.name, winner.credit_code)
    loser.refresh_from_db()
    assert loser.city == ""
    assert Customer.objects.count() == 2


def test_a_row_with_the_loser_s_name_is_a_duplicate_of_the_winner(org: Any, pair: Any) -> None:
    winner, loser = pair
    row = rows_of(checked(org.people.data_steward, xlsx([["", loser.name, "", "苏州", "郑凯"]], HEAD)))[0]
    assert (row.status, row.target_id) == ("duplicate", winner.pk)


def test_the_winner_can_take_the_loser_s_name_by_its_own_number(org: Any, pair: Any) -> None:
    winner, loser = pair
    imported(org.people.data_steward, xlsx([[winner.code, loser.name, "", "", ""]], HEAD))
    winner.refresh_from_db()
    assert winner.name == loser.name


def test_a_credit_code_that_the_winner_took_finds_it(org: Any) -> None:
    winner, loser = make_customer(org), make_customer(org)
    merge_customers(winner=winner, loser=loser, values={"credit_code": LOSER}, actor=org.people.data_steward)
    row = rows_of(checked(org.people.data_steward, xlsx([["", "x", loser.credit_code, "苏州", ""]], HEAD)))[0]
    assert row.target_id == winner.pk
