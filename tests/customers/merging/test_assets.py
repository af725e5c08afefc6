"""Merging customers that have addresses, demands, admissions, grades and hand-overs; what has to be settled first."""

from typing import Any

import pytest
from django.utils import timezone

from crm.errors import DomainError, Frozen
from crm.models import ApprovalRequest
from customers.domain.merging.merge import merge_customers
from customers.domain.merging.undo import undo_merge
from customers.models import (
    Customer,
    CustomerAddress,
    CustomerBilling,
    CustomerCertificateDemand,
    CustomerDemand,
    CustomerGrade,
    CustomerMerge,
    GradeException,
    GradeProposal,
    HandoverLine,
    HandoverPack,
    ImprovementPlan,
)
from tests.factories.admission import make_certificate
from tests.factories.archive import make_address
from tests.factories.grading import make_grade_run
from tests.factories.merging import fill, make_real
from tests.factories.pool import make_entry, make_pack
from tests.factories.records import day
from tests.factories.wallet import make_demand, make_goal, make_plan


@pytest.fixture
def pair(org: Any) -> tuple[Customer, Customer]:
    return make_real(org, "华新电源有限公司"), make_real(org, "华欣电源设备厂")


def merge(org: Any, pair: Any) -> CustomerMerge:
    winner, loser = (Customer._base_manager.get(pk=customer.pk) for customer in pair)
    return merge_customers(winner=winner, loser=loser, actor=org.people.data_steward, values={}, reason="same company")


def owners(*rows: Any) -> list[int]:
    return [type(row)._base_manager.get(pk=row.pk).customer_id for row in rows]


def test_addresses_go_along_and_a_kind_keeps_one_usual_address(org: Any, pair: Any) -> None:
    winner, loser = pair
    make_address(org, customer=winner, kind="ship_to", is_default=True)
    same = make_address(org, customer=loser, kind="ship_to", is_default=True)
    other = make_address(org, customer=loser, kind="invoice_to", is_default=True)
    done = merge(org, pair)
    assert owners(same, other) == [winner.pk, winner.pk]
    usual = CustomerAddress.objects.filter(pk__in=[same.pk, other.pk], is_default=True)
    assert list(usual.values_list("pk", flat=True)) == [other.pk]
    undo_merge(merge=done, actor=org.people.data_steward, reason="x")
    assert owners(same, other) == [loser.pk, loser.pk]
    assert CustomerAddress.objects.get(pk=same.pk).is_default


def test_invoice_data_of_the_loser_stays_where_the_winner_has_its_own(org: Any, pair: Any) -> None:
    winner, loser = pair
    theirs = CustomerBilling.objects.create(customer=loser, invoice_title="华欣")
    merge(org, pair)
    assert owners(theirs) == [winner.pk]


def test_of_two_sets_of_invoice_data_both_are_kept(org: Any, pair: Any) -> None:
    winner, loser = pair
    ours = CustomerBilling.objects.create(customer=winner, invoice_title="华新")
    theirs = CustomerBilling.objects.create(customer=loser, invoice_title="华欣")
    done = merge(org, pair)
    assert owners(ours, theirs) == [winner.pk, loser.pk]
    assert list(done.items.exclude(note="").values_list("keys", flat=True)) == [[theirs.pk]]


def test_certificates_demanded_for_all_product_lines_twice_are_one(org: Any, pair: Any) -> None:
    winner, loser = pair
    make_certificate(org, customer=winner, kind="rohs")
    double = make_certificate(org, customer=loser, kind="rohs")
    line = make_certificate(org, customer=loser, kind="rohs", product_line=org.sealant)
    merge(org, pair)
    assert owners(double, line) == [loser.pk, winner.pk]
    assert CustomerCertificateDemand.objects.filter(customer=winner).count() == 2


def test_statements_about_the_same_days_stay_and_others_go_along(org: Any, pair: Any) -> None:
    winner, loser = pair
    make_demand(org, customer=winner)
    same = make_demand(org, customer=loser)
    liquid = make_demand(org, customer=loser, product_line=org.liquid)
    merge(org, pair)
    assert owners(same, liquid) == [loser.pk, winner.pk]
    assert CustomerDemand.objects.filter(customer=winner).count() == 2


def test_past_grades_go_along_and_the_present_one_is_the_winner_s(org: Any, pair: Any) -> None:
    winner, loser = pair
    today = timezone.localdate()
    CustomerGrade.objects.filter(customer__in=(winner, loser)).delete()
    values = {"business_unit": None, "since": today, "source": "typed", "set_at": timezone.now()}
    ours = CustomerGrade.objects.create(customer=winner, grade="A", **values)
    past = CustomerGrade.objects.create(customer=loser, grade="C", **{**values, "until": today})
    theirs = CustomerGrade.objects.create(customer=loser, grade="B", **values)
    merge(org, pair)
    assert owners(ours, past, theirs) == [winner.pk, winner.pk, loser.pk]


@pytest.mark.parametrize("side", [0, 1])
def test_one_in_a_pool_is_claimed_first(org: Any, pair: Any, side: int) -> None:
    make_entry(org, customer=pair[side])
    with pytest.raises(DomainError, match="is in the pool"):
        merge(org, pair)


@pytest.mark.parametrize("side", [0, 1])
def test_one_that_is_handed_over_is_received_first(org: Any, pair: Any, side: int) -> None:
    make_pack(org, customers=[pair[side]])
    with pytest.raises(DomainError, match="being handed over"):
        merge(org, pair)


def test_one_with_companies_below_it_is_kept(org: Any, pair: Any) -> None:
    winner, loser = pair
    Customer.objects.filter(pk=winner.pk).update(parent=loser)
    with pytest.raises(DomainError, match="give them another parent"):
        merge(org, pair)
    merge(org, (loser, winner))


@pytest.mark.parametrize("side", [0, 1])
def test_a_request_that_freezes_nothing_is_decided_first(org: Any, pair: Any, side: int) -> None:
    fill(org, pair[side], "approval")
    ApprovalRequest.objects.update(state="pending", document="customer_change", title="another name")
    with pytest.raises(Frozen, match="another name"):
        merge(org, pair)


def proposal(run: Any, customer: Customer, grade: str) -> GradeProposal:
    values = {"grade": grade, "bare": grade, "points": 1, "values": [None], "scores": [0], "move": "new"}
    return GradeProposal.objects.update_or_create(run=run, customer=customer, defaults=values)[0]


def test_proposals_and_exceptions_of_the_same_review_stay_and_others_go_along(org: Any, pair: Any) -> None:
    winner, loser = pair
    both, own = make_grade_run(org), make_grade_run(org)
    own.proposals.filter(customer=winner).delete()
    ours, theirs, alone = proposal(both, winner, "A"), proposal(both, loser, "B"), proposal(own, loser, "C")
    given = {"reason": "战略客户", "until": day(90), "given_by": org.people.bu_head}
    kept = GradeException.objects.create(run=both, customer=winner, grade="S", **given)
    double = GradeException.objects.create(run=both, customer=loser, grade="A", **given)
    single = GradeException.objects.create(run=own, customer=loser, grade="A", **given)
    done = merge(org, pair)
    assert owners(ours, theirs, alone) == [winner.pk, loser.pk, winner.pk]
    assert owners(kept, double, single) == [winner.pk, loser.pk, winner.pk]
    noted = dict(done.items.exclude(note="").values_list("model", "keys"))
    assert noted["customers.GradeProposal"] == [theirs.pk]
    assert noted["customers.GradeException"] == [double.pk]
    undo_merge(merge=done, actor=org.people.data_steward, reason="x")
    assert owners(ours, theirs, alone) == [winner.pk, loser.pk, loser.pk]
    assert owners(kept, double, single) == [winner.pk, loser.pk, loser.pk]


def test_finished_hand_overs_go_along_but_for_a_pack_that_had_both(org: Any, pair: Any) -> None:
    winner, loser = pair
    make_pack(org, customers=[winner, loser])
    make_pack(org, customers=[make_real(org, "宁波远景电子材料有限公司")])
    HandoverLine.objects.update(state="accepted")
    both = {line.customer_id: line for line in HandoverLine.objects.filter(customer__in=pair)}
    single = HandoverLine.objects.create(pack=HandoverPack.objects.latest("pk"), customer=loser, state="accepted")
    done = merge(org, pair)
    assert owners(both[winner.pk], both[loser.pk], single) == [winner.pk, loser.pk, winner.pk]
    undo_merge(merge=done, actor=org.people.data_steward, reason="x")
    assert owners(both[winner.pk], both[loser.pk], single) == [winner.pk, loser.pk, loser.pk]


def test_plans_go_along_with_their_goals_and_baseline(org: Any, pair: Any) -> None:
    winner, loser = pair
    plan = make_plan(org, customer=loser)
    goal = make_goal(org, plan=plan)
    ImprovementPlan.objects.filter(pk=plan.pk).update(baseline={"sales_12m": "100"}, baseline_on=day())
    done = merge(org, pair)
    plan.refresh_from_db()
    assert (plan.customer_id, plan.baseline, list(plan.goals.all())) == (winner.pk, {"sales_12m": "100"}, [goal])
    undo_merge(merge=done, actor=org.people.data_steward, reason="x")
    assert owners(plan) == [loser.pk]
