"""One address that is slow, dead or answers nonsense holds up no other, and no worker for long."""

import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from crm.base import remembered
from crm.errors import ExternalError
from integrations.domain.webhooks import replay, send_test
from integrations.models import Webhook, WebhookDelivery
from integrations.tasks import send_webhooks
from integrations.webhooks import net, outbox
from integrations.webhooks.outbox import send_to, waiting_webhooks
from integrations.webhooks.pausing import is_paused
from tests.factories.organisation import Organisation, make_organisation
from tests.webhooks.conftest import Other, due_now, make_webhook, send_due, serving
from tests.webhooks.test_sending import a_lead


@pytest.fixture
def slow() -> Iterator[Other]:
    """Another side that takes its time."""
    with serving() as found:
        yield found


@pytest.fixture
def asked(monkeypatch: Any) -> list[tuple[str, dict[str, Any]]]:
    """Which tasks were queued: here they are started by the tests."""
    found: list[tuple[str, dict[str, Any]]] = []
    monkeypatch.setattr(outbox, "enqueue", lambda name, **ids: found.append((name, ids)))
    return found


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("asked")
def test_a_slow_address_does_not_delay_the_messages_of_another(other: Other, slow: Other) -> None:
    """Both have tasks of their own: while the slow one is at its first message, the quick one gets all of its."""
    org = make_organisation()
    slow.free.clear()
    late = make_webhook(org.people.sales_rep, slow.url, "created")
    quick = make_webhook(org.people.sales_rep, other.url, "created")
    for _number in range(4):
        a_lead(org)

    def work() -> None:
        try:
            send_to(late.pk)
        finally:
            connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    while not slow.came:
        time.sleep(0.02)
    assert send_to(quick.pk) == 4
    assert len(slow.came) == 1, "it is at its first message still"
    slow.free.set()
    worker.join()
    assert len(slow.came) == 4


@pytest.mark.django_db(transaction=True)
def test_each_address_gets_a_task_of_its_own(asked: Any, other: Other) -> None:
    org = make_organisation()
    keys = [make_webhook(org.people.sales_rep, other.url, "created").pk for _number in range(2)]
    a_lead(org)
    wanted = [("integrations.send_webhook", {"webhook": key}) for key in keys]
    assert asked == wanted, "when it happens"
    asked.clear()
    send_webhooks()
    assert asked == wanted, "and by the timetable"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("asked")
def test_an_address_has_one_worker_at_a_time(slow: Other, other: Other) -> None:
    org = make_organisation()
    slow.seconds = 1.0
    webhook = make_webhook(org.people.sales_rep, slow.url, "created")
    for _number in range(3):
        a_lead(org)
    sent: list[int] = []

    def work() -> None:
        try:
            sent.append(send_to(webhook.pk))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _number in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(sent) == [0, 0, 3]
    ids = [message["id"] for message in slow.messages]
    assert len(ids) == len(set(ids)) == 3


@pytest.mark.django_db
def test_a_dead_address_gets_a_pause_after_its_first_failure(org: Organisation, other: Other) -> None:
    webhook = make_webhook(org.people.sales_rep, other.url, "created")
    for _number in range(5):
        a_lead(org)
    other.answers = [503]
    assert send_due() == 0
    assert len(other.came) == 1, "the others are not tried in vain"
    assert is_paused(webhook.pk)
    assert send_due() == 0 and len(other.came) == 1
    assert WebhookDelivery.objects.filter(state="waiting", attempts=0).count() == 4
    other.answers = [200]
    due_now()
    assert send_due() == 5
    assert Webhook.objects.get().failing_since is None


@pytest.mark.django_db
def test_a_message_that_is_refused_pauses_nothing(org: Organisation, other: Other) -> None:
    make_webhook(org.people.sales_rep, other.url, "created")
    for _number in range(3):
        a_lead(org)
    other.answers = [422, 200]
    assert send_due() == 2
    assert len(other.came) == 3


@pytest.mark.django_db
def test_who_asks_for_it_ends_the_pause(org: Organisation, other: Other) -> None:
    webhook = make_webhook(org.people.sales_rep, other.url, "created")
    a_lead(org)
    other.answers = [500]
    send_due()
    other.answers = [200]
    send_test(webhook, actor=org.people.administrator)
    assert send_due() == 1
    row = WebhookDelivery.objects.exclude(event="test").get()
    WebhookDelivery.objects.filter(pk=row.pk).update(state="failed")
    other.answers = [500]
    send_test(webhook, actor=org.people.administrator)
    send_due()
    other.answers = [200]
    replay(row, actor=org.people.administrator)
    assert send_due() >= 1
    row.refresh_from_db()
    assert row.state == "sent"


@pytest.mark.django_db
def test_one_address_has_a_limited_time_and_goes_on_later(
    org: Organisation, other: Other, asked: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(outbox, "RUN", 0.0)
    webhook = make_webhook(org.people.sales_rep, other.url, "created")
    for _number in range(2):
        a_lead(org)
    asked.clear()
    assert send_to(webhook.pk) == 1
    assert asked == [("integrations.send_webhook", {"webhook": webhook.pk})], "it is queued behind the others"
    assert send_to(webhook.pk) == 1
    assert len(asked) == 1


@pytest.mark.django_db
def test_a_message_that_cannot_be_written_holds_up_no_other(org: Organisation, other: Other) -> None:
    make_webhook(org.people.sales_rep, other.url, "created")
    a_lead(org)
    WebhookDelivery.objects.update(label="no.such")
    a_lead(org)
    assert send_due() == 1
    failed = WebhookDelivery.objects.get(label="no.such")
    assert (failed.state, failed.attempts, bool(failed.error)) == ("waiting", 1, True)
    assert failed.due_at > timezone.now()


def test_who_sends_a_byte_now_and_then_is_not_waited_for(settings: Any, monkeypatch: Any) -> None:
    """The time is for all of it, not for each piece."""
    settings.WEBHOOK_ALLOW_HTTP, settings.WEBHOOK_NETWORKS = True, ["127.0.0.0/8"]
    monkeypatch.setattr(net, "SECONDS", 1.0)
    server = socket.create_server(("127.0.0.1", 0))

    def drip() -> None:
        taken, _address = server.accept()
        with taken:
            taken.recv(1000)
            for byte in b"HTTP/1.1 200 OK" + b"x" * 200:
                try:
                    taken.send(bytes([byte]))
                except OSError:
                    return
                time.sleep(0.2)

    threading.Thread(target=drip, daemon=True).start()
    began = time.monotonic()
    with pytest.raises(ExternalError):
        net.post(f"http://127.0.0.1:{server.getsockname()[1]}/", b"{}", {})
    assert time.monotonic() - began < 2.5
    server.close()


@pytest.mark.django_db
def test_nothing_waits_for_an_address_that_is_switched_off(org: Organisation, other: Other) -> None:
    make_webhook(org.people.sales_rep, other.url, "created")
    a_lead(org)
    Webhook.objects.update(is_active=False)
    remembered.forget()
    assert waiting_webhooks() == []
