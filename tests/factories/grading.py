"""Scoring models, reviews and policies for tests, made as the pages make them."""

import datetime as dt
import itertools
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from crm.models import User
from customers.domain.grading.computing import compute_grades
from customers.domain.grading.models import create_model, publish, update_model
from customers.domain.grading.policies import create_policy
from customers.domain.grading.runs import _by_unit, _store, compute_month
from customers.models import Customer, GradePolicy, GradeProposal, GradeRun, GradingModel
from tests.factories.organisation import Organisation
from tests.factories.records import day, make_customer

_numbers = itertools.count(1)


def criterion(measure: str = "annual_demand", weight: Any = 100, **values: Any) -> dict[str, Any]:
    """A criterion: below 1,000 nothing, then 50, from 10,000 on 90 points."""
    return {
        "measure": measure,
        "weight": Decimal(weight),
        "starts": [Decimal(1000), Decimal(10_000)],
        "points": [Decimal(0), Decimal(50), Decimal(90)],
        "missing_points": Decimal(0),
        "is_potential": False,
        **values,
    }


def veto(measure: str = "payment_terms", bound: Any = 90, cap: str = "C", **values: Any) -> dict[str, Any]:
    """A veto above a bound."""
    return {"measure": measure, "side": "above", "bound": Decimal(bound), "cap": cap, "reason": "too long", **values}


def make_grading_draft(
    org: Organisation,
    owner: User | None = None,
    criteria: Sequence[dict[str, Any]] | None = None,
    vetoes: Sequence[dict[str, Any]] = (),
    actor: User | None = None,
    **values: Any,
) -> GradingModel:
    """A draft that grades by annual demand."""
    admin = actor or org.people.administrator
    names = {
        "name": f"model {next(_numbers)}",
        "valid_from": day(-400),
        "new_months": 0,
        "hysteresis": Decimal(3),
        **values,
    }
    model = create_model(actor=admin, **names)
    return update_model(
        instance=model,
        expected_version=model.version,
        actor=admin,
        criteria=[criterion()] if criteria is None else criteria,
        vetoes=vetoes,
    )


def make_empty_grading(org: Organisation, owner: User | None = None) -> GradingModel:
    """A new model as its first page makes it."""
    return create_model(actor=org.people.administrator, name=f"model {next(_numbers)}", valid_from=day())


def make_grading(org: Organisation, draft: GradingModel | None = None, **values: Any) -> GradingModel:
    """A model in force: this draft, or a new one."""
    model = draft or make_grading_draft(org, **values)
    publish(model=model, actor=org.people.administrator)
    model.refresh_from_db()
    return model


def graded(org: Organisation, demand: Any = None, **values: Any) -> Customer:
    """A customer with a yearly demand."""
    return make_customer(org, annual_demand_kg=None if demand is None else Decimal(demand), **values)


def reviewed(on: dt.date | None = None) -> dict[int, GradeRun]:
    """The month's reviews by business unit, computed."""
    compute_month(on=on)
    return {run.business_unit_id: run for run in GradeRun.objects.filter(state="open")}


def make_grade_run(org: Organisation, owner: User | None = None) -> GradeRun:
    """A review of the owner's unit."""
    customer = graded(org, 20_000, owner=owner)
    if not GradingModel.objects.filter(state="in_force", business_unit=customer.business_unit).exists():
        make_grading(org, business_unit=customer.business_unit)
    there = GradeRun.objects.filter(business_unit=customer.business_unit).count()
    month = dt.date(2026 - there // 12, 12 - there % 12, 15)  # back in time: a later review supersedes those before
    model = GradingModel.objects.filter(state="in_force", business_unit=customer.business_unit).get()
    GradingModel.objects.filter(pk=model.pk).update(valid_from=dt.date(2000, 1, 1))
    return _run_of(model, customer, month)


def _run_of(model: GradingModel, customer: Customer, month: dt.date) -> GradeRun:
    entries = _by_unit(compute_grades(model, month))[customer.business_unit_id]
    _store(model, customer.business_unit_id, month.replace(day=1), month, entries)
    return GradeRun.objects.get(business_unit=customer.business_unit, month=month.replace(day=1))


def make_proposal(org: Organisation, owner: User | None = None) -> GradeProposal:
    """What is proposed for a customer of the owner's."""
    run = make_grade_run(org, owner=owner)
    rows = run.proposals.filter(customer__owner=owner or org.people.sales_rep)
    return rows.order_by("-customer_id").first()


def make_grade_policy(org: Organisation, owner: User | None = None, **values: Any) -> GradePolicy:
    """A policy of the group for a grade and a figure that none is about yet."""
    number = next(_numbers)
    names = {
        "grade": "A",
        "measure": "payment_terms",
        "side": "most",
        "bound": Decimal(60),
        "valid_from": day(-3 * number - 100),
        "valid_until": day(-3 * number - 99),
        **values,
    }
    return create_policy(actor=org.people.administrator, **names)
