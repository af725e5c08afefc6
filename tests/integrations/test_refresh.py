"""One document on demand: the button on its page."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from crm.locks import AdvisoryLock, session_lock
from customers.models import Customer
from integrations.domain import refresh as refreshing
from integrations.models import ReadRequest, SyncRun
from orders.models import CustomerReturn, Invoice, Receivable, SalesOrder, Shipment
from tests.factories.organisation import Organisation
from tests.integrations.conftest import Erp
from tests.integrations.test_reconcile import give_back
from tests.integrations.test_strategy import read

pytestmark = pytest.mark.django_db
Opener = Any


@pytest.fixture
def connected(erp: Erp, settings: Any) -> Erp:
    settings.ERP_URL, settings.ERP_USER, settings.ERP_PASSWORD = erp.url, "demo", "demo"
    erp.order("4500000001")
    erp.delivery("8000000001", erp.part("4500000001", 100))
    erp.invoice("9000000001")
    erp.account("1800000001", 1130, invoice="9000000001")
    give_back(erp, "CustomerReturn", "6500000001")
    return erp


def press(client: Client, document: Any) -> str:
    url = reverse("integrations:refresh", args=[document._meta.model_name, document.pk])
    return client.post(url, follow=True).content.decode()


@pytest.fixture
def seller(org: Organisation, client_of: Any) -> Client:
    client: Client = client_of(org.people.sales_rep)
    return client


def test_it_says_what_has_changed(connected: Erp, buyer: Customer, seller: Client) -> None:
    read(connected)
    order = SalesOrder.objects.get()
    page = seller.get(reverse("orders:salesorder_record", args=[order.pk])).content.decode()
    assert "Refresh now" in page and "all changes up to" in page
    SalesOrder.objects.update(read_at=timezone.now() - dt.timedelta(days=21))
    pressed = timezone.now()
    assert "nothing has changed" in press(seller, order)
    assert SalesOrder.objects.get().read_at >= pressed
    connected.store.change("A_SalesOrder", ["4500000001"], OverallTotalDeliveryStatus="B", TotalNetAmount="2000.00")
    said = press(seller, order)
    assert "status: open → partly delivered" in said and "1,000.000 → 2,000.000" in said
    connected.order("4500000001", connected.item(10), connected.item(20, net=Decimal(5)))
    assert "lines" in press(seller, order)
    run = SyncRun.objects.order_by("pk").last()
    assert run is not None and (run.kind, run.read) == ("asked", 1)


@pytest.mark.parametrize("model", [SalesOrder, Shipment, Invoice, Receivable, CustomerReturn])
def test_each_kind_of_document_has_the_button(
    connected: Erp, buyer: Customer, client_of: Opener, org: Organisation, model: Any
) -> None:
    read(connected)
    client = client_of(org.people.administrator)
    document = model.objects.get()
    page = client.get(reverse(f"orders:{model._meta.model_name}_record", args=[document.pk])).content.decode()
    assert reverse("integrations:refresh", args=[model._meta.model_name, document.pk]) in page
    assert "nothing has changed" in press(client, document)


def test_a_deleted_document_is_marked(connected: Erp, buyer: Customer, seller: Client) -> None:
    read(connected)
    rows = connected.store.rows("A_SalesOrder")
    with connected.store.writing():
        connected.store.db.execute("DELETE FROM A_SalesOrder")
    order = SalesOrder.objects.get()
    assert "deleted in the ERP" in press(seller, order)
    order.refresh_from_db()
    assert order.gone_at is not None
    connected.put({"A_SalesOrder": rows})
    assert "in the ERP again" in press(seller, order)


def test_a_slow_or_busy_erp_is_asked_in_the_background(
    connected: Erp,
    buyer: Customer,
    seller: Client,
    other_connection: Any,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    read(connected)
    order = SalesOrder.objects.get()
    connected.store.change("A_SalesOrder", ["4500000001"], OverallTotalDeliveryStatus="B")
    with other_connection(lambda: session_lock(AdvisoryLock.SYNC, 1)):
        assert "in the background" in press(seller, order)
    assert ReadRequest.objects.get().number == "4500000001"
    ReadRequest.objects.all().delete()
    monkeypatch.setattr(refreshing, "PATIENCE", 0.2)
    connected.server.faults.add({"latency": 0.6})
    with django_capture_on_commit_callbacks(execute=True):
        assert "in the background" in press(seller, order)
    order.refresh_from_db()
    assert order.status == "part_delivered" and not ReadRequest.objects.exists()


def test_without_a_connection_or_with_a_row_that_cannot_be_taken_it_says_so(
    connected: Erp, buyer: Customer, seller: Client, settings: Any
) -> None:
    read(connected)
    order = SalesOrder.objects.get()
    connected.store.change("A_SalesOrder", ["4500000001"], SoldToParty="1000077")
    assert "1000077" in press(seller, order)
    settings.ERP_URL = ""
    assert "No ERP is connected" in press(seller, order)


def test_who_may(connected: Erp, buyer: Customer, org: Organisation, client_of: Opener) -> None:
    read(connected)
    url = reverse("integrations:refresh", args=["salesorder", SalesOrder.objects.get().pk])
    assert client_of(org.people.outsider if hasattr(org.people, "outsider") else org.people.colleague).post(
        url
    ).status_code in (403, 404)
    assert client_of(org.user("auditor")).post(url).status_code == 403
    assert client_of(org.people.sales_rep).post(reverse("integrations:refresh", args=["nothing", 1])).status_code == 403
