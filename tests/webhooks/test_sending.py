"""Webhooks from the change to the other side: what is told, signed, tried again, given up and replayed."""

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from crm.base import remembered
from crm.models import Notification
from crm.personal.domain.erasure import erase_person
from crm.personal.domain.finding import chosen_records
from integrations.domain.webhooks import OVERLAP, renew_secret, replay, replay_period, secrets_of, send_test
from integrations.models import Webhook, WebhookDelivery
from integrations.webhooks.outbox import WAITS, forget_messages
from integrations.webhooks.pausing import end_pause
from leads.domain.lead import create_lead, update_lead
from leads.models import Lead
from tests.factories.organisation import Organisation
from tests.factories.records import day, make_customer, make_lead
from tests.webhooks.conftest import Other, due_now, make_webhook, send_due, signed_by

pytestmark = pytest.mark.django_db


def a_lead(org: Organisation, **values: Any) -> Lead:
    """A lead made by the service, as pages and the API do."""
    given = {"company_name": "好公司", "contact_name": "王", "source": "website", "received_on": day(), **values}
    return create_lead(actor=org.people.sales_rep, owner=org.people.sales_rep, **given)


def test_a_change_is_told_signed_and_logged(org: Organisation, other: Other) -> None:
    webhook = make_webhook(org.people.sales_rep, other.url, "created", "changed", records=["leads"])
    lead = a_lead(org)
    update_lead(instance=lead, expected_version=lead.version, actor=org.people.sales_rep, need="密封")
    assert send_due() == 2
    first, second = other.messages
    assert [first["event"], second["event"]] == ["created", "changed"]
    assert first["kind"] == "leads"
    assert second["record"]["need"] == "密封"
    headers, body = other.came[0]
    (secret,) = secrets_of(webhook)
    assert signed_by(secret, headers, body)
    assert not signed_by("another", headers, body)
    row = WebhookDelivery.objects.order_by("pk").first()
    assert row is not None
    assert (row.state, row.status, len(row.answer)) == ("sent", 200, 2000)
    assert headers["Hengpu-Message"] == str(row.message) == first["id"]
    assert send_due() == 0


def test_what_is_taken_back_is_not_told(org: Organisation, other: Other) -> None:
    make_webhook(org.people.sales_rep, other.url, "created")
    with pytest.raises(RuntimeError), transaction.atomic():
        a_lead(org)
        raise RuntimeError
    assert not WebhookDelivery.objects.exists()


def test_only_what_was_asked_for_is_told(org: Organisation, other: Other) -> None:
    make_webhook(org.people.sales_rep, other.url, "changed", records=["customers"])
    make_webhook(org.people.sales_rep, other.url, "created", is_active=False)
    a_lead(org)
    assert not WebhookDelivery.objects.exists()


def test_what_the_owner_does_not_see_is_not_sent(org: Organisation, other: Other) -> None:
    make_webhook(org.people.stranger, other.url, "created")
    a_lead(org)
    assert send_due() == 0
    assert other.came == []
    assert WebhookDelivery.objects.get().state == "dropped"


def test_masked_fields_stay_masked(org: Organisation, other: Other) -> None:
    make_webhook(org.people.executive, other.url, "created")
    from customers.domain.contact import add_contact

    add_contact(actor=org.people.sales_rep, customer=make_customer(org), name="王芳", phone="13812345678")
    assert send_due() == 1
    assert other.messages[0]["record"]["phone"] == "138****5678"


def test_a_failure_is_tried_again_and_then_given_up(org: Organisation, other: Other) -> None:
    make_webhook(org.people.sales_rep, other.url, "created")
    a_lead(org)
    other.answers = [500]
    assert send_due() == 0
    row = WebhookDelivery.objects.get()
    assert (row.state, row.status, row.attempts) == ("waiting", 500, 1)
    assert row.due_at > timezone.now()
    assert send_due() == 0 and len(other.came) == 1, "not before its time"
    for _number in range(len(WAITS)):
        due_now()
        send_due()
    row.refresh_from_db()
    assert row.state == "failed"
    assert len({body for _headers, body in other.came}) == 1, "always the same message"
    other.answers = [204]
    replay(row, actor=org.people.administrator)
    send_due()
    row.refresh_from_db()
    assert row.state == "sent"


def test_an_address_that_fails_for_days_is_switched_off(org: Organisation, other: Other, settings: Any) -> None:
    webhook = make_webhook(org.people.sales_rep, other.url, "created")
    a_lead(org)
    other.answers = [500]
    send_due()
    Webhook.objects.update(failing_since=timezone.now() - dt.timedelta(days=settings.WEBHOOK_FAILING_DAYS, hours=1))
    due_now()
    send_due()
    webhook.refresh_from_db()
    assert not webhook.is_active
    assert webhook.disabled_at is not None
    assert Notification.objects.get(recipient=org.people.sales_rep).kind == "webhook.off"


def test_success_ends_the_failing(org: Organisation, other: Other) -> None:
    make_webhook(org.people.sales_rep, other.url, "created")
    a_lead(org)
    other.answers = [500, 200]
    send_due()
    assert Webhook.objects.get().failing_since is not None
    due_now()
    send_due()
    assert Webhook.objects.get().failing_since is None


def test_two_secrets_are_valid_while_one_is_changed(org: Organisation, other: Other) -> None:
    webhook = make_webhook(org.people.sales_rep, other.url, "created")
    (old,) = secrets_of(webhook)
    new = renew_secret(webhook=webhook, actor=org.people.administrator)
    webhook.refresh_from_db()
    assert new not in (webhook.secret_encrypted, webhook.old_secret_encrypted)
    send_test(webhook, actor=org.people.administrator)
    send_due()
    headers, body = other.came[0]
    assert signed_by(old, headers, body) and signed_by(new, headers, body)
    Webhook.objects.update(old_secret_until=timezone.now() - OVERLAP)
    webhook.refresh_from_db()
    assert secrets_of(webhook) == [new]


def test_a_period_is_replayed(org: Organisation, other: Other) -> None:
    webhook = make_webhook(org.people.sales_rep, other.url, "created")
    for _number in range(3):
        a_lead(org)
    assert send_due() == 3
    now = timezone.now()
    hour = dt.timedelta(hours=1)
    assert replay_period(webhook, actor=org.people.administrator, since=now - hour, until=now + hour) == 3
    assert send_due() == 3
    assert other.messages[:3] == other.messages[3:]


def test_each_attempt_is_kept_in_the_log(org: Organisation, other: Other, client_of: Any) -> None:
    make_webhook(org.people.sales_rep, other.url, "created")
    a_lead(org)
    other.answers = [500, 410, 200]
    for _attempt in range(3):
        due_now()
        end_pause(Webhook.objects.get().pk)
        send_due()
    delivery = WebhookDelivery.objects.get()
    assert [one["status"] for one in delivery.log] == [500, 410, 200]
    address = reverse("integrations:webhookdelivery_record", args=[delivery.pk])
    page = client_of(org.people.administrator).get(address).content.decode()
    assert page.index("The answer was 410.") < page.index("The answer was 500.")


def test_a_message_whose_worker_died_is_sent_again(org: Organisation, other: Other) -> None:
    make_webhook(org.people.sales_rep, other.url, "created")
    a_lead(org)
    WebhookDelivery.objects.update(state="sending", claimed_at=timezone.now() - dt.timedelta(hours=1))
    assert send_due() == 1


def test_old_messages_are_forgotten(org: Organisation, other: Other) -> None:
    make_webhook(org.people.sales_rep, other.url, "created")
    a_lead(org)
    send_due()
    assert forget_messages() == 0
    WebhookDelivery.objects.update(at=timezone.now() - dt.timedelta(days=31))
    assert forget_messages() == 1


def test_state_and_owner_are_told(org: Organisation, other: Other) -> None:
    from leads.domain.lead import assign_leads, move_lead

    make_webhook(org.people.sales_manager, other.url, "state_changed", "owner_changed")
    lead = make_lead(org)
    remembered.forget()
    move_lead(lead=lead, target="disqualified", actor=org.people.sales_rep, reason="没有预算")
    assert send_due() == 1
    assert (other.messages[0]["event"], other.messages[0]["record"]["state"]) == ("state_changed", "disqualified")
    assign_leads(Lead.objects.filter(pk=make_lead(org).pk), owner=org.people.colleague, actor=org.people.sales_manager)
    assert send_due() >= 1
    assert "owner_changed" in [message["event"] for message in other.messages]


@pytest.mark.parametrize(("answers", "state"), [([200], "sent"), ([500], "waiting")])
def test_of_what_was_told_about_an_erased_person_nothing_is_kept_or_told_again(
    org: Organisation, other: Other, answers: list[int], state: str
) -> None:
    make_webhook(org.people.sales_rep, other.url, "created", records=["leads"])
    lead = a_lead(org, contact_name="王小芳", phone="13812345678")
    other.answers = answers
    send_due()
    assert WebhookDelivery.objects.get(body__contains="王小芳").state == state
    admin = org.people.administrator
    pairs = [f"leads.Lead:{lead.pk}"]
    erase_person(found=chosen_records(actor=admin, pairs=pairs), requested_by="x", reason="x", actor=admin)
    assert WebhookDelivery.objects.values_list("body", "answer").get() == ("", "")
    other.came.clear()
    other.answers = [200]
    if state == "sent":
        replay(WebhookDelivery.objects.get(), actor=admin)
    due_now()
    send_due()
    assert [message["record"]["phone"] for message in other.messages] == [""]
    assert "王小芳" not in WebhookDelivery.objects.get().body
