"""Approvals: which policy counts, who decides, what each decision does, who is told, what stays frozen."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from crm.errors import AlreadyDecided, DomainError, Frozen, NotAllowed
from crm.models import ApprovalEvent, ApprovalRequest, Deputy, Notification, Role, User
from crm.workflow.domain import approval_decisions as decide
from crm.workflow.domain.approval_clock import count_to_decide, take_over_approvals
from crm.workflow.domain.approval_policies import new_edition, publish, retire, update_policy
from crm.workflow.domain.approvals import request_approval
from leads.domain.campaign import move_campaign, update_campaign
from leads.domain.campaign_approval import ask_for_budget
from leads.models import Campaign
from tests.factories.approvals import ask, condition, make_ad_hoc, make_policy, manage, named, step
from tests.factories.records import make_customer

pytestmark = pytest.mark.django_db


def kinds(user: User) -> list[str]:
    return list(Notification.objects.filter(recipient=user).order_by("pk").values_list("kind", flat=True))


def again(user: User) -> User:
    """The person as a new request of theirs would have them."""
    return User.objects.get(pk=user.pk)


# ---- who decides


def test_by_role_within_team_unit_and_company(org: Any) -> None:
    people = org.people
    far = User.objects.create(username="far", display_name="远", business_unit=org.agro)
    far.roles.add(Role.objects.get(code="sales_manager"))
    for within, expected in (("unit", {people.sales_manager}), ("company", {people.sales_manager, far})):
        request = ask(org, step("role", role="sales_manager", within=within))
        assert {row.user for row in request.assignments.all()} == expected
        retire(policy=request.policy, actor=people.administrator)
    # nobody in the document's own team has the role: the nearest team above does
    request = ask(org, step("role", role="sales_manager", within="team"))
    assert request.assignments.get().user == people.sales_manager


def test_by_manager_and_head_of_the_unit(org: Any) -> None:
    manage(org)
    request = ask(org, step("manager"), step("manager", level=3, order=2), step("unit_head", order=3))
    assert [row.user for row in request.assignments.order_by("step__order")] == [org.people.sales_manager] * 3


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (lambda org: step("manager"), "Nobody above you may decide"),
        (lambda org: step("unit_head"), "Silicones has no head who may decide"),
        (lambda org: step("role", role="auditor"), "Nobody in Silicones can decide step “Auditor"),
    ],
)
def test_a_step_without_anybody_is_refused_with_what_to_do(org: Any, made: Any, message: str) -> None:
    make_policy(org, made(org))
    with pytest.raises(DomainError, match=message) as caught:
        request_approval(document="campaign", record=make_ad_hoc(org), actor=org.people.marketing)
    assert "administrator can" in str(caught.value.message)
    assert not ApprovalRequest.objects.exists()


def test_nobody_decides_their_own_request_unless_the_policy_allows_it(org: Any) -> None:
    head = org.people.bu_head
    campaign = make_ad_hoc(org, owner=head)
    policy = make_policy(org, named(head))
    with pytest.raises(DomainError, match="you would decide your own request, and nobody stands above you"):
        request_approval(document="campaign", record=campaign, actor=head)
    manage(org)  # now there is somebody above
    request = request_approval(document="campaign", record=campaign, actor=head)
    assert request.assignments.get().user == org.people.sales_manager
    decide.withdraw(request=request, actor=head)

    draft = new_edition(policy=policy, actor=org.people.administrator)
    update_policy(instance=draft, expected_version=draft.version, actor=org.people.administrator, own_allowed=True)
    publish(policy=draft, actor=org.people.administrator)
    request = request_approval(document="campaign", record=campaign, actor=head)
    decide.approve(request=request, actor=head)
    campaign.refresh_from_db()
    assert campaign.state == "approved"


# ---- the way of a request


def test_ordered_steps_open_one_after_the_other_and_the_document_is_carried_out_at_the_end(org: Any) -> None:
    people = org.people
    request = ask(org, named(people.sales_manager), named(people.bu_head, order=2))
    assert kinds(people.sales_manager) == ["approval.asked"]
    assert kinds(people.bu_head) == []
    with pytest.raises(NotAllowed, match="not your turn"):
        decide.approve(request=request, actor=people.bu_head)
    decide.approve(request=request, actor=people.sales_manager, reason="可行")
    assert kinds(people.bu_head) == ["approval.asked"]
    request.refresh_from_db()
    assert (request.state, kinds(people.marketing)) == ("pending", [])
    decide.approve(request=request, actor=people.bu_head)
    request.refresh_from_db()
    campaign = Campaign.objects.get(pk=request.object_id)
    assert (request.state, campaign.state) == ("approved", "approved")
    assert campaign.state_changes.get().reason == request.code
    assert kinds(people.marketing) == ["approval.decided"]
    log = [(event.kind, event.actor.username, event.reason) for event in request.log.order_by("pk")]
    assert log == [
        ("requested", "marketing", "因竞品停产"),
        ("approved", "sales_manager", "可行"),
        ("approved", "bu_head", ""),
    ]
    assert [row.target for row in request.state_changes.all()] == ["approved"]


def test_parallel_steps_all_have_to_approve_in_any_order(org: Any) -> None:
    people = org.people
    request = ask(org, named(people.sales_manager), named(people.finance), named(people.bu_head, order=2))
    assert kinds(people.sales_manager) == kinds(people.finance) == ["approval.asked"]
    decide.approve(request=request, actor=people.finance)
    assert kinds(people.bu_head) == []
    decide.approve(request=request, actor=people.sales_manager)
    assert kinds(people.bu_head) == ["approval.asked"]


def test_one_of_a_role_is_enough_or_all_are_needed(org: Any) -> None:
    second = User.objects.create(username="second", display_name="第二", business_unit=org.silicones)
    second.roles.add(Role.objects.get(code="bu_head"))
    head = org.people.bu_head
    one = ask(org, step("role", role="bu_head"))
    decide.approve(request=one, actor=second)
    one.refresh_from_db()
    assert one.state == "approved"
    assert set(one.assignments.values_list("user", "outcome")) == {(second.pk, "approved"), (head.pk, "dropped")}
    with pytest.raises(AlreadyDecided, match="第二 was quicker: approved"):
        decide.approve(request=one, actor=head)
    retire(policy=one.policy, actor=org.people.administrator)

    both = ask(org, step("role", role="bu_head", rule="all"))
    decide.approve(request=both, actor=second)
    both.refresh_from_db()
    assert both.state == "pending"
    with pytest.raises(AlreadyDecided):
        decide.approve(request=both, actor=second)
    decide.approve(request=both, actor=head)
    both.refresh_from_db()
    assert both.state == "approved"


def test_a_second_press_does_not_approve_a_later_step_of_the_same_person(org: Any) -> None:
    head = org.people.bu_head
    request = ask(org, named(head), named(head, order=2))
    first, later = request.steps.order_by("order")
    decide.approve(request=request, actor=head, step=first.pk)
    with pytest.raises(AlreadyDecided):
        decide.approve(request=request, actor=head, step=first.pk)
    request.refresh_from_db()
    assert request.state == "pending"
    decide.approve(request=request, actor=head, step=later.pk)
    request.refresh_from_db()
    assert request.state == "approved"


@pytest.mark.parametrize(
    ("act", "state", "kind"),
    [(decide.reject, "rejected", "approval.decided"), (decide.return_for_change, "returned", "approval.returned")],
)
def test_refusing_needs_a_reason_ends_it_and_frees_the_document(org: Any, act: Any, state: str, kind: str) -> None:
    head, marketing = org.people.bu_head, org.people.marketing
    request = ask(org, named(head), named(org.people.executive, order=2))
    with pytest.raises(DomainError, match="Say why"):
        act(request=request, actor=head, reason="  ")
    act(request=request, actor=head, reason="预算过高")
    request.refresh_from_db()
    campaign = Campaign.objects.get(pk=request.object_id)
    assert (request.state, campaign.state) == (state, "planned")
    assert kinds(marketing) == [kind]
    assert "预算过高" in Notification.objects.get(recipient=marketing).text
    assert not request.assignments.filter(is_open=True).exists()
    update_campaign(instance=campaign, expected_version=campaign.version, actor=marketing, budget=Decimal(60_000))
    second = request_approval(document="campaign", record=campaign, actor=marketing)
    assert second.facts["budget"] == "60000.00"


def test_only_who_asked_withdraws_and_reminds(org: Any) -> None:
    head, marketing = org.people.bu_head, org.people.marketing
    request = ask(org, named(head))
    for act in (decide.withdraw, decide.remind):
        with pytest.raises(NotAllowed):
            act(request=request, actor=head)
    assert decide.remind(request=request, actor=marketing) == 1
    assert kinds(head) == ["approval.asked", "approval.reminder"]
    with pytest.raises(DomainError, match="once an hour"):
        decide.remind(request=request, actor=marketing)
    decide.withdraw(request=request, actor=marketing)
    with pytest.raises(AlreadyDecided, match="marketing 甲 was quicker: withdrew"):
        decide.approve(request=request, actor=head)
    with pytest.raises(AlreadyDecided):
        decide.withdraw(request=request, actor=marketing)
    assert Campaign.objects.get(pk=request.object_id).state == "planned"


def test_passing_a_decision_on(org: Any) -> None:
    people = org.people
    request = ask(org, named(people.bu_head))
    for to, message in (
        (people.sales_rep, "may not decide"),
        (people.marketing, "may not decide"),
        (people.bu_head, "has to decide this step already"),
    ):
        with pytest.raises(DomainError, match=message):
            decide.delegate(request=request, actor=people.bu_head, to=to)
    decide.delegate(request=request, actor=people.bu_head, to=people.executive, reason="出差")
    assert kinds(people.executive) == ["approval.delegated"]
    with pytest.raises(AlreadyDecided):
        decide.approve(request=request, actor=people.bu_head)
    assert ApprovalRequest.objects.visible_to(again(people.bu_head)).filter(pk=request.pk).exists()
    decide.approve(request=request, actor=people.executive)
    event = request.log.get(kind="delegated")
    assert (event.actor, event.to_user, event.reason) == (people.bu_head, people.executive, "出差")


def test_a_deputy_decides_in_place_of_the_absent_and_it_is_written_down(org: Any) -> None:
    people, today = org.people, timezone.localdate()
    request = ask(org, named(people.bu_head))
    deputy = again(people.finance)
    with pytest.raises(NotAllowed):
        decide.approve(request=request, actor=deputy)
    Deputy.objects.create(person=people.bu_head, deputy=people.finance, starts_on=today, ends_on=today)
    deputy = again(people.finance)
    assert ApprovalRequest.objects.visible_to(deputy).waiting_for(deputy).count() == 1
    decide.approve(request=request, actor=deputy)
    event = request.log.get(kind="approved")
    assert (event.actor, event.for_user) == (people.finance, people.bu_head)


def test_the_requester_does_not_decide_as_somebodys_deputy(org: Any) -> None:
    people, today = org.people, timezone.localdate()
    request = ask(org, named(people.bu_head))
    Deputy.objects.create(person=people.bu_head, deputy=people.marketing, starts_on=today, ends_on=today)
    with pytest.raises(NotAllowed, match="own request"):
        decide.approve(request=request, actor=again(people.marketing))


def test_the_deputy_of_an_absent_approver_is_told_too(org: Any) -> None:
    people, today = org.people, timezone.localdate()
    Deputy.objects.create(person=people.bu_head, deputy=people.finance, starts_on=today, ends_on=today)
    ask(org, named(people.bu_head))
    assert kinds(people.bu_head) == kinds(people.finance) == ["approval.asked"]


# ---- frozen


def test_a_document_that_waits_is_frozen_for_every_way_of_changing_it(org: Any) -> None:
    marketing = org.people.marketing
    request = ask(org, named(org.people.bu_head))
    campaign = Campaign.objects.get(pk=request.object_id)
    with pytest.raises(Frozen, match=request.code) as caught:
        update_campaign(instance=campaign, expected_version=campaign.version, actor=marketing, budget=Decimal(1))
    assert caught.value.url == f"/approvals/{request.pk}/"
    campaign.refresh_from_db()
    with pytest.raises(Frozen):
        move_campaign(campaign=campaign, target="cancelled", actor=marketing, reason="x")
    campaign.refresh_from_db()
    assert (campaign.budget, campaign.state, campaign.version) == (80_000, "planned", 1)
    with pytest.raises(DomainError, match="waits for approval already"):
        request_approval(document="campaign", record=campaign, actor=marketing)
    decide.withdraw(request=request, actor=marketing)
    update_campaign(instance=campaign, expected_version=campaign.version, actor=marketing, budget=Decimal(1))


# ---- changes


def test_a_larger_budget_is_asked_for_and_shown_as_a_change(org: Any) -> None:
    marketing, head = org.people.marketing, org.people.bu_head
    campaign = make_ad_hoc(org, state="approved")
    make_policy(org, named(head), document="campaign_budget", conditions=[condition("budget", "gte", 90_000)])
    with pytest.raises(DomainError, match="needs approval"):
        update_campaign(instance=campaign, expected_version=1, actor=marketing, budget=Decimal(90_000))
    campaign.refresh_from_db()
    with pytest.raises(DomainError, match="No approval policy"):  # the facts are those with the change
        ask_for_budget(campaign=campaign, budget=Decimal(85_000), reason="", actor=marketing)
    request = ask_for_budget(campaign=campaign, budget=Decimal(90_000), reason="加展位", actor=marketing)
    assert [{name: value for name, value in row.items() if name != "in"} for row in request.shown] == [
        {"name": "budget", "label": "budget", "old": "80000.00", "new": "90000", "was": "80000.00", "key": "90000"}
    ]
    campaign.refresh_from_db()
    assert campaign.budget == 80_000
    decide.approve(request=request, actor=head)
    campaign.refresh_from_db()
    assert (campaign.budget, campaign.state) == (90_000, "approved")


def test_a_campaign_on_demand_is_approved_by_request_only(org: Any) -> None:
    campaign = make_ad_hoc(org)
    with pytest.raises(DomainError, match="send it for approval"):
        move_campaign(campaign=campaign, target="approved", actor=org.people.bu_head)
    make_policy(org)
    for values, message in (({"origin": "annual"}, "approved with the plan"), ({"budget": 0}, "how much budget")):
        with pytest.raises(DomainError, match=message):
            request_approval(document="campaign", record=make_ad_hoc(org, **values), actor=org.people.marketing)
    with pytest.raises(NotAllowed):
        request_approval(document="campaign", record=campaign, actor=org.people.sales_rep)


# ---- leaving, seeing


def test_decisions_of_a_leaver_go_to_the_successor(org: Any) -> None:
    people = org.people
    request = ask(org, named(people.bu_head), named(people.bu_head, order=2))
    assert count_to_decide(people.bu_head) == 2
    done = take_over_approvals(source=people.bu_head, target=people.executive, actor=people.administrator)
    assert (done, count_to_decide(people.bu_head)) == (2, 0)
    assert kinds(people.executive) == ["approval.delegated"]
    decide.approve(request=request, actor=people.executive)
    decide.approve(request=request, actor=people.executive)
    request.refresh_from_db()
    assert request.state == "approved"


def test_who_sees_a_request(org: Any) -> None:
    people = org.people
    request = ask(org, named(people.sales_manager), named(people.finance, order=2))
    for name, expected in (
        ("marketing", True),  # asked
        ("sales_manager", True),  # decides
        ("finance", True),  # will decide
        ("bu_head", True),  # sees the campaign
        ("executive", True),  # sees all
        ("colleague", False),
        ("stranger", False),
        ("service_manager", False),
        ("nobody", False),
    ):
        seen = ApprovalRequest.objects.visible_to(getattr(people, name)).filter(pk=request.pk)
        assert seen.exists() is expected, name


def test_with_its_document_a_request_is_seen_by_the_same_people(org: Any) -> None:
    ask(org, named(org.people.sales_manager), named(org.people.finance, order=2))
    seen = 0
    for user in vars(org.people).values():
        for campaign in Campaign.objects.visible_to(user):
            alone = ApprovalRequest.objects.visible_to(user).filter(object_id=campaign.pk)
            assert set(ApprovalRequest.objects.visible_to(user, of=campaign)) == set(alone), user.username
            seen += len(alone)
    assert seen > 3
    customer = make_customer(org)  # no request is about customers themselves: who may see one is asked of the request
    assert not ApprovalRequest.objects.visible_to(org.people.executive, of=customer).exists()


def test_every_event_is_kept_when_the_document_is_gone(org: Any) -> None:
    request = ask(org, named(org.people.bu_head))
    Campaign.objects.filter(pk=request.object_id).delete()
    assert ApprovalEvent.objects.filter(request=request).count() == 1


def test_a_document_that_is_gone_can_be_refused_but_not_approved(org: Any) -> None:
    request = ask(org, named(org.people.bu_head))
    Campaign.objects.filter(pk=request.object_id).delete()
    with pytest.raises(DomainError, match="is gone"):
        decide.approve(request=request, actor=org.people.bu_head)
    request.refresh_from_db()
    assert request.state == "pending"
    decide.reject(request=request, actor=org.people.bu_head, reason="x")


def test_what_cannot_be_carried_out_is_not_decided(org: Any) -> None:
    request = ask(org, named(org.people.bu_head))
    Campaign.objects.filter(pk=request.object_id).update(state="cancelled")
    with pytest.raises(DomainError, match="not possible from the present state"):
        decide.approve(request=request, actor=org.people.bu_head)
    request.refresh_from_db()
    assert (request.state, request.log.count(), request.assignments.get().is_open) == ("pending", 1, True)
