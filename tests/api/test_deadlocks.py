"""Requests about the same keys or records at once wait for each other, or are told to come again."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from integrations.models import ExternalRef
from leads.models import Lead
from tests.api.conftest import Program, secret_of
from tests.factories.records import make_lead

pytestmark = pytest.mark.django_db(transaction=True)
GOOD = {"company_name": "好公司", "contact_name": "王", "source": "website", "received_on": "2026-11-01"}


def in_thread(work: Callable[[], Any], got: list[Any]) -> threading.Thread:
    """The work begun in a thread of its own; what it gives is put into `got`."""

    def run() -> None:
        try:
            got.append(work())
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def wait_until_one_waits() -> None:
    """Until somebody waits for a row that another transaction has."""
    for _turn in range(1000):
        with connection.cursor() as cursor:
            # In this database: others wait beside it. Not by pg_stat_activity, which a transaction sees as it was at first.
            cursor.execute(
                "SELECT EXISTS (SELECT 1 FROM pg_locks w JOIN pg_locks held USING (pid)"
                " JOIN pg_database d ON d.oid = held.database AND d.datname = current_database()"
                " WHERE w.locktype = 'transactionid' AND NOT w.granted)"
            )
            if cursor.fetchone()[0]:
                return
        time.sleep(0.01)
    raise AssertionError("nobody waits")


def test_two_bulks_with_the_same_keys_in_other_orders_are_both_done(client_of: Any, queued: None, org: Any) -> None:
    secret = secret_of(org.people.sales_rep)
    keys = [f"k{number}" for number in range(12)]

    def bulk(order: list[str]) -> Any:
        speaks = Program(secret)
        speaks.client.raise_request_exception = False
        rows = [{"key": key, **GOOD} for key in order]
        return speaks.post("leads/bulk/", {"system": "MES", "rows": rows})

    got: list[Any] = []
    threads = [in_thread(lambda order=order: bulk(order), got) for order in (keys, keys[::-1])]
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in got] == [200, 200], [answer.content[:300] for answer in got]
    results = sorted({row["result"] for answer in got for row in answer.json()["results"]})
    assert results == ["created", "unchanged"]
    assert Lead.objects.count() == len(keys)


def test_who_loses_a_deadlock_is_told_to_come_again(client_of: Any, queued: None, org: Any) -> None:
    first, second = (make_lead(org, owner=org.people.sales_rep) for _number in range(2))
    for key, lead in (("1", first), ("2", second)):
        ExternalRef.objects.create(system="MES", entity="lead", external_id=key, object_id=lead.pk)
    speaks = Program(secret_of(org.people.sales_rep))
    speaks.client.raise_request_exception = False
    body = {"system": "MES", "rows": [{"key": key, "need": "新"} for key in "12"]}
    got: list[Any] = []
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL deadlock_timeout = '60s'")
        Lead.objects.select_for_update().get(pk=second.pk)
        thread = in_thread(lambda: speaks.post("leads/bulk/", body), got)
        wait_until_one_waits()
        Lead.objects.select_for_update().get(pk=first.pk)
    thread.join()
    (answer,) = got
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:hengpu:problem:conflict"), answer.content[:300]
    assert answer.headers["Retry-After"] == "1"
    assert not Lead.objects.filter(need="新").exists()
