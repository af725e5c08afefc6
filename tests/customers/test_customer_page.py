"""The 360 view: what the apps add to a customer's page, within the reader's reach."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from customers.models import CustomerFigures
from orders.models import Receivable
from tests.factories.records import (
    day,
    make_complaint,
    make_contact,
    make_customer,
    make_invoice,
    make_order,
    make_receivable,
    make_shipment,
)

TABS = ("contacts", "orders", "shipments", "invoices", "receivables", "complaints", "history")


def fill(org, customer, count=1):
    for number in range(count):
        order = make_order(org, customer=customer)
        make_shipment(org, order=order)
        make_invoice(org, order=order)
        make_receivable(org, customer=customer, due_on=day(-18), invoice_number=f"90{number:08d}")
        make_complaint(org, customer=customer, owner=customer.owner, due_on=day())
        make_contact(org, customer=customer)


def queries(client, url):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return [query["sql"] for query in captured.captured_queries]


PARTS = ("?part=tabs", "?panel=timeline", "?panel=flow", "?panel=recent_orders", "?panel=open_opportunities")


@pytest.mark.parametrize("tab", ["", *(f"tab/{name}/" for name in TABS), *PARTS])
def test_each_part_takes_the_same_queries_for_one_order_and_five(org, client_of, tab):
    customer = make_customer(org)
    fill(org, customer)
    client = client_of(org.people.sales_rep)
    url = f"/customers/{customer.pk}/{tab}"
    client.get(url)
    one = queries(client, url)
    fill(org, customer, 4)
    five = queries(client, url)
    assert len(five) == len(one), "\n".join(five)
    assert len(five) <= 36, "\n".join(five)


def test_page_shows_figures_flow_and_next_step(org, client_of):
    customer = make_customer(org, grade="A", state="active", credit_limit=Decimal(4300000), next_step="确认回款日期")
    CustomerFigures.objects.filter(customer=customer).update(
        sales_12m=Decimal(27164000),
        sales_12m_before=Decimal(29146000),
        receivable=Decimal(3965000),
        overdue=Decimal(1284000),
    )
    fill(org, customer)
    page = client_of(org.people.sales_rep).get(f"/customers/{customer.pk}/").content.decode()
    for text in ("27.16", "6.8%", "3.97", "1.28", "92</span><small>%", "确认回款日期"):
        assert text in page, text


def test_tabs_are_counted_in_a_request_of_their_own_within_reach(org, client_of):
    customer = make_customer(org)
    fill(org, customer, 2)
    fill(org, make_customer(org))
    foreign = make_customer(org, owner=org.people.stranger)
    client = client_of(org.people.sales_rep)
    url = f"/customers/{customer.pk}/"
    page = client.get(url).content.decode()
    assert f'hx-get="{url}?part=tabs"' in page
    assert '<span class="n">' not in page
    found = []
    for tab in ("people", "orders", "service"):
        held = client.get(url, {"part": "held", "tab": tab}).content.decode()
        assert "<html" not in held
        found += re.findall(r'id="held-(\w+)"[^>]*>[^<]* <span class="n">(\d+)<', held)
    assert found == [
        ("contacts", "2"),
        ("orders", "2"),
        ("shipments", "2"),
        ("invoices", "2"),
        ("receivables", "2"),
        ("returns", "0"),
    ]
    assert client.get(f"/customers/{foreign.pk}/", {"part": "tabs"}).status_code == 404
    assert client.get(f"/customers/{foreign.pk}/", {"part": "held", "tab": "people"}).status_code == 404


def test_flow_adds_up_this_year_only_and_what_counts(org, client_of):
    from orders.panels.customer import flow

    customer = make_customer(org)
    order = make_order(org, customer=customer, lines=2)
    line = order.lines.first()
    line.shipped_base = 50
    line.save()
    make_order(org, customer=customer, ordered_on=dt.date(day().year - 1, 12, 31))
    rejected = make_order(org, customer=customer).lines.get()
    rejected.rejected = True
    rejected.save()
    make_invoice(org, customer=customer)
    make_invoice(org, customer=customer, kind="pro_forma")
    make_receivable(org, customer=customer, due_on=day(-1))
    make_receivable(org, customer=customer, due_on=day(9))
    make_receivable(org, customer=customer, due_on=day(-60), cleared_on=day())
    make_receivable(
        org,
        customer=customer,
        kind="payment",
        amount=Decimal(-1000),
        amount_base=Decimal(-1000),
        due_on=day(),
        cleared_on=day(),
    )
    make_order(org, customer=make_customer(org))
    request = type("Request", (), {"user": org.people.sales_rep})()
    found = flow(request, customer)
    assert found["ordered"] == {
        "count": 1,
        "net": Decimal("6000.00"),
        "quantity": Decimal("200.00"),
        "shipped": Decimal("1500.00"),
    }
    assert found["invoiced"] == Decimal("3000.00")
    assert found["received"] == Decimal("1000.00")
    assert found["receivable"] == Decimal("6780.00")
    assert found["overdue"] == Decimal("3390.00")


def test_a_rep_who_sees_the_customer_sees_orders_made_under_a_colleague(org, client_of):
    customer = make_customer(org)
    order = make_order(org, customer=customer, customer_reference="XH-PO-1")
    type(order).objects.filter(pk=order.pk).update(owner=org.people.colleague)
    page = client_of(org.people.sales_rep).get(f"/customers/{customer.pk}/tab/orders/").content.decode()
    assert f'href="/orders/{order.pk}/"' in page
    assert client_of(org.people.sales_rep).get(f"/orders/{order.pk}/").status_code == 200
    assert client_of(org.people.colleague).get(f"/orders/{order.pk}/").status_code == 200


@pytest.mark.parametrize("part", ["", *(f"tab/{name}/" for name in TABS), "?panel=timeline"])
def test_one_who_does_not_see_the_customer_gets_404(org, client_of, part):
    customer = make_customer(org)
    fill(org, customer)
    for person in (org.people.colleague, org.people.stranger):
        assert client_of(person).get(f"/customers/{customer.pk}/{part}").status_code == 404


def test_tabs_and_panels_hold_this_customers_rows_only(org, client_of):
    customer, other = make_customer(org), make_customer(org)
    fill(org, customer)
    fill(org, other)
    client = client_of(org.people.sales_rep)
    for tab, prefix in (("orders", "/orders/"), ("receivables", "/orders/receivables/")):
        page = client.get(f"/customers/{customer.pk}/tab/{tab}/").content.decode()
        assert page.count("<tr data-href=") == 1
        assert f'<tr data-href="{prefix}' in page
    theirs = Receivable.objects.get(customer=other)
    assert f"/orders/receivables/{theirs.pk}/" not in page


def test_without_the_right_to_orders_no_panel_of_theirs(org, client_of):
    customer = make_customer(org, owner=org.people.sales_rep)
    fill(org, customer)
    client = client_of(org.people.marketing)
    page = client.get(f"/customers/{customer.pk}/").content.decode()
    assert "tab/orders/" not in page
    assert "/orders/" not in page
    assert client.get(f"/customers/{customer.pk}/tab/orders/").status_code == 404
    timeline = client.get(f"/customers/{customer.pk}/?panel=timeline").content.decode()
    assert "/orders/" not in timeline
    assert "/service/" not in timeline


def test_timeline_merges_newest_first(org, client_of):
    customer = make_customer(org)
    order = make_order(org, customer=customer, ordered_on=day(-40))
    complaint = make_complaint(org, customer=customer, received_on=day(-10))
    late = make_receivable(org, customer=customer, due_on=day(-21))
    shipment = make_shipment(org, order=order, shipped_on=day(-30))
    page = client_of(org.people.sales_rep).get(f"/customers/{customer.pk}/?panel=timeline").content.decode()
    urls = [
        f'"/service/complaints/{complaint.pk}/"',
        f'"/orders/receivables/{late.pk}/"',
        f'"/orders/shipments/{shipment.pk}/"',
        f'"/orders/{order.pk}/"',
    ]
    places = [page.index(url) for url in urls]
    assert places == sorted(places)
