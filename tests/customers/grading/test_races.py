"""Two people, or a person and the worker, at the same moment: nothing is done twice and nothing is lost."""

from typing import Any

import pytest

from crm.errors import AlreadyDecided, DomainError, StaleVersion
from crm.locks import LockTaken
from crm.workflow.domain import approval_decisions as decide
from crm.workflow.domain.approvals import request_approval
from customers.domain.customer import update_customer
from customers.domain.grading.models import publish
from customers.domain.grading.reviews import accept_proposals, apply_run, give_exception
from customers.domain.grading.runs import compute_month
from customers.models import Customer, CustomerGrade, GradeProposal, GradeRun, GradingModel
from tests.factories.approvals import make_policy, step
from tests.factories.grading import graded, make_grading, make_grading_draft, reviewed
from tests.factories.organisation import make_organisation
from tests.factories.records import day
from tests.workflow.test_approvals_race import together, two_heads

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def org() -> Any:
    return make_organisation()


def quietly(act: Any) -> Any:
    """What `act` returned, or that another process holds the lock."""

    def run() -> Any:
        try:
            return act()
        except LockTaken as error:
            return error

    return run


def test_of_two_heads_who_approve_a_review_at_once_one_wins_and_each_grade_is_written_once(org: Any) -> None:
    first, second = two_heads(org)
    customers = [graded(org, 20_000) for _ in range(5)]
    make_grading(org)
    run = reviewed()[org.silicones.pk]
    make_policy(org, step("role", role="bu_head"), document="grade_review")
    request = request_approval(document="grade_review", record=run, actor=org.people.data_steward)
    results = together(
        lambda: decide.approve(request=request, actor=first), lambda: decide.approve(request=request, actor=second)
    )
    assert sum(isinstance(result, AlreadyDecided) for result in results) == 1
    assert CustomerGrade.objects.filter(grade="A", until=None).count() == len(customers)
    assert CustomerGrade.objects.count() == len(customers)


def test_accepting_single_proposals_while_the_review_is_applied_writes_each_once(org: Any) -> None:
    for _ in range(4):
        graded(org, 20_000)
    make_grading(org)
    run = reviewed()[org.silicones.pk]
    rows = GradeProposal.objects.filter(run=run).order_by("pk")
    together(
        lambda: accept_proposals(GradeProposal.objects.filter(pk__in=rows[:3]), actor=org.people.bu_head),
        lambda: apply_run(run=run, actor=org.people.administrator),
        lambda: accept_proposals(GradeProposal.objects.filter(pk__in=rows[1:]), actor=org.people.data_steward),
    )
    assert CustomerGrade.objects.filter(until=None).count() == CustomerGrade.objects.count() == 4
    assert set(Customer.objects.values_list("grade", flat=True)) == {"A"}


def test_an_edit_that_read_the_customer_before_the_review_was_applied_is_stale(org: Any) -> None:
    customer = graded(org, 20_000)
    make_grading(org)
    run = reviewed()[org.silicones.pk]
    read = Customer.objects.get(pk=customer.pk)
    results = together(
        lambda: apply_run(run=run, actor=org.people.bu_head),
        lambda: update_customer(
            instance=read, expected_version=read.version, actor=org.people.sales_rep, notes="gesehen"
        ),
    )
    stored = Customer.objects.get(pk=customer.pk)
    assert stored.grade == "A", "whoever comes first, the grade is not lost"
    assert (stored.notes == "gesehen") != isinstance(results[1], StaleVersion)


def test_two_workers_make_each_review_once(org: Any) -> None:
    graded(org, 20_000), graded(org, 20_000, owner=org.people.stranger)
    make_grading(org)
    together(*[quietly(compute_month)] * 3)
    compute_month()
    assert GradeRun.objects.count() == GradeProposal.objects.count() == 2


def test_an_exception_given_while_the_review_is_applied_counts_or_is_refused(org: Any) -> None:
    customer = graded(org, 20_000)
    make_grading(org)
    run = reviewed()[org.silicones.pk]
    results = together(
        lambda: apply_run(run=run, actor=org.people.bu_head),
        lambda: give_exception(
            GradeProposal.objects.filter(run=run), actor=org.people.bu_head, grade="S", reason="x", until=day(9)
        ),
    )
    refused = isinstance(results[1], DomainError)
    assert Customer.objects.get(pk=customer.pk).grade == ("A" if refused else "S")


def test_of_two_models_published_at_once_one_is_in_force(org: Any) -> None:
    drafts = [make_grading_draft(org), make_grading_draft(org)]
    results = together(*[lambda draft=draft: publish(model=draft, actor=org.people.administrator) for draft in drafts])
    assert sum(isinstance(result, DomainError) for result in results) == 1
    assert GradingModel.objects.filter(state="in_force").count() == 1
