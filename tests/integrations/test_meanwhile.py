"""What others do while a run goes on is not lost by it."""

from typing import Any

import pytest
from django.utils import timezone, translation

from crm.locks import AdvisoryLock, session_lock
from crm.workflow.models import Job
from customers.models import Customer
from integrations.domain.handed_in import note_handed_in
from integrations.domain.reconcile import run_comparison
from integrations.models import Difference, ReadRequest, Reconciliation, SyncState
from integrations.sap.mapping import ENTITY_SETS
from integrations.sync.documents import ask
from integrations.sync.passes import read_requested
from tests.factories.organisation import make_organisation
from tests.factories.records import make_customer
from tests.integrations.conftest import Erp, known_in_erp, make_reference
from tests.integrations.test_strategy import read

ORDERS = "A_SalesOrder"


@pytest.mark.django_db(transaction=True)
def test_a_document_that_is_asked_for_while_it_is_read_is_read_again(erp: Erp) -> None:
    org = make_organisation()
    make_reference(org)
    known_in_erp(make_customer(org, region=org.east), "1000001")
    for number in (1, 2):
        erp.order(f"450000000{number}")
    ask(ORDERS, ["4500000001", "4500000002"])
    with erp.client() as client:
        read_requested(ENTITY_SETS[ORDERS], client=client, between=lambda: ask(ORDERS, ["4500000002"]))
        assert list(ReadRequest.objects.values_list("number", flat=True)) == ["4500000002"]
        read_requested(ENTITY_SETS[ORDERS], client=client)
    assert not ReadRequest.objects.exists()


@pytest.mark.django_db
def test_what_is_handed_in_while_everything_is_read_stays_noted(erp: Erp, buyer: Customer, sync: Any) -> None:
    erp.order("4500000001")
    sync(ORDERS)
    began = timezone.now()
    sync(ORDERS, full=True, between=lambda: note_handed_in([ORDERS]))
    at = SyncState.objects.get(pk=ORDERS).handed_in_at
    assert at is not None and at >= began


@pytest.mark.django_db
def test_a_repair_that_meets_a_run_says_so_and_keeps_what_it_asked_for(
    erp: Erp, buyer: Customer, settings: Any, other_connection: Any
) -> None:
    settings.ERP_URL, settings.ERP_USER, settings.ERP_PASSWORD = erp.url, "demo", "demo"
    erp.order("4500000001")
    read(erp)
    made = Reconciliation.objects.create(entity_set=ORDERS, compared=1, differing=1)
    Difference.objects.create(reconciliation=made, number="4500000001", kind="value")
    busy = other_connection(lambda: session_lock(AdvisoryLock.SYNC, ENTITY_SETS[ORDERS].lock))
    with busy, translation.override("en"):
        run_comparison(names=[ORDERS], repair=made.pk)
    job = Job.objects.latest("pk")
    assert (job.state, job.message) == ("failed", "Another process is reading it.")
    assert ReadRequest.objects.get().number == "4500000001"
