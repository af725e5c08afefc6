"""A customer's orders with what followed each, a page at a time."""

import re
from decimal import Decimal

from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.models import Role
from orders.domain.chain import chains_of
from orders.models import InvoiceLine, SalesOrder, Settlement
from tests.factories.records import day, make_customer, make_invoice, make_order, make_receivable, make_shipment


def chains(customer, user):
    rows = SalesOrder.objects.visible_to(user, of=customer).order_by("-ordered_on", "-pk")
    return {one.order.pk: one for one in chains_of(list(rows), customer, user, day())}


def settle(org, invoice):
    line = InvoiceLine.objects.get(invoice=invoice)
    Settlement.objects.create(
        invoice_line=line,
        settled_on=day(),
        amount_base=line.net_base,
        customer=line.customer,
        owner=line.owner,
        team=line.team,
        business_unit=line.business_unit,
        region=line.region,
    )


def test_a_chain_says_what_is_left_of_each_step(org):
    customer, rep = make_customer(org), org.people.sales_rep
    order = make_order(org, customer=customer, lines=2, ordered_on=day(-9))
    first = order.lines.first()
    first.shipped_base, first.shipped_on = 60, None
    first.promised_on = day(-2)
    first.save()
    shipment = make_shipment(org, order=order)
    paid, unpaid = make_invoice(org, order=order, net=Decimal(1000)), make_invoice(org, order=order, net=Decimal(1500))
    make_invoice(org, order=order, kind="pro_forma")
    settle(org, paid)
    make_receivable(org, customer=customer, invoice=unpaid, due_on=day(-5))
    other = make_order(org, customer=customer)
    make_order(org)  # another customer's
    found = chains(customer, rep)
    assert list(found) == [other.pk, order.pk]
    chain = found[order.pk]
    assert (chain.quantity, chain.shipped, chain.to_ship) == (200, 60, 140)
    assert (chain.invoiced, chain.to_invoice) == (2500, 3500)
    assert (chain.paid, chain.to_pay) == (1000, 1500)
    assert (chain.late, chain.promised_on, chain.due_on) == (True, day(-9), day(-5))
    assert [one.pk for one in chain.shipments] == [shipment.pk]
    assert [one.pk for one in chain.invoices] == [paid.pk, unpaid.pk]
    assert (found[other.pk].to_ship, found[other.pk].to_invoice, found[other.pk].late) == (100, 3000, False)


def test_the_panel_says_it_in_words_and_leads_to_the_documents(org, client_of):
    customer = make_customer(org)
    order = make_order(org, customer=customer, lines=2)
    invoice = make_invoice(org, order=order)
    make_receivable(org, customer=customer, invoice=invoice, due_on=day(-5))
    page = client_of(org.people.sales_rep).get(
        f"/customers/{customer.pk}/tab/chain/", headers={"Accept-Language": "en"}
    )
    text = page.content.decode()
    assert f'href="/orders/{order.pk}/"' in text
    assert f'href="/orders/invoices/{invoice.pk}/"' in text
    rows = page.context["rows"]
    assert [(step["tone"], step["bad"]) for step in rows[0]["steps"]] == [
        ("primary", False),
        ("primary", False),
        ("bad", True),
    ]


def test_orders_come_ten_at_a_time_and_can_be_those_to_deliver(org, client_of):
    customer = make_customer(org)
    orders = [make_order(org, customer=customer, ordered_on=day(-n)) for n in range(12)]
    done = orders[3]
    SalesOrder.objects.filter(pk=done.pk).update(status="completed")
    client, url = client_of(org.people.sales_rep), f"/customers/{customer.pk}/tab/chain/"

    def shown(query=""):
        return [row["order"].pk for row in client.get(url + query).context["rows"]]

    assert shown() == [order.pk for order in orders[:10]]
    assert shown("?page=2") == [order.pk for order in orders[10:]]
    assert shown("?page=3") == []
    assert shown("?page=nonsense") == shown()
    assert done.pk not in shown("?left=1") + shown("?left=1&page=2")
    first = client.get(url + "?left=1").content.decode()
    assert re.search(r'href="[^"]*left=1&amp;page=2" rel="next"', first)


def test_steps_need_the_right_to_their_documents(org, client_of):
    agent = org.people.service_agent
    customer = make_customer(org, owner=agent)
    order = make_order(org, customer=customer)
    shipment = make_shipment(org, order=order)
    make_invoice(org, order=order)
    role = Role.objects.get(code="service_agent")
    for right in ("orders.view_invoice", "orders.view_shipment"):
        role.permissions.remove(right)
    role.save()
    response = client_of(agent).get(f"/customers/{customer.pk}/tab/chain/")
    assert [len(row["steps"]) for row in response.context["rows"]] == [1]
    assert shipment.number not in response.content.decode()


def test_ten_orders_take_the_queries_of_one(org):
    customer, rep = make_customer(org), org.people.sales_rep
    make_order(org, customer=customer)
    chains(customer, rep)
    counts = []
    for many in (1, 9):
        for _ in range(many):
            order = make_order(org, customer=customer)
            make_shipment(org, order=order)
            make_receivable(org, customer=customer, invoice=make_invoice(org, order=order))
        with CaptureQueriesContext(connection) as captured:
            chains(customer, rep)
        counts.append(len(captured))
    assert counts == [6, 6]
