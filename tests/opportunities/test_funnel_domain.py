"""The rules of the funnel through the domain functions: gates, moves, their history, two people at once."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm import events
from crm.errors import DomainError, StaleVersion, TransitionError
from opportunities.domain.funnel import Funnel, advance, gate, gates
from opportunities.models import GateItem, Opportunity, Stage
from opportunities.rules import Move
from tests.factories.organisation import make_organisation
from tests.factories.records import make_opportunity
from tests.opportunities.support import SOLUTION, answered, stage

pytestmark = pytest.mark.django_db


def keys(error):
    return [key for key, _label in error.value.missing]


def test_the_funnel_of_the_seed():
    rows = list(Stage.objects.values_list("code", "category", "position", "probability", "standard_days"))
    assert rows == [
        ("requirement", "open", 1, 10, 30),
        ("solution", "open", 2, 30, 30),
        ("evaluation", "open", 3, 60, 30),
        ("negotiation", "open", 4, 80, 21),
        ("won", "won", 8, 100, 30),
        ("lost", "lost", 9, 0, 30),
        ("on_hold", "on_hold", 10, 0, 30),
    ]
    counts = {
        code: GateItem.objects.filter(stage__code=code).count()
        for code in ("requirement", "solution", "evaluation", "negotiation")
    }
    assert counts == {"requirement": 18, "solution": 8, "evaluation": 3, "negotiation": 4}


def test_every_field_item_is_a_field_of_the_opportunity():
    names = {field.name for field in Opportunity._meta.get_fields()}
    assert set(GateItem.objects.filter(kind="field").values_list("key", flat=True)) <= names
    assert not set(GateItem.objects.filter(kind="specification").values_list("key", flat=True)) & names


def test_gate_counts_answers_and_lists_what_is_missing(org):
    opportunity = make_opportunity(org)
    status = gate(opportunity)
    assert (status.done, status.total) == (2, 18)  # customer and name
    assert "market_price" in [item.key for item in status.missing]
    opportunity = make_opportunity(org, **answered(org))
    assert (gate(opportunity).done, gate(opportunity).passed) == (18, True)


@pytest.mark.parametrize("empty", [None, "", "   ", Decimal(0)])
def test_blank_and_zero_are_no_answers(org, empty):
    key = "demand_kg" if empty is None or empty == 0 else "need"
    opportunity = Opportunity(**answered(org), customer_id=1, name="x", stage=stage("requirement"))
    setattr(opportunity, key, empty)
    assert [item.key for item in gate(opportunity).missing] == [key]


@pytest.mark.parametrize(("line", "expected"), SOLUTION.items())
def test_items_of_the_second_stage_depend_on_the_product_line(org, line, expected):
    from crm.models import ProductLine

    product_line, _ = ProductLine.objects.get_or_create(
        code=line, defaults={"name": line, "business_unit": org.silicones}
    )
    opportunity = make_opportunity(org, stage="solution", product_line=product_line)
    assert {item.key for item in gate(opportunity).missing} == expected | {"process"}


@pytest.mark.parametrize(("related", "queries"), [((), 2), (("product_line",), 1)])
def test_gates_of_many_rows_take_a_fixed_number_of_queries(org, related, queries):
    for _ in range(5):
        make_opportunity(org, product_line=org.sealant)
    rows = list(Opportunity.objects.select_related(*related) if related else Opportunity.objects.all())
    with CaptureQueriesContext(connection) as captured:
        found = gates(rows)
    assert len(captured) == queries
    assert [status.done for status in found.values()] == [3] * 5


def test_forward_needs_the_gate_and_writes_nothing_without(org):
    opportunity = make_opportunity(org, **answered(org, need="", competitors=""))
    with pytest.raises(TransitionError) as error:
        advance(opportunity=opportunity, target=stage("solution"), actor=org.people.sales_rep)
    assert keys(error) == ["need", "competitors"]
    opportunity.refresh_from_db()
    assert opportunity.stage.code == "requirement"
    assert opportunity.stage_changes.count() == 0


def test_answers_given_with_the_move_are_saved_with_it(org):
    opportunity = make_opportunity(org, **answered(org, market_price=None, specification={}))
    advance(
        opportunity=opportunity,
        target=stage("solution"),
        actor=org.people.sales_rep,
        answers={"market_price": Decimal("30"), "sales_process": "直销流程"},
    )
    assert opportunity.stage.code == "solution"
    assert opportunity.specification == {"sales_process": "直销流程"}
    assert opportunity.amount == opportunity.amount_base == Decimal("2400000.00")


def test_an_answer_that_breaks_a_rule_moves_nothing(org):
    opportunity = make_opportunity(org, **answered(org, our_volume_kg=None))
    with pytest.raises(DomainError, match="larger than the customer"):
        advance(
            opportunity=opportunity,
            target=stage("solution"),
            actor=org.people.sales_rep,
            answers={"our_volume_kg": Decimal(500000)},
        )
    assert Opportunity.objects.get(pk=opportunity.pk).stage.code == "requirement"


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("requirement", "won"),
        ("evaluation", "won"),
        ("requirement", "requirement"),
        ("won", "lost"),
        ("lost", "on_hold"),
        ("on_hold", "won"),
    ],
)
def test_moves_that_do_not_exist(org, source, target):
    opportunity = make_opportunity(org, stage=source, **answered(org))
    with pytest.raises(TransitionError):
        advance(opportunity=opportunity, target=stage(target), actor=org.people.sales_rep, reason="x")
    assert Opportunity.objects.get(pk=opportunity.pk).stage.code == source


def test_won_needs_the_gate_of_the_last_stage_and_sets_the_day(org):
    opportunity = make_opportunity(org, stage="negotiation", **answered(org))
    with pytest.raises(TransitionError) as error:
        advance(opportunity=opportunity, target=stage("won"), actor=org.people.sales_rep)
    assert keys(error) == ["proposed_price", "support_needed"]
    answers = {"proposed_price": Decimal("33.50"), "support_needed": "价格授权"}
    advance(opportunity=opportunity, target=stage("won"), actor=org.people.sales_rep, answers=answers)
    assert opportunity.closed_on == timezone.localdate()
    assert opportunity.amount == Decimal("2680000.00")  # 80,000 kg at the proposed price


@pytest.mark.parametrize("target", ["requirement", "on_hold"])
def test_back_and_on_hold_need_a_reason(org, target):
    opportunity = make_opportunity(org, stage="evaluation", **answered(org))
    with pytest.raises(TransitionError) as error:
        advance(opportunity=opportunity, target=stage(target), actor=org.people.sales_rep, reason="  ")
    assert keys(error) == ["reason"]
    row = advance(opportunity=opportunity, target=stage(target), actor=org.people.sales_rep, reason="客户改需求")
    assert (row.reason, opportunity.closed_on) == ("客户改需求", None)


def test_lost_needs_a_reason_and_the_competitor(org):
    opportunity = make_opportunity(org)
    with pytest.raises(TransitionError) as error:
        advance(opportunity=opportunity, target=stage("lost"), actor=org.people.sales_rep)
    assert keys(error) == ["loss_reason", "lost_to"]
    with pytest.raises(TransitionError) as error:
        advance(
            opportunity=opportunity, target=stage("lost"), actor=org.people.sales_rep, answers={"loss_reason": "price"}
        )
    assert keys(error) == ["lost_to"]
    answers = {"loss_reason": "price", "lost_to": "D 牌"}
    advance(opportunity=opportunity, target=stage("lost"), actor=org.people.sales_rep, answers=answers)
    assert (opportunity.loss_reason, opportunity.lost_to) == ("price", "D 牌")
    assert opportunity.closed_on == timezone.localdate()


def test_a_cancelled_project_is_lost_to_nobody(org):
    opportunity = make_opportunity(org)
    advance(
        opportunity=opportunity, target=stage("lost"), actor=org.people.sales_rep, answers={"loss_reason": "cancelled"}
    )
    assert opportunity.stage.code == "lost"


def test_reopening_needs_a_reason_clears_the_loss_and_skips_no_gate(org):
    opportunity = make_opportunity(
        org, stage="lost", loss_reason="price", lost_to="D 牌", closed_on=dt.date(2026, 1, 5)
    )
    with pytest.raises(TransitionError) as error:
        advance(opportunity=opportunity, target=stage("evaluation"), actor=org.people.sales_rep, reason="再谈")
    assert {"need", "performance", "process"} <= set(keys(error))
    with pytest.raises(TransitionError) as error:
        advance(opportunity=opportunity, target=stage("requirement"), actor=org.people.sales_rep)
    assert keys(error) == ["reason"]
    advance(opportunity=opportunity, target=stage("requirement"), actor=org.people.sales_rep, reason="再谈")
    assert (opportunity.loss_reason, opportunity.lost_to, opportunity.closed_on) == ("", "", None)


def test_every_move_leaves_a_history_row_with_the_time_spent(org):
    since = timezone.now() - dt.timedelta(days=12)
    opportunity = make_opportunity(org, stage_since=since, **answered(org))
    version = opportunity.version
    advance(opportunity=opportunity, target=stage("solution"), actor=org.people.sales_rep)
    row = opportunity.stage_changes.get()
    assert (row.source.code, row.target.code, row.actor) == ("requirement", "solution", org.people.sales_rep)
    assert 12 * 86400 <= row.seconds_in_source < 12 * 86400 + 60
    assert opportunity.stage_since > since
    assert opportunity.version == version + 1


def test_plans_say_what_each_move_asks_for(org):
    opportunity = make_opportunity(org, stage="solution", **answered(org))
    plans = {plan.target.code: plan for plan in Funnel().plans(opportunity)}
    assert {code: plan.move for code, plan in plans.items()} == {
        "requirement": Move.BACK,
        "evaluation": Move.FORWARD,
        "negotiation": Move.SKIP,
        "lost": Move.LOSE,
        "on_hold": Move.HOLD,
    }
    assert {item.key for item in plans["evaluation"].missing} == SOLUTION["SEAL"] | {"process"}
    assert plans["on_hold"].needs_reason
    assert not plans["lost"].missing


def test_the_second_to_move_the_same_card_is_told_who_was_quicker(org):
    opportunity = make_opportunity(org, **answered(org))
    stale = Opportunity.objects.get(pk=opportunity.pk)
    advance(opportunity=opportunity, target=stage("solution"), actor=org.people.sales_manager)
    with pytest.raises(StaleVersion, match="周启明 moved"):
        advance(opportunity=stale, target=stage("solution"), actor=org.people.sales_rep)
    assert opportunity.stage_changes.count() == 1


def test_a_move_tells_which_months_changed(org, django_capture_on_commit_callbacks):
    opportunity = make_opportunity(org, stage="negotiation", assigned_on=dt.date(2026, 3, 9), **answered(org))
    heard = []
    events.facts_changed.subscribe(lambda **payload: heard.append(payload))
    try:
        with django_capture_on_commit_callbacks(execute=True):
            advance(
                opportunity=opportunity,
                target=stage("lost"),
                actor=org.people.sales_rep,
                answers={"loss_reason": "price", "lost_to": "D"},
            )
    finally:
        events.facts_changed._handlers.pop()
    month = timezone.localdate().replace(day=1).isoformat()
    assert heard == [{"facts": ["opportunity"], "months": sorted({"2026-03-01", month})}]


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_one_moves_one_is_told():
    org = make_organisation()
    opportunity = make_opportunity(org, **answered(org))
    target = stage("solution")

    def move(user):
        try:
            advance(opportunity=Opportunity.objects.get(pk=opportunity.pk), target=target, actor=user)
            return "moved"
        except (StaleVersion, TransitionError):
            return "told"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(move, [org.people.sales_rep, org.people.sales_manager])) == ["moved", "told"]
    assert opportunity.stage_changes.count() == 1
