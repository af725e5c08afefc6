"""Messages to the ERP: written with the step that makes them, sent once, refused in words."""

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from crm.errors import DomainError, TransitionError
from crm.workflow.models import Notification
from customers.domain.merging.merge import merge_customers
from customers.domain.registration import submit
from integrations.domain.outbox.areas import switch
from integrations.domain.outbox.messages import give_up, hand_over, send_again, take_record_back
from integrations.domain.outbox.sending import send_due
from integrations.domain.outbox.words import in_words
from integrations.enums import MessageKind
from integrations.models import ExternalRef, OutboxMessage
from orders.domain.requests import submit_request, update_request
from tests.factories.archive import make_registration
from tests.factories.quotes import make_request
from tests.factories.records import make_customer
from tests.integrations.conftest import Erp
from tests.integrations.outbox.conftest import MATERIAL, erp_orders, put_customer, put_product, rounds, the_message

pytestmark = pytest.mark.django_db


def test_a_submitted_order_is_in_the_erp_with_its_lines_prices_and_both_references(submitted: Any, erp: Erp) -> None:
    request = submitted(
        customer_reference="PO-118", payment_terms="net60", delivery_terms="delivered", delivery_place="宁波"
    )
    message = the_message(request)
    assert message.state == "waiting"
    assert len(message.reference) == 20
    rounds()
    (order,) = erp_orders(erp)
    message.refresh_from_db()
    request.refresh_from_db()
    line = request.lines.get()
    assert (message.state, message.erp_number, message.posted_at) == ("confirmed", order["SalesOrder"], None)
    assert (request.state, request.erp_number) == ("entered", order["SalesOrder"])
    assert order["PurchaseOrderByCustomer"] == message.reference
    assert order["PurchaseOrderByShipToParty"] == "PO-118"
    assert (order["CustomerPaymentTerms"], order["IncotermsClassification"], order["IncotermsLocation1"]) == (
        "ZB60",
        "DAP",
        "宁波",
    )
    (item,) = [dict(row) for row in erp.store.rows("A_SalesOrderItem", "1", [])]
    assert (item["Material"], item["RequestedQuantity"], item["RequestedQuantityUnit"]) == (MATERIAL, "80000", "KG")
    assert float(order["TotalNetAmount"]) == float(line.net)
    assert message.payload["to_Item"][0]["to_PricingElement"][0]["ConditionRateValue"] == "34.2"


def test_the_intent_stands_and_falls_with_the_step(ready: Any) -> None:
    request = make_request(ready)
    with pytest.raises(RuntimeError), transaction.atomic():
        submit_request(request=request, actor=request.owner)
        assert OutboxMessage.objects.count() == 1
        raise RuntimeError
    assert not OutboxMessage.objects.exists()


def test_switched_off_nothing_is_meant_and_what_waits_stays(ready: Any, submitted: Any, erp: Erp) -> None:
    waiting = submitted()
    switch(kind=MessageKind.ORDER, on=False, actor=ready.people.administrator)
    other = make_request(ready)
    submit_request(request=other, actor=other.owner)
    rounds(2)
    assert OutboxMessage.objects.count() == 1
    assert the_message(waiting).state == "waiting"
    with pytest.raises(DomainError, match="switched off"):
        hand_over(kind=MessageKind.ORDER, record=other, actor=other.owner)
    switch(kind=MessageKind.ORDER, on=True, actor=ready.people.administrator)
    first = hand_over(kind=MessageKind.ORDER, record=other, actor=other.owner)
    assert hand_over(kind=MessageKind.ORDER, record=other, actor=other.owner) == first
    put_customer(erp)
    rounds()
    assert the_message(waiting).state == "confirmed"


def test_an_order_waits_for_its_customer_and_holds_up_no_other(ready: Any, submitted: Any, erp: Erp) -> None:
    behind = submitted(known=False)
    other = submitted()
    rounds()
    message = the_message(behind)
    assert (message.state, message.problem, message.attempts) == ("waiting", "no_customer", 0)
    assert behind.customer.name in in_words(message).advice
    assert the_message(other).state == "confirmed"
    hand_over(kind=MessageKind.PARTNER, record=behind.customer, actor=behind.owner)
    OutboxMessage.objects.filter(pk=message.pk).update(next_try_at=timezone.now() + dt.timedelta(hours=1))
    send_due()
    partner = the_message(behind.customer)
    assert partner.state == "confirmed"
    message.refresh_from_db()
    assert message.next_try_at <= timezone.now()  # it need not wait for its turn
    send_due()
    message.refresh_from_db()
    assert message.state == "confirmed"
    assert message.payload["SoldToParty"] == partner.erp_number


def test_what_the_erp_refuses_is_told_in_words_and_sent_again_after_correction(
    ready: Any, submitted: Any, erp: Erp
) -> None:
    erp.store.db.execute("DELETE FROM master_product")
    request = submitted()
    rounds()
    message = the_message(request)
    assert (message.state, message.problem, message.posted_at) == ("refused", "erp_says", None)
    words = in_words(message)
    assert MATERIAL in words.said
    assert "does not know the product" in words.advice
    assert Notification.objects.filter(recipient=request.owner, kind="erp.refused").count() == 1
    rounds(3)
    assert erp_orders(erp) == []  # a refusal is not tried again by itself
    with pytest.raises(TransitionError):
        give_up(message=message, actor=request.owner, reason=" ")
    give_up(message=message, actor=request.owner, reason="by phone")

    put_product(erp)
    message.refresh_from_db()
    send_again(message=message, actor=request.owner)
    rounds()
    assert len(erp_orders(erp)) == 1


def test_a_refused_order_is_taken_back_corrected_and_submitted_again(ready: Any, submitted: Any, erp: Erp) -> None:
    request = submitted(customer_reference="P" * 36)
    rounds()
    message = the_message(request)
    assert (message.state, message.problem) == ("refused", "too_long")
    request.refresh_from_db()
    take_record_back(message=message, actor=request.owner, reason="reference too long")
    request.refresh_from_db()
    assert request.state == "draft"
    send_again(message=message, actor=request.owner)
    rounds()
    assert the_message(request).problem == "gone"  # a draft is not sent
    update_request(instance=request, expected_version=request.version, actor=request.owner, customer_reference="P")
    submit_request(request=request, actor=request.owner)
    rounds()
    assert the_message(request).state == "confirmed"
    assert the_message(request).reference == message.reference
    assert len(erp_orders(erp)) == 1
    with pytest.raises(DomainError, match="Only what the ERP refused"):
        take_record_back(message=the_message(request), actor=request.owner, reason="too late")


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"payment_terms": "lc_sight"}, "no_code"),
        ({"freight_amount": 800}, "no_freight"),
    ],
)
def test_what_the_settings_lack_is_said_before_anything_is_sent(
    submitted: Any, erp: Erp, values: dict[str, Any], problem: str
) -> None:
    request = submitted(**values)
    rounds()
    message = the_message(request)
    assert (message.state, message.problem) == ("refused", problem)
    assert "%(" not in in_words(message).advice
    assert erp_orders(erp) == []


def test_an_approved_customer_becomes_a_business_partner(ready: Any, erp: Erp) -> None:

    customer = make_customer(ready, region=ready.east, city="上海", address="浦东路 1 号", credit_code="")
    hand_over(kind=MessageKind.PARTNER, record=customer, actor=customer.owner)
    rounds()
    message = the_message(customer)
    (partner,) = [dict(row) for row in erp.store.rows("A_BusinessPartner", "1", [])]
    assert message.erp_number == partner["Customer"] != partner["BusinessPartner"]
    (area,) = [dict(row) for row in erp.store.rows("A_CustomerSalesArea", "1", [])]
    assert (area["SalesOrganization"], area["Currency"]) == ("1000", "CNY")
    (company,) = [dict(row) for row in erp.store.rows("A_CustomerCompany", "1", [])]
    assert company["ReconciliationAccount"] == "12100000"
    with pytest.raises(DomainError, match="in the ERP already"):
        hand_over(kind=MessageKind.PARTNER, record=customer, actor=customer.owner)


def test_a_registration_that_is_approved_begins_it(ready: Any, erp: Erp) -> None:
    registration = make_registration(ready)
    submit(registration=registration, actor=registration.owner)  # no policy: nobody has to decide
    registration.refresh_from_db()
    assert registration.state == "approved"
    rounds()
    assert the_message(registration.customer).state == "confirmed"
    numbers = ExternalRef.objects.filter(entity="customer", object_id=registration.customer_id)
    assert numbers.get().external_id == the_message(registration.customer).erp_number


def test_dead_letters_tell_those_who_look_after_messages(ready: Any, submitted: Any, erp: Erp) -> None:
    request = submitted()
    erp.server.faults.at_random(1.0, kinds=["error"])
    message = the_message(request)
    OutboxMessage.objects.filter(pk=message.pk).update(state="doubt", posted_at=timezone.now(), attempts=11)
    rounds()
    assert the_message(request).state == "doubt"  # what cannot be looked up is asked again, however long
    erp.server.faults.clear()
    erp.server.faults.add({"after": 2, "status": 500, "count": 1})
    rounds()
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("dead", 12)
    assert Notification.objects.filter(recipient=ready.people.administrator, kind="erp.dead").exists()
    send_again(message=message, actor=request.owner)
    rounds()
    assert len(erp_orders(erp)) == 1


def test_a_customer_merged_while_in_doubt_gives_its_number_to_the_winner(ready: Any, erp: Erp) -> None:
    people, loser, winner = ready.people, make_customer(ready), make_customer(ready)
    hand_over(kind=MessageKind.PARTNER, record=loser, actor=people.sales_rep)
    erp.server.faults.add({"drop": True, "after": 2})
    rounds()
    assert the_message(loser).state == "doubt"
    merge_customers(winner=winner, loser=loser, values={}, actor=people.data_steward)
    rounds()
    message = the_message(loser)
    assert message.state == "confirmed"
    assert ExternalRef.objects.get(entity="customer", external_id=message.erp_number).object_id == winner.pk


def test_a_customer_merged_before_its_turn_is_not_sent(ready: Any, erp: Erp) -> None:
    people, loser, winner = ready.people, make_customer(ready), make_customer(ready)
    hand_over(kind=MessageKind.PARTNER, record=loser, actor=people.sales_rep)
    merge_customers(winner=winner, loser=loser, values={}, actor=people.data_steward)
    rounds()
    assert (the_message(loser).state, the_message(loser).problem) == ("refused", "gone")
    assert erp.store.rows("A_BusinessPartner", "1", []) == []
