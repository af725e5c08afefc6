"""The sync against the simulator: what is written, what is left alone, what is kept for later."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from crm.errors import ExternalError
from crm.locks import AdvisoryLock, LockTaken, session_lock
from crm.models import Currency, ExchangeRate
from customers.models import Customer
from integrations.models import ExternalRef, RejectedRow, SyncRun, SyncState
from orders.models import Invoice, Receivable, SalesOrder, SalesOrderLine, Shipment, ShipmentLine
from tests.factories.organisation import Organisation
from tests.factories.records import make_customer
from tests.integrations.conftest import NOW, TODAY, Erp, known_in_erp
from tests.orders.tables import snapshot

pytestmark = pytest.mark.django_db

ORDERS, DELIVERIES, INVOICES, ITEMS = (
    "A_SalesOrder",
    "A_OutbDeliveryHeader",
    "A_BillingDocument",
    "A_OperationalAcctgDocItemCube",
)


def counts(run: SyncRun) -> tuple[int, int, int, int]:
    return run.read, run.written, run.unchanged, run.rejected


def test_an_order_becomes_ours_with_everything_that_figures_need(
    erp: Erp, buyer: Customer, sync: Any, org: Organisation
) -> None:
    promised = TODAY + dt.timedelta(days=5)
    items = [
        erp.item(10, quantity=Decimal(2), unit="DR", net=Decimal("5200.50"), promised_on=promised),
        erp.item(20, net=Decimal(99), rejected="50"),
        erp.item(30, product="", text="运费", unit="ST", quantity=Decimal(1), net=Decimal(80)),
    ]
    erp.order("4500000001", *items, currency="USD", reference="PO-77")
    run = sync(ORDERS)
    assert counts(run) == (1, 1, 0, 0)
    order = SalesOrder.objects.get()
    assert (order.number, order.customer, order.currency_id, order.customer_reference) == (
        "4500000001",
        buyer,
        "USD",
        "PO-77",
    )
    assert (order.kind, order.status, order.ordered_on, order.source_changed_at) == ("TA", "open", TODAY, NOW)
    assert (order.net, order.net_base) == (
        Decimal("5280.50"),
        Decimal("37491.55"),
    )  # without the rejected item, at 7.10
    assert (order.business_unit, order.region, order.team, order.owner) == (
        org.silicones,
        org.east,
        buyer.team,
        buyer.owner,
    )
    drums, rejected, freight = SalesOrderLine.objects.order_by("item")
    assert (drums.quantity, drums.unit, drums.quantity_base, drums.promised_on) == (2, "DR", 400, promised)
    assert (drums.product, drums.product_line, drums.net_base) == (org.product, org.sealant, Decimal("36923.55"))
    assert (drums.customer, drums.ordered_on, drums.region, drums.owner) == (buyer, TODAY, org.east, buyer.owner)
    assert (rejected.rejected, rejected.net) == (True, 99)
    assert (freight.product, freight.product_line, freight.quantity_base, freight.net) == (None, None, 0, 80)
    assert run.control_sums == {"USD": {"count": 1, "sum": "5280.50"}}


def test_a_second_run_changes_nothing(erp: Erp, buyer: Customer, sync_everything: Any) -> None:
    for number in range(1, 8):
        erp.order(f"450000000{number}")
        erp.delivery(f"800000000{number}", erp.part(f"450000000{number}", 100), shipped_on=TODAY)
        erp.invoice(f"900000000{number}")
        erp.account(f"180000000{number}", 1130, invoice=f"900000000{number}")
    first = sync_everything()
    before = snapshot()
    assert [counts(run) for run in first.values() if run.read] == [(7, 7, 0, 0)] * 4
    for runs in (sync_everything(), sync_everything(full=True)):
        assert all(run.written == run.rejected == 0 for run in runs.values())
        assert all(run.unchanged == run.read for run in runs.values())
    assert snapshot() == before
    full = sync_everything(full=True)
    assert [run.control_sums for run in full.values()] == [run.control_sums for run in first.values()]


def test_rows_that_are_there_already_are_not_written_again(erp: Erp, buyer: Customer, sync: Any) -> None:
    """As after load_demo: the documents are known by number, their hashes are not."""
    erp.order("4500000001")
    sync(ORDERS)
    ExternalRef.objects.filter(entity="sales_order").delete()
    before = snapshot()
    assert counts(sync(ORDERS, full=True)) == (1, 0, 1, 0)
    assert snapshot() == before


def test_a_change_there_is_a_change_here_and_dropped_items_go(erp: Erp, buyer: Customer, sync: Any) -> None:
    erp.order("4500000001", erp.item(10), erp.item(20, net=Decimal(50)))
    sync(ORDERS)
    kept = SalesOrderLine.objects.get(item=10)
    erp.store.db.execute("DELETE FROM A_SalesOrderItem WHERE SalesOrderItem = '000020'")
    erp.order("4500000001", erp.item(10, net=Decimal(900)), changed_at=NOW + dt.timedelta(minutes=1))
    assert counts(sync(ORDERS)) == (2, 1, 1, 0)  # once by its stamp, once by its creation date
    line = SalesOrderLine.objects.get()
    assert (line.pk, line.item, line.net) == (kept.pk, 10, 900)
    assert SalesOrder.objects.get().net == 900


def test_past_documents_keep_what_they_were_made_under(erp: Erp, buyer: Customer, sync: Any, org: Organisation) -> None:
    erp.order("4500000001")
    sync(ORDERS)
    seller = buyer.owner
    Customer.objects.filter(pk=buyer.pk).update(owner=org.people.colleague, team=org.team, region=org.south)
    erp.order("4500000001", erp.item(10), erp.item(20), changed_at=NOW + dt.timedelta(minutes=1))
    erp.order("4500000002")
    sync(ORDERS)
    old, new = SalesOrder.objects.order_by("number")
    assert (old.owner, old.team, old.region) == (seller, org.sub_team, org.east)
    assert {(line.owner_id, line.region_id) for line in old.lines.all()} == {(seller.pk, org.east.pk)}
    assert (new.owner, new.team, new.region) == (org.people.colleague, org.team, org.south)


def test_a_late_commit_is_seen(erp: Erp, buyer: Customer, sync: Any) -> None:
    """A row may become visible long after its stamp: reading starts before the newest stamp seen."""
    erp.order("4500000002", changed_at=NOW, ordered_on=TODAY - dt.timedelta(days=40))
    sync(ORDERS)
    watermark = dt.datetime.fromisoformat(SyncState.objects.get(pk=ORDERS).watermark)
    late = NOW - dt.timedelta(minutes=25)
    assert late < watermark
    erp.order("4500000001", changed_at=late, ordered_on=TODAY - dt.timedelta(days=40))
    assert sync(ORDERS).written == 1
    assert SalesOrder.objects.count() == 2


def test_the_watermark_never_passes_the_time_of_the_source(erp: Erp, buyer: Customer, sync: Any) -> None:
    """A clock ahead there must not make us skip what comes next."""
    erp.order("4500000001", changed_at=NOW + dt.timedelta(days=3))
    sync(ORDERS)
    watermark = dt.datetime.fromisoformat(SyncState.objects.get(pk=ORDERS).watermark)
    assert watermark <= dt.datetime.now(dt.UTC) + dt.timedelta(seconds=5)


def test_a_row_without_a_stamp_of_change_is_seen_by_its_creation(
    erp: Erp, buyer: Customer, sync_everything: Any
) -> None:
    erp.order("4500000001")
    erp.delivery("8000000001", erp.part("4500000001", 100))
    sync_everything()
    erp.order("4500000002")
    erp.store.change("A_SalesOrder", ["4500000002"], LastChangeDateTime=None)
    erp.delivery("8000000002", erp.part("4500000002", 100))  # its LastChangeDate is empty
    runs = sync_everything()
    assert (runs[ORDERS].written, runs[DELIVERIES].written) == (1, 1)
    assert SalesOrder.objects.get(number="4500000002").source_changed_at is None


def test_only_recent_rows_are_read_again(erp: Erp, buyer: Customer, sync: Any) -> None:
    month_ago = TODAY - dt.timedelta(days=30)
    erp.order("4500000001", changed_at=NOW - dt.timedelta(days=30), ordered_on=month_ago)
    erp.order("4500000002", changed_at=NOW, ordered_on=month_ago)
    assert sync(ORDERS).read == 2
    assert sync(ORDERS).read == 1
    assert sync(ORDERS, full=True).read == 2


def test_nothing_is_missed_while_rows_move_between_pages(erp: Erp, buyer: Customer, sync: Any) -> None:
    """Rows change and vanish while pages are read; paging by offset would skip others."""
    for number in range(1, 41):
        erp.order(f"45000000{number:02d}", changed_at=NOW - dt.timedelta(minutes=number))
    moved: list[str] = []
    handler = erp.server.faults.next

    def disturb() -> Any:
        if len(erp.server.requests) in (2, 4, 6):
            number = f"45000000{len(erp.server.requests):02d}"
            erp.store.change(
                "A_SalesOrder", [number], LastChangeDateTime=int(NOW.timestamp() * 1000) + 60_000, TotalNetAmount="7.00"
            )
            erp.store.db.execute("DELETE FROM A_SalesOrder WHERE SalesOrder = ?", [f"45000000{40 - len(moved)}"])
            moved.append(number)
        return handler()

    erp.server.faults.next = disturb  # type: ignore[method-assign]
    sync(ORDERS, full=True, page_size=5)
    assert len(moved) == 3
    assert {order.number for order in SalesOrder.objects.all()} >= {f"45000000{number:02d}" for number in range(1, 38)}
    sync(ORDERS, page_size=5)
    assert {order.number for order in SalesOrder.objects.filter(net=7)} == set(moved)


def test_more_rows_of_one_stamp_than_fit_a_page(erp: Erp, buyer: Customer, sync: Any) -> None:
    erp.order("4500000001")
    sync(ORDERS)
    month_ago = TODAY - dt.timedelta(days=30)
    for number in range(10, 32):
        erp.order(f"45000000{number}", ordered_on=month_ago)
    assert sync(ORDERS, page_size=5).written == 22


def test_the_servers_own_page_limit_is_followed(erp: Erp, buyer: Customer, sync: Any) -> None:
    for number in range(1, 12):
        erp.order(f"45000000{number:02d}")
    erp.server.largest_page = 4
    assert counts(sync(ORDERS)) == (11, 11, 0, 0)


def test_a_rejected_row_is_kept_and_taken_when_its_cause_is_gone(
    erp: Erp, buyer: Customer, sync: Any, org: Organisation
) -> None:
    month_ago = TODAY - dt.timedelta(days=30)
    old = {"ordered_on": month_ago, "changed_at": NOW - dt.timedelta(days=30)}
    erp.order("4500000001")
    erp.order("4500000002", customer="1000099", **old)
    erp.order("4500000003", currency="CHF", **old)
    erp.order("4500000004", erp.item(product="3000000777"), **old)
    erp.order("4500000005", erp.item(unit="CS"), **old)
    erp.order("4500000006", **old)
    erp.store.change("A_SalesOrder", ["4500000006"], SalesOrderDate=None)
    assert counts(sync(ORDERS)) == (6, 1, 0, 5)
    reasons = dict(RejectedRow.objects.filter(state="open").values_list("external_id", "reason"))
    assert {key: word in reasons[key] for key, word in [("4500000002", "1000099"), ("4500000003", "CHF")]} == {
        "4500000002": True,
        "4500000003": True,
    }
    assert (
        "3000000777" in reasons["4500000004"]
        and "CS" in reasons["4500000005"]
        and "SalesOrderDate" in reasons["4500000006"]
    )
    row = RejectedRow.objects.get(external_id="4500000002")
    assert row.payload["SoldToParty"] == "1000099" and row.payload["to_Item"][0]["Material"] == "000000003000000001"

    known_in_erp(make_customer(org), "1000099")
    Currency.objects.create(code="CHF", name="瑞士法郎")
    run = sync(ORDERS)  # the old rows are out of the overlap: they are taken from what was kept
    assert (run.written, run.rejected) == (1, 0)
    assert RejectedRow.objects.get(external_id="4500000002").state == "resolved"
    assert "CHF" in RejectedRow.objects.get(external_id="4500000003", state="open").reason  # now it lacks a rate
    ExchangeRate.objects.create(currency_id="CHF", starts_on=month_ago, rate="8")
    assert sync(ORDERS).written == 1
    assert SalesOrder.objects.get(number="4500000003").net_base == 8000
    assert RejectedRow.objects.filter(state="open").count() == 3


def test_of_many_rows_that_are_mapped_together_only_the_bad_ones_are_rejected(
    erp: Erp, buyer: Customer, sync: Any
) -> None:
    for number in range(1, 71):
        erp.order(str(4500000000 + number))
    erp.store.change("A_SalesOrderItem", ["4500000035", "000010"], RequestedQuantity="many")
    erp.store.change("A_SalesOrder", ["4500000069"], SoldToParty="0000000666")
    assert counts(sync(ORDERS)) == (70, 68, 0, 2)
    kept = dict(RejectedRow.objects.values_list("external_id", "reasons"))
    assert kept["4500000035"]["en"] == "RequestedQuantity cannot be read: many"
    assert "666" in kept["4500000069"]["en"]
    assert counts(sync(ORDERS, full=True)) == (70, 0, 68, 2)


def test_a_nul_holds_up_no_other_row(erp: Erp, buyer: Customer, sync: Any) -> None:
    """Neither in a value, nor in a key; whether all was mapped ahead or is looked up page by page."""
    erp.order("4500000001")
    erp.order("4500000002", currency="C\x00Y")
    assert counts(sync(ORDERS)) == (2, 1, 0, 1)
    row = RejectedRow.objects.get()
    assert "CY" in row.reason and "CY" in row.why and "\x00" not in str(row.payload)
    erp.order("4500000003", customer="10\x0000099")
    erp.order("45000\x0000004")
    assert sync(ORDERS).rejected >= 1
    assert "1000099" in RejectedRow.objects.get(external_id="4500000003").reason
    assert SalesOrder.objects.filter(number="4500000004").exists()


def test_a_rate_that_begins_after_the_document_does_not_serve(erp: Erp, buyer: Customer, sync: Any) -> None:
    Currency.objects.create(code="CHF", name="瑞士法郎")
    ExchangeRate.objects.create(currency_id="CHF", starts_on=TODAY + dt.timedelta(days=1), rate="8")
    ExchangeRate.objects.create(currency_id="USD", starts_on=TODAY, rate="7.30")
    erp.order("4500000001", currency="CHF")
    erp.order("4500000002", currency="USD", ordered_on=TODAY - dt.timedelta(days=1))
    erp.order("4500000003", currency="USD")
    assert counts(sync(ORDERS)) == (3, 2, 0, 1)
    assert list(SalesOrder.objects.order_by("number").values_list("net_base", flat=True)) == [7100, 7300]


def test_a_row_the_database_refuses_does_not_stop_the_others(erp: Erp, buyer: Customer, sync: Any) -> None:
    for number in range(1, 8):
        erp.order(f"450000000{number}")
    erp.store.change("A_SalesOrder", ["4500000004"], TotalNetAmount="9" * 17 + ".00")
    assert counts(sync(ORDERS)) == (7, 6, 0, 1)
    assert RejectedRow.objects.get().external_id == "4500000004"
    assert SalesOrder.objects.count() == 6


def test_a_delivery_may_come_before_its_order(erp: Erp, buyer: Customer, sync: Any) -> None:
    erp.order("4500000001", erp.item(10, quantity=Decimal(100)))
    erp.delivery("8000000001", erp.part("4500000001", 60), shipped_on=TODAY - dt.timedelta(days=1))
    sync(DELIVERIES)
    waiting = ShipmentLine.objects.get()
    assert (waiting.order_number, waiting.order_item, waiting.order_line) == ("4500000001", 10, None)
    sync(ORDERS)
    waiting.refresh_from_db()
    line = SalesOrderLine.objects.get()
    assert waiting.order_line == line
    assert (line.shipped_base, line.shipped_on) == (60, None)
    erp.delivery("8000000002", erp.part("4500000001", 40), shipped_on=TODAY)
    sync(DELIVERIES)
    line.refresh_from_db()
    assert (line.shipped_base, line.shipped_on) == (100, TODAY)


def test_a_batch_split_counts_its_parts_once(erp: Erp, buyer: Customer, sync_everything: Any) -> None:
    erp.order("4500000001", erp.item(10, quantity=Decimal(100)))
    parts = [
        erp.part("4500000001", 0),
        erp.part("", 70, 900001, order_item=0, split_of=10, batch="B1"),
        erp.part("", 30, 900002, order_item=0, split_of=10, batch="B2"),
    ]
    erp.delivery("8000000001", *parts, shipped_on=TODAY)
    sync_everything()
    assert SalesOrderLine.objects.get().shipped_base == 100
    assert sorted(ShipmentLine.objects.values_list("item", "order_item")) == [(10, 10), (900001, 10), (900002, 10)]


def test_a_delivery_that_has_not_left_ships_nothing(erp: Erp, buyer: Customer, sync_everything: Any) -> None:
    erp.order("4500000001")
    erp.delivery("8000000001", erp.part("4500000001", 100), header={"ActualGoodsMovementDate": 0})
    sync_everything()
    assert Shipment.objects.get().status == "planned"
    assert (SalesOrderLine.objects.get().shipped_base, SalesOrderLine.objects.get().shipped_on) == (0, None)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ({"OverallSDDocumentRejectionSts": "C", "TotalBlockStatus": "C"}, "cancelled"),
        ({"TotalBlockStatus": "C", "OverallSDProcessStatus": "C"}, "on_hold"),
        ({"DeliveryBlockReason": "01"}, "on_hold"),
        ({"TotalCreditCheckStatus": "B"}, "on_hold"),
        ({"TotalCreditCheckStatus": "D"}, "open"),
        ({"OverallSDProcessStatus": "C", "OverallTotalDeliveryStatus": "C"}, "completed"),
        ({"OverallTotalDeliveryStatus": "B"}, "part_delivered"),
        ({"OverallTotalDeliveryStatus": "C"}, "delivered"),
        ({"OverallTotalDeliveryStatus": ""}, "open"),
    ],
)
def test_the_status_of_an_order_follows_the_field_map(
    erp: Erp, buyer: Customer, sync: Any, header: dict[str, str], expected: str
) -> None:
    erp.order("4500000001", header=header)
    sync(ORDERS)
    assert SalesOrder.objects.get().status == expected


def test_yen_and_dinar_keep_their_decimals(erp: Erp, buyer: Customer, sync_everything: Any) -> None:
    erp.order("4500000001", erp.item(net=Decimal(10000)), currency="JPY")
    erp.order("4500000002", erp.item(net=Decimal("123.456")), currency="KWD")
    erp.invoice("9000000001", "10000", currency="JPY")
    erp.invoice("9000000002", "123.456", currency="KWD")
    erp.account("1800000002", "123.456", currency="KWD", invoice="9000000002")
    sync_everything()
    yen, dinar = SalesOrder.objects.order_by("number")
    assert (yen.net, yen.net_base) == (10000, 500)
    assert (dinar.net, dinar.net_base) == (Decimal("123.456"), Decimal("2858.01"))
    yen_invoice, dinar_invoice = Invoice.objects.order_by("number")
    assert (yen_invoice.net, yen_invoice.tax, yen_invoice.gross) == (10000, 1300, 11300)
    assert (dinar_invoice.net, dinar_invoice.tax) == (Decimal("123.456"), Decimal("16.049"))
    assert Receivable.objects.get().amount == Decimal("123.456")


def test_one_run_at_a_time_per_entity_set(
    erp: Erp, buyer: Customer, sync: Any, other_connection: Callable[..., Any]
) -> None:
    with other_connection(lambda: session_lock(AdvisoryLock.SYNC, 1)):
        with pytest.raises(LockTaken):
            sync(ORDERS)
        assert sync(DELIVERIES).state == "done"
    assert sync(ORDERS).state == "done"


def test_a_failed_run_says_why_and_the_next_goes_on(erp: Erp, buyer: Customer, sync: Any) -> None:
    for number in range(1, 10):
        erp.order(f"450000000{number}")
    erp.server.faults.add({"status": 400, "after": 3})
    with pytest.raises(ExternalError):
        sync(ORDERS, page_size=3)
    failed = SyncRun.objects.get()
    assert (failed.state, failed.written) == ("failed", 6) and "told to fail" in failed.message
    with translation.override("en"):  # whoever reads it is not who ran it
        assert failed.said.startswith("The ERP refused the request (400): ")
    with translation.override("zh-hans"):
        assert failed.said == failed.message and failed.said.startswith("ERP 拒绝了请求（400）")
    assert SyncState.objects.get().cursor["after"] == ["4500000006"]
    assert counts(sync(ORDERS, page_size=3)) == (3, 3, 0, 0)
    assert SalesOrder.objects.count() == 9 and SyncState.objects.get().cursor == {}
