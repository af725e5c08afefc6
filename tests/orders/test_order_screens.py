"""Lists and pages of orders, shipments, invoices, returns and receivables."""

from decimal import Decimal

import pytest
from django.utils import timezone

from customers.models import CustomerFigures
from orders.models import Receivable, SalesOrder
from orders.views.customer_return import customer_return_entity
from orders.views.invoice import invoice_entity
from orders.views.order import sales_order_entity
from orders.views.receivable import receivable_entity
from orders.views.shipment import shipment_entity
from tests.entity_suite import EntitySuite
from tests.factories.records import (
    day,
    make_customer,
    make_invoice,
    make_order,
    make_receivable,
    make_return,
    make_shipment,
)


class TestSalesOrder(EntitySuite):
    daily = True
    entity = sales_order_entity
    make = staticmethod(make_order)


class TestShipment(EntitySuite):
    entity = shipment_entity
    make = staticmethod(make_shipment)


class TestInvoice(EntitySuite):
    entity = invoice_entity
    make = staticmethod(make_invoice)


class TestReceivable(EntitySuite):
    entity = receivable_entity
    make = staticmethod(make_receivable)


class TestCustomerReturn(EntitySuite):
    entity = customer_return_entity
    make = staticmethod(make_return)


def shown(client, base, model, **params):
    body = client.get(base, params).content.decode()
    return {pk for pk in model.objects.values_list("pk", flat=True) if f'data-href="{base}{pk}/"' in body}


def test_receivables_by_state_and_age(org, client_of):
    ages = {
        name: make_receivable(org, due_on=day(-days)).pk
        for name, days in {
            "future": -5,
            "today": 0,
            "d1": 1,
            "d30": 30,
            "d31": 31,
            "d60": 60,
            "d61": 61,
            "d90": 90,
            "d91": 91,
        }.items()
    }
    cleared = make_receivable(org, due_on=day(-40), cleared_on=day(-2)).pk
    payment = make_receivable(org, kind="payment", due_on=day(-40), amount=Decimal(-5), amount_base=Decimal(-5)).pk
    gone = make_receivable(org, due_on=day(-40), gone_at=timezone.now()).pk
    client = client_of(org.people.sales_rep)

    def found(**params):
        return shown(client, "/orders/receivables/", Receivable, **params)

    overdue = {pk for name, pk in ages.items() if name.startswith("d")}
    assert found(state="open") == {*ages.values(), payment}
    assert found(state="overdue") == overdue
    assert found(state="cleared") == {cleared}
    assert found(age="current") == {ages["future"], ages["today"]}
    assert found(age="30") == {ages["d1"], ages["d30"]}
    assert found(age="60") == {ages["d31"], ages["d60"]}
    assert found(age="90") == {ages["d61"], ages["d90"]}
    assert found(age="older") == {ages["d91"]}
    assert gone in found()
    assert set(Receivable.objects.overdue_at(day()).values_list("pk", flat=True)) == overdue


def test_orders_open_and_late(org, client_of):
    late = make_order(org)
    late.lines.update(promised_on=day(-3))
    shipped = make_order(org, status="delivered")
    shipped.lines.update(promised_on=day(-3), shipped_on=day(-1))
    dropped = make_order(org, status="cancelled")
    dropped.lines.update(promised_on=day(-3), rejected=True)
    waiting = make_order(org)
    waiting.lines.update(promised_on=day())
    client = client_of(org.people.sales_rep)
    assert shown(client, "/orders/", SalesOrder, state="late") == {late.pk}
    assert shown(client, "/orders/", SalesOrder, state="open") == {late.pk, waiting.pk}
    assert shown(client, "/orders/", SalesOrder, status=["delivered", "cancelled"]) == {shipped.pk, dropped.pk}


def test_search_by_number_reference_and_customer(org, client_of):
    customer = make_customer(org, name="浙江华信股份有限公司", short_name="华信股份")
    wanted = make_order(org, customer=customer, customer_reference="XH-PO-20260817")
    other = make_order(org)
    foreign = make_order(org, owner=org.people.stranger, customer_reference="XH-PO-20260818")
    client = client_of(org.people.sales_rep)
    for text in (wanted.number, "xh-po-2026", "hxgf"):
        assert shown(client, "/orders/", SalesOrder, q=text) == {wanted.pk}, text
    for text in (wanted.number, "xh-po-2026"):
        hits = client.get("/search/", {"q": text}).content.decode()
        assert f'href="/orders/{wanted.pk}/"' in hits
        assert f"/orders/{foreign.pk}/" not in hits
        assert f"/orders/{other.pk}/" not in hits
    assert client.get("/choices/orders.salesorder/", {"q": wanted.number[:9]}).json() is not None


def test_documents_of_another_owner_are_found_by_number_only_in_reach(org, client_of):
    invoice = make_invoice(org, owner=org.people.stranger)
    shipment = make_shipment(org, owner=org.people.stranger)
    for text, url in ((invoice.number, "/orders/invoices/"), (shipment.number, "/orders/shipments/")):
        assert url not in client_of(org.people.sales_rep).get("/search/", {"q": text}).content.decode()
        assert f'href="{url}' in client_of(org.people.stranger).get("/search/", {"q": text}).content.decode()


@pytest.mark.parametrize(
    ("entity", "make"),
    [
        (sales_order_entity, make_order),
        (shipment_entity, make_shipment),
        (invoice_entity, make_invoice),
        (receivable_entity, make_receivable),
    ],
)
def test_two_pages_of_each_sort_show_every_row_once(org, client_of, entity, make):
    customer = make_customer(org)
    rows = [make(org, customer=customer) for _ in range(53)]
    entity.model.objects.filter(pk__in=[row.pk for row in rows[:7]]).update(
        **{"due_on": None} if entity is receivable_entity else {}, region=None
    )
    client = client_of(org.people.sales_rep)
    for column in entity.table.columns:
        for sort in filter(None, (column.sort, column.sort and f"-{column.sort}")):
            seen = []
            for page in (1, 2):
                body = client.get(entity.url("list"), {"sort": sort, "page": page}).content.decode()
                seen += [row.pk for row in rows if f'data-href="{entity.record_url(row)}"' in body]
            assert sorted(seen) == sorted(row.pk for row in rows), sort


def test_workbench_shows_my_overdue_customers_and_late_orders(org, client_of):
    mine = make_customer(org, short_name="我的客户")
    theirs = make_customer(org, owner=org.people.colleague, short_name="别人客户")
    for customer, amount in ((mine, 1284000), (theirs, 2000000)):
        CustomerFigures.objects.filter(customer=customer).update(overdue=amount)
        make_receivable(org, customer=customer, due_on=day(-18), amount_base=amount)
    order = make_order(org, customer=mine)
    order.lines.update(promised_on=day(-4))
    page = client_of(org.people.sales_rep).get("/").content.decode()
    assert "我的客户" in page
    assert "1.28" in page
    assert "18 days" in page
    assert "别人客户" not in page
    assert f'href="/orders/{order.pk}/"' in page
    assert "4 days late" in page
    boss = client_of(org.people.bu_head).get("/").content.decode()
    assert "别人客户" in boss
    assert "3.28" in boss


def test_shipment_and_invoice_pages_show_their_lines(org, client_of):
    order = make_order(org)
    shipment, invoice = make_shipment(org, order=order), make_invoice(org, order=order)
    item = make_receivable(org, customer=order.customer, invoice=invoice, invoice_number=invoice.number)
    client = client_of(org.people.sales_rep)
    page = client.get(f"/orders/shipments/{shipment.pk}/").content.decode()
    assert f'href="/orders/{order.pk}/"' in page
    page = client.get(f"/orders/invoices/{invoice.pk}/").content.decode()
    assert f'href="/orders/{order.pk}/"' in page
    assert f'href="/orders/receivables/{item.pk}/"' in page
    page = client.get(f"/orders/receivables/{item.pk}/").content.decode()
    assert f'href="/orders/invoices/{invoice.pk}/"' in page
