"""Grade reviews: computed once a month, applied whole or in parts, with exceptions; every grade leaves a row of history."""

import datetime as dt
from decimal import Decimal as D

import pytest

from crm import extension_points
from crm.errors import DomainError, NotAllowed
from crm.models import Notification, User
from crm.workflow.domain import approval_decisions as decide
from crm.workflow.domain.approvals import request_approval
from customers.domain.customer import update_customer
from customers.domain.grading import runs
from customers.domain.grading.grades import set_grade
from customers.domain.grading.reviews import accept_proposals, apply_run, give_exception, take_exception_back
from customers.domain.grading.runs import compute_month
from customers.domain.transfer import transfer_owner
from customers.models import Customer, CustomerGrade, GradeProposal, GradeRun
from tests.factories.approvals import make_policy, named
from tests.factories.grading import criterion, graded, make_grading, reviewed, veto
from tests.factories.records import day


def grade_of(customer):
    return Customer.objects.get(pk=customer.pk).grade


def history(customer):
    rows = CustomerGrade.objects.filter(customer=customer).order_by("pk")
    return [(row.grade, row.source, row.until is None) for row in rows]


def test_a_review_proposes_and_its_application_writes_grade_and_history(org):
    good, small, unknown = graded(org, 20_000), graded(org, 5000, grade="C"), graded(org)
    model = make_grading(org)
    run = reviewed()[org.silicones.pk]
    found = {row.customer_id: row for row in run.proposals.all()}
    assert [(found[c.pk].points, found[c.pk].grade, found[c.pk].move) for c in (good, small, unknown)] == [
        (90, "A", "new"), (50, "C", "same"), (0, "D", "new"),
    ]  # fmt: skip
    assert found[good.pk].values == [D(20_000)]
    assert found[unknown.pk].values == [None]
    assert (run.customers, run.ups, run.downs, run.firsts) == (3, 0, 0, 2)
    assert run.matrix == {"": {"A": [1, "0"], "D": [1, "0"]}, "C": {"C": [1, "0"]}}
    assert grade_of(good) == "", "a proposal changes nothing yet"
    version = Customer.objects.get(pk=good.pk).version
    assert apply_run(run=run, actor=org.people.bu_head) == 2
    assert [grade_of(c) for c in (good, small, unknown)] == ["A", "C", "D"]
    assert history(good) == [("A", "review", True)]
    row = CustomerGrade.objects.get(customer=good)
    assert (row.model, row.run, row.points, row.actor, row.since) == (model, run, 90, org.people.bu_head, day())
    assert Customer.objects.get(pk=good.pk).version == version + 1
    run.refresh_from_db()
    assert run.state == "applied"
    with pytest.raises(DomainError):
        apply_run(run=run, actor=org.people.bu_head)


def test_the_group_grades_all_units_and_a_unit_of_its_own_wins_for_its_customers(org):
    ours, theirs = graded(org, 20_000), graded(org, 20_000, owner=org.people.stranger)
    make_grading(org)
    make_grading(org, business_unit=org.silicones, criteria=[criterion(points=[D(0), D(10), D(65)])])
    compute_month()
    for run in GradeRun.objects.order_by("-for_group", "pk"):
        apply_run(run=run, actor=org.people.administrator)
    assert GradeRun.objects.count() == 3
    assert (grade_of(ours), grade_of(theirs)) == ("B", "A")
    assert {(row.business_unit_id, row.grade) for row in CustomerGrade.objects.filter(customer=ours)} == {
        (None, "A"), (org.silicones.pk, "B"),
    }  # fmt: skip
    transfer_owner(Customer.objects.filter(pk=ours.pk), owner=org.people.stranger, actor=org.people.administrator)
    assert grade_of(ours) == "A", "its new unit has no grade of its own: the group's shows"
    transfer_owner(Customer.objects.filter(pk=ours.pk), owner=org.people.sales_rep, actor=org.people.administrator)
    assert grade_of(ours) == "B"


def test_a_month_is_computed_once_and_again_only_on_request(org):
    customer = graded(org, 20_000)
    make_grading(org)
    assert compute_month() == 1
    run = GradeRun.objects.get()
    Customer.objects.filter(pk=customer.pk).update(annual_demand_kg=10)
    assert compute_month() == 0
    assert run.proposals.get().grade == "A"
    assert compute_month(again=True) == 1
    assert (GradeRun.objects.get().pk, run.proposals.get().grade) == (run.pk, "D")
    apply_run(run=run, actor=org.people.bu_head)
    assert compute_month(again=True) == 0, "what was decided stays"


def test_a_worker_killed_between_two_reviews_leaves_a_whole_one_and_the_next_makes_the_rest(org, monkeypatch):
    graded(org, 20_000), graded(org, 20_000, owner=org.people.stranger)
    make_grading(org)
    write, calls = runs._write_proposals, []

    def dies(*args):
        calls.append(args)
        write(*args)
        if len(calls) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(runs, "_write_proposals", dies)
    with pytest.raises(KeyboardInterrupt):
        compute_month()
    assert (GradeRun.objects.count(), GradeProposal.objects.count()) == (1, 1)
    monkeypatch.setattr(runs, "_write_proposals", write)
    assert compute_month() == 1
    assert (GradeRun.objects.count(), GradeProposal.objects.count()) == (2, 2)


def test_a_later_month_supersedes_what_nobody_decided_and_an_old_one_cannot_be_applied_after_it(org):
    graded(org, 20_000)
    make_grading(org)
    compute_month(on=day(-40))
    first = GradeRun.objects.get()
    compute_month()
    first.refresh_from_db()
    second = GradeRun.objects.get(state="open")
    assert (first.state, second.month) == ("superseded", day().replace(day=1))
    GradeRun.objects.filter(pk=first.pk).update(state="open")
    apply_run(run=second, actor=org.people.bu_head)
    with pytest.raises(DomainError, match="later review"):
        apply_run(run=first, actor=org.people.bu_head)


def ask(org, run, **values):
    make_policy(org, named(org.people.bu_head), document="grade_review", **values)
    return request_approval(document="grade_review", record=run, actor=org.people.data_steward)


def test_approval_applies_the_review_and_nothing_is_computed_or_accepted_meanwhile(org):
    customer = graded(org, 20_000)
    make_grading(org)
    run = reviewed()[org.silicones.pk]
    request = ask(org, run)
    assert compute_month(again=True) == 0
    with pytest.raises(DomainError, match="waits for approval"):
        accept_proposals(run.proposals.all(), actor=org.people.bu_head)
    assert grade_of(customer) == ""
    decide.approve(request=request, actor=org.people.bu_head)
    assert grade_of(customer) == "A"
    run.refresh_from_db()
    assert (run.state, run.state_changes.get().reason) == ("applied", request.code)


def test_a_rejected_review_leaves_the_grades(org):
    customer = graded(org, 20_000, grade="B")
    make_grading(org)
    run = reviewed()[org.silicones.pk]
    decide.reject(request=ask(org, run), actor=org.people.bu_head, reason="no")
    run.refresh_from_db()
    assert (run.state, grade_of(customer)) == ("rejected", "B")
    with pytest.raises(DomainError):
        request_approval(document="grade_review", record=run, actor=org.people.data_steward)


def test_the_approver_approves_with_an_exception_that_later_reviews_keep_until_its_day(org):
    customer, other = graded(org, 10), graded(org, 20_000)
    make_grading(org)
    run = reviewed()[org.silicones.pk]
    request = ask(org, run)
    rows = run.proposals.filter(customer=customer)
    with pytest.raises(NotAllowed):
        give_exception(rows, actor=org.people.sales_rep, grade="B", reason="x", until=day(40))
    with pytest.raises(DomainError, match="lies ahead"):
        give_exception(rows, actor=org.people.bu_head, grade="B", reason="x", until=day())
    with pytest.raises(DomainError):
        give_exception(rows, actor=org.people.bu_head, grade="B", reason="", until=day(40))
    give_exception(rows, actor=org.people.bu_head, grade="C", reason="x", until=day(40))
    give_exception(rows, actor=org.people.bu_head, grade="B", reason="示范客户", until=day(40))
    decide.approve(request=request, actor=org.people.bu_head)
    assert (grade_of(customer), grade_of(other)) == ("B", "A")
    row = CustomerGrade.objects.get(customer=customer)
    assert (row.source, row.reason, row.kept_until, row.actor) == ("exception", "示范客户", day(40), org.people.bu_head)
    with pytest.raises(DomainError, match="decided"):
        give_exception(rows, actor=org.people.bu_head, grade="A", reason="x", until=day(40))
    compute_month(on=day(35))
    kept = GradeProposal.objects.get(customer=customer, run__state="open")
    assert (kept.grade, kept.bare, kept.rule, kept.move) == ("B", "D", "exception", "same")
    apply_run(run=kept.run, actor=org.people.bu_head)
    assert len(history(customer)) == 1
    compute_month(on=day(75))
    ended = GradeProposal.objects.get(customer=customer, run__state="open")
    assert (ended.grade, ended.rule, ended.move) == ("D", "points", "down")


def test_an_exception_can_be_taken_back(org):
    customer = graded(org, 10)
    make_grading(org)
    run = reviewed()[org.silicones.pk]
    give_exception(run.proposals.all(), actor=org.people.bu_head, grade="B", reason="x", until=day(40))
    assert take_exception_back(run.proposals.all(), actor=org.people.bu_head) == 1
    apply_run(run=run, actor=org.people.bu_head)
    assert grade_of(customer) == "D"


def test_single_proposals_are_accepted_ahead_and_the_review_does_the_rest(org):
    first, second = graded(org, 20_000), graded(org, 20_000)
    make_grading(org)
    run = reviewed()[org.silicones.pk]
    with pytest.raises(NotAllowed):
        accept_proposals(run.proposals.all(), actor=org.people.sales_rep)
    assert accept_proposals(run.proposals.filter(customer=first), actor=org.people.bu_head) == 1
    assert (grade_of(first), grade_of(second)) == ("A", "")
    set_grade(customer=first, grade="S", actor=org.people.bu_head)
    assert apply_run(run=run, actor=org.people.bu_head) == 1
    assert (grade_of(first), grade_of(second)) == ("S", "A"), "what was accepted before is not done twice"
    assert history(first) == [("A", "review", False), ("S", "typed", True)]


def test_owners_are_told_one_by_name_and_several_by_number(org):
    User.objects.update(language="en")
    one = graded(org, 20_000, owner=org.people.colleague, grade="B")
    graded(org, 20_000), graded(org, 20_000), graded(org, 5000, grade="C")
    make_grading(org)
    run = reviewed()[org.silicones.pk]
    assert extension_points.notification_kinds.get("customers.grade")
    apply_run(run=run, actor=org.people.bu_head)
    told = {row.recipient: row for row in Notification.objects.filter(kind="customers.grade")}
    assert set(told) == {org.people.colleague, org.people.sales_rep}
    assert told[org.people.colleague].title == f"{one}: grade B → A"
    assert told[org.people.sales_rep].title == "2 of your customers have new grades"
    assert f"run={run.pk}" in told[org.people.sales_rep].url


def test_a_new_customer_is_graded_on_potential_until_it_is_no_longer_new(org):
    parts = [
        criterion(weight=20, is_potential=True),
        criterion("strategic_value", 80, starts=[D(4)], points=[D(0), D(100)]),
    ]
    fresh, old = graded(org, 20_000), graded(org, 20_000)
    Customer.objects.filter(pk=old.pk).update(created_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    make_grading(org, criteria=parts, new_months=6)
    run = reviewed()[org.silicones.pk]
    assert run.proposals.get(customer=fresh).grade == "A"
    assert run.proposals.get(customer=fresh).rule == "potential"
    assert run.proposals.get(customer=old).grade == "D"


def test_a_veto_is_kept_with_the_proposal(org):
    customer = graded(org, 20_000, payment_terms_days=120)
    make_grading(org, vetoes=[veto(reason="账期过长")])
    row = GradeProposal.objects.get(run=reviewed()[org.silicones.pk], customer=customer)
    assert (row.grade, row.bare, row.rule, row.veto.reason) == ("C", "A", "veto", "账期过长")
    assert row.values == [D(20_000), D(120)]


def test_who_may_not_set_grades_changes_none_and_who_may_leaves_history(org):
    customer = graded(org, 1)
    rep, steward = org.people.sales_rep, org.people.data_steward
    with pytest.raises(NotAllowed) as refused:
        update_customer(instance=customer, expected_version=None, actor=rep, grade="A")
    assert refused.value.field == "grade"
    update_customer(
        instance=Customer.objects.get(pk=customer.pk), expected_version=None, actor=rep, grade="", notes="n"
    )
    update_customer(instance=Customer.objects.get(pk=customer.pk), expected_version=None, actor=steward, grade="A")
    update_customer(instance=Customer.objects.get(pk=customer.pk), expected_version=None, actor=steward, grade="B")
    assert history(customer) == [("A", "typed", False), ("B", "typed", True)]
    assert grade_of(customer) == "B"
    with pytest.raises(NotAllowed):
        set_grade(customer=customer, grade="S", actor=rep)


def test_a_typed_grade_goes_where_the_visible_one_comes_from(org):
    customer = graded(org, 20_000)
    make_grading(org, business_unit=org.silicones)
    apply_run(run=reviewed()[org.silicones.pk], actor=org.people.bu_head)
    update_customer(
        instance=Customer.objects.get(pk=customer.pk), expected_version=None, actor=org.people.bu_head, grade="S"
    )
    rows = CustomerGrade.objects.filter(customer=customer).order_by("pk")
    assert [(row.business_unit, row.grade, row.until) for row in rows] == [
        (org.silicones, "A", day()), (org.silicones, "S", None),
    ]  # fmt: skip


def test_only_customers_in_reach_are_told_about(org):
    """A head sees the reviews of the own unit only; a representative none, and no preview's proposal."""
    graded(org, 20_000), graded(org, 20_000, owner=org.people.stranger)
    make_grading(org)
    compute_month()
    head = User.objects.get(pk=org.people.bu_head.pk)
    assert {run.business_unit for run in GradeRun.objects.visible_to(head)} == {org.silicones}
    assert GradeRun.objects.visible_to(org.people.sales_rep).count() == 0
    assert GradeProposal.objects.visible_to(head).count() == 1
    assert GradeRun.objects.visible_to(org.people.executive).count() == 2
    GradeRun.objects.update(state="preview")
    assert GradeProposal.objects.visible_to(org.people.sales_rep).count() == 0
    assert GradeProposal.objects.visible_to(head).count() == 1
