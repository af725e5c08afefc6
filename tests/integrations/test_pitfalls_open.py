"""What is still open, or stopped, and so must be read again although no stamp moves; and the blocks that say so."""

import datetime as dt
from typing import Any

import pytest

from customers.models import Customer
from integrations.enums import RunKind
from integrations.models import ErpCustomer
from integrations.simulator.store import day_ms
from orders.models import Invoice, SalesOrder, Shipment
from tests.integrations.conftest import NOW, TODAY, Erp
from tests.integrations.test_master_data import partner
from tests.integrations.test_pitfalls_sync import DELIVERIES, INVOICES, MONTH_AGO, ORDERS
from tests.integrations.test_strategy import read

pytestmark = pytest.mark.django_db
CONFIRMED = {"OverallProofOfDeliveryStatus": "C", "ProofOfDeliveryDate": day_ms(TODAY)}


def shipped(erp: Erp, days_ago: int, **header: Any) -> None:
    """A delivery that left so many days ago, known here; and one of today, so that the other is no change any more."""
    day = TODAY - dt.timedelta(days=days_ago)
    erp.order("4500000001", ordered_on=day)
    erp.delivery("8000000001", erp.part("4500000001", 100), created_on=day, shipped_on=day, header=header)
    erp.delivery("8000000002", erp.part("4500000001", 1))
    read(erp)
    assert Shipment.objects.get(number="8000000001").status == "shipped"


@pytest.mark.parametrize(
    ("header", "change", "expected"),
    [
        ({"OverallDelivReltdBillgStatus": "A"}, CONFIRMED, ("received", "")),
        ({"OverallDelivReltdBillgStatus": "C"}, {"BillOfLading": "SF-1"}, ("shipped", "SF-1")),
    ],
    ids=["not billed yet", "not confirmed yet"],
)
def test_a_delivery_of_long_ago_is_read_again_while_it_is_not_billed_or_not_confirmed(
    erp: Erp, buyer: Customer, header: dict[str, str], change: dict[str, Any], expected: tuple[str, str]
) -> None:
    shipped(erp, 90, OverallProofOfDeliveryStatus="A", **header)
    erp.store.change(DELIVERIES.name, ["8000000001"], **change)  # no stamp moves
    read(erp)
    assert Shipment.objects.get(number="8000000001").status == "shipped"
    read(erp, RunKind.OPEN)
    delivery = Shipment.objects.get(number="8000000001")
    assert (delivery.status, delivery.carrier_reference) == expected


@pytest.mark.parametrize("days_ago", [3, 59])
def test_a_delivery_that_left_is_read_again_for_sixty_days_for_its_receipt_may_come_last(
    erp: Erp, buyer: Customer, days_ago: int
) -> None:
    shipped(erp, days_ago, OverallDelivReltdBillgStatus="C")
    erp.store.change(DELIVERIES.name, ["8000000001"], **CONFIRMED)  # no stamp moves, and nothing is open there any more
    read(erp, RunKind.OPEN)
    delivery = Shipment.objects.get(number="8000000001")
    assert (delivery.status, delivery.received_on) == ("received", TODAY)


def test_an_invoice_that_is_not_posted_is_read_again_until_it_is(erp: Erp, buyer: Customer) -> None:
    old = {"invoiced_on": MONTH_AGO, "changed_at": NOW - dt.timedelta(days=30)}
    erp.invoice("9000000001", accounting_document="", fiscal_year="", **old)
    erp.invoice("9000000002")
    read(erp)
    posted = {"AccountingDocument": "1800000001", "FiscalYear": "2026", "AccountingPostingStatus": "C"}
    erp.store.change(INVOICES.name, ["9000000001"], **posted)  # no stamp moves
    read(erp)
    assert Invoice.objects.get(number="9000000001").accounting_document == ""
    read(erp, RunKind.OPEN)
    invoice = Invoice.objects.get(number="9000000001")
    assert (invoice.accounting_document, invoice.fiscal_year) == ("1800000001", "2026")


@pytest.mark.parametrize(
    "header",
    [
        {"SalesDocApprovalStatus": "A"},
        {"HeaderBillingBlockReason": "02"},
        {"TotalBlockStatus": "B"},
        {"TotalBlockStatus": "B", "OverallSDProcessStatus": "C"},
    ],
)
def test_an_order_that_waits_for_approval_or_is_blocked_in_part_is_on_hold(
    erp: Erp, buyer: Customer, sync: Any, header: dict[str, str]
) -> None:
    erp.order("4500000001", header=header)
    sync(ORDERS.name)
    assert SalesOrder.objects.get().status == "on_hold"


@pytest.mark.parametrize(
    ("entity_set", "key", "name", "block"),
    [
        ("A_Customer", "0001000001", "PostingIsBlocked", "posting"),
        ("A_BusinessPartner", "0009000001", "BusinessPartnerIsBlocked", "partner"),
    ],
)
def test_a_customer_that_is_blocked_for_posting_or_altogether_says_so(
    erp: Erp, buyer: Customer, sync: Any, entity_set: str, key: str, name: str, block: str
) -> None:
    partner(erp)
    sync("A_BusinessPartner")
    assert ErpCustomer.objects.get().blocks == ["order"]
    assert erp.store.change(entity_set, [key], **{name: 1})
    sync("A_BusinessPartner", full=True)
    assert ErpCustomer.objects.get().blocks == ["order", block]
