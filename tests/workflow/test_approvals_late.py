"""Reminders of approvals, and passing on what waits too long."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from crm.errors import AlreadyDecided
from crm.models import Notification, User
from crm.workflow.domain import approval_decisions as decide
from crm.workflow.domain.approval_clock import tell_late
from crm.workflow.domain.approvals import request_approval
from tests.factories.approvals import ask, make_ad_hoc, make_policy, manage, named

pytestmark = pytest.mark.django_db


def kinds(user: User) -> list[str]:
    return list(Notification.objects.filter(recipient=user).order_by("pk").values_list("kind", flat=True))


def again(user: User) -> User:
    """The person as a new request of theirs would have them."""
    return User.objects.get(pk=user.pk)


def test_reminding_and_passing_on_happen_once_each(org: Any) -> None:
    manage(org)
    people = org.people
    request = ask(org, named(people.finance, remind_after=2, escalate_after=4))
    mine = request.assignments.get()
    assert mine.remind_at is not None
    assert mine.opened_at < mine.remind_at < mine.escalate_at
    assert tell_late() == 0
    past = timezone.now() - dt.timedelta(minutes=1)
    request.assignments.update(remind_at=past)
    assert (tell_late(), tell_late()) == (1, 0)
    assert kinds(people.finance) == ["approval.asked", "approval.reminder"]

    request.assignments.update(escalate_at=past)
    assert (tell_late(), tell_late()) == (1, 0)
    assert request.assignments.get(is_open=True).user == people.sales_manager
    assert kinds(people.sales_manager) == ["approval.escalated"]
    event = request.log.get(kind="escalated")
    assert (event.actor, event.for_user, event.to_user) == (None, people.finance, people.sales_manager)
    with pytest.raises(AlreadyDecided):
        decide.approve(request=request, actor=people.finance)
    decide.approve(request=request, actor=people.sales_manager)
    request.refresh_from_db()
    assert request.state == "approved"


def test_with_nobody_above_it_stays_and_is_reminded_of_once_more(org: Any) -> None:
    request = ask(org, named(org.people.bu_head, escalate_after=1))
    request.assignments.update(escalate_at=timezone.now() - dt.timedelta(minutes=1))
    assert (tell_late(), tell_late()) == (1, 0)
    assert request.assignments.get(is_open=True).user == org.people.bu_head
    assert kinds(org.people.bu_head) == ["approval.asked", "approval.reminder"]


def test_it_is_never_passed_on_to_the_requester(org: Any) -> None:
    manage(org)
    manager = org.people.sales_manager
    make_policy(org, named(org.people.finance, escalate_after=1))
    request = request_approval(document="campaign", record=make_ad_hoc(org, owner=manager), actor=manager)
    request.assignments.update(escalate_at=timezone.now() - dt.timedelta(minutes=1))
    tell_late()
    assert request.assignments.get(is_open=True).user == org.people.finance
