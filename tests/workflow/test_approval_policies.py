"""Approval policies: which one counts, when, and what keeps one out of force."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from crm.approvable import ApprovalDocument
from crm.errors import DomainError
from crm.extension_points import approval_documents
from crm.models import ApprovalPolicy, ApprovalRequest, Notification, User
from crm.workflow.domain import approval_decisions as decide
from crm.workflow.domain.approval_policies import new_edition, publish, retire, update_policy
from crm.workflow.domain.approvals import request_approval
from tests.factories.approvals import condition, make_ad_hoc, make_draft, make_policy, named

pytestmark = pytest.mark.django_db


def kinds(user: User) -> list[str]:
    return list(Notification.objects.filter(recipient=user).order_by("pk").values_list("kind", flat=True))


def again(user: User) -> User:
    """The person as a new request of theirs would have them."""
    return User.objects.get(pk=user.pk)


def test_the_first_policy_whose_conditions_hold_counts(org: Any) -> None:
    large = make_policy(org, priority=10, conditions=[condition("budget", "gte", 100_000)])
    seminar = make_policy(org, priority=20, conditions=[condition("kind", "in", "seminar", "online")])
    small = make_policy(org, priority=30, conditions=[condition("budget", "lt", 100_000)])
    make_policy(org, priority=1, conditions=[condition("business_unit", "in", org.agro.pk)])

    def caught(**values: Any) -> ApprovalPolicy:
        campaign = make_ad_hoc(org, **values)
        return request_approval(document="campaign", record=campaign, actor=org.people.marketing).policy

    assert caught(budget=100_000) == large
    assert caught(budget=Decimal("99999.99")) == seminar
    assert caught(budget=5, kind="exhibition") == small


@pytest.mark.parametrize(
    ("start", "end", "caught"), [(0, 0, True), (1, None, False), (-9, -1, False), (-9, None, True)]
)
def test_a_policy_counts_on_its_days(org: Any, start: int, end: int | None, caught: bool) -> None:
    today = timezone.localdate()
    last = today + dt.timedelta(days=end) if end is not None else None
    make_policy(org, valid_from=today + dt.timedelta(days=start), valid_until=last)
    if caught:
        assert request_approval(document="campaign", record=make_ad_hoc(org), actor=org.people.marketing).policy
        return
    with pytest.raises(DomainError, match=r"No approval policy covers this \(Campaign on demand\)"):
        request_approval(document="campaign", record=make_ad_hoc(org), actor=org.people.marketing)
    assert not ApprovalRequest.objects.exists()


def test_a_policy_in_force_is_not_changed_and_a_new_edition_takes_its_place(org: Any) -> None:
    admin = org.people.administrator
    old = make_policy(org, named(org.people.bu_head), conditions=[condition("budget", "gte", 5)])
    with pytest.raises(DomainError, match="make a new edition"):
        update_policy(instance=old, expected_version=old.version, actor=admin, name="x")
    running = request_approval(document="campaign", record=make_ad_hoc(org), actor=org.people.marketing)

    draft = new_edition(policy=old, actor=admin)
    assert new_edition(policy=old, actor=admin) == draft
    assert (draft.edition, draft.state, draft.conditions.get().values) == (2, "draft", ["5"])
    update_policy(
        instance=draft, expected_version=draft.version, actor=admin, steps=[named(org.people.executive)], conditions=[]
    )
    publish(policy=draft, actor=admin)
    old.refresh_from_db()
    assert old.state == "retired"
    assert [row.target for row in old.state_changes.order_by("pk")] == ["published", "retired"]
    # the running request keeps what it started with
    assert running.assignments.get().user == org.people.bu_head
    decide.approve(request=running, actor=org.people.bu_head)
    later = request_approval(document="campaign", record=make_ad_hoc(org), actor=org.people.marketing)
    assert later.assignments.get().user == org.people.executive


def test_what_keeps_a_draft_out_of_force(org: Any) -> None:
    draft = make_draft(org)
    draft.steps.all().delete()
    with pytest.raises(DomainError, match="at least one step"):
        publish(policy=draft, actor=org.people.administrator)
    lame = make_draft(org, steps=[named(org.people.sales_rep)])
    with pytest.raises(DomainError, match="may not decide requests"):
        publish(policy=lame, actor=org.people.administrator)
    retire(policy=draft, actor=org.people.administrator)
    with pytest.raises(DomainError, match="a new edition"):
        update_policy(instance=draft, expected_version=None, actor=org.people.administrator, name="x")


def test_a_kind_may_need_no_policy(org: Any) -> None:
    done = []
    document = ApprovalDocument(
        "free",
        "free",
        "leads.Campaign",
        "leads.change_campaign",
        ("name",),
        on_approved=lambda **values: done.append(values["record"].pk),
        free_without_policy=True,
    )
    campaign = make_ad_hoc(org)
    with approval_documents.override(document):
        request = request_approval(document="free", record=campaign, actor=org.people.marketing)
    assert (request.state, done) == ("approved", [campaign.pk])
    assert [event.kind for event in request.log.order_by("pk")] == ["requested", "free"]
