"""Whatever is sent twice, at once and with changed bodies: never two records, never a lost update, always a clear answer."""

import threading
from collections import defaultdict
from typing import Any, NamedTuple

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrations.models import ApiAnswer, ExternalRef
from leads.models import Lead
from tests.api.conftest import Program, secret_of
from tests.factories.organisation import make_organisation
from tests.factories.records import make_lead

GOOD = {"company_name": "好公司", "contact_name": "王", "source": "website", "received_on": "2026-11-01"}
AT_ONCE = 4


class Sent(NamedTuple):
    """A request: "post" with a key, "put" by a key elsewhere, or "patch" of the one lead that all know; and what it says."""

    kind: str
    key: str
    need: str


class Got(NamedTuple):
    """A request and its answer."""

    sent: Sent
    status: int
    body: dict[str, Any]
    again: bool


REQUESTS = st.builds(
    Sent, st.sampled_from(["post", "put", "patch", "patch"]), st.sampled_from("ab"), st.sampled_from(["x", "y", "z"])
)
WAVES = st.lists(st.lists(REQUESTS, min_size=1, max_size=AT_ONCE), min_size=1, max_size=4)


def send(secret: str, lead: int, version: int, request: Sent) -> Got:
    """One request; a patch names the version that was read before its wave."""
    speaks, body = Program(secret), {**GOOD, "need": request.need}
    if request.kind == "post":
        answer = speaks.post("leads/", body, Idempotency_Key=request.key)
    elif request.kind == "put":
        answer = speaks.put(f"leads/by-key/MES/{request.key}/", body)
    else:
        answer = speaks.patch(f"leads/{lead}/", {"need": request.need}, If_Match=f'"{version}"')
    return Got(request, answer.status_code, answer.json(), "Idempotent-Replayed" in answer.headers)


def at_once(secret: str, lead: int, version: int, wave: list[Sent]) -> list[Got]:
    """All of a wave at the same time."""
    got: list[Got] = []
    start = threading.Barrier(len(wave))

    def work(request: Sent) -> None:
        try:
            start.wait()
            got.append(send(secret, lead, version, request))
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(request,)) for request in wave]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == len(wave), "each got an answer"
    return got


@pytest.mark.gate
@pytest.mark.django_db(transaction=True)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(waves=WAVES)
def test_never_two_records_and_never_a_lost_update(client_of: Any, queued: None, waves: list[list[Sent]]) -> None:
    org, secret = _people()
    Lead._base_manager.all().delete()
    ApiAnswer._base_manager.all().delete()
    ExternalRef._base_manager.all().delete()
    lead = make_lead(org, need="", owner=org.people.sales_rep)
    posts: list[Got] = []
    puts: list[Got] = []
    for wave in waves:
        before = Lead.objects.get(pk=lead.pk)
        got = at_once(secret, lead.pk, before.version, wave)
        posts += [one for one in got if one.sent.kind == "post"]
        puts += [one for one in got if one.sent.kind == "put"]
        patches_fit(before, [one for one in got if one.sent.kind == "patch"], Lead.objects.get(pk=lead.pk))
    made = posts_fit(posts) | puts_fit(puts)
    assert set(Lead.objects.exclude(pk=lead.pk).values_list("pk", flat=True)) == made


def _people(kept: dict[str, Any] = {}) -> Any:  # noqa: B006 -- the examples of one test share them
    from crm.models import User

    if "org" not in kept or not User.objects.filter(pk=kept["org"].people.sales_rep.pk).exists():
        kept["org"] = make_organisation()
        kept["secret"] = secret_of(kept["org"].people.sales_rep)
    return kept["org"], kept["secret"]


def patches_fit(before: Lead, got: list[Got], after: Lead) -> None:
    """Of those that named the same version one is done; whoever is late is told what is stored and loses nothing."""
    done = [one for one in got if one.status == 200]
    late = [one for one in got if one.status == 412]
    assert len(done) + len(late) == len(got), got
    changing = [one for one in done if one.body["version"] != before.version]
    assert len(changing) <= 1
    assert all(one.sent.need == before.need for one in done if one not in changing), "it says what is stored already"
    if changing:
        assert (after.need, after.version) == (changing[0].sent.need, before.version + 1)
    else:
        assert (after.need, after.version) == (before.need, before.version)
        assert not late
    for one in late:
        assert one.body["type"] == "urn:hengpu:problem:stale_version"
        assert one.body["current"]["version"] == after.version
        assert one.body["yours"] == {"need": one.sent.need}


def posts_fit(got: list[Got]) -> set[int]:
    """Each key has made one; the same again was answered with it, another body refused."""
    made = set()
    by_key: dict[str, list[Got]] = defaultdict(list)
    for one in got:
        by_key[one.sent.key].append(one)
    for ones in by_key.values():
        good = [one for one in ones if one.status == 201]
        assert len({one.body["id"] for one in good}) == 1
        assert len({one.sent.need for one in good}) == 1
        assert sum(not one.again for one in good) == 1, "one did it"
        for one in ones:
            if one not in good:
                assert (one.status, one.body["type"]) == (422, "urn:hengpu:problem:idempotency_key_reused")
                assert one.sent.need != good[0].sent.need
        made.add(good[0].body["id"])
    return made


def puts_fit(got: list[Got]) -> set[int]:
    """Each key elsewhere has made one; the last that changed it stands."""
    made = set()
    by_key: dict[str, list[Got]] = defaultdict(list)
    for one in got:
        by_key[one.sent.key].append(one)
    for ones in by_key.values():
        assert sorted(one.status for one in ones) == [200] * (len(ones) - 1) + [201]
        assert len({one.body["id"] for one in ones}) == 1
        stored = Lead.objects.get(pk=ones[0].body["id"])
        newest = max(ones, key=lambda one: one.body["version"])
        assert (stored.need, stored.version) == (newest.body["need"], newest.body["version"])
        versions: dict[int, set[str]] = defaultdict(set)
        for one in ones:
            assert one.body["need"] == one.sent.need, "nobody is told another's values as one's own"
            versions[one.body["version"]].add(one.sent.need)
        assert all(len(needs) == 1 for needs in versions.values()), "no version stands for two"
        made.add(stored.pk)
    return made
