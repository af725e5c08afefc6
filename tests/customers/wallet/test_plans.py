"""Improvement plans: goals, approval, baseline, effect, late actions."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from crm.errors import DomainError, TransitionError
from crm.workflow.domain.tasks import complete, create_task
from customers.domain.improvement import ask_for_approval, measures, move_plan, progress, set_goal, update_plan
from customers.models import CustomerFigures, ImprovementPlan
from tests.factories.records import day, make_invoice
from tests.factories.wallet import make_goal, make_plan


def sell(org: Any, plan: ImprovementPlan, amount: int) -> None:
    """Sales are read from the invoices themselves."""
    make_invoice(org, customer=plan.customer, net=Decimal(amount), net_base=Decimal(amount))


def running(org: Any, sales: int = 100) -> ImprovementPlan:
    plan = make_plan(org)
    make_goal(org, plan=plan, target=Decimal(200))
    sell(org, plan, sales)
    CustomerFigures.objects.filter(customer=plan.customer).update(overdue=50)
    move_plan(plan, "approved", actor=plan.owner)
    move_plan(plan, "running", actor=plan.owner)
    return plan


def test_without_a_goal_a_plan_is_not_approved(org: Any) -> None:
    plan = make_plan(org)
    with pytest.raises(DomainError, match="Set a goal first"):
        ask_for_approval(plan, actor=plan.owner)
    with pytest.raises(TransitionError, match="Set a goal first"):
        move_plan(plan, "approved", actor=plan.owner)


def test_approval_takes_a_plan_to_approved(org: Any) -> None:
    plan = make_plan(org)
    make_goal(org, plan=plan)
    ask_for_approval(plan, actor=plan.owner)
    plan.refresh_from_db()
    assert plan.state == "approved"  # no policy is in force


def test_a_plan_that_is_over_does_not_offer_to_be_edited(org: Any, client_of: Any) -> None:
    plan, client = make_plan(org), client_of(org.people.sales_rep)
    page, edit = (reverse(f"customers:improvementplan_{name}", args=[plan.pk]) for name in ("record", "edit"))
    assert edit in client.get(page).content.decode()
    move_plan(plan, "cancelled", actor=plan.owner, reason="客户停产")
    assert edit not in client.get(page).content.decode()


def test_the_moves_there_are(org: Any) -> None:
    plan = make_plan(org)
    make_goal(org, plan=plan)
    for target in ("running", "done"):
        with pytest.raises(TransitionError):
            move_plan(plan, target, actor=plan.owner)
    with pytest.raises(TransitionError, match="reason"):
        move_plan(plan, "cancelled", actor=plan.owner)
    move_plan(plan, "cancelled", actor=plan.owner, reason="客户停产")
    with pytest.raises(DomainError, match="over"):
        update_plan(instance=plan, expected_version=plan.version, actor=plan.owner, title="x")


def test_goals_are_set_while_it_is_a_draft_and_of_known_measures(org: Any) -> None:
    plan = make_plan(org)
    values = {"plan": plan, "target": Decimal(1), "due_on": day(9)}
    with pytest.raises(DomainError, match="measures"):
        set_goal(actor=plan.owner, measure="luck", **values)
    with pytest.raises(DomainError, match="measures"):  # worked out from costs, which a representative does not see
        set_goal(actor=plan.owner, measure="contribution", **values)
    set_goal(actor=plan.owner, measure="overdue", **values)
    with pytest.raises(DomainError, match="already"):
        set_goal(actor=plan.owner, measure="overdue", **values)
    move_plan(plan, "approved", actor=plan.owner)
    with pytest.raises(DomainError, match="draft"):
        set_goal(actor=plan.owner, measure="sales_12m", **values)
    assert "share_of_wallet" in measures()


def test_the_baseline_is_stored_at_the_start_and_the_effect_is_worked_out(org: Any) -> None:
    plan = running(org, sales=100)
    assert plan.baseline["sales_12m"] == "100.00"
    assert plan.baseline_on == timezone.localdate()
    sell(org, plan, 75)
    CustomerFigures.objects.filter(customer=plan.customer).update(overdue=10)
    rows = {row.measure.key: row for row in progress(plan, plan.owner)}
    assert (rows["sales_12m"].effect, rows["sales_12m"].percent, rows["sales_12m"].reached) == (75, 75, False)
    assert (rows["overdue"].effect, rows["overdue"].goal) == (-40, None)
    sell(org, plan, 35)
    assert progress(plan, plan.owner)[0].reached
    plan.refresh_from_db()
    assert plan.baseline["sales_12m"] == "100.00"


def test_low_is_reached_where_low_is_better(org: Any) -> None:
    plan = make_plan(org)
    make_goal(org, plan=plan, measure="overdue", target=Decimal(20))
    CustomerFigures.objects.filter(customer=plan.customer).update(overdue=100)
    move_plan(plan, "approved", actor=plan.owner)
    move_plan(plan, "running", actor=plan.owner)
    assert not progress(plan, plan.owner)[0].reached
    CustomerFigures.objects.filter(customer=plan.customer).update(overdue=20)
    assert progress(plan, plan.owner)[0].reached


def test_a_late_action_is_warned_of_until_it_is_done(org: Any, client_of: Any) -> None:
    plan = running(org)
    client, url = client_of(org.people.sales_rep), reverse("customers:improvementplan_record", args=[plan.pk])
    assert "past their time" not in client.get(url).content.decode()
    task = create_task(
        actor=plan.owner,
        assignee=plan.owner,
        title="拜访客户",
        due_at=timezone.now() - dt.timedelta(days=1),
        record=plan,
        kind="customers.improvement",
    )
    page = client.get(url).content.decode()
    assert "past their time: 1" in page
    assert "拜访客户" in page
    complete(task=task, actor=plan.owner)
    assert "past their time" not in client.get(url).content.decode()
