"""A run that somebody stops: it is no failure, it ends the whole job, and a pass over everything does not go on by itself."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models.signals import post_save
from django.urls import reverse

from crm.workflow.domain.jobs import JobCancelled, ask_to_stop
from crm.workflow.models.job import Job
from customers.models import Customer
from integrations.domain.alarms import look
from integrations.enums import RunKind
from integrations.models import Alarm, Reconciliation, SyncRun, SyncState
from integrations.sap.mapping import ENTITY_SETS
from integrations.sync.engine import sync_all
from integrations.sync.what import What
from integrations.tasks import sync_nightly
from orders.models import SalesOrder
from tests.factories.organisation import Organisation
from tests.integrations.conftest import Erp
from tests.integrations.test_strategy import read

pytestmark = pytest.mark.django_db
ORDERS = "A_SalesOrder"


def stop_at(call: int) -> Callable[[], None]:
    """What asks between pages whether to go on: from this call on, not."""
    calls = 0

    def between() -> None:
        nonlocal calls
        calls += 1
        if calls >= call:
            raise JobCancelled("stopped")

    return between


def test_a_stopped_run_ends_the_job_and_raises_no_alarm(
    erp: Erp, buyer: Customer, org: Organisation, client_of: Any
) -> None:
    erp.order("4500000001")
    erp.invoice("9000000001")
    with erp.client() as client, pytest.raises(JobCancelled):
        list(sync_all(client=client, names=[ORDERS, "A_BillingDocument"], between=stop_at(2)))
    run = SyncRun.objects.get()
    assert (run.entity_set, run.state) == (ORDERS, "stopped")
    look()
    assert not Alarm.objects.exists()
    page = client_of(org.people.administrator).get(reverse("integrations:syncrun_record", args=[run.pk]))
    assert "stopped" in page.content.decode()


@pytest.mark.parametrize("state", ["stopped", "running"])
def test_a_failure_before_it_stays_told(erp: Erp, buyer: Customer, state: str) -> None:
    SyncRun.objects.create(entity_set=ORDERS, state="failed", message="x")
    SyncRun.objects.create(entity_set=ORDERS, state=state)
    look()
    assert Alarm.objects.filter(kind="failed", mended_at=None).exists()


@pytest.mark.parametrize("kind", [RunKind.PERIOD, RunKind.ASKED])
def test_a_failed_reading_that_nothing_repeats_is_mended_by_the_next_changes(
    erp: Erp, buyer: Customer, kind: str
) -> None:
    SyncRun.objects.create(entity_set=ORDERS, kind=kind, state="failed", message="x")
    look()
    assert Alarm.objects.filter(kind="failed", mended_at=None).exists()
    read(erp)
    look()
    assert not Alarm.objects.filter(mended_at=None).exists()


def test_everything_that_somebody_stopped_does_not_go_on_by_itself(erp: Erp, buyer: Customer, sync: Any) -> None:
    for number in range(1, 7):
        erp.order(f"450000000{number}")
    sync(ORDERS)
    with pytest.raises(JobCancelled):
        sync(ORDERS, full=True, page_size=2, between=stop_at(3))
    assert SyncState.objects.get(pk=ORDERS).cursor == {}
    assert sync(ORDERS).kind == "changes"


def test_a_first_load_that_somebody_stopped_goes_on(erp: Erp, buyer: Customer, sync: Any) -> None:
    for number in range(1, 7):
        erp.order(f"450000000{number}")
    with pytest.raises(JobCancelled):
        sync(ORDERS, page_size=2, between=stop_at(3))
    assert SalesOrder.objects.count() == 4
    erp.server.requests.clear()
    assert sync(ORDERS, page_size=2).read == 2
    assert SalesOrder.objects.count() == 6


def test_whoever_stops_the_nightly_pass_stops_what_would_follow_too(
    erp: Erp, buyer: Customer, org: Organisation, settings: Any
) -> None:
    settings.ERP_URL, settings.ERP_USER, settings.ERP_PASSWORD = erp.url, "demo", "demo"

    def stop(sender: Any, instance: Job, created: bool, **_more: Any) -> None:
        if created:
            ask_to_stop(job=instance, actor=org.people.administrator)

    post_save.connect(stop, sender=Job)
    try:
        sync_nightly()
    finally:
        post_save.disconnect(stop, sender=Job)
    assert list(Job.objects.filter(kind="erp_sync").values_list("state", flat=True)) == ["cancelled"]
    assert not Reconciliation.objects.exists()
    sync_nightly()
    assert Job.objects.filter(kind="erp_sync", state="done").count() == 2 and Reconciliation.objects.exists()


def test_a_request_to_stop_ends_every_kind_of_pass(erp: Erp, buyer: Customer) -> None:
    erp.order("4500000001")
    read(erp)
    for kind in (RunKind.OPEN, RunKind.KEYS):
        with erp.client() as client, pytest.raises(JobCancelled):
            list(sync_all(client=client, names=[ORDERS], what=What(kind), between=stop_at(2)))
        last = SyncRun.objects.filter(entity_set=ENTITY_SETS[ORDERS].name).latest("pk")
        assert (last.kind, last.state) == (kind, "stopped")
