"""Pitfall 4: however a delivery or an invoice came to be changed here, its orders are read again: they move no stamp."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from customers.models import Customer
from integrations import tasks
from integrations.domain.rejections import retry_rows
from integrations.domain.retrying import queue_retry
from integrations.enums import RunKind
from integrations.models import ReadRequest, RejectedRow
from integrations.sync.documents import ask
from integrations.sync.engine import sync_all
from integrations.sync.what import What
from orders.models import SalesOrder, Shipment
from tests.factories.organisation import Organisation
from tests.factories.records import make_customer
from tests.integrations.conftest import TODAY, Erp, known_in_erp
from tests.integrations.test_pitfalls_sync import MONTH_AGO, OLD, recent
from tests.integrations.test_strategy import read

pytestmark = pytest.mark.django_db
DELIVERIES = "A_OutbDeliveryHeader"


@pytest.fixture
def source(erp: Erp, buyer: Customer, settings: Any) -> Erp:
    """An order of a month ago with a delivery that has not left, read; changes of them are too old to be looked for."""
    settings.ERP_URL, settings.ERP_USER, settings.ERP_PASSWORD = erp.url, "demo", "demo"
    erp.order("4500000001", **OLD)
    erp.delivery("8000000001", erp.part("4500000001", 100), created_on=MONTH_AGO)
    recent(erp)
    read(erp)
    return erp


def ship(erp: Erp, number: str = "8000000001", *, on: dt.date = MONTH_AGO, **values: Any) -> None:
    """The delivery leaves, and the order is delivered, without a stamp."""
    erp.delivery(number, erp.part("4500000001", 100), shipped_on=on, created_on=on, **values)
    erp.store.change("A_SalesOrder", ["4500000001"], OverallTotalDeliveryStatus="C")


def status() -> str:
    return SalesOrder.objects.get(number="4500000001").status


@pytest.mark.parametrize("kind", [RunKind.FULL, RunKind.OPEN, RunKind.ASKED])
def test_04_whichever_pass_reads_the_delivery(source: Erp, kind: str) -> None:
    if kind == RunKind.FULL:  # orders come first: what happens between the two is the point
        read(source, kind)
        ship(source)
        with source.client() as client:
            list(sync_all(client=client, what=What(kind), names=[DELIVERIES]))
    else:
        ship(source)
        if kind == RunKind.ASKED:
            ask(DELIVERIES, ["8000000001"])
        read(source, kind)
    assert Shipment.objects.get(number="8000000001").status == "shipped"
    assert status() == "delivered" and not ReadRequest.objects.exists()


def test_04_a_delivery_that_only_the_keys_tell_of(source: Erp) -> None:
    ship(source, "8000000002")
    read(source, RunKind.KEYS)
    assert Shipment.objects.filter(number="8000000002").exists()
    assert status() == "delivered" and not ReadRequest.objects.exists()


@pytest.mark.parametrize("how", ["pass", "button", "job"])
def test_04_a_delivery_that_was_rejected_before(source: Erp, org: Organisation, how: str) -> None:
    ship(source, "8000000002", on=TODAY, customer="1000077")
    read(source)
    SalesOrder.objects.filter(number="4500000001").update(status="open")
    row = RejectedRow.objects.get()
    known_in_erp(make_customer(org), "1000077")
    if how == "button":
        assert retry_rows([row], actor=org.people.administrator) == 1
    if how == "job":
        queue_retry(RejectedRow.objects.all(), actor=org.people.administrator)
        row.refresh_from_db()
        tasks.retry_rows(row.tried_by_id)
    if how != "pass":
        assert ReadRequest.objects.filter(entity_set="A_SalesOrder", number="4500000001").exists()
    read(source)
    assert Shipment.objects.filter(number="8000000002").exists() and status() == "delivered"


def test_04_a_delivery_that_somebody_refreshes(
    source: Erp, org: Organisation, client_of: Any, django_capture_on_commit_callbacks: Any
) -> None:
    ship(source)
    client: Client = client_of(org.people.sales_rep)
    url = reverse("integrations:refresh", args=["shipment", Shipment.objects.get(number="8000000001").pk])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, follow=True)
    assert Shipment.objects.get(number="8000000001").status == "shipped"
    assert status() == "delivered" and not ReadRequest.objects.exists()


def test_04_a_first_load_asks_for_none(erp: Erp, buyer: Customer, sync: Any) -> None:
    erp.order("4500000001")
    erp.delivery("8000000001", erp.part("4500000001", 100))
    sync("A_SalesOrder")
    sync(DELIVERIES)
    assert not ReadRequest.objects.exists()
