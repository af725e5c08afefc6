"""The pitfalls of reading SAP that concern what a row means, by their number in the list of docs/erp.md.

Those with screens or master data have their tests in test_master_data.py, those of writing in test_writes.py, those of the client
in test_client.py; paging, strategies, reconciliation and the outbox have files of their own.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from crm.models import Currency, ExchangeRate, ProductUnit, Unit
from customers.models import Customer
from integrations.models import RejectedRow
from integrations.sap import values
from integrations.simulator import billing
from orders.models import Invoice, InvoiceLine, Receivable, SalesOrder, SalesOrderLine, Settlement, ShipmentLine
from tests.integrations.conftest import TODAY, Erp

pytestmark = pytest.mark.django_db
ORDERS, DELIVERIES, INVOICES = "A_SalesOrder", "A_OutbDeliveryHeader", "A_BillingDocument"
ITEMS = "A_OperationalAcctgDocItemCube"
YESTERDAY = TODAY - dt.timedelta(days=1)


def test_6_a_row_never_changed_has_no_date_of_change_and_is_found_by_its_creation(
    erp: Erp, buyer: Customer, sync: Any
) -> None:
    erp.order("1", ordered_on=TODAY)
    erp.delivery("8000000001", erp.part("1", 10), created_on=TODAY, changed_on=None)
    sync(DELIVERIES)
    erp.delivery("8000000002", erp.part("1", 10), created_on=TODAY, changed_on=None)
    assert sync(DELIVERIES).written == 1


def test_10_lines_are_joined_not_headers(erp: Erp, buyer: Customer, sync_everything: Any) -> None:
    """Two orders in one delivery, and one invoice for two deliveries."""
    for number in ("4500000001", "4500000002"):
        erp.order(number, erp.item(10), erp.item(20))
    erp.delivery(
        "8000000001", erp.part("4500000001", 60), erp.part("4500000002", 100, 20, order_item=20), shipped_on=TODAY
    )
    erp.delivery("8000000002", erp.part("4500000001", 40), shipped_on=TODAY)
    lines = []
    for place, delivery in enumerate(("8000000001", "8000000002"), 1):
        origin = {"order": "4500000001", "order_item": 10, "delivery": delivery, "delivery_item": 10}
        amounts = (Decimal(50), "KG", Decimal(50), Decimal(500), Decimal(65))
        lines.append(billing.InvoiceItem(10 * place, "3000000001", "", *amounts, **origin))
    erp.invoice("9000000001", items=lines)
    sync_everything()
    shipped = dict(SalesOrderLine.objects.values_list("order__number", "shipped_base").filter(item=10))
    assert shipped == {"4500000001": 100, "4500000002": 0}
    assert SalesOrderLine.objects.get(order__number="4500000002", item=20).shipped_base == 100
    billed = InvoiceLine.objects.order_by("item").values_list("delivery_number", "delivery_item", "order_item")
    assert list(billed) == [("8000000001", 10, 10), ("8000000002", 10, 10)]


def test_11_partial_over_and_split_deliveries_add_up_by_order_line(erp: Erp, buyer: Customer, sync: Any) -> None:
    """The main item of a batch split carries nothing, its batches the quantities; more may leave than was ordered."""
    erp.order("4500000001")
    batches = [
        erp.part("4500000001", 30, 900001, batch="A1", split_of=10),
        erp.part("4500000001", 35, 900002, split_of=10),
    ]
    erp.delivery("8000000001", erp.part("4500000001", 0), *batches, shipped_on=YESTERDAY)
    erp.delivery("8000000002", erp.part("4500000001", 40), shipped_on=TODAY)
    sync(ORDERS)
    sync(DELIVERIES)
    line = SalesOrderLine.objects.get()
    assert (line.shipped_base, line.quantity_base, line.shipped_on) == (105, 100, TODAY)
    assert ShipmentLine.objects.filter(batch="A1").exists()


def test_12_a_cancelled_invoice_and_its_cancellation_are_both_kept_and_come_to_nothing(
    erp: Erp, buyer: Customer, sync: Any
) -> None:
    erp.invoice("9000000001", cancelled=True)
    erp.invoice("9000000002", category="N", kind="S1", cancels="9000000001")
    erp.invoice("9000000003", category="U", kind="F8", accounting_document="")
    sync(INVOICES)
    assert sum(Invoice.objects.exclude(kind="pro_forma").values_list("net_base", flat=True)) == 0
    assert Invoice.objects.get(number="9000000001").cancelled
    assert Invoice.objects.get(kind="cancellation").cancels_number == "9000000001"
    assert Invoice.objects.get(number="9000000003").kind == "pro_forma"
    assert not Invoice.objects.real().filter(kind="pro_forma").exists()


@pytest.mark.parametrize(
    ("category", "kind", "net"),
    [("M", "invoice", 100), ("O", "credit_memo", -100), ("P", "debit_memo", 100), ("S", "cancellation", 100)],
)
def test_13_signs_follow_the_category_for_all_amounts_are_positive_there(
    erp: Erp, buyer: Customer, sync: Any, category: str, kind: str, net: int
) -> None:
    erp.invoice("9000000001", "100", category=category)
    sync(INVOICES)
    row, line = Invoice.objects.get(), InvoiceLine.objects.get()
    assert (row.kind, row.net, line.net) == (kind, net, net)
    assert (line.quantity > 0) == (net > 0)


def test_12_a_category_that_nobody_knows_is_no_guess(erp: Erp, buyer: Customer, sync: Any) -> None:
    erp.invoice("9000000001", category="5")
    sync(INVOICES)
    assert "5" in RejectedRow.objects.get().reason and not Invoice.objects.exists()


def test_14_part_payments_payments_on_account_and_down_payments(erp: Erp, buyer: Customer, sync: Any) -> None:
    """A part payment names the invoice's document and settles nothing yet; a down payment stays apart."""
    erp.invoice("9000000001", "1000", accounting_document="1800000001")
    erp.account("1800000001", "1130", invoice="9000000001")
    erp.account("1400000001", "-400", kind="DZ", key="15", reference="1800000001", reference_year="2026")
    erp.account("1400000002", "-70", kind="DZ", key="15")
    erp.account("1400000003", "-200", kind="DZ", key="19", special="A")
    sync(INVOICES)
    sync(ITEMS)
    kinds = {row.number.split("/")[2]: row.kind for row in Receivable.objects.all()}
    assert kinds == {
        "1800000001": "invoice",
        "1400000001": "payment",
        "1400000002": "payment",
        "1400000003": "down_payment",
    }
    open_items = Receivable.objects.filter(invoice__number="9000000001", cleared_on__isnull=True)
    assert sum(open_items.values_list("amount", flat=True)) == 730
    assert Receivable.objects.get(number__contains="1400000002").invoice is None
    assert not Settlement.objects.exists()


def test_15_a_clearing_that_is_reset_opens_the_item_and_takes_the_receipt_away(
    erp: Erp, buyer: Customer, sync: Any
) -> None:
    erp.invoice("9000000001")
    erp.account("1800000001", "1130", invoice="9000000001", cleared_on=YESTERDAY, clearing_document="1400000001")
    sync(INVOICES)
    sync(ITEMS)
    assert Settlement.objects.get().settled_on == YESTERDAY
    erp.account("1800000001", "1130", invoice="9000000001")
    sync(ITEMS, full=True)
    assert Receivable.objects.get().cleared_on is None and not Settlement.objects.exists()


def test_16_numbers_repeat_per_company_and_year(erp: Erp, buyer: Customer, sync: Any) -> None:
    for company, year in (("1000", "2025"), ("1000", "2026"), ("2000", "2026")):
        erp.account("1800000001", "10", company=company, year=year)
    sync(ITEMS)
    assert set(Receivable.objects.values_list("number", flat=True)) == {
        "1000/2025/1800000001/1",
        "1000/2026/1800000001/1",
        "2000/2026/1800000001/1",
    }


@pytest.mark.parametrize(("currency", "net", "base"), [("JPY", "10000", "500.00"), ("KWD", "1.234", "28.57")])
def test_17_currencies_without_and_with_three_decimals(
    erp: Erp, buyer: Customer, sync: Any, currency: str, net: str, base: str
) -> None:
    assert Currency.objects.filter(code=currency).exists() and ExchangeRate.objects.filter(currency=currency).exists()
    erp.order("4500000001", erp.item(net=Decimal(net)), currency=currency)
    sync(ORDERS)
    order = SalesOrder.objects.get()
    assert (order.net, order.net_base) == (Decimal(net), Decimal(base))


def test_17_an_amount_finer_than_its_currency_is_rejected(erp: Erp, buyer: Customer, sync: Any) -> None:
    """That is how SAP's internal form shows, in which JPY 100.50 is 10,050 yen."""
    for number, currency in (("4500000001", "JPY"), ("4500000002", "KWD")):
        erp.order(number, erp.item(net=Decimal(100)), currency=currency)
    erp.invoice("9000000001", "100", currency="JPY")
    erp.account("1800000001", "100", currency="JPY")
    with erp.store.writing():
        for change in (
            "A_SalesOrder SET TotalNetAmount = '100.500'",
            "A_BillingDocument SET TotalNetAmount = '100.500'",
            "A_OperationalAcctgDocItemCube SET AmountInTransactionCurrency = '100.500'",
        ):
            erp.store.db.execute(f"UPDATE {change}")
    for name in (ORDERS, "A_BillingDocument", "A_OperationalAcctgDocItemCube"):
        sync(name)
    assert [order.number for order in SalesOrder.objects.all()] == ["4500000002"]
    assert [row.why.split(" has")[0] for row in RejectedRow.objects.all()] == ["100.5 JPY"] * 3


def test_18_padded_ids_are_one_id(erp: Erp, buyer: Customer, sync: Any) -> None:
    """Numbers lose their zeros, ids with letters keep them, item numbers compare as numbers."""
    erp.order("0000012345", erp.item(product="000000003000000001"), customer="0001000001")
    erp.order("A0012345")
    erp.delivery("0080000001", erp.part("12345", 5), shipped_on=TODAY)
    sync(ORDERS)
    sync(DELIVERIES)
    assert set(SalesOrder.objects.values_list("number", flat=True)) == {"12345", "A0012345"}
    assert SalesOrderLine.objects.get(order__number="12345").shipped_base == 5


def test_19_a_calendar_date_stays_the_day_whatever_the_time_zone(
    erp: Erp, buyer: Customer, sync: Any, settings: Any
) -> None:
    settings.TIME_ZONE = "Pacific/Honolulu"
    day = dt.date(2026, 3, 1)
    erp.order("4500000001", ordered_on=day)
    sync(ORDERS)
    assert SalesOrder.objects.get().ordered_on == day
    assert values.date_literal(day) == "datetime'2026-03-01T00:00:00'"


def test_21_alternative_units_by_whole_ratios(erp: Erp, buyer: Customer, sync: Any) -> None:
    erp.order("4500000001", erp.item(10, quantity=Decimal(3), unit="DR"), erp.item(20, quantity=Decimal("0.125")))
    erp.order("4500000002", erp.item(10, quantity=Decimal(3), unit="PAL"))
    sync(ORDERS)
    quantities = dict(SalesOrderLine.objects.values_list("item", "quantity_base"))
    assert quantities == {10: 600, 20: Decimal("0.125")}
    assert "PAL" in RejectedRow.objects.get().reason


def test_21_of_three_codes_of_a_unit_the_one_that_other_documents_have_is_read(
    erp: Erp, buyer: Customer, sync: Any, org: Any
) -> None:
    piece = Unit.objects.create(code="PC", name="件")
    ProductUnit.objects.create(product=org.product, unit=piece, numerator=5, denominator=1)
    erp.order("4500000001", erp.item(10, quantity=Decimal(3), unit="PC"))
    codes = {"RequestedQuantitySAPUnit": "ST", "RequestedQuantityISOUnit": "PCE"}
    erp.store.change("A_SalesOrderItem", ["4500000001", "000010"], **codes)
    sync(ORDERS)
    line = SalesOrderLine.objects.get()
    assert (line.unit, line.quantity_base) == ("PC", 15)


def test_22_the_internal_code_of_the_order_type_does_not_depend_on_the_language(
    erp: Erp, buyer: Customer, sync: Any
) -> None:
    erp.order("4500000001", header={"SalesOrderType": "AUFT", "SalesOrderTypeInternalCode": "TA"})
    sync(ORDERS)
    assert SalesOrder.objects.get().kind == "TA"


def test_22_the_language_is_asked_for_always(erp: Erp) -> None:
    with erp.client() as client:
        assert client._http.headers["sap-language"] == "EN"


def test_24_waiting_is_what_the_erp_asks_for(erp: Erp) -> None:
    erp.server.faults.add({"status": 429, "retry_after": 5})
    with erp.client() as client:
        client.page("API_SALES_ORDER_SRV", "A_SalesOrder", {"$top": "1"})
        assert client.traffic.waits == [5.0]


@pytest.mark.parametrize("day", [dt.date(9999, 12, 31), dt.date(2200, 1, 1)])
def test_a_day_that_cannot_be_is_a_rejected_row_that_says_so(
    erp: Erp, buyer: Customer, sync: Any, day: dt.date
) -> None:
    erp.order("4500000001", ordered_on=day)
    erp.order("4500000002", requested_on=day)
    erp.order("4500000003")
    run = sync(ORDERS)
    assert (run.written, run.rejected) == (1, 2)
    reasons = {row.external_id: row.why for row in RejectedRow.objects.all()}
    assert reasons["4500000001"].startswith(f"SalesOrderDate is {day}: a date from 1900-01-01 to 2199-12-31")
    assert reasons["4500000002"].startswith(f"RequestedDeliveryDate is {day}")
    assert SalesOrder.objects.get().number == "4500000003"
    assert sync(ORDERS).state == run.state  # the watermark is not carried away
    erp.order("4500000001")
    assert sync(ORDERS).written == 1


@pytest.mark.parametrize("day", [dt.date(1, 1, 1), dt.date(1753, 1, 1)])
def test_initial_days_are_none(erp: Erp, buyer: Customer, sync: Any, day: dt.date) -> None:
    erp.order("4500000001", requested_on=day)
    sync(ORDERS)
    assert SalesOrder.objects.get().requested_on is None
