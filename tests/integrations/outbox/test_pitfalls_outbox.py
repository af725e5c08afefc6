"""Pitfalls 23 and 25 to 27 of writing to SAP, by their number in the contract's list, and exactly once whatever happens."""

import datetime as dt
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrations.domain.outbox.messages import hand_over, send_again
from integrations.domain.outbox.sending import send_due, send_one
from integrations.enums import MessageKind
from integrations.models import ErpConnection, ExternalRef, OutboxMessage
from orders.models import OrderRequest
from tests.factories.records import make_customer
from tests.integrations.conftest import Erp
from tests.integrations.outbox.conftest import NUMBER, erp_orders, rounds, the_message

pytestmark = pytest.mark.django_db
ROUNDS = 60


def posts(erp: Erp) -> int:
    """How many requests for orders the ERP has answered."""
    return sum(1 for target in erp.server.requests if target.endswith("/A_SalesOrder"))


def test_23_a_token_that_ended_is_fetched_again_and_nothing_is_sent_twice(submitted: Any, erp: Erp) -> None:
    first, second = submitted(), submitted()
    with erp.client() as client:
        assert send_one(client=client, key=the_message(first).pk)
        erp.server.sessions.expire("csrf")
        assert send_one(client=client, key=the_message(second).pk)
    assert {the_message(first).state, the_message(second).state} == {"confirmed"}
    assert len(erp_orders(erp)) == 2


def test_23_an_oauth_token_that_ended_is_fetched_again(submitted: Any, erp: Erp) -> None:
    first, second = submitted(), submitted()
    ErpConnection.objects.update(sign_in="oauth", token_url=f"{erp.url}/oauth/token")
    with erp.client(token_url=f"{erp.url}/oauth/token") as client:
        assert send_one(client=client, key=the_message(first).pk)
        erp.server.sessions.expire("oauth")
        assert send_one(client=client, key=the_message(second).pk)
    assert len(erp_orders(erp)) == 2


def test_24_busy_is_no_attempt_and_is_waited_for_as_long_as_asked(submitted: Any, erp: Erp) -> None:
    request = submitted()
    erp.server.faults.add({"status": 429, "retry_after": 90, "after": 1})
    before = timezone.now()
    rounds()
    message = the_message(request)
    assert (message.state, message.posted_at, message.attempts) == ("waiting", None, 0)
    assert message.next_try_at >= before + dt.timedelta(seconds=89)
    rounds()
    assert the_message(request).state == "confirmed"


def test_25_an_order_that_is_refused_leaves_nothing_behind(submitted: Any, erp: Erp) -> None:
    request = submitted()
    erp.store.db.execute("DELETE FROM master_product")
    rounds()
    assert the_message(request).state == "refused"
    for entity_set in ("A_SalesOrder", "A_SalesOrderItem", "A_SalesOrderHeaderPartner"):
        assert erp.store.rows(entity_set, "1", []) == []


@pytest.mark.parametrize("fault", [{"drop": True}, {"status": 500, "done": True}, {"cut": True}])
def test_26_an_order_whose_answer_was_lost_is_found_and_not_made_again(
    submitted: Any, erp: Erp, fault: dict[str, Any]
) -> None:
    request = submitted()
    erp.server.faults.add({**fault, "after": 1})
    rounds()
    message = the_message(request)
    assert message.state == "doubt"
    assert message.posted_at is not None
    rounds()
    (order,) = erp_orders(erp)
    assert the_message(request).erp_number == order["SalesOrder"]
    assert posts(erp) == 1


def test_26_nothing_found_counts_only_when_the_erp_had_time_to_end_what_it_was_at(
    submitted: Any, erp: Erp, settings: Any
) -> None:
    settings.ERP_SETTLE_SECONDS = 660
    request = submitted()
    erp.server.faults.add({"status": 503, "after": 1})
    rounds(4)
    message = the_message(request)
    assert (message.state, erp_orders(erp)) == ("doubt", [])
    send_again(message=message, actor=request.owner)  # pressing the button changes nothing of that
    rounds(2)
    assert erp_orders(erp) == []
    OutboxMessage.objects.update(posted_at=timezone.now() - dt.timedelta(seconds=661))
    rounds()
    assert the_message(request).state == "confirmed"
    assert len(erp_orders(erp)) == 1


def test_26_the_time_to_end_counts_from_before_the_look_up(submitted: Any, erp: Erp, settings: Any) -> None:
    settings.ERP_SETTLE_SECONDS = 660
    request = submitted()
    erp.server.faults.add({"status": 503, "after": 1})
    rounds()
    OutboxMessage.objects.update(posted_at=timezone.now() - dt.timedelta(seconds=655))
    erp.server.faults.add({"latency": 5.5})  # what is committed meanwhile is not in the answer
    rounds()
    assert the_message(request).state == "doubt"
    assert erp_orders(erp) == []
    rounds()
    assert the_message(request).state == "confirmed"


def test_26_a_partner_whose_answer_was_lost_is_found_by_its_number_there(ready: Any, erp: Erp) -> None:
    customer = make_customer(ready, region=ready.east)
    hand_over(kind=MessageKind.PARTNER, record=customer, actor=customer.owner)
    erp.server.faults.add({"drop": True, "after": 1})
    rounds(2)
    assert the_message(customer).state == "confirmed"
    assert len(erp.store.rows("A_BusinessPartner", "1", [])) == 1


def test_27_a_customer_s_own_number_that_looks_like_ours_is_not_taken_for_ours(submitted: Any, erp: Erp) -> None:
    request = submitted()
    message = the_message(request)
    erp.order("4400000001", customer="1000099", reference=message.reference)  # another customer's
    erp.order("4400000002", customer=NUMBER, reference="PO-118")
    erp.server.faults.add({"status": 503, "after": 1})
    rounds(2)
    message.refresh_from_db()
    assert message.state == "confirmed"
    assert message.erp_number not in ("4400000001", "4400000002")
    assert len(erp_orders(erp)) == 3


@pytest.mark.gate  # a minute
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    rate=st.floats(0.1, 0.9),
    seed=st.integers(0, 10_000),
    kinds=st.sets(st.sampled_from(["busy", "error", "gateway", "cut", "drop", "done"]), min_size=1),
    deaths=st.lists(st.booleans(), max_size=6),
    known=st.booleans(),
)
def test_exactly_one_order_and_one_customer_whatever_the_erp_does(
    ready: Any, submitted: Any, erp: Erp, rate: float, seed: int, kinds: set[str], deaths: list[bool], known: bool
) -> None:
    """Answers dropped after the write, errors before and after it, busy, cut; workers that die having posted or not."""
    start_again(erp)
    request = submitted(known=known)
    if not known:
        hand_over(kind=MessageKind.PARTNER, record=request.customer, actor=request.owner)
    erp.server.faults.at_random(rate, seed=seed, kinds=sorted(kinds))
    for died in deaths:
        rounds()
        if died:  # as a worker leaves it that is killed before it records anything
            OutboxMessage.objects.filter(state__in=("waiting", "doubt")).update(state="sending")
    erp.server.faults.clear()
    cache.clear()  # the pause is over that is made after so many failures in a row
    for _round in range(ROUNDS):
        OutboxMessage.objects.filter(state="dead").update(state="waiting")
        rounds()
        if not OutboxMessage.objects.exclude(state="confirmed").exists():
            break
    assert set(OutboxMessage.objects.values_list("state", flat=True)) == {"confirmed"}
    (order,) = erp_orders(erp)
    request.refresh_from_db()
    assert (request.state, request.erp_number) == ("entered", order["SalesOrder"])
    assert len(erp.store.rows("A_BusinessPartner", "1", [])) == (0 if known else 1)
    assert ExternalRef.objects.filter(entity="customer", object_id=request.customer_id).count() == 1
    assert send_due() == 0


def start_again(erp: Erp) -> None:
    """An ERP and an outbox without what an earlier example left."""
    erp.server.faults.clear()
    cache.clear()
    for entity_set in ("A_SalesOrder", "A_SalesOrderItem", "A_BusinessPartner", "A_Customer"):
        erp.store.db.execute(f"DELETE FROM {entity_set}")
    OutboxMessage.objects.all().delete()
    OrderRequest.objects.filter(state="submitted").update(state="draft")
    ExternalRef.objects.filter(entity="customer").delete()
