"""Two people at the same moment, in transactions of their own: one wins, the other is told."""

from collections.abc import Callable
from decimal import Decimal
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from crm.errors import AlreadyDecided, DomainError, Frozen, StaleVersion
from crm.models import ApprovalRequest, Role, User
from crm.workflow.domain import approval_decisions as decide
from crm.workflow.domain.approval_clock import tell_late
from crm.workflow.domain.approvals import request_approval
from leads.domain.campaign import update_campaign
from leads.models import Campaign
from tests.factories.approvals import ask, make_ad_hoc, make_policy, named, step
from tests.factories.organisation import make_organisation

pytestmark = pytest.mark.django_db(transaction=True)


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Run each in a thread with a connection of its own, all starting at once; gives what each returned or raised."""
    barrier, results = Barrier(len(acts)), [None] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        try:
            connection.ensure_connection()
            barrier.wait(timeout=20)
            results[place] = act()
        except DomainError as error:
            results[place] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert not any(thread.is_alive() for thread in threads)
    return results


@pytest.fixture
def org() -> Any:
    return make_organisation()


def two_heads(org: Any) -> tuple[User, User]:
    second = User.objects.create(username="second", display_name="第二", business_unit=org.silicones)
    second.roles.add(Role.objects.get(code="bu_head"))
    return org.people.bu_head, second


@pytest.mark.parametrize("other", [decide.approve, decide.reject])
def test_of_two_approvers_at_once_one_wins_and_the_other_is_told_who(org: Any, other: Any) -> None:
    first, second = two_heads(org)
    request = ask(org, step("role", role="bu_head"))
    results = together(
        lambda: decide.approve(request=request, actor=first, reason="a"),
        lambda: other(request=request, actor=second, reason="b"),
    )
    late = [result for result in results if isinstance(result, AlreadyDecided)]
    assert len(late) == 1, results
    stored = ApprovalRequest.objects.get(pk=request.pk)
    winner = first if isinstance(results[1], AlreadyDecided) else second
    assert winner.label in str(late[0].message)
    assert stored.state_changes.get().actor == winner
    assert stored.log.exclude(kind="requested").count() == 1
    expected = "approved" if stored.state == "approved" else "planned"
    assert Campaign.objects.get(pk=stored.object_id).state == expected


def test_one_press_that_comes_twice_decides_once(org: Any) -> None:
    head = org.people.bu_head
    request = ask(org, named(head), named(head, order=2))
    seen = request.steps.order_by("order").first().pk
    results = together(*[lambda: decide.approve(request=request, actor=head, step=seen)] * 3)
    assert sum(isinstance(result, AlreadyDecided) for result in results) == 2
    request.refresh_from_db()
    assert (request.state, request.log.filter(kind="approved").count()) == ("pending", 1)


def test_the_two_last_parallel_steps_end_the_request_once(org: Any) -> None:
    people = org.people
    request = ask(org, named(people.bu_head), named(people.finance))
    together(
        lambda: decide.approve(request=request, actor=people.bu_head),
        lambda: decide.approve(request=request, actor=people.finance),
    )
    request.refresh_from_db()
    assert (request.state, request.state_changes.count()) == ("approved", 1)
    assert Campaign.objects.get(pk=request.object_id).state == "approved"


def test_withdrawing_and_approving_at_once_end_in_one_of_both(org: Any) -> None:
    request = ask(org, named(org.people.bu_head))
    results = together(
        lambda: decide.withdraw(request=request, actor=org.people.marketing),
        lambda: decide.approve(request=request, actor=org.people.bu_head),
    )
    assert sum(isinstance(result, AlreadyDecided) for result in results) == 1
    request.refresh_from_db()
    assert Campaign.objects.get(pk=request.object_id).state == (
        "approved" if request.state == "approved" else "planned"
    )


def test_a_document_is_sent_once(org: Any) -> None:
    make_policy(org, named(org.people.bu_head))
    campaign = make_ad_hoc(org)
    act = lambda: request_approval(document="campaign", record=campaign, actor=org.people.marketing)  # noqa: E731
    results = together(act, act)
    assert sum(isinstance(result, ApprovalRequest) for result in results) == 1
    assert ApprovalRequest.objects.count() == 1


def test_saving_while_it_is_sent_never_changes_what_is_decided_about(org: Any) -> None:
    make_policy(org, named(org.people.bu_head))
    marketing = org.people.marketing
    for _round in range(5):
        campaign = make_ad_hoc(org)
        mine = Campaign.objects.get(pk=campaign.pk)
        saved, sent = together(
            lambda mine=mine: update_campaign(
                instance=mine, expected_version=1, actor=marketing, budget=Decimal(70_000)
            ),
            lambda campaign=campaign: request_approval(document="campaign", record=campaign, actor=marketing),
        )
        assert isinstance(sent, ApprovalRequest)
        stored = Campaign.objects.get(pk=campaign.pk)
        assert Decimal(sent.facts["budget"]) == stored.budget
        assert isinstance(saved, Frozen | StaleVersion) == (stored.budget == 80_000)


def test_two_workers_remind_once(org: Any) -> None:
    request = ask(org, named(org.people.bu_head, remind_after=1))
    request.assignments.update(remind_at=request.created_at)
    together(tell_late, tell_late)
    assert request.log.filter(kind="reminded").count() == 1
