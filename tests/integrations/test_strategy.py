"""Changes, open documents and keys together miss nothing: the measurement of the contract, on our own simulator."""

import datetime as dt
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from crm.errors import ExternalError
from customers.models import Customer
from integrations.enums import RunKind
from integrations.models import SyncRun, SyncState
from integrations.sap.mapping import ENTITY_SETS
from integrations.simulator.life import Life
from integrations.simulator.store import Store, moment_ms
from integrations.sync import position as positions
from integrations.sync import reading
from integrations.sync.engine import sync_all, sync_entity_set
from integrations.sync.what import What
from orders.models import Receivable, SalesOrder
from tests.integrations.conftest import NOW, Erp
from tests.integrations.source import Mischief, assert_same_as_source, business

pytestmark = pytest.mark.django_db
PRODUCTS, PRODUCT = "A_Product", "3000000001".zfill(18)


def read(erp: Erp, kind: str = RunKind.CHANGES, *, v4: tuple[str, ...] = (), **more: Any) -> None:
    """A pass over all entity sets, each of which must succeed; `v4` are the services that are asked by OData V4."""
    with erp.client(v4=v4) as client:
        outcomes = list(sync_all(client=client, what=What(kind, **more)))
    assert [outcome.error for outcome in outcomes if outcome.run is None] == []


def replay(erp: Erp, *, seed: int, seeded: int, cycles: int, changes: int, v4: tuple[str, ...] = ()) -> None:
    business(erp)
    erp.life.advance(documents=seeded)
    read(erp, v4=v4)
    mischief = Mischief(erp, seed)
    for _cycle in range(cycles):
        for _change in range(changes):
            if mischief.random.random() < 0.6:
                erp.life.advance(documents=1)
            else:
                mischief.act()
        read(erp, v4=v4)
    read(erp, RunKind.OPEN, v4=v4)
    read(erp, RunKind.KEYS, v4=v4, accept=True)
    assert_same_as_source(erp, v4=v4)
    SyncRun.objects.all().delete()
    read(erp, v4=v4)
    read(erp, RunKind.OPEN, v4=v4)
    read(erp, RunKind.KEYS, v4=v4)
    assert {run.written + run.gone for run in SyncRun.objects.all()} == {0}


def test_a_short_replay_ends_equal_to_the_source(erp: Erp, buyer: Customer) -> None:
    replay(erp, seed=3, seeded=120, cycles=3, changes=40)
    assert SalesOrder.objects.filter(gone_at__isnull=False).exists()
    assert Receivable.objects.filter(gone_at__isnull=False).exists()


def test_a_short_replay_of_orders_by_v4_ends_equal_to_the_source(erp: Erp, buyer: Customer) -> None:
    replay(erp, seed=5, seeded=120, cycles=3, changes=40, v4=("API_SALES_ORDER_SRV",))
    assert SalesOrder.objects.filter(gone_at__isnull=False).exists()
    orders = [target for target in erp.server.requests if "salesorder" in target.lower()]
    assert orders and all("/odata4/" in target for target in orders)


def test_returns_and_changed_master_data_of_a_day_are_read_as_changes(erp: Erp, buyer: Customer) -> None:
    business(erp)
    erp.life.advance(documents=60)
    read(erp)
    SyncRun.objects.all().delete()
    done = erp.life.advance(documents=480)
    assert min(done[name] for name in ("returns", "credit_requests", "requests_moved", "master_data_changed")) >= 5
    assert sum(done.values()) == 480 and done["orders"] > 60  # they are the few
    read(erp)
    written = dict(SyncRun.objects.filter(kind="changes").values_list("entity_set", "written"))
    assert written["A_CustomerReturn"] > 3 and written["A_CreditMemoRequest"] > 3
    assert written["A_Product"] + written["A_BusinessPartner"] + written["CreditManagementAccount"] > 0
    assert_same_as_source(erp)


def test_life_is_the_same_for_the_same_seed(tmp_path: Path) -> None:
    stores = []
    for place in range(2):
        store = Store(tmp_path / f"{place}.sqlite3")
        business(Erp(store, None, None))  # type: ignore[arg-type]
        Life(store, seed=11, now=lambda: NOW).advance(documents=300)
        stores.append(store)
    for name in ("A_CustomerReturn", "A_CreditMemoRequest", "A_SalesOrderItemPrElement", "CreditManagementAccount"):
        first, second = (store.rows(name) for store in stores)
        assert first == second and first, name
    for store in stores:
        store.close()


@pytest.fixture
def long(erp: Erp, buyer: Customer, monkeypatch: pytest.MonkeyPatch) -> Erp:
    """A source whose passes over everything are cut: they are longer than a page of keys."""
    monkeypatch.setattr(reading, "KEYS_PER_PAGE", 10)
    business(erp)
    erp.life.advance(documents=240)
    return erp


@pytest.mark.usefixtures("long")
def test_a_long_pass_is_cut_at_keys_and_read_in_parts_at_once(erp: Erp) -> None:
    with erp.client() as client:
        for entity_set in ENTITY_SETS.values():
            sync_entity_set(entity_set, client=client, full=True, page_size=7)
    assert_same_as_source(erp)
    late = [int(number) for number in SalesOrder.objects.values_list("number", flat=True)]
    with erp.store.writing():  # what ended a slice goes, and others come, between the keys and the pages
        erp.store.db.execute("DELETE FROM A_SalesOrder WHERE CAST(SalesOrder AS INTEGER) % 7 = 0")
    erp.order(str(min(late)) + "0")
    with erp.client() as client:
        sync_entity_set(ENTITY_SETS["A_SalesOrder"], client=client, full=True, page_size=7)
    read(erp, RunKind.KEYS, accept=True)
    assert_same_as_source(erp)


def test_a_slice_is_cut_only_behind_what_was_read_of_it() -> None:
    orders = ENTITY_SETS["A_SalesOrder"]
    start = positions.begin(orders, watermark="", full=True)
    here = replace(start, after=["0005"])
    assert positions.cut(orders, here, []) is here
    cut = positions.cut(orders, here, [["0003"], ["0005"], ["0008"]])
    assert cut.slices == [["", False, ["0008"]], ["SalesOrder gt '0008'", False, []]]
    later = positions.cut(orders, replace(cut, index=1, after=[]), [["0009"]])
    assert later.slices == [
        *cut.slices[:1],
        ["SalesOrder gt '0008'", False, ["0009"]],
        ["SalesOrder gt '0009'", False, []],
    ]
    assert (later.index, later.after) == (1, [])


@pytest.mark.usefixtures("long")
def test_a_pass_whose_keys_cannot_be_read_stops_and_goes_on_the_next_time(
    erp: Erp, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = reading.selected

    def breaking(*given: Any) -> Iterator[list[Any]]:
        yield next(keys(*given))
        raise ExternalError("The keys did not come.")

    monkeypatch.setattr(reading, "selected", breaking)
    with erp.client() as client, pytest.raises(ExternalError, match="The keys did not come"):
        sync_entity_set(ENTITY_SETS["A_SalesOrder"], client=client, full=True, page_size=7)
    assert SyncRun.objects.get().message == "The keys did not come."
    monkeypatch.setattr(reading, "selected", keys)
    read(erp)
    assert_same_as_source(erp)


@pytest.mark.gate  # minutes
@pytest.mark.parametrize("seed", [1, 2])
def test_twelve_cycles_of_a_hundred_and_fifty_changes(erp: Erp, buyer: Customer, seed: int) -> None:
    replay(erp, seed=seed, seeded=2000, cycles=12, changes=150)


class Killed(BaseException):
    """The process is gone."""


def _touch_product(erp: Erp) -> None:
    assert erp.store.change(PRODUCTS, [PRODUCT], LastChangeDateTime=moment_ms(dt.datetime.now(dt.UTC)))


def test_a_pass_that_goes_on_reads_what_changed_since_the_killed_one_began(erp: Erp, buyer: Customer) -> None:
    business(erp)
    _touch_product(erp)
    read(erp)
    started = SyncState.objects.get(pk=PRODUCTS).last_success_at
    calls = iter(range(100))

    def kill_between_slices() -> None:
        if next(calls) == 3:  # the entity set, its first page and the empty one behind it have had theirs
            raise Killed

    with erp.client() as client, suppress(Killed):
        list(sync_all(client=client, names=[PRODUCTS], between=kill_between_slices))
    assert SyncState.objects.get(pk=PRODUCTS).cursor["index"] == 1

    assert erp.store.change("A_ProductSalesDelivery", [PRODUCT, "1010", "10"], MinimumOrderQuantity="17")
    _touch_product(erp)
    with erp.client() as client:
        outcomes = list(sync_all(client=client, names=[PRODUCTS]))
    assert [(outcome.after, outcome.run.written) for outcome in outcomes if outcome.run] == [
        ("", 0),
        ("changed since", 1),
    ]
    assert_same_as_source(erp)
    state = SyncState.objects.get(pk=PRODUCTS)
    assert state.cursor == {} and state.last_success_at > started


def test_a_pass_that_went_on_is_not_fresher_than_the_killed_one(erp: Erp, buyer: Customer, sync: Any) -> None:
    business(erp)
    read(erp)
    began = dt.datetime.now(dt.UTC).replace(microsecond=0) - dt.timedelta(hours=3)
    cursor = {"full": True, "slices": [["", False]], "after": [PRODUCT], "started": began.isoformat()}
    SyncState.objects.filter(pk=PRODUCTS).update(cursor=cursor)
    sync(PRODUCTS)
    assert SyncState.objects.get(pk=PRODUCTS).last_success_at == began
    sync(PRODUCTS)
    assert SyncState.objects.get(pk=PRODUCTS).last_success_at > began
