"""How far an order has come: ordered, shipped, received, invoiced, paid."""

from decimal import Decimal

from django.db import connection
from django.test.utils import CaptureQueriesContext

from orders.domain.tracking import track
from orders.models import Settlement
from orders.panels.order import steps
from tests.factories.records import day, make_invoice, make_order, make_receivable, make_shipment, stamps


def settle(org, invoice, day):
    for line in invoice.lines.all():
        Settlement.objects.create(
            invoice_line=line,
            settled_on=day,
            amount_base=line.net_base,
            product=line.product,
            **stamps(org, invoice.customer),
        )


def states(org, order):
    found = track(order, user=org.people.sales_rep)
    return "".join(step.state for step in steps(found, day())), found


def test_chain_of_a_new_order(org):
    order = make_order(org)
    assert states(org, order)[0] == "dcppp"


def test_chain_of_an_order_past_its_promised_day(org):
    order = make_order(org)
    order.lines.update(promised_on=day(-2))
    chain, found = states(org, order)
    assert chain == "decpp"
    assert [line.is_late(day()) for line in found.lines] == [True]


def ship(org, order, *, received=None):
    shipment = make_shipment(org, order=order, shipped_on=day(-10), received_on=received)
    line = order.lines.order_by("item").first()
    line.shipped_base, line.shipped_on = line.quantity_base, day(-10)
    line.save()
    return shipment


def test_chain_from_shipment_to_payment(org):
    order = make_order(org, ordered_on=day(-20))
    shipment = ship(org, order)
    assert states(org, order)[0] == "ddcpp"
    shipment.received_on = day(-8)
    shipment.save()
    assert states(org, order)[0] == "dddcp"
    invoice = make_invoice(org, order=order)
    item = make_receivable(org, customer=order.customer, invoice=invoice, due_on=day())
    assert states(org, order)[0] == "ddddc"
    item.due_on = day(-18)
    item.save()
    chain, found = states(org, order)
    assert chain == "dddde"
    assert found.overdue(day()) == [item]
    settle(org, invoice, day())
    item.cleared_on = day()
    item.save()
    chain, found = states(org, order)
    assert chain == "ddddd"
    assert found.total("paid") == Decimal(3000)


def test_a_partly_shipped_order_and_what_belongs_to_other_orders(org):
    order = make_order(org, lines=2)
    ship(org, order, received=day())
    other = make_order(org, customer=order.customer)
    make_invoice(org, order=other)
    make_invoice(org, order=order, kind="pro_forma")
    chain, found = states(org, order)
    assert chain == "dcppp"
    assert (found.shipped, found.quantity, found.total("received")) == (100, 200, 100)
    assert found.total("invoiced") == 0
    assert found.invoices == []


def test_rejected_lines_and_credit_memos(org):
    order = make_order(org, lines=2, net=Decimal(3000))
    order.lines.filter(item=20).update(rejected=True)
    ship(org, order, received=day())
    make_invoice(org, order=order)
    assert states(org, order)[0] == "ddddc"
    make_invoice(
        org, order=order, kind="credit_memo", net=Decimal(-1000), gross=Decimal(-1130), net_base=Decimal(-1000)
    )
    chain, found = states(org, order)
    assert chain == "dddcp"
    assert found.total("invoiced") == 2000


def test_page_takes_the_same_queries_for_one_line_and_five(org, client_of):
    counts = []
    client = client_of(org.people.sales_rep)
    for lines in (1, 5):
        order = make_order(org, lines=lines)
        for _ in range(lines):
            make_shipment(org, order=order)
            make_receivable(org, customer=order.customer, invoice=make_invoice(org, order=order), due_on=day(-3))
        client.get(f"/orders/{order.pk}/")
        with CaptureQueriesContext(connection) as captured:
            page = client.get(f"/orders/{order.pk}/")
        assert page.status_code == 200
        assert "3 days overdue" in page.content.decode()
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert counts[0] <= 14
