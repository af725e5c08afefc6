"""Pitfall 24: the ERP is not flooded, and left alone while it does not answer. All processes share both."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from django.urls import reverse
from django.utils import translation

from crm.errors import ExternalError
from customers.models import Customer
from integrations import tasks
from integrations.domain import pacing
from integrations.domain.connection import left_alone, open_client, save_connection
from integrations.domain.pacing import IN_A_ROW, SharedGate
from integrations.models import Alarm, ErpConnection, SyncRun
from integrations.sap.client import ODataClient
from integrations.sap.errors import NotNow
from tests.factories.organisation import Organisation
from tests.integrations.conftest import Erp

pytestmark = pytest.mark.django_db
SERVICE = "API_SALES_ORDER_SRV"


@pytest.fixture
def connected(erp: Erp, settings: Any) -> Erp:
    settings.ERP_URL, settings.ERP_USER, settings.ERP_PASSWORD = erp.url, "demo", "demo"
    erp.order("4500000001")
    return erp


@pytest.fixture
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(pacing, "PAUSE", 2.0)
    yield


def ask(**options: Any) -> None:
    """One request, without retries."""
    with open_client(attempts=1, **options) as client:
        client.page(SERVICE, "A_SalesOrder", {"$select": "SalesOrder", "$top": "1"})


def silence(erp: Erp) -> None:
    """So many requests in a row without an answer as it takes."""
    erp.server.faults.add({"status": 503, "count": IN_A_ROW})
    for _time in range(IN_A_ROW):
        assert left_alone() is None
        with pytest.raises(ExternalError, match="503"):
            ask()
    erp.server.faults.clear()


def test_24_all_processes_together_take_so_many_tokens_a_second() -> None:
    waits: list[float] = []
    gates = [SharedGate("https://erp.example.com", per_second=10, sleep=waits.append) for _process in range(2)]
    other = SharedGate("https://other.example.com", per_second=10, sleep=waits.append)
    began = time.monotonic()
    for _turn in range(15):
        for gate in gates:
            gate.enter()
    spent = time.monotonic() - began
    other.enter()
    assert len(waits) <= 20  # the first ten found a full bucket
    assert 2.0 - spent - 0.05 <= waits[-1] <= 2.0  # 30 requests at 10 a second, of which a second's worth is free
    fast: list[float] = []
    gate = SharedGate("https://fast.example.com", per_second=1000, sleep=fast.append)
    for _turn in range(100):
        gate.enter()
    assert fast == []


def test_24_the_connection_says_how_many(erp: Erp, org: Organisation) -> None:
    row = ErpConnection(name="SAP", base_url=erp.url, username="demo", per_second=2)
    save_connection(connection=row, password="demo", actor=org.people.administrator)
    began = time.monotonic()
    for _turn in range(4):
        ask()
    assert time.monotonic() - began > 0.8


def test_24_after_some_requests_without_an_answer_it_is_left_alone_and_tried_again(
    connected: Erp, short_pauses: None
) -> None:
    ask()
    silence(connected)
    before = len(connected.server.requests)
    with pytest.raises(NotNow, match=f"not answered {IN_A_ROW} times in a row; it is asked again at"):
        ask()
    assert len(connected.server.requests) == before and left_alone() is not None
    with translation.override("zh-hans"):
        assert "ERP" in str(left_alone()) and "in a row" not in str(left_alone())
    time.sleep(2.05)
    connected.server.faults.add({"status": 503})
    began = time.time()
    with pytest.raises(ExternalError, match="503"):  # one may try, and fails
        ask()
    rest = left_alone()
    assert rest is not None and rest.until.timestamp() - began >= 4.0  # twice as long
    time.sleep(max(rest.until.timestamp() - time.time(), 0) + 0.05)
    ask()
    assert left_alone() is None
    for _turn in range(IN_A_ROW - 1):  # all is forgotten: it takes as many as before
        connected.server.faults.add({"status": 502})
        with pytest.raises(ExternalError):
            ask()
    assert left_alone() is None


def test_24_a_source_that_asks_for_a_long_pause_is_left_alone_until_then(
    connected: Erp, buyer: Customer, org: Organisation, client_of: Any
) -> None:
    connected.server.faults.add({"status": 429, "retry_after": 3600, "after": 1})
    tasks.sync.apply(throw=True)
    rest = left_alone()
    assert rest is not None and 3500 < rest.until.timestamp() - time.time() <= 3600
    asked, runs = len(connected.server.requests), SyncRun.objects.count()
    with pytest.raises(NotNow, match="asks to be left alone; it is asked again at") as caught:
        ask()
    assert caught.value.wait and caught.value.wait > 3500
    tasks.sync.apply(throw=True)
    assert (len(connected.server.requests), SyncRun.objects.count()) == (asked, runs)
    client = client_of(org.people.administrator)
    assert "asks to be left alone" in client.get(reverse("integrations:sync")).content.decode()
    client.post(reverse("integrations:connection_test"))
    assert left_alone() is None


def test_24_a_pause_that_was_asked_for_ends_by_itself(connected: Erp) -> None:
    SharedGate(connected.url, per_second=50).rest(0.2)
    assert left_alone() is not None
    time.sleep(0.25)
    ask()
    assert left_alone() is None


def test_24_while_one_tries_the_others_wait(connected: Erp, short_pauses: None) -> None:
    silence(connected)
    time.sleep(2.05)
    SharedGate(connected.url, per_second=50).enter()  # another process is at it
    with pytest.raises(NotNow):
        ask()


def test_24_a_refusal_is_an_answer(connected: Erp) -> None:
    for _turn in range(IN_A_ROW + 1):
        for status in (400, 401, 429, 500):
            connected.server.faults.add({"status": status})
            with pytest.raises(ExternalError):
                ask()
    assert left_alone() is None


def test_24_nobody_there_is_no_answer(settings: Any) -> None:
    settings.ERP_URL = "http://127.0.0.1:9"
    for _turn in range(IN_A_ROW):
        with pytest.raises(ExternalError, match="cannot be reached"):
            ask()
    with pytest.raises(NotNow):
        ask()


def test_24_testing_the_connection_goes_through_and_opens_the_way(
    connected: Erp, org: Organisation, client_of: Any
) -> None:
    silence(connected)
    client = client_of(org.people.administrator)
    text = client.get(reverse("integrations:sync")).content.decode()
    assert "The ERP is left alone for a while" in text and f"not answered {IN_A_ROW} times in a row" in text
    answer = client.post(reverse("integrations:connection_test")).content.decode()
    assert "ready" in answer
    assert left_alone() is None
    assert "left alone" not in client.get(reverse("integrations:sync")).content.decode()


def test_24_runs_of_the_timetable_leave_it_alone_and_the_alarm_says_why(
    connected: Erp, buyer: Customer, org: Organisation, client_of: Any
) -> None:
    connected.server.faults.add({"status": 503, "count": 100})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("integrations.domain.runs.open_client", quick(open_client))
        tasks.sync.apply(throw=True)
        runs = SyncRun.objects.count()
        assert runs and left_alone() is not None
        assert Alarm.objects.filter(kind="failed").exists()
        for address in (reverse("integrations:sync"), reverse("integrations:entity_set", args=["A_SalesOrder"])):
            page = client_of(org.people.administrator).get(address).content.decode()
            assert f"not answered {IN_A_ROW} times in a row" in page
        tasks.sync.apply(throw=True)
        assert SyncRun.objects.count() == runs


def test_24_without_redis_nothing_is_held_back(connected: Erp, monkeypatch: pytest.MonkeyPatch) -> None:
    import redis

    gone = redis.Redis.from_url("redis://127.0.0.1:9", socket_connect_timeout=0.2)
    monkeypatch.setattr(pacing, "_redis", lambda: gone)
    ask()
    assert left_alone() is None


def quick(open_: Callable[..., ODataClient]) -> Callable[..., ODataClient]:
    """The client as it is, with no waiting between retries."""
    return lambda **options: open_(sleep=lambda seconds: None, **options)


def test_24_a_write_is_held_back_before_it_is_sent(connected: Erp) -> None:
    silence(connected)
    with open_client(attempts=1) as client, pytest.raises(NotNow) as raised:
        client.create(SERVICE, "A_SalesOrder", {})
    assert raised.value.wait and raised.value.wait > 30
    assert httpx.get(f"{connected.url}/sap/opu/odata/sap/{SERVICE}/$metadata", auth=("demo", "demo")).is_success
