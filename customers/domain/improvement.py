"""Improvement plans: draft, approve, run, and what they brought. docs/contribution.md explains them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.saving import create_record, refuse_held, save_record
from crm.catalogue.models.cost import VIEW_COST
from crm.errors import DomainError
from crm.events import owner_changed
from crm.models import ApprovalRequest, Task, User
from crm.organisation.domain.placement import placement_of
from crm.records.domain.numbers import record_number
from crm.records.pinyin import search_text_of
from crm.transitions import transition
from crm.workflow.domain.approvals import request_approval
from crm.workflow.links import reference_of
from customers.enums import PlanState
from customers.extension_points import CustomerMeasure, customer_measures
from customers.models import CustomerContribution, CustomerFigures, ImprovementGoal, ImprovementPlan
from customers.rules import GUARDED_MEASURES

DOCUMENT = "improvement_plan"
OPEN_STATES = (PlanState.DRAFT, PlanState.APPROVED, PlanState.RUNNING)


def _stored(model: Any, name: str) -> Any:
    def compute(keys: Sequence[int] | None, on: dt.date) -> Mapping[int, Decimal]:
        rows = model.objects.filter(**{f"{name}__isnull": False})
        rows = rows if keys is None else rows.filter(customer__in=keys)
        return dict(rows.order_by().values_list("customer_id", name))

    return compute


# What every plan remembers. Where a measure of the registry has the same key, that one counts.
_OWN = (
    CustomerMeasure(
        "sales_12m", gettext_lazy("Sales, 12 months"), "money", _stored(CustomerFigures, "sales_12m"), order=10
    ),
    CustomerMeasure(
        "volume_12m", gettext_lazy("Volume, 12 months"), "kg", _stored(CustomerFigures, "volume_12m_kg"), order=20
    ),
    CustomerMeasure(
        "overdue", gettext_lazy("Overdue receivables"), "money", _stored(CustomerFigures, "overdue"), False, order=50
    ),
    CustomerMeasure(
        "days_late", gettext_lazy("Days paid late"), "days", _stored(CustomerContribution, "days_late"), False, order=60
    ),
    CustomerMeasure(
        "contribution", gettext_lazy("Contribution"), "money", _stored(CustomerContribution, "contribution"), order=70
    ),
    CustomerMeasure(
        "contribution_percent",
        gettext_lazy("Contribution (%)"),
        "percent",
        _stored(CustomerContribution, "contribution_percent"),
        order=80,
    ),
)


def measures(reader: Any = None) -> dict[str, CustomerMeasure]:
    """The measures that plans can aim at, by key; those worked out from costs only for readers who may see these."""
    found = {measure.key: measure for measure in (*_OWN, *customer_measures.all())}
    rows = sorted(found.values(), key=lambda measure: (measure.order, measure.key))
    blind = reader is not None and not reader.has_perm(VIEW_COST)
    return {row.key: row for row in rows if not (blind and row.key in GUARDED_MEASURES)}


def create_plan(*, actor: User, **values: Any) -> ImprovementPlan:
    """A draft under the next number, for its owner (the actor unless given)."""
    plan = ImprovementPlan(**{**values, "owner": values.get("owner") or actor}, state_since=timezone.now())
    _place(plan)
    with transaction.atomic():
        plan.code = record_number("improvement_plan", plan)
        plan.search_text = search_text(plan)
        return create_record(plan)


def update_plan(
    *, instance: ImprovementPlan, expected_version: int | None, actor: User, **values: Any
) -> ImprovementPlan:
    """Change a plan that is not over. Raises StaleVersion, and DomainError for one that is."""
    _refuse_over(instance)
    owner_before = instance.owner_id
    for name, value in values.items():
        setattr(instance, name, value)
    _place(instance)
    instance.search_text = search_text(instance)
    fields = [*values, "team", "business_unit", "search_text"]
    with transaction.atomic():
        saved = save_record(instance, expected_version=expected_version, fields=fields)
        if saved.owner_id is not None and saved.owner_id != owner_before:
            label = ImprovementPlan._meta.label_lower
            owner_changed.send(label=label, keys=[saved.pk], owner=saved.owner_id, actor=actor.pk)
    return saved


def set_goal(*, actor: User, **values: Any) -> ImprovementGoal:
    """A goal of a draft. Raises DomainError for a plan that is approved already and for an unknown measure."""
    goal = ImprovementGoal(**values)
    _check_goal(goal, actor)
    with transaction.atomic():
        created = create_record(goal)
        refuse_held(ImprovementPlan, [goal.plan_id])
    return created


def change_goal(
    *, instance: ImprovementGoal, expected_version: int | None, actor: User, **values: Any
) -> ImprovementGoal:
    """Correct a goal of a draft. Raises StaleVersion and DomainError."""
    for name, value in values.items():
        setattr(instance, name, value)
    _check_goal(instance, actor)
    with transaction.atomic():
        saved = save_record(instance, expected_version=expected_version, fields=list(values))
        refuse_held(ImprovementPlan, [saved.plan_id])
    return saved


def move_plan(plan: ImprovementPlan, target: str, *, actor: User, reason: str = "") -> Any:
    """Take a plan to another state; when it starts, what is measured now becomes its baseline.

    Raises TransitionError for a move that does not exist, an approval without a goal, and a cancellation without a reason.
    """
    changes = baseline_of(plan) if target == PlanState.RUNNING else {}
    return transition(plan, target, actor=actor, reason=reason, changes=changes)


def baseline_of(plan: ImprovementPlan) -> dict[str, Any]:
    """What is measured today, as it is stored: the values with cost in a field of their own."""
    today = timezone.localdate()
    values = {key: str(value) for key, value in measured(plan, measures(), today).items()}
    return {
        "baseline": {key: value for key, value in values.items() if key not in GUARDED_MEASURES},
        "cost_baseline": {key: value for key, value in values.items() if key in GUARDED_MEASURES},
        "baseline_on": today,
    }


def measured(plan: ImprovementPlan, wanted: Mapping[str, CustomerMeasure], on: dt.date) -> dict[str, Decimal]:
    """The present values of measures of the plan's customer; those without data are left out."""
    key = plan.customer_id
    found = {name: measure.compute([key], on).get(key) for name, measure in wanted.items()}
    return {name: value for name, value in found.items() if value is not None}


@dataclass(frozen=True)
class Progress:
    """A measure of a plan: what it was, is and is to be."""

    measure: CustomerMeasure
    baseline: Decimal | None
    now: Decimal | None
    goal: ImprovementGoal | None = None

    @property
    def effect(self) -> Decimal | None:
        """How much it changed since the plan began."""
        return None if self.baseline is None or self.now is None else self.now - self.baseline

    @property
    def reached(self) -> bool:
        """Whether the goal is reached."""
        if self.goal is None or self.now is None:
            return False
        better = self.measure.higher_is_better
        return self.now >= self.goal.target if better else self.now <= self.goal.target

    @property
    def percent(self) -> Decimal | None:
        """How far on the way from the baseline to the goal, 0 to 100."""
        if self.goal is None or self.baseline is None or self.now is None:
            return None
        way = self.goal.target - self.baseline
        if self.reached or not way:
            return Decimal(100 if self.reached else 0)
        return min(max((self.now - self.baseline) * 100 / way, Decimal(0)), Decimal(100))


def progress(plan: ImprovementPlan, reader: Any) -> list[Progress]:
    """What the plan brought, for a reader: its goals, and the other measures that it remembers. Worked out now, never typed."""
    wanted = measures(reader)
    goals = {goal.measure: goal for goal in plan.goals.all() if goal.measure in wanted}
    before = {**plan.baseline, **plan.cost_baseline}
    names = [name for name in wanted if name in goals or name in before]
    now = measured(plan, {name: wanted[name] for name in names}, timezone.localdate())
    rows = [
        Progress(wanted[name], Decimal(before[name]) if name in before else None, now.get(name), goals.get(name))
        for name in names
    ]
    return sorted(rows, key=lambda row: row.goal is None)


def count_late_actions(plan: ImprovementPlan) -> int:
    """How many to-dos about the plan are past their time."""
    return Task.objects.overdue().filter(**reference_of(plan)).count()


def ready(plan: ImprovementPlan, changes: dict[str, Any]) -> None:
    """Raise DomainError when the plan cannot be sent for approval as it stands."""
    if plan.state != PlanState.DRAFT:
        raise DomainError(_("Only a draft is sent for approval."))
    if not plan.goals.exists():
        raise DomainError(_("Set a goal first: without one nobody can say what the plan brought."))


def offered(plan: ImprovementPlan) -> bool:
    """Whether its page offers to send it for approval."""
    return plan.state == PlanState.DRAFT


def on_approved(*, record: ImprovementPlan, request: ApprovalRequest, actor: User) -> None:
    """The plan is approved."""
    move_plan(record, PlanState.APPROVED, actor=actor, reason=request.code)


def ask_for_approval(plan: ImprovementPlan, *, actor: User, reason: str = "") -> ApprovalRequest:
    """Send a draft for approval. Raises as request_approval() does."""
    return request_approval(document=DOCUMENT, record=plan, actor=actor, reason=reason)


def count_owned(user: User) -> int:
    """How many plans that are not over the user owns."""
    return ImprovementPlan.objects.filter(owner=user, state__in=OPEN_STATES).count()


def take_over_plans(*, source: User, target: User, actor: User) -> int:
    """Give the plans of somebody who leaves that are not over to a colleague. Returns how many."""
    rows = ImprovementPlan.objects.filter(owner=source, state__in=OPEN_STATES)
    with transaction.atomic():
        found = list(rows.order_by("pk").select_for_update(of=("self",)))
        for plan in found:
            plan.owner = target
            _place(plan)
            save_record(plan, expected_version=None, fields=["owner", "team", "business_unit"])
        if found:
            keys = [plan.pk for plan in found]
            owner_changed.send(label=ImprovementPlan._meta.label_lower, keys=keys, owner=target.pk, actor=actor.pk)
    return len(found)


def search_text(plan: ImprovementPlan) -> str:
    """What the search finds the plan by."""
    return search_text_of(plan.title, plan.customer.name, plan.customer.short_name, others=(plan.code,))


def _check_goal(goal: ImprovementGoal, actor: User) -> None:
    if goal.plan.state != PlanState.DRAFT:
        raise DomainError(_("The goals of a plan are set while it is a draft."))
    if goal.measure not in measures(actor):
        raise DomainError(_("Choose one of the measures."), field="measure")


def _refuse_over(plan: ImprovementPlan) -> None:
    if plan.state not in OPEN_STATES:
        raise DomainError(_("This plan is over: what it was stays as it is."))


def _place(plan: ImprovementPlan) -> None:
    """The team of the owner, the business unit of the customer."""
    customer = plan.customer
    place = placement_of(plan.owner, timezone.localdate()) if plan.owner else None
    plan.business_unit = customer.business_unit
    same_unit = place is not None and place.team is not None and place.business_unit == customer.business_unit
    plan.team = place.team if place is not None and same_unit else customer.team
