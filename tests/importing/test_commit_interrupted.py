"""An import that is interrupted, started twice or goes wrong: it goes on, and ends in the same rows."""

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone, translation

from crm.errors import DomainError
from crm.importing.domain import batches, rescue
from crm.importing.domain.batches import discard_batch
from crm.importing.domain.committing import run_commit
from crm.importing.models import ImportBatch, ImportRow
from crm.locks import AdvisoryLock, is_held, session_lock
from crm.models import Job
from customers.models import Contact, Customer
from customers.resources.customer import CustomerResource
from tests.factories.organisation import make_organisation
from tests.factories.records import credit_code, make_customer
from tests.importing.sheets import checked, line, xlsx
from tests.servers import database_url

COLUMNS = (
    "code", "name", "credit_code", "grade", "region_id", "owner_id", "team_id", "business_unit_id", "payment_terms_days",
    "annual_demand_kg", "search_text", "version",
)  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_an_import_that_somebody_starts_to_write_is_not_discarded():
    org = make_organisation()
    batch = checked(org.people.administrator, xlsx([line(1)]))
    pressed, refused = threading.Event(), []

    def other_tab():
        pressed.wait(10)
        try:
            with translation.override("en"):
                discard_batch(batch=ImportBatch.objects.get(pk=batch.pk), actor=org.people.administrator)
        except DomainError as error:
            refused.append(str(error.message))
        connections.close_all()

    thread = threading.Thread(target=other_tab)
    thread.start()
    with transaction.atomic():
        ImportBatch.objects.filter(pk=batch.pk).update(state="committing")
        pressed.set()
        thread.join(2)  # it waits for this transaction
        assert thread.is_alive()
    thread.join(20)
    assert refused == ["Rows of this file were written already: start a new import."]
    assert batch.upload.storage.exists(batch.upload.name)
    assert ImportBatch.objects.get(pk=batch.pk).state == "committing"


WORKER = """
import django
django.setup()
from crm.importing.domain.committing import run_commit
run_commit({pk})
"""


def result(batch: ImportBatch) -> dict[str, int]:
    """The counts that are not zero."""
    return {name: count for name, count in batch.counts["result"].items() if count}


def snapshot() -> tuple[list[Any], list[Any], list[Any]]:
    """Customers, contacts and trail, without what depends on the moment."""
    return (
        list(Customer.objects.order_by("code").values_list(*COLUMNS)),
        list(
            Contact.objects.order_by("customer__code", "name").values_list(
                "customer__code", "name", "phone", "is_primary", "version"
            )
        ),
        list(Customer.pgh_event_model.objects.order_by("code", "pgh_id").values_list("code", "pgh_label", "version")),
    )


def test_a_second_commit_does_nothing(org, django_capture_on_commit_callbacks):
    actor = org.people.administrator
    batch = checked(actor, xlsx([line(1), line(2)]))
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        batches.start_commit(batch=batch, actor=actor, on_duplicate="skip")
        batches.start_commit(batch=ImportBatch.objects.get(pk=batch.pk), actor=actor, on_duplicate="create")
    assert len(callbacks) == 1
    before = snapshot()
    run_commit(batch.pk)
    batches.start_commit(batch=ImportBatch.objects.get(pk=batch.pk), actor=actor, on_duplicate="create", at_once=True)
    assert snapshot() == before
    assert Customer.objects.count() == 2
    assert ImportBatch.objects.get(pk=batch.pk).on_duplicate == "skip"


@pytest.mark.django_db(transaction=True)
def test_while_one_worker_writes_another_does_nothing():
    import threading

    from django.db import connections

    org = make_organisation()
    batch = checked(org.people.administrator, xlsx([line(1)]))
    ImportBatch.objects.filter(pk=batch.pk).update(state="committing")
    with session_lock(AdvisoryLock.IMPORT, batch.pk):
        assert is_held(AdvisoryLock.IMPORT, batch.pk)

        def other_worker():
            run_commit(batch.pk)
            connections.close_all()

        thread = threading.Thread(target=other_worker)
        thread.start()
        thread.join()
        assert Customer.objects.count() == 0
    assert not is_held(AdvisoryLock.IMPORT, batch.pk)
    run_commit(batch.pk)
    assert Customer.objects.count() == 1


def start_worker(pk: int, media: Any) -> subprocess.Popen[bytes]:
    """A process of its own that writes the import, on the test's database."""
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(connection.settings_dict["NAME"]),
        "DJANGO_SETTINGS_MODULE": "crm.settings.test",
        "HENGPU_VAR": str(media),
    }
    return subprocess.Popen([sys.executable, "-c", WORKER.format(pk=pk)], env=environment)


def kill_after_first_chunk(batch: ImportBatch, media: Any) -> int:
    """SIGKILL as soon as the first rows are written; how many were."""
    process = start_worker(batch.pk, media)
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and process.poll() is None:
            if ImportRow.objects.filter(batch=batch).exclude(outcome="").exists():
                break
            time.sleep(0.01)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    while is_held(AdvisoryLock.IMPORT, batch.pk) and time.monotonic() < deadline:
        time.sleep(0.01)  # PostgreSQL ends the statement that it is at before it notices
    return ImportRow.objects.filter(batch=batch).exclude(outcome="").count()


@pytest.mark.gate  # half a minute
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_and_started_again_ends_in_the_same_rows(tmp_path, settings):
    rows = [line(n) for n in range(1, 4601)]
    rows[100][2] = "A+"
    rows[3000] = line(3001, code=rows[5][1])
    rows[4000] = line(4001, name=rows[7][0], code="", days=1)
    rows[4500] = line(4501, name="旧名有限公司", code="", days=2)
    content = xlsx(rows)

    def world() -> tuple[Any, ImportBatch]:
        connection.cursor().execute(
            "ALTER TABLE customers_customerevent DISABLE TRIGGER crm_trail_guard;"
            "ALTER TABLE customers_contactevent DISABLE TRIGGER crm_trail_guard;"
            "TRUNCATE customers_customer, customers_customerevent, customers_contactevent, crm_numbersequence CASCADE;"
            "ALTER TABLE customers_customerevent ENABLE TRIGGER crm_trail_guard;"
            "ALTER TABLE customers_contactevent ENABLE TRIGGER crm_trail_guard"
        )
        org = make_organisation() if not rebuilt else rebuilt[0]
        rebuilt.append(org)
        make_customer(org, name="旧名有限公司", short_name="旧名", code="C-1", credit_code=credit_code(500010))
        return org, checked(org.people.administrator, content)

    rebuilt: list[Any] = []
    org, batch = world()
    undisturbed = batches.start_commit(batch=batch, actor=org.people.administrator, on_duplicate="update", at_once=True)
    expected, counted = snapshot(), result(undisturbed)

    org, batch = world()
    ImportBatch.objects.filter(pk=batch.pk).update(state="committing", on_duplicate="update")
    written = kill_after_first_chunk(batch, tmp_path)
    assert 0 < written < 4600
    assert Customer.objects.count() < 4598
    run_commit(batch.pk)
    batch.refresh_from_db()
    assert result(batch) == counted
    assert snapshot() == expected


@pytest.mark.django_db(transaction=True)
def test_what_a_killed_worker_left_is_queued_again(settings):
    org = make_organisation()
    actor = org.people.administrator
    lost, alive, held, poison = (checked(actor, xlsx([line(n)])) for n in (1, 2, 3, 4))
    long_ago = timezone.now() - timedelta(minutes=5)
    for batch, touched, attempts in (
        (lost, long_ago, 1),
        (alive, timezone.now(), 1),
        (held, long_ago, 1),
        (poison, long_ago, 5),
    ):
        job = Job.objects.create(kind="import_commit", created_by=actor)
        ImportBatch.objects.filter(pk=batch.pk).update(
            state="committing", touched_at=touched, attempts=attempts, job=job
        )
    from django.db import connections

    other = connections.create_connection("default")
    try:
        other.cursor().execute("SELECT pg_advisory_lock(%s, %s)", [int(AdvisoryLock.IMPORT), held.pk])
        assert rescue.requeue_lost() == 2
        with other.cursor() as cursor:  # from a connection that is only closed the server takes locks a moment later
            cursor.execute("SELECT pg_advisory_unlock_all()")
    finally:
        other.close()
    states = {batch.pk: batch.state for batch in ImportBatch.objects.all()}
    assert [states[b.pk] for b in (lost, alive, held, poison)] == ["done", "committing", "committing", "failed"]
    assert Customer.objects.count() == 1
    poison.refresh_from_db()
    assert "interrupted several times" in poison.job.message


def test_a_fault_in_the_writer_ends_in_a_message_and_can_be_taken_up_again(org, monkeypatch):

    actor = org.people.administrator
    batch = checked(actor, xlsx([line(1)]))
    write = CustomerResource.write

    def broken(*args, **kwargs):
        raise RuntimeError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr(CustomerResource, "write", broken)
        with pytest.raises(RuntimeError):
            batches.start_commit(batch=batch, actor=actor, on_duplicate="skip", at_once=True)
    batch.refresh_from_db()
    assert (batch.state, batch.job.state) == ("failed", "failed")
    assert Customer.objects.count() == 0
    assert CustomerResource.write == write
    batch = batches.start_commit(batch=batch, actor=actor, on_duplicate="skip", at_once=True)
    assert result(batch) == {"created": 1}
