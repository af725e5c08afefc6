"""Price conditions and schedule lines of order lines: kept as rows, rewritten only when they differ, shown with their lines."""

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from crm.models import Role
from customers.models import Customer
from integrations.sap.mapping import ENTITY_SETS
from integrations.sync.engine import sync_entity_set
from integrations.sync.passes import read_documents
from orders.domain.details import conditions_of, schedule_of, stored
from orders.models import OrderDetail, SalesOrder, SalesOrderLine
from tests.factories.organisation import Organisation
from tests.integrations.conftest import TODAY, Erp

pytestmark = pytest.mark.django_db
ORDERS = ENTITY_SETS["A_SalesOrder"]
SOON = TODAY + dt.timedelta(days=3)


def priced(erp: Erp, number: str = "4500000001", **values: Any) -> None:
    """An order of a discounted line that is confirmed in two parts, and of a plain one."""
    first = erp.item(
        net=Decimal(950),
        discount=Decimal(5),
        tax=Decimal("123.50"),
        cost=Decimal(700),
        promised_on=TODAY + dt.timedelta(days=9),
        first_part=Decimal(40),
        first_on=SOON,
    )
    erp.order(number, first, erp.item(20), requested_on=TODAY, **values)


def kept() -> dict[str, list[Any]]:
    """What is here."""
    detail = OrderDetail.objects.first() or OrderDetail()
    conditions = conditions_of(detail)
    return {
        "conditions": [(row.item, row.step, row.kind, row.rate, row.currency, row.amount) for row in conditions],
        "schedule": [
            (row.item, row.number, row.confirmed_on, row.quantity, row.confirmed) for row in schedule_of(detail)
        ],
    }


def versions() -> set[str]:
    """Which transactions have written the rows that are here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin::text FROM orders_orderdetail")
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.parametrize("v4", [(), (ORDERS.service,)])
def test_they_are_kept_line_by_line_and_costs_are_not(erp: Erp, buyer: Customer, v4: tuple[str, ...]) -> None:
    priced(erp)
    with erp.client(v4=v4) as client:
        sync_entity_set(ORDERS, client=client)
    assert kept() == {
        "conditions": [
            (10, 10, "PR00", 10, "CNY", 1000),
            (10, 20, "K007", -5, "", -50),
            (10, 30, "MWST", 13, "", Decimal("123.5")),
            (20, 10, "PR00", 10, "CNY", 1000),
        ],
        "schedule": [
            (10, 1, SOON, 40, 40),
            (10, 2, TODAY + dt.timedelta(days=9), 60, 60),
        ],  # the plain line says it itself
    }
    first = conditions_of(OrderDetail.objects.get())[0]
    assert (first.per, first.unit, first.statistical, first.inactive) == (1, "KG", False, False)
    assert SalesOrderLine.objects.get(item=10).promised_on == TODAY + dt.timedelta(days=9)


def test_they_are_rewritten_only_when_they_differ(erp: Erp, buyer: Customer, sync: Any) -> None:
    priced(erp)
    sync("A_SalesOrder")
    before = kept(), versions()
    with erp.client() as client:
        assert read_documents(ORDERS, client=client, numbers=["4500000001"]).written == 0
    assert (kept(), versions()) == before
    key = ["4500000001", "000010", "020", "001"]
    erp.store.change("A_SalesOrderItemPrElement", key, ConditionInactiveReason="X", ConditionIsForStatistics=1)
    assert sync("A_SalesOrder", full=True).written == 1
    assert kept() == before[0] and versions() != before[1]
    changed = conditions_of(OrderDetail.objects.get())[1]
    assert (changed.kind, changed.inactive, changed.statistical) == ("K007", True, True)
    with erp.store.writing():
        erp.store.db.execute("DELETE FROM A_SalesOrderItemPrElement WHERE ConditionType = 'MWST'")
        erp.store.db.execute(
            "DELETE FROM A_SalesOrderScheduleLine WHERE ScheduleLine = '0001' AND SalesOrderItem = '000010'"
        )
    assert sync("A_SalesOrder", full=True).written == 1
    assert [row[2] for row in kept()["conditions"]] == ["PR00", "K007", "PR00"]
    assert [row[1] for row in kept()["schedule"]] == [2]
    with erp.store.writing():  # a line that is gone takes its rows along
        erp.store.db.execute("DELETE FROM A_SalesOrderItem WHERE SalesOrderItem = '000010'")
    sync("A_SalesOrder", full=True)
    assert [row[0] for row in kept()["conditions"]] == [20] and kept()["schedule"] == []


def test_the_page_shows_them_and_prices_only_to_those_who_may_see_them(
    erp: Erp, buyer: Customer, sync: Any, org: Organisation, client_of: Any
) -> None:
    priced(erp)
    sync("A_SalesOrder")
    detail = OrderDetail.objects.get()
    rows = [tuple(row._replace(statistical=row.kind == "MWST")) for row in conditions_of(detail)]
    OrderDetail.objects.update(conditions=json.loads(stored(rows)))
    url = reverse("orders:salesorder_record", args=[SalesOrder.objects.get().pk])
    page = client_of(org.people.sales_rep).get(url).content.decode()
    assert "Price conditions" in page and "K007" in page and "-5 %" in page.replace("−", "-")
    assert "10.00 CNY / kg" in page and "statistical" in page and "VPRS" not in page
    assert "40 kg for" in page.replace("\u202f", " ").replace("\xa0", " ")
    role = Role.objects.get(code="sales_rep")
    role.permissions = [name for name in role.permissions if name != "crm.view_priceitem"]
    role.save()
    page = client_of(org.people.sales_rep).get(url).content.decode()
    assert "K007" not in page and "Price conditions" not in page and "kg for" in page
