"""Approvals decided in an outside system: told, decided once, in whose name, and inside when the time is over."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from crm.base import remembered
from crm.models import ApprovalRequest
from integrations.domain.webhooks import replay, update_webhook
from integrations.models import Webhook, WebhookDelivery
from integrations.webhooks import oa
from opportunities.domain.move_approval import request_move
from opportunities.models import Stage
from tests.factories.approvals import make_policy, named
from tests.factories.deals import ask
from tests.factories.organisation import Organisation
from tests.factories.records import day, make_opportunity
from tests.opportunities.support import REQUIREMENT
from tests.webhooks.conftest import Other, due_now, make_webhook, send_due

pytestmark = pytest.mark.django_db


def ask_the_oa(org: Organisation, other: Other) -> ApprovalRequest:
    """A move that waits for the manager, to be told to the OA."""
    ask(org, "requirement", "approval", name="审批", name_en="Approval")
    make_policy(org, named(org.people.sales_manager), document="opportunity_move")
    make_webhook(org.people.sales_manager, other.url, "approval_asked")
    remembered.forget()
    deal = make_opportunity(
        org, product_line=org.sealant, stage="requirement", expected_close_on=day(60), **REQUIREMENT
    )
    target = Stage.objects.filter(category="open", position__gt=deal.stage.position).order_by("position").first()
    assert target is not None
    return request_move(opportunity=deal, target=target, actor=org.people.sales_rep, reason="客户已确认", answers={})


def path_of(message: dict[str, Any]) -> str:
    """The callback's path."""
    return re.sub(r"^https?://[^/]+", "", message["callback"])


@pytest.fixture
def asked(org: Organisation, other: Other) -> Any:
    """A request that was told; gives it, the callback's path and the message."""
    request = ask_the_oa(org, other)
    assert send_due() == 1
    (message,) = other.messages
    return request, path_of(message), message


def decide(path: str, **values: Any) -> Any:
    body = {"decision": "approve", "user": "王总", "comment": "同意", **values}
    return Client().post(path, body, content_type="application/json", headers={"Accept-Language": "en"})


def test_it_is_approved_outside_once(org: Organisation, asked: Any) -> None:
    request, path, message = asked
    assert message["approval"]["title"] == request.title
    assert decide(path, decision="perhaps").status_code == 422
    done = decide(path)
    assert (done.status_code, done.json()["state"]) == (200, "approved"), done.content
    request.refresh_from_db()
    assert request.state == "approved"
    event = request.log.filter(kind="approved").get()
    assert event.actor == org.people.sales_manager
    assert "王总" in event.reason and "同意" in event.reason
    assert decide(path).status_code == 409


def test_a_repeated_message_brings_the_same_address(org: Organisation, other: Other) -> None:
    """The OA kept the first attempt, which we took for failed, and drops the second for its id."""
    request = ask_the_oa(org, other)
    other.answers = [500, 200]
    assert send_due() == 0
    due_now()
    assert send_due() == 1
    first, second = other.messages
    assert (first["id"], first["callback"]) == (second["id"], second["callback"])
    assert decide(path_of(first)).status_code == 200
    assert ApprovalRequest.objects.get(pk=request.pk).state == "approved"
    assert decide(path_of(second)).status_code == 409


def test_each_message_has_an_address_of_its_own(org: Organisation, other: Other) -> None:
    make_webhook(org.people.sales_manager, other.url, "approval_asked")
    ask_the_oa(org, other)
    assert send_due() == 2
    first, second = other.messages
    assert first["id"] not in first["callback"]
    assert first["callback"] != second["callback"]


def test_it_is_rejected_outside(asked: Any) -> None:
    request, path, _message = asked
    assert decide(path, decision="reject", comment="").json()["state"] == "rejected"
    assert ApprovalRequest.objects.get(pk=request.pk).state == "rejected"


def test_the_token_is_not_kept_and_has_an_end(asked: Any) -> None:
    request, path, _message = asked
    token = path.strip("/").rpartition("/")[2]
    row = WebhookDelivery.objects.get()
    assert token not in row.body and token != row.callback_digest
    WebhookDelivery.objects.update(callback_until=timezone.now() - dt.timedelta(minutes=1))
    assert decide(path).status_code == 422
    assert ApprovalRequest.objects.get(pk=request.pk).state == "pending"
    assert decide(path.replace(token, "x" * 43)).status_code == 422


def test_what_came_back_is_kept_without_the_token(org: Organisation, other: Other) -> None:
    other.repeats = True
    ask_the_oa(org, other)
    assert send_due() == 1
    token = path_of(other.messages[0]).strip("/").rpartition("/")[2]
    row = WebhookDelivery.objects.get()
    assert "/decide/" in row.answer and token not in row.answer and token not in row.body
    assert oa.without_token(r"x\/decide\/abc_-9\/y") == r"x\/decide\/…\/y"


@pytest.mark.parametrize("changed", ["is_active", "url"])
def test_an_address_of_before_decides_nothing_once_the_webhook_is_off_or_leads_elsewhere(
    org: Organisation, other: Other, asked: Any, changed: str
) -> None:
    request, path, _message = asked
    webhook = Webhook.objects.get()
    values = {"is_active": False} if changed == "is_active" else {"url": f"{other.url}&y=2"}
    update_webhook(instance=webhook, expected_version=webhook.version, actor=org.people.administrator, **values)
    assert decide(path).status_code == 422
    assert ApprovalRequest.objects.get(pk=request.pk).state == "pending"
    if changed == "url":
        replay(WebhookDelivery.objects.get(), actor=org.people.administrator)
        send_due()
        assert path_of(other.messages[-1]) != path
        assert decide(path).status_code == 422
        assert decide(path_of(other.messages[-1])).status_code == 200


def test_a_webhook_that_went_off_by_itself_is_still_answered(asked: Any) -> None:
    _request, path, _message = asked
    Webhook.objects.update(is_active=False, disabled_at=timezone.now())
    assert decide(path).status_code == 200


def test_who_decides_inside_is_quicker(org: Organisation, asked: Any) -> None:
    from crm.workflow.domain.approval_decisions import reject

    request, path, _message = asked
    reject(request=request, actor=org.people.sales_manager, reason="太低")
    assert decide(path).status_code == 409
    assert ApprovalRequest.objects.get(pk=request.pk).state == "rejected"


def test_a_request_that_went_to_somebody_else_is_not_told(org: Organisation, other: Other, asked: Any) -> None:
    """Sent again after the turn has passed on, or after the account was closed, it names nothing."""
    from crm.workflow.models import ApprovalAssignment

    WebhookDelivery.objects.update(state="waiting", due_at=timezone.now())
    ApprovalAssignment.objects.update(user=org.people.bu_head)
    assert send_due() == 0
    assert WebhookDelivery.objects.get().state == "dropped"
    ApprovalAssignment.objects.update(user=org.people.sales_manager)
    org.people.sales_manager.is_active = False
    org.people.sales_manager.save()
    WebhookDelivery.objects.update(state="waiting", due_at=timezone.now())
    assert send_due() == 0
    assert len(other.came) == 1
