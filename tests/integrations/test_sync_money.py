"""Billing documents and account items: signs, keys, and what has been received."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from customers.models import Customer
from integrations.models import RejectedRow
from orders.models import Invoice, InvoiceLine, Receivable, Settlement
from tests.factories.organisation import Organisation
from tests.factories.records import make_customer
from tests.integrations.conftest import TODAY, Erp, known_in_erp

pytestmark = pytest.mark.django_db

INVOICES, ITEMS = "A_BillingDocument", "A_OperationalAcctgDocItemCube"
YESTERDAY = TODAY - dt.timedelta(days=1)


def settled() -> list[tuple[str, dt.date, Decimal]]:
    rows = Settlement.objects.order_by("invoice_line__invoice__number", "invoice_line__item")
    return list(rows.values_list("invoice_line__invoice__number", "settled_on", "amount_base"))


def test_an_invoice_with_its_lines(erp: Erp, buyer: Customer, sync: Any, org: Organisation) -> None:
    erp.invoice("9000000001", "1000.00", company="2000")
    sync(INVOICES)
    invoice, line = Invoice.objects.get(), InvoiceLine.objects.get()
    assert (invoice.kind, invoice.net, invoice.tax, invoice.gross) == ("invoice", 1000, 130, 1130)
    assert (invoice.company_code, invoice.fiscal_year, invoice.accounting_document) == ("2000", "2026", "1800000001")
    assert (invoice.region, invoice.owner, invoice.cancelled) == (org.east, buyer.owner, False)
    assert (line.net, line.gross, line.net_base, line.quantity_base) == (1000, 1130, 1000, 100)
    assert (line.product, line.product_line, line.invoiced_on, line.customer) == (
        org.product,
        org.sealant,
        TODAY,
        buyer,
    )


@pytest.mark.parametrize(
    ("category", "kind", "sign"),
    [
        ("M", "invoice", 1),
        ("P", "debit_memo", 1),
        ("S", "cancellation", 1),
        ("N", "cancellation", -1),
        ("O", "credit_memo", -1),
    ],
)
def test_the_category_decides_the_sign(
    erp: Erp, buyer: Customer, sync: Any, category: str, kind: str, sign: int
) -> None:
    erp.invoice("9000000001", category=category)
    run = sync(INVOICES)
    invoice, line = Invoice.objects.get(), InvoiceLine.objects.get()
    assert (invoice.kind, invoice.net, invoice.gross, invoice.net_base) == (kind, 1000 * sign, 1130 * sign, 1000 * sign)
    assert (line.net, line.quantity, line.quantity_base) == (1000 * sign, 100 * sign, 100 * sign)
    assert run.control_sums == {"CNY": {"count": 1, "sum": f"{1000 * sign}.00"}}


def test_pro_forma_counts_nowhere_and_an_unknown_category_is_kept_back(erp: Erp, buyer: Customer, sync: Any) -> None:
    erp.invoice("9000000001", category="U", accounting_document="", fiscal_year="")
    erp.invoice("9000000002", category="Z")
    run = sync(INVOICES)
    assert run.control_sums == {"CNY": {"count": 1, "sum": "0.00"}}
    assert list(Invoice.objects.values_list("number", "kind", "fiscal_year")) == [("9000000001", "pro_forma", "")]
    assert not Invoice.objects.real().exists()
    assert "Z" in RejectedRow.objects.get(external_id="9000000002").reason


def test_a_cancelled_invoice_and_its_cancellation_come_to_nothing(
    erp: Erp, buyer: Customer, sync_everything: Any
) -> None:
    erp.invoice("9000000001", cancelled=True)
    erp.invoice("9000000002", category="N", kind="S1", cancels="9000000001")
    cleared = {"cleared_on": TODAY, "clearing_document": "1800000002", "clearing_year": "2026"}
    erp.account("1800000001", 1130, invoice="9000000001", **cleared)
    erp.account("1800000002", -1130, invoice="9000000002", key="11", **cleared)
    sync_everything()
    first, second = Invoice.objects.order_by("number")
    assert (first.cancelled, second.cancels_number) == (True, "9000000001")
    assert sum(invoice.net_base for invoice in Invoice.objects.real()) == 0
    assert settled() == [("9000000001", TODAY, 1000), ("9000000002", TODAY, -1000)]


def test_paid_when_cleared_and_unpaid_again_when_the_clearing_is_reset(erp: Erp, buyer: Customer, sync: Any) -> None:
    erp.invoice("9000000001")
    erp.account("1800000001", 1130, invoice="9000000001")
    sync(INVOICES)
    sync(ITEMS)
    invoice, item = Invoice.objects.get(), Receivable.objects.get()
    assert (item.number, item.invoice, item.kind, item.invoice_number) == (
        "1000/2026/1800000001/1",
        invoice,
        "invoice",
        "9000000001",
    )
    assert (invoice.due_on, item.due_on) == (TODAY + dt.timedelta(days=30),) * 2
    assert settled() == []
    erp.account("1800000001", 1130, invoice="9000000001", cleared_on=YESTERDAY, clearing_document="1400000001")
    erp.account("1400000001", -1130, kind="DZ", key="15", cleared_on=YESTERDAY, clearing_document="1400000001")
    assert sync(ITEMS).written == 2
    assert settled() == [("9000000001", YESTERDAY, 1000)]
    erp.account(
        "1800000001", 1130, invoice="9000000001"
    )  # reset: no stamp moves, so only a full pass is sure to see it
    sync(ITEMS, full=True)
    assert settled() == [] and Receivable.objects.get(kind="invoice").cleared_on is None


def test_what_one_document_cleared_is_shown_together_though_numbers_come_again_each_year(
    erp: Erp, buyer: Customer, org: Organisation, sync: Any, client_of: Any
) -> None:
    for year in ("2025", "2026"):
        cleared = {"cleared_on": YESTERDAY, "clearing_document": "1400000001", "clearing_year": year, "year": year}
        erp.account("1800000001", 1130, **cleared)
        erp.account("1400000001", -1130, kind="DZ", key="15", **cleared)
    sync(ITEMS)
    item = Receivable.objects.get(number="1000/2026/1800000001/1")
    assert item.clearing_document == "1000/2026/1400000001"
    page = client_of(org.people.administrator).get(reverse("orders:receivable_record", args=[item.pk])).content.decode()
    assert "Cleared together" in page and "1000/2026/1400000001/1" in page and "1000/2025/1400000001/1" not in page


def test_a_part_payment_settles_nothing_until_the_rest_is_paid(erp: Erp, buyer: Customer, sync: Any) -> None:
    """The part stays open beside the invoice and names it; both are cleared in the end."""
    erp.invoice("9000000001")
    erp.account("1800000001", 1130, invoice="9000000001")
    part = {"kind": "DZ", "key": "15", "reference": "1800000001", "reference_year": "2026"}
    erp.account("1400000001", -500, **part)
    sync(ITEMS)  # before the invoice is known
    assert Receivable.objects.get(kind="payment").invoice is None
    sync(INVOICES)
    payment = Receivable.objects.get(kind="payment")
    assert (payment.invoice_reference, payment.invoice) == ("1000/2026/1800000001", Invoice.objects.get())
    assert settled() == []
    cleared = {"cleared_on": TODAY, "clearing_document": "1400000002"}
    erp.account("1400000001", -500, **part, **cleared)
    sync(ITEMS)
    assert settled() == []
    erp.account("1800000001", 1130, invoice="9000000001", **cleared)
    erp.account("1400000002", -630, kind="DZ", key="15", **cleared)
    sync(ITEMS)
    assert settled() == [("9000000001", TODAY, 1000)]


def test_what_is_left_of_an_item_keeps_the_invoice_open(erp: Erp, buyer: Customer, sync: Any) -> None:
    """A residual item replaces the invoice's own: that one is cleared, the invoice is not paid."""
    cleared = {"cleared_on": YESTERDAY, "clearing_document": "1400000001"}
    residual = {"kind": "DZ", "item": 2, "reference": "1800000001", "reference_year": "2026"}
    erp.invoice("9000000001")
    erp.account("1800000001", 1130, invoice="9000000001", **cleared)
    erp.account("1400000001", 130, **residual)
    sync(INVOICES)
    sync(ITEMS)
    assert Receivable.objects.get(number__endswith="/2").kind == "remainder"
    assert settled() == []
    erp.account("1400000001", 130, **residual, cleared_on=TODAY, clearing_document="1400000009")
    sync(ITEMS)
    assert settled() == [("9000000001", TODAY, 1000)]


def test_document_numbers_repeat_per_company_code_and_year(
    erp: Erp, buyer: Customer, sync_everything: Any, org: Organisation
) -> None:
    other = known_in_erp(make_customer(org), "1000002")
    erp.invoice("9000000001", accounting_document="1800000001")
    erp.invoice("9000000002", "500", accounting_document="1800000001", company="2000", customer="1000002")
    erp.account("1800000001", 1130, invoice="9000000001")
    erp.account("1800000001", 565, invoice="9000000002", company="2000", customer="1000002", cleared_on=TODAY)
    erp.account("1800000001", 77, year="2025")
    part = {"kind": "DZ", "reference": "1800000001", "reference_year": "2026"}
    erp.account("1400000001", -65, company="2000", customer="1000002", **part)
    sync_everything()
    assert Receivable.objects.count() == 4
    ours, theirs = Invoice.objects.order_by("number")
    assert list(ours.receivables.values_list("amount", flat=True)) == [1130]
    assert sorted(theirs.receivables.values_list("amount", flat=True)) == [-65, 565]
    assert Receivable.objects.get(amount=565).customer == other
    assert settled() == [("9000000002", TODAY, 500)]


def test_down_payments_are_kept_apart(erp: Erp, buyer: Customer, sync: Any) -> None:
    erp.account("1400000001", -400, kind="DZ", special="A", key="19")
    erp.account("1400000002", -300, kind="DZ", key="15")
    erp.account("1800000003", -50, key="11", invoice="9000000009")
    erp.account("0100000004", 20, kind="AB")
    sync(ITEMS)
    kinds = dict(Receivable.objects.values_list("amount", "kind"))
    assert kinds == {-400: "down_payment", -300: "payment", -50: "credit_memo", 20: "other"}
    assert set(Receivable.objects.values_list("customer_id", flat=True)) == {
        buyer.pk
    }  # the cube pads the number with zeros
    assert Receivable.objects.get(amount=20).number == "1000/2026/100000004/1"
    assert Receivable.objects.get(amount=-50).invoice is None


def test_an_invoice_line_that_goes_takes_its_settlement_with_it(
    erp: Erp, buyer: Customer, sync_everything: Any
) -> None:
    from integrations.simulator.billing import InvoiceItem

    items = [InvoiceItem(n, "3000000001", "密封胶", Decimal(1), "KG", Decimal(1), Decimal(100)) for n in (10, 20)]
    erp.invoice("9000000001", items=items)
    erp.account("1800000001", 200, invoice="9000000001", cleared_on=TODAY)
    sync_everything()
    assert len(settled()) == 2
    erp.store.db.execute("DELETE FROM A_BillingDocumentItem WHERE BillingDocumentItem = '000020'")
    sync_everything()
    assert settled() == [("9000000001", TODAY, 100)]
