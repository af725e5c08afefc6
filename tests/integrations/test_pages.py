"""The pages of the sync: overview, runs, rejected rows, connection."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection as database
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from customers.models import Customer
from integrations.domain.connection import access
from integrations.models import ErpConnection, RejectedRow, SyncRun, SyncState
from integrations.sap.mapping import ENTITY_SETS
from orders.models import SalesOrder
from tests.factories.organisation import Organisation
from tests.integrations.conftest import Erp

pytestmark = pytest.mark.django_db
Opener = Callable[[Any], Client]


@pytest.fixture
def administrator(org: Organisation, client_of: Opener) -> Client:
    return client_of(org.people.administrator)


@pytest.fixture
def auditor(org: Organisation, client_of: Opener) -> Client:
    return client_of(org.people.auditor)


def rejected(key: str = "4500000002") -> RejectedRow:
    run = SyncRun.objects.create(
        entity_set="A_SalesOrder", state="done", finished_at=timezone.now(), read=1200, rejected=1
    )
    payload = {"SalesOrder": key, "SoldToParty": "<b>1000099</b>"}
    return RejectedRow.objects.create(
        run=run, entity_set="A_SalesOrder", external_id=key, reason="No customer 1000099", payload=payload
    )


@pytest.mark.parametrize("name", ["sync", "syncrun_list", "rejectedrow_list", "connection"])
@pytest.mark.parametrize(
    ("person", "code"), [("administrator", 200), ("auditor", 200), ("sales_manager", 403), ("executive", 403)]
)
def test_who_may_look(org: Organisation, client_of: Opener, name: str, person: str, code: int) -> None:
    assert client_of(org.user(person)).get(reverse(f"integrations:{name}")).status_code == code


@pytest.mark.parametrize("name", ["sync_start", "connection", "connection_test"])
def test_who_may_act(org: Organisation, auditor: Client, client_of: Opener, name: str) -> None:
    url = reverse(f"integrations:{name}")
    assert auditor.post(url).status_code == 403
    assert client_of(org.people.sales_rep).post(url).status_code == 403
    assert client_of(org.people.administrator).post(url, {"name": ""}).status_code in (200, 302, 422)


def test_the_overview_tells_how_far_each_entity_set_is(administrator: Client, auditor: Client) -> None:
    page = administrator.get(reverse("integrations:sync"))
    assert page.content.decode().count("never") == len(ENTITY_SETS)
    rejected()
    SyncState.objects.create(entity_set="A_SalesOrder", last_success_at=timezone.now())
    SyncRun.objects.create(
        entity_set="A_BillingDocument", state="failed", message="The ERP answered with an error (500)."
    )
    text = administrator.get(reverse("integrations:sync")).content.decode()
    assert text.count("never") == len(ENTITY_SETS) - 2 and "1,200" in text and "(500)" in text
    assert f"{reverse('integrations:rejectedrow_list')}?entity_set=A_SalesOrder&amp;state=open" in text
    assert "Run now" in text and "Run now" not in auditor.get(reverse("integrations:sync")).content.decode()


def test_what_stopped_a_run_is_told_in_the_readers_language_and_the_erps_own_words_are_no_markup(
    administrator: Client,
) -> None:
    said = {"en": "The ERP refused it: <b>no</b>", "zh-hans": "ERP 拒绝了"}
    run = SyncRun.objects.create(entity_set="A_SalesOrder", state="failed", message=said["zh-hans"], messages=said)
    for url in (
        reverse("integrations:sync"),
        reverse("integrations:entity_set", args=["A_SalesOrder"]),
        reverse("integrations:syncrun_record", args=[run.pk]),
    ):
        text = administrator.get(url).content.decode()
        assert "refused it: &lt;b&gt;no" in text and "<b>no" not in text and said["zh-hans"] not in text, url


def test_the_overview_takes_the_same_queries_for_one_run_and_many(administrator: Client) -> None:
    def queries() -> int:
        administrator.get(reverse("integrations:sync"))
        with CaptureQueriesContext(database) as captured:
            administrator.get(reverse("integrations:sync"))
        return len(captured)

    rejected("1")
    one = queries()
    for number in range(2, 7):
        rejected(str(number))
    assert queries() == one == 7


def test_while_something_runs_the_table_asks_for_itself(administrator: Client) -> None:
    SyncRun.objects.create(entity_set="A_SalesOrder")
    url = reverse("integrations:sync")
    assert 'hx-trigger="every 3s"' in administrator.get(url).content.decode()
    fragment = administrator.get(url, headers={"HX-Request": "true"}).content.decode()
    assert fragment.strip().startswith('<section class="card" id="sets"') and "<html" not in fragment
    SyncRun.objects.update(state="done")
    assert "hx-trigger" not in administrator.get(url, headers={"HX-Request": "true"}).content.decode()


def test_run_now_reads_what_is_named(
    erp: Erp, buyer: Customer, administrator: Client, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.ERP_URL, settings.ERP_USER, settings.ERP_PASSWORD = erp.url, "demo", "demo"
    erp.order("4500000001")
    url = reverse("integrations:sync_start")
    with django_capture_on_commit_callbacks(execute=True):
        answer = administrator.post(url, {"entity_set": "A_SalesOrder"}, follow=True)
    assert "queued" in answer.content.decode()
    assert SalesOrder.objects.count() == 1
    assert list(SyncRun.objects.values_list("entity_set", flat=True)) == ["A_SalesOrder"]
    with django_capture_on_commit_callbacks(execute=True):
        administrator.post(url, {"kind": "full"})
    assert SyncRun.objects.filter(kind="full").count() == len(ENTITY_SETS) + 1
    assert "A_Nothing" in administrator.post(url, {"entity_set": "A_Nothing"}, follow=True).content.decode()


def test_runs_and_rejected_rows_are_listed_and_shown(administrator: Client) -> None:
    row = rejected()
    runs = administrator.get(reverse("integrations:syncrun_list")).content.decode()
    assert "Sales orders" in runs and "1,200" in runs
    SyncRun.objects.update(control_sums={"CNY": {"count": 3, "sum": "1234567.50"}})
    assert (
        "1,234,567.50" in administrator.get(reverse("integrations:syncrun_record", args=[row.run_id])).content.decode()
    )
    assert "No customer 1000099" in administrator.get(reverse("integrations:rejectedrow_list")).content.decode()
    shown = administrator.get(reverse("integrations:rejectedrow_record", args=[row.pk])).content.decode()
    assert "SoldToParty" in shown and "&lt;b&gt;1000099" in shown and "<b>1000099" not in shown
    assert "Try again" in shown
    RejectedRow.objects.update(state="resolved")
    assert (
        "Try again" not in administrator.get(reverse("integrations:rejectedrow_record", args=[row.pk])).content.decode()
    )
    assert (
        "4500000002"
        not in administrator.get(reverse("integrations:rejectedrow_list"), {"state": "open"}).content.decode()
    )


FORM = {
    "name": "SAP",
    "base_url": "https://erp.example.com",
    "sign_in": "basic",
    "username": "CRM",
    "password": "pass-1",
    "per_second": "20",
    "is_active": "on",
}


def test_the_connection_is_saved_and_its_password_never_shown(administrator: Client) -> None:
    url = reverse("integrations:connection")
    saved = administrator.post(url, FORM)
    assert saved.status_code == 302
    assert 'hx-trigger="load' in administrator.get(saved["Location"]).content.decode()  # it is tested at once
    assert 'hx-trigger="load' not in administrator.get(url).content.decode()
    assert (access().password, access().per_second) == ("pass-1", 20)
    page = administrator.get(url).content.decode()
    assert "erp.example.com" in page and "pass-1" not in page and "gAAAA" not in page
    version = ErpConnection.objects.get().version
    again = {**FORM, "password": "", "name": "S/4", "version_read": version}
    assert administrator.post(url, again).status_code == 302
    assert (access().password, access().name) == ("pass-1", "S/4")
    stale = administrator.post(url, {**again, "name": "Mine"})
    assert stale.status_code == 409 and "Mine" in stale.content.decode() and access().name == "S/4"
    moved = administrator.post(url, {**again, "base_url": "https://evil.example.com", "version_read": version + 1})
    assert moved.status_code == 422 and access().base_url == "https://erp.example.com"


def test_the_test_button_says_what_each_service_answers(erp: Erp, administrator: Client) -> None:
    url = reverse("integrations:connection_test")
    assert "No ERP is connected" in administrator.post(url).content.decode()
    administrator.post(
        reverse("integrations:connection"), {**FORM, "base_url": erp.url, "username": "demo", "password": "demo"}
    )
    answer = administrator.post(url, headers={"HX-Request": "true"}).content.decode()
    assert answer.count("ready") == len(ENTITY_SETS) and "<html" not in answer
    erp.server.faults.add({"status": 500, "count": 1})
    page = administrator.post(url).content.decode()
    assert page.count("ready") == len(ENTITY_SETS) - 1 and "does not work" in page and "<html" in page
