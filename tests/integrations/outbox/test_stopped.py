"""What stops a message for good, or leaves it without a number, reaches a person, and can go on once it is mended."""

import dataclasses
import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from crm.errors import DomainError
from crm.workflow.models import Notification
from integrations.domain.alarms import look
from integrations.domain.numbers import give_number, take_number_away
from integrations.domain.outbox import messages, registry, sending
from integrations.domain.outbox.joining import join_documents
from integrations.domain.outbox.messages import give_up, hand_over, send_again, send_again_many
from integrations.domain.outbox.orders import ORDERS
from integrations.domain.outbox.sending import ATTEMPTS
from integrations.domain.outbox.words import in_words
from integrations.enums import MessageKind
from integrations.models import Alarm, ExternalRef, OutboxMessage
from integrations.simulator import creating
from tests.factories.organisation import make_organisation
from tests.factories.records import make_customer
from tests.integrations.conftest import Erp, known_in_erp, make_reference
from tests.integrations.outbox.conftest import NUMBER, erp_orders, prepare, rounds, the_message
from tests.workflow.test_approvals_race import together

pytestmark = pytest.mark.django_db


def handed_over(ready: Any, **values: Any) -> Any:
    customer = make_customer(ready, region=ready.east, **values)
    hand_over(kind=MessageKind.PARTNER, record=customer, actor=customer.owner)
    return customer


def told(person: Any) -> list[str]:
    return list(Notification.objects.filter(recipient=person).order_by("pk").values_list("text", flat=True))


def refuse_posts(erp: Erp, status: int, count: int) -> None:
    """So many rounds whose post is answered with that status; the token before it is given."""
    for _round in range(count):
        erp.server.faults.add({"status": status, "after": 1})
        rounds()
        erp.server.faults.clear()


def test_a_partner_that_is_no_customer_there_is_looked_up_until_it_is(
    ready: Any, erp: Erp, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = creating._customer
    monkeypatch.setattr(creating, "_customer", lambda *given: (make(*given), "")[1])
    customer = handed_over(ready)
    for _round in range(3):
        rounds()
        message = the_message(customer)
        assert (message.state, message.problem, message.erp_number) == ("doubt", "no_number", "")
    (partner,) = [dict(row) for row in erp.store.rows("A_BusinessPartner", "1", [])]
    assert partner["BusinessPartner"] in in_words(message).advice
    assert not ExternalRef.objects.filter(entity="customer").exists()
    assert len(told(ready.people.administrator)) == 1  # once
    erp.store.change("A_BusinessPartner", [partner["BusinessPartner"]], Customer="0001900001")
    rounds()
    assert (the_message(customer).state, the_message(customer).erp_number) == ("confirmed", "1900001")
    assert len(erp.store.rows("A_BusinessPartner", "1", [])) == 1


def test_a_number_that_another_customer_holds_here_stops_it_and_it_goes_on_once_that_is_mended(
    ready: Any, erp: Erp
) -> None:
    other = known_in_erp(make_customer(ready, region=ready.east), "1900001")
    customer = handed_over(ready)
    rounds()
    message = the_message(customer)
    assert (message.state, message.problem, message.erp_number) == ("refused", "taken", "")
    assert all(text in in_words(message).advice for text in ("1900001", other.name, other.code))
    assert other.name in told(ready.people.administrator)[0] and other.name in told(customer.owner)[0]
    send_again(message=message, actor=customer.owner)
    rounds()
    assert the_message(customer).problem == "taken"
    take_number_away(kind="customer", number="1900001", actor=ready.people.administrator, reason="wrong")
    send_again(message=the_message(customer), actor=customer.owner)
    rounds()
    assert (the_message(customer).state, the_message(customer).erp_number) == ("confirmed", "1900001")
    assert ExternalRef.objects.get(external_id="1900001").object_id == customer.pk
    assert len(erp.store.rows("A_BusinessPartner", "1", [])) == 1


def test_giving_the_mended_number_by_hand_ends_it_too(ready: Any, erp: Erp) -> None:
    known_in_erp(make_customer(ready, region=ready.east), "1900001")
    customer = handed_over(ready)
    rounds()
    admin = ready.people.administrator
    take_number_away(kind="customer", number="1900001", actor=admin, reason="wrong")
    give_number(kind="customer", number="1900001", record=customer, actor=admin)
    assert the_message(customer).state == "given_up"


@pytest.mark.parametrize("status", [403, 404, 405, 413, 415])
def test_a_post_that_is_turned_away_again_and_again_ends_at_a_person(
    ready: Any, submitted: Any, erp: Erp, status: int
) -> None:
    request = submitted()
    refuse_posts(erp, status, ATTEMPTS - 1)
    message = the_message(request)
    assert (message.state, message.problem, message.posted_at) == ("waiting", "turned_away", None)
    assert message.state_changes.count() == 2  # there and back: no row for a retry
    assert told(ready.people.administrator) == []
    refuse_posts(erp, status, 1)
    message = the_message(request)
    assert (message.state, message.attempts) == ("dead", ATTEMPTS)
    assert f"HTTP {status}" in in_words(message).advice and "password" not in in_words(message).advice
    assert "told to fail" in in_words(message).said  # as the ERP said it
    assert "told to fail" in told(ready.people.administrator)[0]
    send_again(message=message, actor=request.owner)
    rounds()
    assert len(erp_orders(erp)) == 1


def test_a_twin_check_or_look_up_that_is_forbidden_ends_at_a_person(ready: Any, submitted: Any, erp: Erp) -> None:
    customer, request = handed_over(ready, credit_code="91310000MA1FL0A12X"), submitted()
    OutboxMessage.objects.filter(pk=the_message(request).pk).update(state="doubt", posted_at=timezone.now())
    for _round in range(2 * ATTEMPTS):  # what is turned away ends the round, so they take turns
        erp.server.faults.add({"status": 403})
        OutboxMessage.objects.update(next_try_at=timezone.now() - dt.timedelta(seconds=1))
        rounds()
        erp.server.faults.clear()
        if the_message(customer).state == "dead":
            OutboxMessage.objects.filter(pk=the_message(customer).pk).update(attempts=ATTEMPTS)
    first, second = the_message(customer), the_message(request)
    assert (first.state, second.state) == ("dead", "dead")
    assert "told to fail" in in_words(first).said and "told to fail" in in_words(second).said
    assert "not known whether" in in_words(second).title
    assert Notification.objects.filter(recipient=ready.people.administrator, kind="erp.dead").count() == 2


def test_an_erp_that_is_busy_or_away_leaves_no_row_per_retry(submitted: Any, erp: Erp) -> None:
    request = submitted()
    refuse_posts(erp, 429, 15)
    message = the_message(request)
    assert (message.state, message.problem, message.attempts) == ("waiting", "unreachable", 0)
    assert message.state_changes.count() == 2
    rounds()
    assert the_message(request).state == "confirmed"


def test_a_message_that_is_tried_again_just_now_is_not_given_up(
    submitted: Any, erp: Erp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The state does not say so at a retry: the worker's lock does. The press comes while the ERP makes the order."""
    request = submitted()
    refuse_posts(erp, 429, 1)
    pressed: list[Any] = []
    post = sending._post

    def meanwhile(client: Any, message: OutboxMessage, body: Any) -> None:
        with pytest.raises(DomainError, match="being sent to the ERP just now"):
            give_up(message=message, actor=request.owner, reason="by phone")
        pressed.append(message.state)
        post(client, message, body)

    monkeypatch.setattr(sending, "_post", meanwhile)
    rounds()
    assert pressed == ["waiting"] and the_message(request).state == "confirmed"


def test_what_waits_for_long_raises_an_alarm_that_leads_to_it(
    ready: Any, submitted: Any, erp: Erp, client_of: Any
) -> None:
    request, admin = submitted(), ready.people.administrator
    look()
    assert not Alarm.objects.filter(kind="stuck").exists()
    OutboxMessage.objects.update(state_since=timezone.now() - dt.timedelta(hours=5))
    for _twice in range(2):
        look()
    assert Alarm.objects.get(kind="stuck", mended_at=None).entity_set == "order"
    assert Notification.objects.filter(recipient=admin, kind="erp.stuck").count() == 1
    url = Notification.objects.get(recipient=admin, kind="erp.stuck").url
    assert request.code in client_of(admin).get(url).content.decode()
    page = client_of(admin).get(reverse("integrations:sync")).content.decode()
    assert "A message to the ERP waits too long: order request" in page
    rounds()
    look()
    assert not Alarm.objects.filter(kind="stuck", mended_at=None).exists()


def test_an_error_of_the_erp_is_told_in_its_words_until_it_is_settled(submitted: Any, erp: Erp, settings: Any) -> None:
    settings.ERP_SETTLE_SECONDS = 660
    request = submitted()
    refuse_posts(erp, 500, 1)
    for _look in range(2):
        message = the_message(request)
        assert (message.state, message.problem) == ("doubt", "erp_failed")
        assert "told to fail" in in_words(message).said
        assert "error (500)" in in_words(message).advice and "not known" in in_words(message).advice
        erp.server.faults.add({"status": 503})  # the look-up
        rounds()
        erp.server.faults.clear()
    rounds()
    assert "told to fail" in in_words(the_message(request)).said


def test_of_two_orders_found_the_older_is_it_and_the_other_is_noted_and_told(
    ready: Any, submitted: Any, erp: Erp, client_of: Any
) -> None:
    request = submitted()
    erp.server.faults.add({"drop": True, "after": 1})
    rounds()
    (first,) = erp_orders(erp)
    erp.order("4500009999", customer=NUMBER, reference=the_message(request).reference)
    rounds()
    message = the_message(request)
    assert (message.state, message.erp_number) == ("confirmed", first["SalesOrder"])
    assert "4500009999" in told(ready.people.administrator)[0]
    page = client_of(request.owner).get(reverse("orders:orderrequest_record", args=[request.pk])).content.decode()
    assert "also as 4500009999" in page


def test_of_two_partners_found_the_other_is_told_too(ready: Any, erp: Erp) -> None:
    customer = handed_over(ready)
    erp.server.faults.add({"drop": True, "after": 2})
    rounds()
    twin = {"BusinessPartner": "9900000", "Customer": "1999999"}
    reference = the_message(customer).reference
    erp.store.put("A_BusinessPartner", [{**twin, "BusinessPartnerIDByExtSystem": reference}])
    rounds()
    assert (the_message(customer).state, the_message(customer).erp_number) == ("confirmed", "1900001")
    assert "1999999" in told(ready.people.administrator)[0]


def test_of_two_orders_that_the_sync_brings_the_other_is_told_too(
    ready: Any, submitted: Any, erp: Erp, sync: Any
) -> None:
    request = submitted()
    erp.server.faults.add({"drop": True, "after": 1})
    rounds()
    (mine,) = erp_orders(erp)
    erp.order("4400000001", customer=NUMBER, reference=the_message(request).reference)
    sync("A_SalesOrder")
    join_documents()
    message = the_message(request)
    assert (message.state, message.erp_number) == ("confirmed", "4400000001")
    assert mine["SalesOrder"] in in_words(message).advice
    assert mine["SalesOrder"] in told(ready.people.administrator)[0]


def test_a_further_kind_brings_its_own_owner_and_next_step(
    ready: Any, erp: Erp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing outside its Outgoing knows what record it is about: here what is called an order request is a customer."""
    customer, kind = make_customer(ready, region=ready.east), MessageKind.ORDER
    after: list[str] = []
    further = dataclasses.replace(
        ORDERS,
        record=lambda key: customer,
        owner=lambda record: ready.people.data_steward,
        begins="customers.customer",
        refuse=lambda record: None,
        find=lambda key: customer,
        waits=lambda record: None,
        title=lambda record: "R-1",
        payload=lambda record, reference: {"SoldToParty": NUMBER},
        confirm=lambda key, number: after.append(number),
        then=lambda: after.append("then"),
        take_back=None,
        back=None,
    )
    monkeypatch.setitem(registry.KINDS, kind, further)
    message = hand_over(kind=kind, record=customer, actor=customer.owner)
    rounds()
    message.refresh_from_db()
    assert (message.state, message.problem) == ("refused", "erp_says")
    assert not messages.may_take_back(message)
    assert len(told(ready.people.data_steward)) == 1 and told(customer.owner) == []
    monkeypatch.setitem(
        registry.KINDS, kind, dataclasses.replace(further, look_up=lambda *_given: [{"SalesOrder": "60000001"}])
    )
    OutboxMessage.objects.update(posted_at=timezone.now())
    send_again(message=message, actor=customer.owner)
    rounds()
    assert after == ["60000001", "then"]


def test_one_that_is_confirmed_meanwhile_does_not_end_the_others(
    ready: Any, submitted: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first one's sending settles the second, as a worker beside it would."""
    keys = [the_message(submitted()).pk for _each in range(3)]
    OutboxMessage.objects.update(state="refused")
    queue = messages.enqueue

    def meanwhile(*given: Any, **values: Any) -> Any:
        OutboxMessage.objects.filter(pk=keys[1]).update(state="confirmed")
        return queue(*given, **values)

    monkeypatch.setattr(messages, "enqueue", meanwhile)
    assert send_again_many(OutboxMessage.objects.all(), actor=ready.people.administrator) == 2
    states = dict(OutboxMessage.objects.values_list("pk", "state"))
    assert [states[key] for key in keys] == ["waiting", "confirmed", "waiting"]


@pytest.mark.django_db(transaction=True)
def test_pressed_by_two_at_once_it_is_one_message_and_no_error(erp: Erp, monkeypatch: pytest.MonkeyPatch) -> None:
    org = make_organisation()
    make_reference(org)
    prepare(org, erp)
    monkeypatch.setattr(messages, "enqueue", lambda *_given, **_values: None)
    customer = make_customer(org, region=org.east)

    def press() -> OutboxMessage:
        return hand_over(kind=MessageKind.PARTNER, record=customer, actor=customer.owner)

    first, second = together(press, press)
    assert first == second == OutboxMessage.objects.get()
