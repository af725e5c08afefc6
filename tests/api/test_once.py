"""The same key with the same body: done once, answered twice; by property and with two at the same time."""

import threading
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrations.domain.api_answers import KEPT, forget_answers
from integrations.models import ApiAnswer
from leads.models import Lead
from tests.api.conftest import Program, secret_of
from tests.factories.organisation import Organisation, make_organisation

GOOD = {"company_name": "好公司", "contact_name": "王", "source": "website", "received_on": "2026-11-01"}


@pytest.mark.django_db
def test_the_same_key_is_answered_again_and_another_body_refused(org: Organisation, program: Any) -> None:
    rep = program(org.people.sales_rep)
    first = rep.post("leads/", GOOD, Idempotency_Key="k-1")
    again = rep.post("leads/", GOOD, Idempotency_Key="k-1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert again.headers["Idempotent-Replayed"] == "true"
    assert (again.headers["Location"], again.headers["ETag"]) == (first.headers["Location"], first.headers["ETag"])
    other = rep.post("leads/", {**GOOD, "need": "x"}, Idempotency_Key="k-1")
    assert (other.status_code, other.json()["type"]) == (422, "urn:hengpu:problem:idempotency_key_reused")
    assert Lead.objects.count() == 1
    assert rep.post("leads/", GOOD, Idempotency_Key="k-2").json()["id"] != first.json()["id"]


@pytest.mark.django_db
def test_what_failed_may_be_sent_again(org: Organisation, program: Any) -> None:
    rep = program(org.people.sales_rep)
    assert rep.post("leads/", {"need": "x"}, Idempotency_Key="k").status_code == 422
    assert rep.post("leads/", GOOD, Idempotency_Key="k").status_code == 201


@pytest.mark.django_db
def test_a_key_is_the_persons_own_and_is_kept_for_a_day(org: Organisation, program: Any) -> None:
    program(org.people.sales_rep).post("leads/", GOOD, Idempotency_Key="k")
    assert program(org.people.sales_manager).post("leads/", GOOD, Idempotency_Key="k").status_code == 201
    assert Lead.objects.count() == 2
    assert forget_answers() == 0
    ApiAnswer.objects.update(at=timezone.now() - KEPT * 2)
    assert program(org.people.sales_rep).post("leads/", GOOD, Idempotency_Key="k").status_code == 201
    assert Lead.objects.count() == 3
    assert forget_answers() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_time_one_makes_it(client_of: Any) -> None:
    org = make_organisation()
    secret = secret_of(org.people.sales_rep)
    answers: list[Any] = []
    start = threading.Barrier(4)

    def send() -> None:
        try:
            start.wait()
            answers.append(Program(secret).post("leads/", GOOD, Idempotency_Key="k"))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [201] * 4
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert sum("Idempotent-Replayed" not in answer.headers for answer in answers) == 1
    assert Lead.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_with_the_same_key_elsewhere_one_makes_it(client_of: Any) -> None:
    org = make_organisation()
    secret = secret_of(org.people.sales_rep)
    codes: list[int] = []
    start = threading.Barrier(4)

    def send() -> None:
        try:
            start.wait()
            codes.append(Program(secret).put("leads/by-key/MES/1/", GOOD).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == [200, 200, 200, 201]
    assert Lead.objects.count() == 1


REQUESTS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["x", "y", ""])), min_size=1, max_size=8)


@pytest.mark.gate
@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(requests=REQUESTS)
def test_whatever_is_repeated_each_key_makes_one(org: Organisation, program: Any, requests: Any) -> None:
    """Against a plain model: the first good body of a key makes a lead, the same again nothing, another is refused."""
    Lead.objects.all().delete()
    ApiAnswer.objects.all().delete()
    rep = program(org.people.sales_rep)
    known: dict[str, tuple[str, int]] = {}
    for key, need in requests:
        body = {**GOOD, "need": need} if need else {"need": "no company"}
        answer = rep.post("leads/", body, Idempotency_Key=key)
        if key in known:
            same = known[key][0] == need
            assert answer.status_code == (201 if same else 422)
            assert not same or answer.json()["id"] == known[key][1]
        elif need:
            assert answer.status_code == 201
            known[key] = (need, answer.json()["id"])
        else:
            assert answer.status_code == 422
    assert Lead.objects.count() == len(known)
