"""Answers that hold less than there is: whatever says or does not say so, nothing is left out, and nothing is taken for gone."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from crm.errors import ExternalError
from customers.models import Customer
from integrations.enums import RunKind
from integrations.models import ErpCredit, RejectedRow, SyncState
from integrations.sap.client import Page
from integrations.sap.mapping import ENTITY_SETS
from integrations.simulator.store import Store
from integrations.sync import position as positions
from integrations.sync import reading
from integrations.sync.absence import proven
from integrations.sync.engine import sync_entity_set
from integrations.sync.passes import read_documents, read_keys, read_open
from integrations.sync.position import Position
from orders.models import Receivable, SalesOrder
from tests.integrations.conftest import NOW, TODAY, Erp
from tests.integrations.source import assert_same_as_source, business
from tests.integrations.test_pitfalls_sync import delete, every_pass
from tests.integrations.test_strategy import read

pytestmark = pytest.mark.django_db
ORDERS, ITEMS = ENTITY_SETS["A_SalesOrder"], ENTITY_SETS["A_OperationalAcctgDocItemCube"]
V4 = ("API_SALES_ORDER_SRV",)


def orders(erp: Erp, count: int = 10, **values: Any) -> None:
    for number in range(1, count + 1):
        erp.order(f"45000000{number:02d}", **values)


def there() -> int:
    """Orders that count as there."""
    return SalesOrder.objects.filter(gone_at=None, archived_at=None).count()


@pytest.mark.parametrize("v4", [(), V4])
def test_08_an_empty_page_with_a_link_to_the_rest_ends_no_pass(erp: Erp, buyer: Customer, v4: tuple[str, ...]) -> None:
    orders(erp)
    erp.server.faults.add({"rows": "empty", "after": 2 if v4 else 1, "count": 2})
    with erp.client(v4=v4) as client:
        assert sync_entity_set(ORDERS, client=client, full=True, page_size=3).read == 10
        erp.server.faults.clear()
        erp.server.faults.add({"rows": "empty"})
        assert read_documents(ORDERS, client=client, numbers=["4500000001"]).gone == 0
        erp.server.faults.add({"rows": "empty"})
        run = read_keys(ORDERS, client=client)
        erp.server.faults.add({"rows": "empty"})
        assert (run.gone, read_open(ORDERS, client=client).read) == (0, 10)
    assert there() == 10


def test_08_a_list_that_only_promises_more_is_an_error(erp: Erp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("integrations.sap.reading.EMPTY_PAGES", 5)
    orders(erp, 1)
    erp.server.faults.add({"rows": "empty", "count": 20})
    with erp.client() as client, pytest.raises(ExternalError, match="does not go on"):
        client.page(ORDERS.service, ORDERS.name, {"$select": "SalesOrder", "$top": "5"})


def test_08_a_source_that_goes_round_in_circles_is_an_error() -> None:
    at = Position(full=False, slices=[["", False]], after=["7"])
    page = Page([{"SalesOrder": "7"}], "", dt.datetime.now(dt.UTC))
    with pytest.raises(ExternalError, match="does not go on"):
        positions.advance(ORDERS, at, page, top=1000)


def test_02_stamps_finer_than_they_are_written_do_not_begin_the_slice_anew() -> None:
    row = {"SalesOrder": "7", "LastChangeDateTime": "/Date(1492098664123+0000)/"}
    at = Position(full=False, slices=[["", True]], after=[row["LastChangeDateTime"], "7"])
    page = Page([row], "", dt.datetime.now(dt.UTC))
    assert positions.advance(ORDERS, at, page, top=1000) is None
    again = positions.advance(ORDERS, at, page, top=1)  # but a full page of one stamp does
    assert again is not None and again.slices == [["", False]] and again.after == []


@pytest.mark.parametrize("largest", [1, 5])
def test_08_a_source_that_serves_fewer_rows_and_does_not_say_so_is_read_to_its_end(
    erp: Erp, buyer: Customer, largest: int
) -> None:
    erp.server.largest_page = largest
    erp.server.faults.add({"rows": "unsaid", "count": 100_000})
    every_pass(erp)
    erp.server.faults.clear()
    assert_same_as_source(erp)
    assert there() == 12


def test_08_rows_that_an_answer_left_out_come_with_the_next(erp: Erp, buyer: Customer, sync: Any) -> None:
    orders(erp, 12)
    erp.server.faults.add({"rows": "lost", "count": 4})  # the keys, and pages of six, three and one
    assert sync(ORDERS.name, full=True).read == 12


@pytest.fixture
def padded(erp: Erp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Erp:
    """A source that sends keys without the zeros by which it sorts them, and whose passes over everything are cut."""
    monkeypatch.setattr(reading, "KEYS_PER_PAGE", 20)
    erp.store.close()
    erp.store = erp.server.store = erp.life.store = Store(tmp_path / "alpha.sqlite3", alpha=True)
    return erp


@pytest.mark.parametrize("short", [False, True])
def test_18_a_long_pass_over_keys_of_different_lengths_leaves_none_out(
    padded: Erp, buyer: Customer, sync: Any, short: bool
) -> None:
    for number in (*range(970, 1030), *range(9980, 10020)):
        padded.order(str(number))
        padded.account(str(number), 5)
    for entity_set in (ORDERS, ITEMS):
        if short:  # all but the first page of keys: pages end in the middle of a slice
            padded.server.faults.add({"rows": "short", "after": 1, "count": 1000})
        sync(entity_set.name, full=True, page_size=7)
        padded.server.faults.clear()
        assert SyncState.objects.get(pk=entity_set.name).cursor == {}
    assert (there(), Receivable.objects.count()) == (100, 100)
    asked = [target for target in padded.server.requests if "/A_SalesOrder?" in target and "expand" in target]
    assert short or len(asked) < 40  # slices did not read what belongs to others
    read(padded, RunKind.KEYS)
    assert there() == 100


def test_18_what_ends_a_slice_is_not_compared_with_other_keys() -> None:
    at = Position(full=True, slices=[["", False, ["10000"]], ["SalesOrder gt '10000'", False, []]])
    rows = [{"SalesOrder": str(number), "CreationDate": None} for number in range(9001, 9501)]
    following = positions.advance(ORDERS, at, Page(rows, "", NOW), top=1000)
    assert following is not None and (following.index, following.after) == (0, ["9500"])
    assert "SalesOrder le '10000'" in positions.options(ORDERS, following, top=1000)["$filter"]
    last = positions.advance(ORDERS, following, Page([{"SalesOrder": "10000"}], "", NOW), top=1000)
    assert last is not None and last.index == 1
    gone = positions.advance(ORDERS, following, Page([], "", NOW), top=1000)  # 10000 was deleted meanwhile
    assert gone is not None and gone.index == 1


@pytest.mark.parametrize("v4", [(), V4])
def test_20_what_two_answers_left_out_is_asked_for_by_its_key_before_it_is_marked(
    erp: Erp, buyer: Customer, v4: tuple[str, ...]
) -> None:
    orders(erp)
    read(erp)
    erp.store.change(ORDERS.name, ["4500000010"], OverallTotalDeliveryStatus="C")  # no stamp moves
    with erp.client(v4=v4) as client:
        if v4:
            client.described(ORDERS.service)
        erp.server.faults.add({"rows": "lost", "count": 100})
        run = read_open(ORDERS, client=client)
        assert (run.gone, there()) == (0, 10)
        assert SalesOrder.objects.get(number="4500000010").status == "delivered"  # read by its key
        assert read_documents(ORDERS, client=client, numbers=["4500000001"]).gone == 0
        assert read_keys(ORDERS, client=client).gone == 0
        delete(erp, ORDERS.name, "SalesOrder", "4500000001")
        assert read_keys(ORDERS, client=client).gone == 1
    assert there() == 9


def test_20_a_rejected_row_that_a_list_left_out_stays(erp: Erp, buyer: Customer) -> None:
    erp.order("4500000001")
    erp.order("4500000002", customer="1000099")
    erp.account("1800000001", 5, company="0001")
    erp.account("1800000002", 5, company="0001", customer="1000099")
    read(erp)
    erp.server.faults.add({"rows": "lost", "count": 100})
    with erp.client() as client:
        for entity_set in (ORDERS, ITEMS):
            read_keys(entity_set, client=client)
    assert set(RejectedRow.objects.values_list("state", "is_gone")) == {("open", False)}
    erp.server.faults.clear()
    delete(erp, ITEMS.name, "AccountingDocument", "1800000002")
    with erp.client() as client:
        read_keys(ITEMS, client=client)
    assert RejectedRow.objects.get(entity_set=ITEMS.name).is_gone


def test_20_a_key_is_asked_for_with_and_without_its_zeros(erp: Erp, buyer: Customer) -> None:
    business(erp)
    erp.order("0000000042")
    erp.account("1800000001", 5)
    read(erp)
    credit = ErpCredit.objects.values_list("key", flat=True).order_by("pk").first()
    cases = [("A_SalesOrder", "42"), ("A_Product", "3000000001"), ("CreditManagementAccount", str(credit))]
    cases.append((ITEMS.name, Receivable.objects.get().number))
    with erp.client() as client:
        for name, number in cases:
            gone, found = proven(ENTITY_SETS[name], client, [number])
            assert (gone, len(found)) == ([], 1), name
            *above, last = number.split("/")
            other = "/".join([*above, str(int(last) + 900)])
            assert proven(ENTITY_SETS[name], client, [other])[0] == [other]
        partner = ENTITY_SETS["A_BusinessPartner"]
        assert proven(partner, client, ["9000001"])[0] == []
        erp.store.change(partner.name, ["0009000001"], Customer="")  # no customer any more: none that we read
        assert proven(partner, client, ["9000001"])[0] == ["9000001"]


def test_20_a_source_that_takes_no_keys_proves_nothing(erp: Erp, buyer: Customer) -> None:
    orders(erp, 2)
    read(erp)
    erp.server.faults.add({"status": 400})
    with erp.client() as client:
        assert proven(ORDERS, client, ["4577777777"]) == ([], [])
        erp.server.faults.add({"status": 403})
        with pytest.raises(ExternalError, match="403"):
            proven(ORDERS, client, ["4577777777"])


def test_03_a_clock_that_was_set_back_hides_no_change(erp: Erp, buyer: Customer) -> None:
    month_ago = TODAY - dt.timedelta(days=30)
    orders(erp, 2, ordered_on=month_ago, changed_at=NOW - dt.timedelta(days=3))
    read(erp)
    erp.server.misbehave({"skew": 7200})
    erp.order("4500000003", ordered_on=month_ago, changed_at=NOW + dt.timedelta(hours=2))
    read(erp)
    state = SyncState.objects.get(pk=ORDERS.name)
    ahead = dt.datetime.fromisoformat(state.watermark)
    assert ahead > NOW + dt.timedelta(minutes=110)
    erp.server.misbehave({"skew": 0})
    state.last_success_at = NOW - dt.timedelta(minutes=50)  # nothing was read for a while
    state.save()
    changed = int((NOW - dt.timedelta(minutes=45)).timestamp() * 1000)
    erp.store.change(ORDERS.name, ["4500000001"], PurchaseOrderByCustomer="NEW", LastChangeDateTime=changed)
    read(erp)
    assert SalesOrder.objects.get(number="4500000001").customer_reference == "NEW"
    state.refresh_from_db()
    assert dt.datetime.fromisoformat(state.watermark) <= dt.datetime.now(dt.UTC) + dt.timedelta(minutes=1)
