"""What a pass over changes asks for: from when on, by which stamps, and which rows of a set that holds more than we want."""

import datetime as dt
from typing import Any

import pytest

from customers.models import Customer
from integrations.enums import RunKind
from integrations.models import RejectedRow, SyncState
from integrations.simulator.store import day_ms
from integrations.sync.engine import sync_all
from integrations.sync.what import What
from orders.models import Receivable, SalesOrder, SalesOrderLine, Shipment
from tests.integrations.conftest import NOW, TODAY, Erp
from tests.integrations.test_pitfalls_sync import DELIVERIES, ITEMS, MONTH_AGO, OLD, ORDERS, recent
from tests.integrations.test_strategy import read

pytestmark = pytest.mark.django_db


def watermarks() -> dict[str, str]:
    return dict(SyncState.objects.exclude(watermark="").values_list("entity_set", "watermark"))


def test_03_a_date_of_the_far_future_hides_none_of_the_deliveries_that_follow(erp: Erp, buyer: Customer) -> None:
    erp.order("4500000001")
    erp.delivery("8000000001", erp.part("4500000001", 1), changed_on=dt.date(2099, 1, 1))
    read(erp)
    erp.delivery("8000000002", erp.part("4500000001", 1))
    read(erp)
    assert Shipment.objects.filter(number="8000000002").exists()


def test_03_a_pass_that_finds_older_stamps_or_none_does_not_move_the_watermark_back(erp: Erp, buyer: Customer) -> None:
    erp.order("4500000001")
    erp.delivery("8000000001", erp.part("4500000001", 1))
    read(erp)
    before = watermarks()
    assert before.keys() == {ORDERS.name, DELIVERIES.name}
    with erp.store.writing():
        for name in before:
            erp.store.db.execute(f"DELETE FROM {name}")
    read(erp)
    assert watermarks() == before
    erp.order("4500000002", changed_at=NOW - dt.timedelta(hours=5))  # found by the day on which it was made
    older = dt.date.fromisoformat(before[DELIVERIES.name]) - dt.timedelta(days=1)
    erp.delivery("8000000002", erp.part("4500000002", 1), created_on=older)
    read(erp)
    assert SalesOrder.objects.count() == Shipment.objects.count() == 2
    assert watermarks() == before


@pytest.mark.parametrize("kind", [RunKind.OPEN, RunKind.PERIOD])
def test_04_the_order_of_a_delivery_that_changed_is_read_again_by_the_other_passes_too(
    erp: Erp, buyer: Customer, kind: str
) -> None:
    erp.order("4500000001", **OLD)
    erp.delivery("8000000001", erp.part("4500000001", 100), created_on=MONTH_AGO)
    read(erp)
    erp.store.change(DELIVERIES.name, ["8000000001"], OverallGoodsMovementStatus="C")  # no stamp moves,
    erp.store.change(ORDERS.name, ["4500000001"], OverallTotalDeliveryStatus="C")  # of neither
    with erp.client() as client:
        what = What(kind, first=MONTH_AGO, last=MONTH_AGO)
        assert all(outcome.run for outcome in sync_all(client=client, names=[DELIVERIES.name], what=what))
    assert Shipment.objects.get().status == "shipped"
    assert SalesOrder.objects.get().status == "delivered"


def test_05_an_old_item_of_an_account_is_found_by_the_date_of_its_change_alone(erp: Erp, buyer: Customer) -> None:
    erp.account("1800000001", 1130, posted_on=MONTH_AGO, due_on=TODAY)
    recent(erp)
    read(erp)
    deferred = TODAY + dt.timedelta(days=45)
    key = ["1000", "2026", "1800000001", "001"]
    assert erp.store.change(ITEMS.name, key, NetDueDate=day_ms(deferred), LastChangeDate=day_ms(TODAY))
    read(erp)
    assert Receivable.objects.get(number__contains="1800000001").due_on == deferred


def test_06_an_order_without_a_stamp_is_found_when_it_was_made_the_day_before(erp: Erp, buyer: Customer) -> None:
    day = TODAY - dt.timedelta(days=10)
    noon = dt.datetime.combine(day, dt.time(12), dt.UTC)  # so that the overlap begins on the same day
    erp.order("4500000001", ordered_on=day, changed_at=noon)
    read(erp)
    assert dt.datetime.fromisoformat(watermarks()[ORDERS.name]) == noon
    for number, days in (("4500000002", 1), ("4500000003", 2)):
        erp.order(number, ordered_on=day - dt.timedelta(days=days), header={"LastChangeDateTime": None})
    read(erp)
    assert set(SalesOrder.objects.values_list("number", flat=True)) == {"4500000001", "4500000002"}


EVERY_PASS: list[tuple[str, dict[str, Any]]] = [
    (RunKind.CHANGES, {}),
    (RunKind.FULL, {}),
    (RunKind.OPEN, {}),
    (RunKind.KEYS, {}),
    (RunKind.PERIOD, {"first": MONTH_AGO, "last": TODAY}),
]


def test_of_the_accounts_only_those_of_customers_are_read(erp: Erp, buyer: Customer) -> None:
    """The revenue (S) and a vendor's item (K) of a document stand in the same set."""
    for number, account in (("1800000001", "D"), ("1800000002", "S"), ("1800000003", "K")):
        erp.account(number, 1130)
        assert erp.store.change(ITEMS.name, ["1000", "2026", number, "001"], FinancialAccountType=account)
    for kind, more in EVERY_PASS:
        read(erp, kind, **more)
        assert Receivable.objects.get().number == "1000/2026/1800000001/1", kind
    assert not RejectedRow.objects.exists()


def test_of_the_deliveries_those_of_returned_goods_are_not_read_and_ship_nothing(erp: Erp, buyer: Customer) -> None:
    erp.order("4500000001")
    for number, category, quantity in (("8000000001", "J", 40), ("8400000001", "T", 15)):
        header = {"SDDocumentCategory": category}
        erp.delivery(number, erp.part("4500000001", quantity), shipped_on=TODAY, header=header)
    for kind, more in EVERY_PASS:
        read(erp, kind, **more)
        assert Shipment.objects.get().number == "8000000001", kind
    assert SalesOrderLine.objects.get().shipped_base == 40
    assert not RejectedRow.objects.exists()
