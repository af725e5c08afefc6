"""The pitfalls of reading from SAP, by their number in the contract, and what we do about each."""

import datetime as dt
from decimal import Decimal
from typing import Any
from urllib.parse import unquote

import pytest
from django.urls import reverse
from django.utils import timezone

from crm.errors import ExternalError
from crm.models import Product
from crm.workflow.links import address_of
from customers.models import Customer
from integrations.enums import RunKind
from integrations.models import (
    ErpCredit,
    ErpCustomer,
    ErpProduct,
    ExternalRef,
    ReadRequest,
    RejectedRow,
    SyncRun,
    SyncState,
)
from integrations.sap.mapping import ENTITY_SETS
from integrations.simulator.store import day_ms, moment_ms
from integrations.sync.compare import comparable, compare
from integrations.sync.documents import ask
from integrations.sync.passes import read_keys, read_open, read_requested
from orders.domain.measures import credit_use, sales
from orders.models import CustomerReturn, Invoice, Receivable, SalesOrder, SalesOrderLine, Settlement, Shipment
from tests.factories.organisation import Organisation
from tests.gate import of_which_daily
from tests.integrations.conftest import NOW, TODAY, Erp
from tests.integrations.source import assert_same_as_source, business
from tests.integrations.test_reconcile import give_back
from tests.integrations.test_strategy import read

pytestmark = pytest.mark.django_db
ORDERS, DELIVERIES, INVOICES, ITEMS = (
    ENTITY_SETS["A_SalesOrder"],
    *(ENTITY_SETS[name] for name in ("A_OutbDeliveryHeader", "A_BillingDocument", "A_OperationalAcctgDocItemCube")),
)
MONTH_AGO = TODAY - dt.timedelta(days=30)
OLD = {"ordered_on": MONTH_AGO, "changed_at": NOW - dt.timedelta(days=30)}


def recent(erp: Erp) -> None:
    """Documents of today, so that those of a month ago are out of what changes are looked for in."""
    erp.order("4599999999")
    erp.delivery("8099999999", erp.part("4599999999", 1))
    erp.account("1899999999", 1)


def delete(erp: Erp, entity_set: str, name: str, value: str) -> None:
    with erp.store.writing():
        erp.store.db.execute(f"DELETE FROM {entity_set} WHERE {name} = CAST(? AS TEXT)", [value])


def test_01_no_delta_token_is_asked_for_and_the_position_is_our_own(erp: Erp, buyer: Customer) -> None:
    erp.order("4500000001")
    read(erp)
    read(erp)
    assert not any("deltatoken" in target.lower() or "!delta" in target for target in erp.server.requests)
    kinds = {state.entity_set: "T" in state.watermark for state in SyncState.objects.exclude(watermark="")}
    assert kinds["A_SalesOrder"] is True  # a moment where there is one, a date elsewhere
    erp.delivery("8000000001", erp.part("4500000001", 100))
    read(erp)
    assert len(SyncState.objects.get(pk="A_OutbDeliveryHeader").watermark) == len("2026-01-01")


def test_02_a_row_that_becomes_visible_late_is_read(erp: Erp, buyer: Customer) -> None:
    erp.order("4500000002", ordered_on=MONTH_AGO)
    read(erp)
    erp.order("4500000001", ordered_on=MONTH_AGO, changed_at=NOW - dt.timedelta(minutes=25))
    read(erp)
    assert SalesOrder.objects.count() == 2
    erp.order("4500000003", ordered_on=MONTH_AGO, changed_at=NOW - dt.timedelta(hours=5))  # beyond any overlap
    read(erp)
    assert SalesOrder.objects.count() == 2
    read(erp, RunKind.KEYS)
    assert SalesOrder.objects.count() == 3


def test_03_the_watermark_is_the_sources_own_newest_stamp_but_never_ahead_of_its_clock(
    erp: Erp, buyer: Customer
) -> None:
    erp.order("4500000001", changed_at=NOW - dt.timedelta(hours=3))
    read(erp)
    seen = SyncState.objects.get(pk="A_SalesOrder").watermark
    assert dt.datetime.fromisoformat(seen) == NOW - dt.timedelta(hours=3)  # not the time at which we read
    erp.order("4500000002", changed_at=NOW + dt.timedelta(days=2))
    read(erp)
    assert dt.datetime.fromisoformat(SyncState.objects.get(pk="A_SalesOrder").watermark) <= timezone.now()


def test_04_an_order_is_read_again_when_its_delivery_or_invoice_changes(erp: Erp, buyer: Customer) -> None:
    erp.order("4500000001", **OLD)
    erp.order("4500000002", **OLD)
    erp.order("4500000003", **OLD)
    recent(erp)
    read(erp)
    erp.delivery("8000000001", erp.part("4500000001", 100), shipped_on=TODAY)
    erp.store.change("A_SalesOrder", ["4500000001"], OverallTotalDeliveryStatus="C")  # no stamp moves
    erp.store.change("A_SalesOrder", ["4500000003"], OverallTotalDeliveryStatus="C")  # nor is there a delivery
    read(erp)
    status = dict(SalesOrder.objects.values_list("number", "status"))
    assert [status[f"450000000{number}"] for number in (1, 2, 3)] == ["delivered", "open", "open"]
    assert SyncRun.objects.get(kind="asked").read == 1 and not ReadRequest.objects.exists()
    read(erp, RunKind.OPEN)
    assert SalesOrder.objects.get(number="4500000003").status == "delivered"


def test_04_what_is_closed_there_without_a_stamp_is_closed_here(erp: Erp, buyer: Customer) -> None:
    erp.order("4500000001", **OLD)
    erp.order("4500000002", header={"OverallSDProcessStatus": "C"}, **OLD)
    erp.delivery("8000000001", erp.part("4500000001", 100), created_on=MONTH_AGO)
    recent(erp)
    read(erp)
    erp.store.change("A_SalesOrder", ["4500000001"], OverallSDProcessStatus="C")
    erp.store.change("A_SalesOrder", ["4500000002"], OverallSDProcessStatus="B")
    erp.store.change("A_OutbDeliveryHeader", ["8000000001"], OverallPickingStatus="C")
    read(erp)
    assert SalesOrder.objects.get(number="4500000001").status == "open"
    read(erp, RunKind.OPEN)
    assert list(SalesOrder.objects.order_by("number").values_list("status", flat=True)) == ["completed", "open", "open"]
    assert Shipment.objects.get(number="8000000001").status == "picked"


def test_05_rows_with_a_mere_date_are_read_again_from_the_day_before(erp: Erp, buyer: Customer) -> None:
    yesterday = TODAY - dt.timedelta(days=1)
    erp.order("4500000001", **OLD)
    erp.delivery("8000000001", erp.part("4500000001", 100), created_on=MONTH_AGO)
    erp.delivery("8000000002", erp.part("4500000001", 100), created_on=TODAY)
    read(erp)
    ms = int(dt.datetime.combine(yesterday, dt.time(), dt.UTC).timestamp() * 1000)
    erp.store.change("A_OutbDeliveryHeader", ["8000000001"], OverallPickingStatus="C", LastChangeDate=ms)
    read(erp)
    run = SyncRun.objects.filter(entity_set="A_OutbDeliveryHeader").first()
    assert run is not None and (run.read, run.written, run.unchanged) == (2, 1, 1)
    assert Shipment.objects.get(number="8000000001").status == "picked"


def test_05_a_clearing_that_was_reset_is_open_again(erp: Erp, buyer: Customer) -> None:
    erp.invoice("9000000001")
    cleared = {"cleared_on": TODAY, "clearing_document": "1400000001", "clearing_year": "2026"}
    erp.account("1800000001", 1130, invoice="9000000001", posted_on=MONTH_AGO, **cleared)
    read(erp)
    assert Settlement.objects.exists()
    old = int(dt.datetime.combine(MONTH_AGO, dt.time(), dt.UTC).timestamp() * 1000)
    key = ["1000", "2026", "1800000001", erp.store.rows(ITEMS.name)[0]["AccountingDocumentItem"]]
    erp.store.change(ITEMS.name, key, IsCleared=0, ClearingCreationDate=old)
    read(erp)
    assert Receivable.objects.get().cleared_on is not None
    read(erp, RunKind.OPEN)
    assert Receivable.objects.get().cleared_on is None and not Settlement.objects.exists()


def test_07_pages_are_asked_for_by_key_and_never_by_an_offset(erp: Erp, buyer: Customer, sync: Any) -> None:
    for number in range(1, 31):
        erp.order(f"45000000{number:02d}")
    sync("A_SalesOrder", full=True, page_size=7)
    read(erp, RunKind.KEYS)
    assert not any("%24skip" in target or "$skip" in target for target in erp.server.requests)
    assert all("orderby" in target for target in erp.server.requests)


def every_pass(erp: Erp) -> list[str]:
    """What is asked for by all passes, single documents and comparisons, but for descriptions."""
    business(erp)
    for number in range(1, 13):
        erp.order(f"45000000{number:02d}")
        erp.delivery(f"80000000{number:02d}", erp.part(f"45000000{number:02d}", 10))
        erp.invoice(f"90000000{number:02d}")
        erp.account(f"18000000{number:02d}", 1130, invoice=f"90000000{number:02d}")
        give_back(erp, "CustomerReturn", f"65000000{number:02d}")
        give_back(erp, "CreditMemoRequest", f"60000000{number:02d}")
    days = {"first": MONTH_AGO, "last": TODAY}
    for kind in (RunKind.CHANGES, RunKind.CHANGES, RunKind.FULL, RunKind.OPEN, RunKind.KEYS):
        read(erp, kind)
    read(erp, RunKind.PERIOD, **days)
    ask(ORDERS.name, ["4500000001"])
    read(erp)
    with erp.client() as client:
        for entity_set in filter(comparable, ENTITY_SETS.values()):
            assert compare(entity_set, client=client, **days)
    return [unquote(target) for target in erp.server.requests if "$metadata" not in target]


def test_08_each_request_for_rows_says_how_many(erp: Erp, buyer: Customer) -> None:
    asked = every_pass(erp)
    assert len(asked) > 60 and {name for name in ENTITY_SETS if any(f"/{name}?" in target for target in asked)} == set(
        ENTITY_SETS
    )
    assert [target for target in asked if "$top=" not in target] == []


@pytest.mark.parametrize("largest", of_which_daily([1, 3, 5], {3, 5}))
def test_08_a_source_that_serves_fewer_rows_than_asked_is_read_to_its_end(
    erp: Erp, buyer: Customer, largest: int
) -> None:
    erp.server.largest_page = largest
    every_pass(erp)
    assert_same_as_source(erp)
    assert (SalesOrder.objects.count(), CustomerReturn.objects.count()) == (12, 24)
    pages = [target for target in erp.server.requests if "/A_SalesOrder?" in target]
    assert len(pages) >= 12 // largest


def test_08_a_last_page_without_rows_is_an_end(erp: Erp, buyer: Customer, sync: Any) -> None:
    for number in range(1, 11):
        erp.order(f"45000000{number:02d}")
    run = sync("A_SalesOrder", full=True, page_size=5)
    assert (run.state, run.read, SalesOrder.objects.count()) == ("done", 10, 10)
    assert len([target for target in erp.server.requests if "expand" in target]) == 3  # the third one had none
    assert SyncState.objects.get(pk="A_SalesOrder").cursor == {}


def test_09_nobody_asks_the_source_to_count(erp: Erp, buyer: Customer) -> None:
    asked = every_pass(erp)
    assert asked and not any("inlinecount" in target or "$count" in target for target in asked)


def test_20_what_vanished_there_is_marked_and_counts_nowhere_until_it_is_back(erp: Erp, buyer: Customer) -> None:
    Customer.objects.filter(pk=buyer.pk).update(credit_limit=Decimal(10000))
    erp.order("4500000001", **OLD)
    erp.delivery("8000000001", erp.part("4500000001", 100), shipped_on=TODAY)
    erp.invoice("9000000001")
    erp.account("1800000001", 1130, invoice="9000000001")
    read(erp)
    assert (sales(None, TODAY)[buyer.pk], credit_use(None, TODAY)[buyer.pk]) == (1000, Decimal("11.3"))
    kept = {entity_set: erp.store.rows(entity_set) for entity_set in ("A_SalesOrder", INVOICES.name, ITEMS.name)}
    kept["A_OutbDeliveryHeader"] = erp.store.rows("A_OutbDeliveryHeader")
    for entity_set in kept:
        delete(erp, entity_set, "'1'", "1")
    recent(erp)
    erp.invoice("9099999999", 1)
    read(erp, RunKind.KEYS)
    assert SalesOrder.objects.get(number="4500000001").gone_at is not None
    assert not SalesOrder.objects.open().filter(number="4500000001").exists()
    assert Receivable.objects.get(number__contains="1800000001").gone_at is not None
    for model in (Shipment, Invoice):  # finished: the ERP deletes none of them, so they were archived, and count on
        row = model.objects.get(archived_at__isnull=False)
        assert row.gone_at is None
    assert SalesOrderLine.objects.get(order__number="4500000001").shipped_on == TODAY
    assert (sales(None, TODAY)[buyer.pk], credit_use(None, TODAY)[buyer.pk]) == (1001, Decimal("0.01"))
    read(erp, RunKind.KEYS)  # the next comparison does not ask for them again
    assert not Shipment.objects.filter(gone_at__isnull=False).exists()
    for entity_set, rows in kept.items():
        erp.put({entity_set: rows})
    read(erp, RunKind.KEYS)
    for model in (SalesOrder, Shipment, Invoice, Receivable):
        assert not model.objects.exclude(gone_at=None, archived_at=None).exists()
    assert SalesOrderLine.objects.get(order__number="4500000001").shipped_on == TODAY
    assert sales(None, TODAY)[buyer.pk] == 1001


def test_20_an_account_that_is_shown_less_deletes_nothing(erp: Erp, buyer: Customer) -> None:
    for number in range(1, 61):
        erp.order(f"45000000{number:02d}", **OLD)
    read(erp)
    with erp.store.writing():
        erp.store.db.execute("DELETE FROM A_SalesOrder WHERE SalesOrder > '4500000030'")
    with erp.client() as client:
        with pytest.raises(ExternalError, match="30 of 60"):
            read_keys(ORDERS, client=client)
        assert not SalesOrder.objects.filter(gone_at__isnull=False).exists()
        assert read_keys(ORDERS, client=client, accept=True).gone == 30
        with erp.store.writing():
            erp.store.db.execute("DELETE FROM A_SalesOrder")
        with pytest.raises(ExternalError):
            read_keys(ORDERS, client=client, accept=True)
    assert SalesOrder.objects.filter(gone_at__isnull=True).count() == 30


def test_20_a_rejected_row_that_vanished_is_closed(
    erp: Erp, buyer: Customer, org: Organisation, client_of: Any
) -> None:
    erp.order("4500000001")
    erp.order("4500000002", customer="1000099")
    read(erp)
    delete(erp, "A_SalesOrder", "SalesOrder", "4500000002")
    read(erp, RunKind.KEYS)
    row = RejectedRow.objects.get()
    assert (row.state, row.is_gone) == ("resolved", True)
    page = client_of(org.people.administrator).get(reverse("integrations:rejectedrow_record", args=[row.pk]))
    assert "The ERP no longer has it." in page.content.decode()


def test_20_what_is_unknown_there_when_asked_for_is_marked(erp: Erp, buyer: Customer) -> None:
    erp.order("4500000001", **OLD)
    erp.order("4500000002", **OLD)
    read(erp)
    delete(erp, "A_SalesOrder", "SalesOrder", "4500000001")
    with erp.client() as client:
        assert read_open(ORDERS, client=client).gone == 1
    assert ExternalRef.objects.get(entity="sales_order", external_id="4500000001").row_hash == ""


def test_20_the_last_of_a_few_may_vanish_when_somebody_says_so(erp: Erp, buyer: Customer) -> None:
    give_back(erp, "CustomerReturn", "1")
    read(erp)
    delete(erp, "A_CustomerReturn", "CustomerReturn", "1")
    with erp.client() as client:
        with pytest.raises(ExternalError, match="no document at all"):
            read_keys(ENTITY_SETS["A_CustomerReturn"], client=client)
        assert read_keys(ENTITY_SETS["A_CustomerReturn"], client=client, accept=True).gone == 1


@pytest.mark.parametrize("name", ["CustomerReturn", "CreditMemoRequest"])
def test_20_returns_that_vanished_are_marked_as_what_they_were(erp: Erp, buyer: Customer, name: str) -> None:
    old = {"LastChangeDateTime": moment_ms(NOW - dt.timedelta(days=30)), "CreationDate": day_ms(MONTH_AGO)}
    for number, status in (("1", "A"), ("2", "C"), ("3", "A"), ("4", "B")):
        give_back(erp, name, number, OverallSDProcessStatus=status, **old)
    give_back(erp, "CustomerReturn" if name == "CreditMemoRequest" else "CreditMemoRequest", "99", **old)
    read(erp)
    for number in ("1", "2"):
        delete(erp, f"A_{name}", name, number)
    erp.store.change(f"A_{name}", ["3"], OverallSDProcessStatus="C")  # no stamp moves
    read(erp)
    assert not CustomerReturn.objects.exclude(gone_at=None, archived_at=None).exists()
    read(erp, RunKind.OPEN)
    assert list(CustomerReturn.objects.filter(gone_at__isnull=False).values_list("number", flat=True)) == ["1"]
    assert CustomerReturn.objects.get(number="3").status == "completed"
    read(erp, RunKind.KEYS)
    assert list(CustomerReturn.objects.filter(archived_at__isnull=False).values_list("number", flat=True)) == ["2"]
    assert CustomerReturn.objects.filter(gone_at=None, archived_at=None, number__in=["3", "4", "99"]).count() == 3
    give_back(erp, name, "1", **old)
    give_back(erp, name, "2", OverallSDProcessStatus="C", **old)
    read(erp, RunKind.KEYS)
    assert not CustomerReturn.objects.exclude(gone_at=None, archived_at=None).exists()


def test_20_master_data_that_vanished_is_marked_and_blocks_nothing(
    erp: Erp, buyer: Customer, org: Organisation, client_of: Any
) -> None:
    business(erp)
    read(erp)
    before = Product.objects.filter(pk=org.product.pk).values("is_active", "name", "version").get()
    account = "0009000001"
    kept = {name: erp.store.rows(name) for name in ("A_BusinessPartner", "A_Product", "CreditManagementAccount")}
    delete(erp, "A_BusinessPartner", "BusinessPartner", account)
    delete(erp, "CreditManagementAccount", "BusinessPartner", account)
    with erp.store.writing():
        erp.store.db.execute("UPDATE A_Product SET Product = 'OTHER' WHERE Product LIKE '%3000000001'")
    read(erp)
    assert ErpCustomer.objects.get().vanished_at is None
    read(erp, RunKind.KEYS)
    for row in (ErpCustomer.objects.get(), ErpProduct.objects.get(), ErpCredit.objects.get(partner="9000001")):
        assert row.vanished_at is not None
    assert ErpCredit.objects.filter(vanished_at=None).count() == 2
    assert Product.objects.filter(pk=org.product.pk).values("is_active", "name", "version").get() == before
    client = client_of(org.people.administrator)
    numbers = client.get(f"/customers/{buyer.pk}/", {"panel": "external_numbers"}).content.decode()
    assert numbers.count("no longer in the ERP") == 2
    assert "no longer in the ERP" in client.get(address_of(org.product)).content.decode()
    erp.order("4500000001")  # and orders of both are taken as before
    read(erp)
    assert SalesOrder.objects.filter(number="4500000001").exists()
    SyncRun.objects.all().delete()
    read(erp, RunKind.KEYS)  # what is marked is not asked for again
    assert sum(run.gone for run in SyncRun.objects.all()) == 0
    for name, rows in kept.items():
        erp.put({name: rows})
    read(erp, RunKind.KEYS)
    for model in (ErpCustomer, ErpProduct, ErpCredit):
        assert not model.objects.exclude(vanished_at=None).exists()


def test_28_an_event_is_a_hint_to_read_again_and_may_be_wrong_or_lost(erp: Erp, buyer: Customer) -> None:
    erp.order("4500000001", **OLD)
    erp.order("0000000042", **OLD)
    read(erp)
    erp.store.change("A_SalesOrder", ["4500000001"], OverallTotalDeliveryStatus="C")
    erp.store.change("A_SalesOrder", ["0000000042"], OverallTotalDeliveryStatus="B")
    for _twice in range(2):
        ask(ORDERS.name, ["4500000001", "42", "4577777777"])  # of an order that never was
    read(erp)
    status = dict(SalesOrder.objects.values_list("number", "status"))
    assert status == {"4500000001": "delivered", "42": "part_delivered"}
    assert not ReadRequest.objects.exists()
    erp.order("4500000002")  # nobody says anything: polling finds it
    read(erp)
    assert SalesOrder.objects.count() == 3
    with erp.client() as client:
        assert read_requested(ORDERS, client=client).read == 0
