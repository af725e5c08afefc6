"""The set-based writers: what they announce, and what they leave alone."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from crm.events import facts_changed
from crm.models import ExchangeRate, ProductUnit, Unit
from customers.models import Customer
from orders.domain import documents as docs
from orders.domain.conversion import Conversion
from orders.models import Invoice, Receivable, SalesOrder, SalesOrderLine, Settlement
from tests.factories.organisation import Organisation
from tests.factories.records import make_customer
from tests.orders.tables import snapshot

pytestmark = pytest.mark.django_db
MAY, JUNE, JULY = dt.date(2026, 5, 12), dt.date(2026, 6, 30), dt.date(2026, 7, 1)


@pytest.fixture
def customer(org: Organisation) -> Customer:
    return make_customer(org, region=org.east)


@pytest.fixture
def announced(django_capture_on_commit_callbacks: Any, monkeypatch: Any) -> Iterator[list[tuple[list[str], list[str]]]]:
    """What has been announced; handlers run as if each transaction had committed."""
    seen: list[tuple[list[str], list[str]]] = []
    monkeypatch.setattr(facts_changed, "_handlers", [lambda *, facts, months: seen.append((facts, months))])
    yield seen


def order(customer: Customer, number: str = "1", *, day: dt.date = MAY, **values: Any) -> docs.OrderRow:
    given = {"kind": "TA", "customer_reference": "", "requested_on": None, "status": "open", "source_changed_at": None}
    given |= {"net": Decimal(100), "net_base": Decimal(100), "currency_id": "CNY", "customer_id": customer.pk}
    return docs.OrderRow(number=number, ordered_on=day, **{**given, **values})


def line(
    org: Organisation, number: str = "1", item: int = 10, *, promised: dt.date | None = JUNE, **values: Any
) -> docs.OrderLineRow:
    given = {"text": "", "quantity": Decimal(50), "unit": "KG", "quantity_base": Decimal(50), "rejected": False}
    given |= {"net": Decimal(100), "net_base": Decimal(100), "product_id": org.product.pk}
    return docs.OrderLineRow(number=number, item=item, promised_on=promised, **{**given, **values})


def shipment(customer: Customer, number: str = "8", shipped: dt.date | None = JULY) -> docs.ShipmentRow:
    return docs.ShipmentRow(number, customer.pk, "CNY", None, JUNE, JULY, shipped, None, "shipped", "")


def part(
    org: Organisation, quantity: int, number: str = "8", item: int = 10, order_number: str = "1"
) -> docs.ShipmentLineRow:
    base = Decimal(quantity)
    return docs.ShipmentLineRow(number, item, org.product.pk, "", base, "KG", base, order_number, 10, "")


def write(what: Any, **rows: Any) -> docs.Written:
    return what(system="TEST", read_at=timezone.now(), **rows)


def test_the_months_before_and_after_are_announced(
    org: Organisation, customer: Customer, announced: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        write(
            docs.write_orders,
            orders=[order(customer), order(customer, "2", day=JULY)],
            lines=[line(org), line(org, "2")],
        )
    assert announced == [(["order_line"], ["2026-05-01", "2026-06-01", "2026-07-01"])]
    announced.clear()
    with django_capture_on_commit_callbacks(execute=True):
        again = [order(customer), order(customer, "2", day=JULY)]
        done = write(docs.write_orders, orders=again, lines=[line(org, promised=JULY), line(org, "2")])
    assert done.changed == {"1"} and set(done.ids) == {"1", "2"}
    assert announced == [
        (["order_line"], ["2026-05-01", "2026-06-01", "2026-07-01"])
    ]  # promised: June before, July now
    announced.clear()
    with django_capture_on_commit_callbacks(execute=True):
        write(docs.write_orders, orders=again, lines=[line(org, promised=JULY), line(org, "2")])
    assert announced == []


def test_the_same_rows_again_write_nothing(org: Organisation, customer: Customer) -> None:
    rows = {"orders": [order(customer)], "lines": [line(org), line(org, item=20)]}
    write(docs.write_orders, **rows)
    before = snapshot()
    assert write(docs.write_orders, **rows).changed == set()
    assert snapshot() == before


def test_an_order_that_moves_to_another_customer_takes_that_ones_place(org: Organisation, customer: Customer) -> None:
    other = make_customer(org, owner=org.people.stranger, region=org.south)
    write(docs.write_orders, orders=[order(customer)], lines=[line(org)])
    write(docs.write_orders, orders=[order(other)], lines=[line(org)])
    head, item = SalesOrder.objects.get(), SalesOrderLine.objects.get()
    assert (head.customer, head.owner, head.business_unit, head.region) == (
        other,
        org.people.stranger,
        org.agro,
        org.south,
    )
    assert (item.customer, item.owner, item.business_unit, item.region) == (
        other,
        org.people.stranger,
        org.agro,
        org.south,
    )


def test_a_document_that_was_gone_is_back(org: Organisation, customer: Customer) -> None:
    write(docs.write_orders, orders=[order(customer)], lines=[line(org)])
    SalesOrder.objects.update(gone_at=timezone.now())
    assert write(docs.write_orders, orders=[order(customer)], lines=[line(org)]).changed == {"1"}
    assert SalesOrder.objects.get().gone_at is None


def test_shipped_quantities_follow_every_change(org: Organisation, customer: Customer, announced: Any) -> None:
    write(docs.write_orders, orders=[order(customer), order(customer, "2")], lines=[line(org), line(org, "2")])

    def shipped() -> list[tuple[Any, Any]]:
        return list(SalesOrderLine.objects.order_by("order__number").values_list("shipped_base", "shipped_on"))

    write(docs.write_shipments, shipments=[shipment(customer)], lines=[part(org, 30), part(org, 20, item=20)])
    assert shipped() == [(50, JULY), (0, None)]
    write(docs.write_shipments, shipments=[shipment(customer)], lines=[part(org, 30)])  # an item was taken off
    assert shipped() == [(30, None), (0, None)]
    write(
        docs.write_shipments, shipments=[shipment(customer)], lines=[part(org, 60, order_number="2")]
    )  # meant for the other order
    assert shipped() == [(0, None), (60, JULY)]
    write(
        docs.write_orders,
        orders=[order(customer, "2")],
        lines=[line(org, "2", quantity=Decimal(70), quantity_base=Decimal(70))],
    )
    assert shipped() == [(0, None), (60, None)]
    write(docs.write_shipments, shipments=[shipment(customer, shipped=None)], lines=[part(org, 60, order_number="2")])
    assert shipped() == [(0, None), (0, None)]


def test_an_order_line_that_goes_leaves_its_shipment_waiting(org: Organisation, customer: Customer) -> None:
    write(docs.write_orders, orders=[order(customer)], lines=[line(org), line(org, item=20)])
    write(docs.write_shipments, shipments=[shipment(customer)], lines=[part(org, 50)])
    write(docs.write_orders, orders=[order(customer)], lines=[line(org, item=20)])
    from orders.models import ShipmentLine

    assert ShipmentLine.objects.get().order_line is None
    write(docs.write_orders, orders=[order(customer)], lines=[line(org), line(org, item=20)])
    assert SalesOrderLine.objects.get(item=10).shipped_base == 50


def invoice(customer: Customer, number: str = "9", **values: Any) -> docs.InvoiceRow:
    given = {
        "kind": "invoice",
        "net": Decimal(100),
        "tax": Decimal(13),
        "gross": Decimal(113),
        "net_base": Decimal(100),
    }
    given |= {
        "company_code": "1000",
        "fiscal_year": "2026",
        "accounting_document": "18",
        "cancelled": False,
        "cancels_number": "",
    }
    return docs.InvoiceRow(
        number=number,
        customer_id=customer.pk,
        currency_id="CNY",
        source_changed_at=None,
        invoiced_on=MAY,
        **{**given, **values},
    )


def invoice_line(org: Organisation, number: str = "9", item: int = 10, net: int = 100) -> docs.InvoiceLineRow:
    amount = Decimal(net)
    return docs.InvoiceLineRow(
        number, item, org.product.pk, "", amount, "KG", amount, "", None, "", None, amount, amount, amount
    )


def receivable(customer: Customer, cleared: dt.date | None = None, **values: Any) -> docs.ReceivableRow:
    given = {
        "number": "1000/2026/18/1",
        "kind": "invoice",
        "invoice_number": "9",
        "invoice_reference": "",
        "due_on": JUNE,
    }
    given |= {"amount": Decimal(113), "amount_base": Decimal(113), "clearing_document": ""}
    return docs.ReceivableRow(
        company_code="1000",
        customer_id=customer.pk,
        currency_id="CNY",
        source_changed_at=None,
        posted_on=MAY,
        cleared_on=cleared,
        **{**given, **values},
    )


def test_settlements_announce_the_months_they_leave_and_enter(
    org: Organisation, customer: Customer, announced: Any, django_capture_on_commit_callbacks: Any
) -> None:
    write(docs.write_invoices, invoices=[invoice(customer)], lines=[invoice_line(org)])
    for cleared, months, entered_or_left, settled in [
        (JUNE, ["2026-05-01", "2026-06-01"], ["2026-06-01"], [JUNE]),
        (JULY, ["2026-05-01", "2026-06-01", "2026-07-01"], ["2026-06-01", "2026-07-01"], [JULY]),
        (None, ["2026-05-01", "2026-06-01", "2026-07-01"], ["2026-07-01"], []),
    ]:
        announced.clear()
        with django_capture_on_commit_callbacks(execute=True):
            write(docs.write_receivables, items=[receivable(customer, cleared)])
        assert announced == [(["receivable"], months), (["settlement"], entered_or_left)]
        assert list(Settlement.objects.values_list("settled_on", flat=True)) == settled


def test_a_receivable_that_comes_to_another_invoice_unsettles_the_first(org: Organisation, customer: Customer) -> None:
    both = [invoice(customer), invoice(customer, "10", accounting_document="19")]
    write(docs.write_invoices, invoices=both, lines=[invoice_line(org), invoice_line(org, "10", net=70)])
    write(docs.write_receivables, items=[receivable(customer, JUNE)])
    assert list(Settlement.objects.values_list("amount_base", flat=True)) == [100]
    write(docs.write_receivables, items=[receivable(customer, JUNE, invoice_number="10")])
    assert list(Settlement.objects.values_list("amount_base", flat=True)) == [70]
    assert Receivable.objects.get().invoice == Invoice.objects.get(number="10")


def test_a_settlement_follows_the_amount_of_its_line(org: Organisation, customer: Customer) -> None:
    write(docs.write_receivables, items=[receivable(customer, JUNE)])
    write(docs.write_invoices, invoices=[invoice(customer)], lines=[invoice_line(org)])
    write(docs.write_invoices, invoices=[invoice(customer)], lines=[invoice_line(org, net=80)])
    assert list(Settlement.objects.values_list("amount_base", flat=True)) == [80]


def test_conversion_takes_the_rate_of_the_day_and_the_ratio_of_the_unit(org: Organisation) -> None:
    for day, rate in ((MAY, "7.1"), (JULY, "7.25")):
        ExchangeRate.objects.create(currency_id="USD", starts_on=day, rate=rate)
    carton = Unit.objects.create(code="CS", name="箱")
    ProductUnit.objects.create(product=org.product, unit=carton, numerator=20, denominator=3)
    conversion = Conversion()
    assert conversion.to_base(Decimal("10.005"), "USD", JUNE) == Decimal("71.04")
    assert conversion.to_base(Decimal(10), "USD", JULY) == Decimal("72.50")
    assert conversion.to_base(Decimal("-10.005"), "CNY", MAY) == Decimal("-10.01")
    assert conversion.base_quantity(org.product.pk, Decimal(10), "CS") == Decimal("66.667")
    assert conversion.base_quantity(org.product.pk, Decimal("1.5"), "KG") == Decimal("1.5")
