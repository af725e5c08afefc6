"""A bulk is done piece by piece: it holds up nobody for long, and is safe to repeat wherever it was cut off."""

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.db.backends.postgresql.base import DatabaseWrapper
from django.utils import timezone

from integrations.api import paging, views
from integrations.domain import api_answers
from integrations.models import ApiAnswer
from leads.models import Lead
from tests.api.conftest import Program, secret_of
from tests.api.test_deadlocks import in_thread
from tests.factories.organisation import Organisation
from tests.factories.records import make_lead

GOOD = {"company_name": "好公司", "contact_name": "王", "source": "website", "received_on": "2026-11-01"}


@pytest.fixture(autouse=True)
def small(monkeypatch: Any) -> None:
    """Two rows are a piece."""
    monkeypatch.setattr(api_answers, "PIECE", 2)


def rows(*keys: str) -> dict[str, Any]:
    """The body of a bulk."""
    return {"system": "MES", "rows": [{"key": key, **GOOD} for key in keys]}


def breaking(monkeypatch: Any, key: str, error: Callable[[], Exception]) -> Any:
    """The row of this key raises the error."""
    real = views.BulkApi.upsert

    def upsert(self: Any, system: str, named: str, *more: Any) -> Any:
        if named == key:
            raise error()
        return real(self, system, named, *more)

    monkeypatch.setattr(views.BulkApi, "upsert", upsert)
    return lambda: monkeypatch.setattr(views.BulkApi, "upsert", real)


@pytest.mark.django_db
def test_an_error_that_nobody_expected_is_one_rows_own(org: Organisation, program: Any, monkeypatch: Any) -> None:
    breaking(monkeypatch, "2", lambda: RuntimeError("secret detail"))
    answer = program(org.people.sales_rep).post("leads/bulk/", rows("1", "2", "3"), Idempotency_Key="k")
    results = answer.json()["results"]
    assert [row["result"] for row in results] == ["created", "failed", "created"]
    assert (results[1]["status"], "secret" in answer.content.decode()) == (500, False)
    assert results[1]["detail"].startswith("Something went wrong here.")
    assert Lead.objects.count() == 2


@pytest.mark.django_db
def test_a_bulk_that_was_cut_off_goes_on_behind_its_last_whole_piece(
    org: Organisation, program: Any, monkeypatch: Any
) -> None:
    rep = program(org.people.sales_rep)
    mend = breaking(monkeypatch, "4", SystemExit)  # the process ends: no row's error
    with pytest.raises(SystemExit):
        rep.post("leads/bulk/", rows(*"12345"), Idempotency_Key="k")
    assert Lead.objects.count() == 2, "whole pieces stay"
    mend()
    other = rep.post("leads/bulk/", rows("9"), Idempotency_Key="k")
    assert other.json()["type"] == "urn:hengpu:problem:idempotency_key_reused"
    done = rep.post("leads/bulk/", rows(*"12345"), Idempotency_Key="k")
    assert [row["result"] for row in done.json()["results"]] == ["created"] * 5, "as if nothing had happened"
    assert "Idempotent-Replayed" not in done.headers
    again = rep.post("leads/bulk/", rows(*"12345"), Idempotency_Key="k")
    assert (again.json(), again.headers["Idempotent-Replayed"]) == (done.json(), "true")
    assert Lead.objects.count() == 5
    assert ApiAnswer.objects.get().status == 200


@pytest.mark.django_db
def test_without_a_key_the_same_again_writes_nothing_twice(org: Organisation, program: Any, monkeypatch: Any) -> None:
    rep = program(org.people.sales_rep)
    mend = breaking(monkeypatch, "4", SystemExit)
    with pytest.raises(SystemExit):
        rep.post("leads/bulk/", rows(*"1234"))
    mend()
    results = rep.post("leads/bulk/", rows(*"1234")).json()["results"]
    assert [row["result"] for row in results] == ["unchanged", "unchanged", "created", "created"]
    assert rep.post("leads/bulk/", rows()).json() == {"results": []}


@pytest.mark.django_db(transaction=True)
def test_others_get_their_numbers_while_a_bulk_is_under_way(
    client_of: Any, queued: None, org: Any, monkeypatch: Any
) -> None:
    under_way, go_on = threading.Event(), threading.Event()
    real = views.BulkApi.upsert

    def upsert(self: Any, system: str, key: str, *more: Any) -> Any:
        if key == "3":  # the first row of the second piece
            under_way.set()
            assert go_on.wait(30)
        return real(self, system, key, *more)

    monkeypatch.setattr(views.BulkApi, "upsert", upsert)
    secret = secret_of(org.people.sales_rep)
    got: list[Any] = []
    thread = in_thread(lambda: Program(secret).post("leads/bulk/", rows(*"1234")), got)
    try:
        assert under_way.wait(30)
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '5s'")
        assert Program(secret).post("leads/", GOOD).status_code == 201
        assert Lead.objects.count() == 3
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout")
        go_on.set()
        thread.join()
    assert [row["result"] for row in got[0].json()["results"]] == ["created"] * 4


@pytest.mark.django_db(transaction=True)
def test_two_with_the_same_key_at_once_do_it_once(client_of: Any, queued: None, org: Any) -> None:
    secret = secret_of(org.people.sales_rep)
    got: list[Any] = []
    send = lambda: Program(secret).post("leads/bulk/", rows(*"1234567"), Idempotency_Key="k")  # noqa: E731
    for thread in [in_thread(send, got) for _number in range(3)]:
        thread.join()
    assert [row["result"] for row in got[0].json()["results"]] == ["created"] * 7
    assert got[0].json() == got[1].json() == got[2].json()
    assert Lead.objects.count() == 7


@pytest.mark.django_db(transaction=True)
def test_a_poll_from_as_of_misses_nothing_that_was_still_being_written(
    client_of: Any, queued: None, org: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(paging, "CLOCKS", 1)
    speaks = Program(secret_of(org.people.sales_rep))
    written, end = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            lead = make_lead(org, owner=org.people.sales_rep)
            # as if it had been begun and written a minute ago: the poll's own clock stands far behind it
            written.set()
            assert end.wait(30)
            Lead.objects.filter(pk=lead.pk).update(updated_at=written_at[0])

    written_at = [timezone.now() + dt.timedelta(milliseconds=1)]
    thread = in_thread(slow, [])
    try:
        assert written.wait(30)
        threading.Event().wait(2)  # longer than the clocks may differ
        first = speaks.get("leads/?page_size=1").json()
        assert first["results"] == []
    finally:
        end.set()
        thread.join()
    found = speaks.get(f"leads/?changed_since={first['as_of']}").json()
    assert [row["id"] for row in found["results"]] == [Lead.objects.get().pk]


@pytest.mark.django_db
def test_as_of_stands_on_the_first_page_and_is_a_moment_that_is_taken(org: Organisation, program: Any) -> None:
    for _number in range(3):
        make_lead(org)
    rep = program(org.people.sales_rep)
    page = rep.get("leads/?page_size=2").json()
    assert dt.datetime.fromisoformat(page["as_of"]) < timezone.now()
    assert "as_of" not in rep.get(page["next"]).json(), "that of the later pages would be too late"
    assert rep.get(f"leads/?changed_since={page['as_of']}").status_code == 200


@pytest.mark.django_db
def test_a_lost_connection_is_no_rows_error(org: Organisation, program: Any, monkeypatch: Any) -> None:
    breaking(monkeypatch, "3", lambda: OperationalError("the connection is lost"))
    monkeypatch.setattr(DatabaseWrapper, "is_usable", lambda self: False)
    answer = program(org.people.sales_rep).post("leads/bulk/", rows(*"1234"))
    assert answer.status_code == 500
