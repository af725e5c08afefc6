"""The pages of improvement plans, their goals, and the rates of serving."""

from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from crm.formats import day, day_html, money_html, num
from crm.generic.entity import Entity, Preset
from crm.generic.forms import ReasonForm
from crm.generic.layout import RecordPage
from crm.generic.views.edit import CreateView
from crm.generic.views.record import RecordView
from crm.generic.views.step import Step, leads_to, step_actions
from customers.domain.contribution import create_rate, update_rate
from customers.domain.improvement import OPEN_STATES, change_goal, create_plan, move_plan, set_goal, update_plan
from customers.enums import PlanState
from customers.filters.wallet import GoalFilter, PlanFilter, RateFilter
from customers.forms.improvement import GoalForm, PlanForm, RateForm
from customers.models import ContributionRate, ImprovementGoal, ImprovementPlan
from customers.tables.wallet import GoalTable, PlanTable, RateTable, measure_label, plan_badge, plan_url, target_cell
from customers.views.wallet import customer_link

CHANGE = "customers.change_improvementplan"


def _move_to(target: str) -> Any:
    def run(record: ImprovementPlan, **values: Any) -> Any:
        return move_plan(record, target, **values)

    return run


def _step(target: str, label: Any, icon: str, form: Any = None, *, primary: bool = False) -> Step:
    return Step(target, label, icon, CHANGE, _move_to(target), leads_to(target), form, primary)


STEPS = (
    _step(PlanState.RUNNING, _("Start"), "player-play", primary=True),
    _step(PlanState.DONE, _("Finish"), "circle-check", primary=True),
    _step(PlanState.CANCELLED, _("Cancel the plan"), "circle-x", ReasonForm),
)


class GoalCreate(CreateView):
    """A new goal; one comes back to the plan."""

    def landing(self, record: Any) -> str:
        """The plan's page."""
        return plan_url(record.plan)


class PlanRecord(RecordView):
    """A plan's page; one that is over is not edited."""

    def record_context(self, request: HttpRequest, record: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Without the button once the plan is over."""
        context = super().record_context(request, record, *args, **kwargs)
        return context if record.state in OPEN_STATES else {**context, "edit_url": ""}


plan_entity = Entity(
    model=ImprovementPlan,
    table=PlanTable,
    views={"record": PlanRecord},
    filterset=PlanFilter,
    nav="improvement_plans",
    icon="target-arrow",
    subtitle=_("What is to become better with a customer, by what, and what came of it"),
    empty_text=_("Plan how a customer is to contribute more: set goals, give to-dos, and see the effect."),
    form=PlanForm,
    create=create_plan,
    update=update_plan,
    presets=(
        Preset("all", _("All")),
        Preset("open", _("Not over"), "state=draft&state=approved&state=running", sort="ends_on"),
        Preset("mine", _("Mine"), "owner=me"),
    ),
    page=RecordPage(
        title=lambda plan: plan.title,
        code=lambda plan: plan.code,
        badges=lambda plan: [plan_badge(plan)],
        meta=lambda plan: [
            ("building-factory-2", customer_link(plan.customer)),
            ("calendar", f"{day(plan.starts_on)} – {day(plan.ends_on)}"),
            ("user", plan.owner.label if plan.owner else ""),
        ],
        actions=step_actions("customers:improvementplan", STEPS),
        select=("customer", "owner", "team", "business_unit"),
        attributes=(
            (_("customer"), lambda plan: customer_link(plan.customer)),
            (_("from"), lambda plan: day_html(plan.starts_on)),
            (_("until"), lambda plan: day_html(plan.ends_on)),
            "strategy",
            "team",
            "business_unit",
        ),
    ),
)
goal_entity = Entity(
    model=ImprovementGoal,
    table=GoalTable,
    filterset=GoalFilter,
    dossier=False,
    nav="improvement_plans",
    icon="flag",
    form=GoalForm,
    create=set_goal,
    update=change_goal,
    views={"create": GoalCreate},
    page=RecordPage(
        title=measure_label,
        code=lambda goal: goal.plan.code,
        select=("plan__customer",),
        attributes=(
            (_("plan"), lambda goal: format_html('<a href="{}">{}</a>', plan_url(goal.plan), goal.plan.title)),
            (_("goal"), lambda goal: mark_safe(target_cell(goal))),  # noqa: S308 -- our own markup
            (_("to be reached by"), lambda goal: day_html(goal.due_on)),
        ),
    ),
)
rate_entity = Entity(
    model=ContributionRate,
    table=RateTable,
    filterset=RateFilter,
    dossier=False,
    nav="settings",
    icon="percentage",
    subtitle=_("What serving a customer is reckoned to cost; rates hold from their day until the next"),
    form=RateForm,
    create=create_rate,
    update=update_rate,
    page=RecordPage(
        title=lambda rate: day(rate.starts_on),
        attributes=(
            "starts_on",
            (_("cost of a shipment"), lambda rate: money_html(rate.per_shipment)),
            (_("cost of capital a year"), lambda rate: f"{num(rate.capital_percent, 2)}%"),
        ),
    ),
)
