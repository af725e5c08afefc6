"""What rows say of each other: the delivery an item bills, the invoice a payment is for, and ids that are padded."""

from decimal import Decimal
from typing import Any

import pytest

from customers.models import Customer
from integrations.simulator.billing import InvoiceItem
from orders.models import Invoice, InvoiceLine, Receivable, SalesOrderLine, ShipmentLine
from tests.integrations.conftest import TODAY, Erp
from tests.integrations.test_pitfalls_mapping import INVOICES, ITEMS, YESTERDAY

pytestmark = pytest.mark.django_db


def billed(quantity: Any, unit: str, in_base: Any, **values: Any) -> InvoiceItem:
    """An item of a billing document, over 1,000.00 and its tax."""
    amounts = (Decimal(quantity), unit, Decimal(in_base), Decimal(1000), Decimal(130))
    return InvoiceItem(10, "3000000001", "密封胶", *amounts, **values)


@pytest.mark.parametrize(
    ("category", "expected"),
    [("J", ("60000001", 10)), ("T", ("60000001", 10)), ("K", ("", None)), ("C", ("", None)), ("", ("", None))],
)
def test_10_what_an_item_bills_is_a_delivery_only_by_its_category(
    erp: Erp, buyer: Customer, sync: Any, category: str, expected: tuple[str, int | None]
) -> None:
    """A credit memo names its request (K), an invoice without a delivery the order itself (C)."""
    item = billed(100, "KG", 100, delivery="60000001", delivery_item=10)
    erp.invoice("9000000001", items=[item], category="O", kind="G2")
    assert erp.store.change("A_BillingDocumentItem", ["9000000001", "000010"], ReferenceSDDocumentCategory=category)
    sync(INVOICES)
    line = InvoiceLine.objects.get()
    assert (line.delivery_number, line.delivery_item) == expected


@pytest.mark.parametrize(("kind", "amount", "expected"), [("DR", 300, "invoice"), ("DG", -300, "credit_memo")])
def test_13_claims_and_credit_memos_of_accounting_alone_count_as_such(
    erp: Erp, buyer: Customer, sync: Any, kind: str, amount: int, expected: str
) -> None:
    erp.account("1600000001", amount, kind=kind)
    sync(ITEMS)
    assert Receivable.objects.get().kind == expected


def test_15_an_item_that_was_opened_again_has_no_clearing_document_though_the_row_still_names_it(
    erp: Erp, buyer: Customer, sync: Any
) -> None:
    cleared = {"cleared_on": YESTERDAY, "clearing_document": "1400000001", "clearing_year": "2026"}
    erp.account("1800000001", 1130, **cleared)
    sync(ITEMS)
    assert Receivable.objects.get().clearing_document != ""
    assert erp.store.change(ITEMS, ["1000", "2026", "1800000001", "001"], IsCleared=0, ClearingIsReversed=1)
    sync(ITEMS, full=True)
    item = Receivable.objects.get()
    assert (item.cleared_on, item.clearing_document) == (None, "")


def test_16_a_payment_of_the_next_year_belongs_to_the_invoice_of_the_year_it_names(
    erp: Erp, buyer: Customer, sync: Any
) -> None:
    for number, year in (("9000000001", "2026"), ("9000000002", "2027")):
        erp.invoice(number, accounting_document="1800000001", fiscal_year=year)
    part = {"kind": "DZ", "key": "15", "reference": "1800000001", "reference_year": "2026"}
    erp.account("1400000001", -400, year="2027", **part)
    sync(INVOICES)
    sync(ITEMS)
    assert Receivable.objects.get().invoice == Invoice.objects.get(number="9000000001")


def test_18_padded_references_lead_to_the_same_documents(erp: Erp, buyer: Customer, sync_everything: Any) -> None:
    erp.order("0000012345")
    erp.delivery("0080000001", erp.part("0000012345", 60), shipped_on=TODAY)
    origin = {"order": "0000012345", "order_item": 10, "delivery": "0080000001", "delivery_item": 10}
    erp.invoice("0090000001", items=[billed(60, "KG", 60, **origin)])
    erp.account("1800000001", 1130, invoice="90000001")
    assert erp.store.rows(ITEMS)[0]["OriginalReferenceDocument"] == "0090000001"
    sync_everything()
    line, part, bill = SalesOrderLine.objects.get(), ShipmentLine.objects.get(), InvoiceLine.objects.get()
    assert (line.order.number, line.shipped_base, part.order_line) == ("12345", 60, line)
    assert (bill.order_number, bill.delivery_number) == ("12345", "80000001")
    assert Receivable.objects.get().invoice == bill.invoice


def test_21_the_base_quantity_is_the_erps_own_where_it_counts_in_our_unit(
    erp: Erp, buyer: Customer, sync_everything: Any
) -> None:
    """A drum holds 200 kg by its ratio; this one was weighed."""
    erp.order("4500000001")
    erp.delivery("8000000001", erp.part("4500000001", 1, unit="DR", quantity_base=Decimal("199.5")), shipped_on=TODAY)
    erp.delivery("8000000002", erp.part("4500000001", 1, unit="DR", quantity_base=Decimal("0.1995"), base_unit="TO"))
    erp.invoice("9000000001", items=[billed(1, "DR", "199.5")])
    sync_everything()
    shipped = dict(ShipmentLine.objects.values_list("shipment__number", "quantity_base"))
    assert shipped == {"8000000001": Decimal("199.5"), "8000000002": 200}  # tons are not what we count in
    assert InvoiceLine.objects.get().quantity_base == Decimal("199.5")
