"""`manage.py sync`, the periodic task, and where the connection comes from."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from crm import extension_points
from crm.errors import DomainError, ExternalError, StaleVersion
from crm.locks import AdvisoryLock, session_lock
from customers.models import Customer
from integrations import tasks
from integrations.domain.connection import access, decrypted, encrypted, save_connection
from integrations.models import ErpConnection, SyncRun
from integrations.sap.mapping import ENTITY_SETS
from orders.models import SalesOrder
from tests.factories.organisation import Organisation
from tests.integrations.conftest import Erp

pytestmark = pytest.mark.django_db
SETS = list(ENTITY_SETS)


@pytest.fixture
def connected(erp: Erp, settings: Any) -> Erp:
    settings.ERP_URL, settings.ERP_USER, settings.ERP_PASSWORD = erp.url, "demo", "demo"
    return erp


def run(*arguments: str) -> tuple[dict[str, Any], str, int]:
    """Output as JSON, messages, exit code."""
    out, err, code = StringIO(), StringIO(), 0
    try:
        call_command("sync", *arguments, stdout=out, stderr=err)
    except SystemExit as stop:
        code = int(str(stop.code))
    return json.loads(out.getvalue()), err.getvalue(), code


def test_it_prints_one_object_with_counts_and_control_sums(connected: Erp, buyer: Customer) -> None:
    connected.order("4500000001")
    connected.order("4500000002", customer="1000099")
    report, messages, code = run()
    assert list(report) == SETS and (messages, code) == ("", 0)
    orders = report["A_SalesOrder"]
    assert orders.pop("seconds") >= 0
    assert orders == {
        "read": 2,
        "written": 1,
        "unchanged": 0,
        "rejected": 1,
        "gone": 0,
        "control_sums": {"CNY": {"count": 1, "sum": "1000.00"}},
    }
    assert run("A_BillingDocument", "A_SalesOrder", "--full")[0].keys() == {"A_SalesOrder", "A_BillingDocument"}
    assert SyncRun.objects.filter(kind="full").count() == len(SETS) + 2  # what was never read is read in full


def test_a_failure_of_one_set_is_reported_and_the_others_run(connected: Erp, buyer: Customer) -> None:
    connected.order("4500000001")
    connected.server.faults.add({"status": 404})
    report, messages, code = run()
    assert code == 1 and SETS[0] in messages
    assert SETS[0] in report[SETS[0]]["error"]
    assert all("error" not in report[name] for name in SETS[1:])
    assert run()[2] == 0


def test_an_entity_set_that_is_being_read_is_a_failure_of_the_command(
    connected: Erp, buyer: Customer, other_connection: Any
) -> None:
    with other_connection(lambda: session_lock(AdvisoryLock.SYNC, 1)):
        report, _messages, code = run("A_SalesOrder")
    assert code == 1 and report["A_SalesOrder"]["error"]


@override_settings(ERP_URL="")
def test_without_a_connection_or_with_an_unknown_set_it_says_so() -> None:
    with pytest.raises(CommandError, match="ERP_URL"):
        call_command("sync")
    with pytest.raises(CommandError, match="A_Nothing"):
        call_command("sync", "A_Nothing")


def test_the_task_reads_everything_and_leaves_a_busy_set_alone(
    connected: Erp, buyer: Customer, other_connection: Any
) -> None:
    connected.order("4500000001")
    with other_connection(lambda: session_lock(AdvisoryLock.SYNC, 1)):
        tasks.sync.apply(throw=True)
    assert not SalesOrder.objects.exists() and SyncRun.objects.count() == len(SETS) - 1
    tasks.sync.apply(throw=True)
    assert SalesOrder.objects.exists()
    tasks.sync_everything.apply(throw=True)
    assert SyncRun.objects.filter(kind="full", entity_set="A_SalesOrder").count() == 2


@override_settings(ERP_URL="")
def test_the_task_is_quiet_while_nothing_is_connected(db: Any) -> None:
    tasks.sync.apply(throw=True)
    assert not SyncRun.objects.exists()


def test_beat_runs_it_every_five_minutes() -> None:
    job = extension_points.periodic_jobs.get("sync")
    assert (job.task, job.schedule, job.queue) == ("integrations.sync", 300.0, "sync")
    assert tasks.sync.name == job.task
    assert extension_points.periodic_jobs.get("sync_everything").task == tasks.sync_everything.name


def save(org: Organisation, password: str = "s3cret-密码", **values: Any) -> ErpConnection:
    row = ErpConnection(**{"name": "SAP", "base_url": "https://erp.example.com", "username": "CRM", **values})
    return save_connection(connection=row, password=password, actor=org.people.administrator)


@override_settings(ERP_URL="http://127.0.0.1:1", ERP_USER="env", ERP_PASSWORD="env")
def test_the_stored_connection_goes_before_the_environment(org: Organisation) -> None:
    assert access()[:4] == ("http://127.0.0.1:1", "env", "env", "")
    row = save(org)
    assert access()[:4] == ("https://erp.example.com", "CRM", "s3cret-密码", "SAP")
    assert "s3cret" not in row.password_encrypted and row.password_encrypted != encrypted("s3cret-密码")
    second = save(org, "other", name="SAP 2")
    row.refresh_from_db()
    assert (row.is_active, second.is_active, access().password) == (False, True, "other")


def test_a_password_goes_only_where_it_was_entered_for(org: Organisation) -> None:
    """Without that, whoever may change the address could have the stored password sent to a host of theirs."""
    row = save(org)
    row.base_url = "https://elsewhere.example.com"
    with pytest.raises(DomainError) as caught:
        save_connection(connection=row, password="", actor=org.people.administrator, expected_version=1)
    assert caught.value.field == "password"
    row.refresh_from_db()
    assert row.base_url == "https://erp.example.com"
    row.name = "S/4"
    saved = save_connection(connection=row, password="", actor=org.people.administrator, expected_version=1)
    assert (saved.name, access().password) == ("S/4", "s3cret-密码")
    with pytest.raises(StaleVersion):
        save_connection(connection=saved, password="", actor=org.people.administrator, expected_version=1)


@pytest.mark.parametrize(
    "address",
    [
        "erp.example.com",
        "ftp://erp",
        "https://",
        "https://a:b@erp",
        "https://erp?x=1",
        "http://erp:99999",
        "http://a b",
    ],
)
def test_an_address_must_be_one(org: Organisation, address: str) -> None:
    with pytest.raises(DomainError):
        save(org, base_url=address)
    assert save(org, base_url="http://sapgw:8000").base_url == "http://sapgw:8000"


def test_a_new_secret_key_asks_for_the_password_again(org: Organisation) -> None:
    token = encrypted("abc")
    assert decrypted(token) == "abc" and decrypted("") == ""
    with override_settings(SECRET_KEY="another-key-" + "x" * 40), pytest.raises(ExternalError) as caught:
        decrypted(token)
    assert caught.value.permanent
