"""Plans to improve what a customer contributes (BP-AM-06)."""

from typing import Any, ClassVar

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.models import BaseModel, OwnedModel, RecordModel, StateChange, search_index
from crm.base.scopes import OwnedOrVia, ViaParent
from crm.catalogue.models.cost import VIEW_COST
from crm.transitions import Transitions, moves
from customers.enums import PlanState
from customers.models.customer import Customer
from customers.rules import GUARDED_MEASURES, plan_can_move


@pghistory.track(exclude=["search_text"])
class ImprovementPlan(OwnedModel):
    """Goals, strategy and actions for a customer. What was before is stored when it starts; what became of it is computed."""

    code = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    customer = models.ForeignKey(
        Customer, verbose_name=_("customer"), on_delete=models.PROTECT, related_name="improvement_plans"
    )
    title = models.CharField(_("subject"), max_length=200)
    starts_on = models.DateField(pgettext_lazy("of a plan", "from"))
    ends_on = models.DateField(pgettext_lazy("of a plan", "until"))
    strategy = models.TextField(_("strategy"), blank=True)
    baseline = models.JSONField(_("baseline"), default=dict, editable=False)
    baseline_on = models.DateField(_("baseline of"), null=True, editable=False)
    cost_baseline = models.JSONField(_("baseline with cost"), default=dict, editable=False)
    state = models.CharField(
        _("status"), max_length=20, choices=PlanState.choices, default=PlanState.DRAFT, editable=False
    )
    state_since = models.DateTimeField(_("in this state since"), editable=False, null=True)
    search_text = models.TextField(editable=False, default="")

    scope = OwnedOrVia("customer")
    guarded = {"cost_baseline": VIEW_COST}
    remote_choices = True
    transitions = Transitions(
        field="state",
        since="state_since",
        history="state_changes",
        allowed=moves(
            {
                PlanState.DRAFT: [PlanState.APPROVED, PlanState.CANCELLED],
                PlanState.APPROVED: [PlanState.RUNNING, PlanState.CANCELLED],
                PlanState.RUNNING: [PlanState.DONE, PlanState.CANCELLED],
            }
        ),
        guards=(plan_can_move,),
        needs_reason=lambda source, target: target == PlanState.CANCELLED,
    )

    class Meta:
        verbose_name = _("improvement plan")
        verbose_name_plural = _("improvement plans")
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="plan_ends_after_start",
                violation_error_message=_("The last day must not be before the first day."),
            )
        ]
        indexes = [
            search_index("plan_search"),
            models.Index(fields=["starts_on", "id"], name="plan_starts"),
            models.Index(fields=["ends_on", "id"], name="plan_ends"),
            models.Index(fields=["customer", "starts_on"], name="plan_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class ImprovementPlanStateChange(StateChange, BaseModel):
    """A move of a plan."""

    record = models.ForeignKey(ImprovementPlan, on_delete=models.CASCADE, related_name="state_changes")
    source = models.CharField(max_length=20, choices=PlanState.choices)
    target = models.CharField(max_length=20, choices=PlanState.choices)

    scope = ViaParent("record")

    class Meta(StateChange.Meta):
        verbose_name = _("state change of an improvement plan")


class GoalScope(ViaParent):
    """With the plan; goals about cost and margin only for those who may see costs."""

    def condition(self, user: Any, model: type[models.Model], *, write: bool = False) -> Q | None:
        found = super().condition(user, model, write=write)
        if user.has_perm(VIEW_COST):
            return found
        open_ones = ~Q(measure__in=GUARDED_MEASURES)
        return open_ones if found is None else found & open_ones

    def as_far_as(self, user: Any, model: type[models.Model], parent: models.Model) -> bool:
        """Whether who sees the plan sees all its goals."""
        return bool(user.has_perm(VIEW_COST))


@pghistory.track()
class ImprovementGoal(RecordModel):
    """What a plan is to reach: a measure, the value wanted, and by when."""

    plan = models.ForeignKey(ImprovementPlan, verbose_name=_("plan"), on_delete=models.CASCADE, related_name="goals")
    measure = models.CharField(_("measure"), max_length=60)
    target = models.DecimalField(_("goal"), max_digits=18, decimal_places=3)
    due_on = models.DateField(_("to be reached by"))

    objects: ClassVar[Any]
    scope = GoalScope("plan")

    class Meta:
        verbose_name = _("goal of a plan")
        verbose_name_plural = _("goals of plans")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "measure"],
                name="goal_once",
                violation_error_message=_("The plan has a goal for this measure already: change that one."),
            )
        ]
        indexes = [models.Index(fields=["due_on", "id"], name="goal_due")]

    def __str__(self) -> str:
        return f"{self.plan} · {self.measure}"
