"""Which documents count in figures, sums and alarms, whoever brought them."""

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from crm.models import Role
from customers.models import Customer
from orders.domain.chain import chains_of
from orders.domain.links import refresh_shipped
from orders.domain.tracking import track
from orders.enums import OrderStatus
from orders.models import Invoice, Receivable, SalesOrder, SalesOrderLine, ShipmentLine
from orders.panels.order import PROBLEM, steps
from tests.factories.records import day, make_customer, make_invoice, make_order, make_receivable, make_shipment

pytestmark = pytest.mark.django_db


def test_a_cancelled_order_counts_nowhere_even_where_no_line_says_so(org: Any) -> None:
    order = make_order(org, ordered_on=day(-9))
    assert SalesOrderLine.objects.valid().count() == SalesOrderLine.objects.late_at(day()).count() == 1
    SalesOrder.objects.filter(pk=order.pk).update(status=OrderStatus.CANCELLED)
    assert not SalesOrderLine.objects.valid().exists()
    assert not SalesOrder.objects.late_at(day()).exists()
    found = track(SalesOrder.objects.get(), user=org.people.sales_rep)
    assert PROBLEM not in [step.state for step in steps(found, day())] and not found.due(day())


@pytest.mark.parametrize("status", [OrderStatus.DELIVERED, OrderStatus.COMPLETED])
def test_an_order_closed_with_a_little_less_is_not_late_and_left_with_its_last_part(org: Any, status: str) -> None:
    order = make_order(org, ordered_on=day(-9))
    shipment = make_shipment(org, order=order, shipped_on=day(-9))
    ShipmentLine.objects.filter(shipment=shipment).update(quantity_base=Decimal("99.5"), shipped_on=day(-9))
    line = order.lines.get()
    refresh_shipped(order_line_ids=[line.pk])
    line.refresh_from_db()
    assert (line.shipped_on, SalesOrderLine.objects.late_at(day()).exists()) == (None, True)
    SalesOrder.objects.filter(pk=order.pk).update(status=status)
    assert not SalesOrderLine.objects.late_at(day()).exists()
    found = track(SalesOrder.objects.get(), user=org.people.sales_rep)
    assert [step.state for step in steps(found, day())][1] != PROBLEM and not found.due(day())
    (chain,) = chains_of([found.order], order.customer, org.people.sales_rep, day())
    assert (chain.late, chain.to_ship) == (False, 0)
    assert refresh_shipped(order_line_ids=[line.pk])
    line.refresh_from_db()
    assert (line.shipped_on, line.shipped_base) == (day(-9), Decimal("99.5"))
    assert SalesOrderLine.objects.on_time().exists()


def test_what_leaves_after_the_whole_does_not_make_it_late(org: Any) -> None:
    order = make_order(org, ordered_on=day(-9))
    for quantity, left in ((60, day(-12)), (40, day(-10)), (5, day(-2))):
        shipment = make_shipment(org, order=order, shipped_on=left)
        ShipmentLine.objects.filter(shipment=shipment).update(quantity_base=quantity, shipped_on=left)
    line = order.lines.get()
    refresh_shipped(order_line_ids=[line.pk])
    line.refresh_from_db()
    assert (line.shipped_on, line.shipped_base) == (day(-10), 105)


def test_sums_below_lists_leave_out_what_counts_nowhere(org: Any, client_of: Any) -> None:
    customer = make_customer(org)
    gone = {"gone_at": timezone.now()}
    for values in ({}, {"status": "cancelled"}, gone):
        make_order(org, customer=customer, **values)
    for values in ({}, {"kind": "pro_forma"}, gone):
        make_invoice(org, customer=customer, **values)
    for values in ({}, gone):
        make_receivable(org, customer=customer, **values)
    client = client_of(org.people.sales_rep)
    for name, column_name, one in (
        ("salesorder", "net", 3000),
        ("invoice", "net", 3000),
        ("receivable", "amount", 3390),
    ):
        address = reverse(f"orders:{name}_list")
        cells = client.get(f"{address}?part=totals").context["cells"]
        (total,) = [total for column, total, _average in cells if column.key == column_name]
        assert f"{one:,}" in total, name
        groups = client.get(f"{address}?group=customer").context["groups"]["groups"]
        assert [group.sums[column_name] for group, _cells in groups] == [one], name


def test_what_was_paid_back_lowers_what_came_in(org: Any) -> None:
    customer = make_customer(org)
    for kind, amount in (("payment", -1130), ("remainder", 130), ("down_payment", -50), ("other", 7)):
        make_receivable(org, customer=customer, kind=kind, amount=amount, amount_base=amount)
    assert sum(Receivable.objects.receipts().values_list("amount_base", flat=True)) == -1050


def test_the_flow_of_a_customer_shows_what_the_reader_may_see_of_each_kind(org: Any, client_of: Any) -> None:
    agent = org.people.service_agent
    customer = make_customer(org, owner=agent)
    make_order(org, customer=customer)
    make_invoice(org, customer=customer)
    make_receivable(org, customer=customer, due_on=day(-5))
    role = Role.objects.get(code="service_agent")
    address = f"/customers/{customer.pk}/"
    for lacking, missing, left in (("receivable", "Cash in", "Invoiced"), ("invoice", "Invoiced", "Ordered")):
        assert missing in client_of(agent).get(address, {"panel": "flow"}).content.decode()
        role.permissions.remove(f"orders.view_{lacking}")
        role.save()
        text = client_of(agent).get(address, {"panel": "flow"}).content.decode()
        assert missing not in text and left in text


def test_a_narrower_reach_for_a_kind_holds_on_the_customers_page_too(org: Any) -> None:
    customer = make_customer(org, owner=org.people.colleague)
    theirs = make_receivable(org, customer=customer, owner=org.people.colleague)
    rep = org.people.sales_rep
    role = Role.objects.get(code="sales_rep")
    role.data_scope, role.reaches = "team", {}
    role.save()
    reader = type(rep).objects.get(pk=rep.pk)
    assert list(Receivable.objects.visible_to(reader, of=customer)) == [theirs]
    role.reaches = {"orders.receivable": "own"}
    role.save()
    reader = type(rep).objects.get(pk=rep.pk)
    assert not Receivable.objects.visible_to(reader).exists()
    assert not Receivable.objects.visible_to(reader, of=customer).exists()
    assert Invoice.objects.visible_to(reader, of=customer).count() == 0
    invoice = make_invoice(org, customer=customer, owner=org.people.colleague)
    assert list(Invoice.objects.visible_to(reader, of=customer)) == [invoice]


def test_of_another_unit_s_documents_the_customers_page_shows_none(org: Any) -> None:
    customer = make_customer(org, owner=org.people.colleague)
    ours, theirs = (
        make_invoice(org, customer=customer, owner=org.people.colleague, business_unit=unit)
        for unit in (org.silicones, org.agro)
    )
    head = org.people.bu_head
    assert Customer.objects.visible_to(head).filter(pk=customer.pk).exists()
    assert theirs not in Invoice.objects.visible_to(head)
    assert list(Invoice.objects.visible_to(head, of=customer)) == [ours]
