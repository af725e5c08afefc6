"""Grade reviews with their proposals, and the grades that customers have and had (docs/decisions/0012-grades.md)."""

from typing import Any, ClassVar, Self

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel, RecordModel, StateChange
from crm.base.querysets import ScopedQuerySet
from crm.base.scopes import ViaParent
from crm.transitions import Transitions, moves
from customers.enums import Grade, GradeRule, GradeSource, Move, RunState
from customers.models.customer import Customer
from customers.models.grading import GradingModel, GradingVeto

SEE_PREVIEWS = "customers.view_graderun"  # who lacks it sees no proposal of a what-if


class OfUnit:
    """Rows of a business unit: seen by those whose reach is the unit, or everything."""

    def condition(self, user: Any, model: type[models.Model], *, write: bool = False) -> Q | None:
        reach = user.access.reach(model._meta.label_lower)
        return None if reach.everything else Q(business_unit_id__in=reach.business_unit_ids)


class OfCustomer(ViaParent):
    """Proposals are seen with their customer; those of a preview only by who sees reviews."""

    def condition(self, user: Any, model: type[models.Model], *, write: bool = False) -> Q | None:
        condition = super().condition(user, model, write=write)
        if user.has_perm(SEE_PREVIEWS):
            return condition
        real = ~Q(run__state=RunState.PREVIEW)
        return real if condition is None else condition & real

    def as_far_as(self, user: Any, model: type[models.Model], parent: models.Model) -> bool:
        """Whether who sees the customer sees all its proposals."""
        return bool(user.has_perm(SEE_PREVIEWS))


class GradeRunQuerySet(ScopedQuerySet):
    """Reviews by what they are for."""

    def real(self) -> Self:
        """Without previews."""
        return self.exclude(state=RunState.PREVIEW)


@pghistory.track(exclude=["matrix", "computed_at"])
class GradeRun(RecordModel):
    """The review of a month: what a model proposes for the customers of a business unit. `for_group`: by the group's model.

    `matrix` counts the proposals: {"<old grade>": {"<new grade>": [customers, sales of 12 months]}}, made with them.
    """

    model = models.ForeignKey(
        GradingModel, verbose_name=_("scoring model"), on_delete=models.PROTECT, related_name="runs"
    )
    business_unit = models.ForeignKey(
        "crm.BusinessUnit", verbose_name=_("business unit"), on_delete=models.PROTECT, related_name="+"
    )
    for_group = models.BooleanField(_("grade of the group"), default=False)
    month = models.DateField(_("month"))
    computed_on = models.DateField(_("figures as of"), null=True, editable=False)
    computed_at = models.DateTimeField(_("computed at"), null=True, editable=False)
    matrix = models.JSONField(_("moves"), default=dict, editable=False)
    customers = models.PositiveIntegerField(_("customers"), default=0, editable=False)
    ups = models.PositiveIntegerField(_("move up"), default=0, editable=False)
    downs = models.PositiveIntegerField(_("move down"), default=0, editable=False)
    firsts = models.PositiveIntegerField(_("first grades"), default=0, editable=False)
    state = models.CharField(
        _("status"), max_length=10, choices=RunState.choices, default=RunState.OPEN, editable=False
    )
    state_since = models.DateTimeField(_("in this state since"), editable=False)

    objects: ClassVar[Any] = GradeRunQuerySet.as_manager()
    scope = OfUnit()
    transitions = Transitions(
        field="state",
        since="state_since",
        history="state_changes",
        allowed=moves({RunState.OPEN: [RunState.APPLIED, RunState.REJECTED, RunState.SUPERSEDED]}),
    )

    class Meta:
        verbose_name = _("grade review")
        verbose_name_plural = _("grade reviews")
        ordering = ["-month", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["business_unit", "month", "for_group"],
                condition=~Q(state=RunState.PREVIEW),
                name="grade_run_once_a_month",
                violation_error_message=_("The grades of this unit are reviewed once a month."),
            ),
            models.UniqueConstraint(
                fields=["model", "business_unit"],
                condition=Q(state=RunState.PREVIEW),
                name="grade_preview_once",
            ),
        ]
        indexes = [models.Index(fields=["month", "id"], name="grade_run_month")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.business_unit.label}"

    @property
    def grade_unit_id(self) -> int | None:
        """Whose grade it is: the unit's, or None for the group's."""
        return None if self.for_group else self.business_unit_id


class GradeRunStateChange(StateChange, BaseModel):
    """A move of a review."""

    record = models.ForeignKey(GradeRun, on_delete=models.CASCADE, related_name="state_changes")
    source = models.CharField(max_length=10, choices=RunState.choices)
    target = models.CharField(max_length=10, choices=RunState.choices)

    scope = ViaParent("record")

    class Meta(StateChange.Meta):
        verbose_name = _("state change of a grade review")


class GradeProposal(BaseModel):
    """What a review proposes for a customer, and what it stands on: `values` and `scores` are those of the model's criteria in
    their order (a model that was in force never changes). `bare` is the grade by the points alone."""

    run = models.ForeignKey(
        GradeRun, verbose_name=_("grade review"), on_delete=models.CASCADE, related_name="proposals"
    )
    customer = models.ForeignKey(
        Customer, verbose_name=_("customer"), on_delete=models.CASCADE, related_name="grade_proposals"
    )
    old_grade = models.CharField(_("present grade"), max_length=1, choices=Grade.choices, blank=True)
    grade = models.CharField(_("proposed grade"), max_length=1, choices=Grade.choices)
    bare = models.CharField(_("grade by points"), max_length=1, choices=Grade.choices)
    points = models.DecimalField(_("points"), max_digits=5, decimal_places=2)
    values = ArrayField(models.DecimalField(max_digits=20, decimal_places=4, null=True), verbose_name=_("figures"))
    scores = ArrayField(models.DecimalField(max_digits=5, decimal_places=2), verbose_name=_("points of the figures"))
    rule = models.CharField(_("decided by"), max_length=10, choices=GradeRule.choices, default=GradeRule.POINTS)
    veto = models.ForeignKey(
        GradingVeto, verbose_name=_("veto"), on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    move = models.CharField(_("move"), max_length=4, choices=Move.choices)
    applied_at = models.DateTimeField(_("applied at"), null=True)

    scope = OfCustomer("customer")
    own_search = True

    class Meta:
        verbose_name = _("proposed grade")
        verbose_name_plural = _("proposed grades")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["run", "customer"], name="grade_proposal_once")]
        indexes = [
            models.Index(fields=["run", "move", "points"], name="grade_proposal_move"),
            models.Index(fields=["points", "id"], name="grade_proposal_points"),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id}: {self.old_grade or '-'} > {self.grade}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class GradeException(BaseModel):
    """A grade that a person gives in a review instead of the proposed one; later reviews keep it until its last day."""

    run = models.ForeignKey(GradeRun, on_delete=models.CASCADE, related_name="exceptions")
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    grade = models.CharField(_("grade"), max_length=1, choices=Grade.choices)
    reason = models.CharField(_("reason"), max_length=500)
    until = models.DateField(_("keep until"))
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("given by"), on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField(_("given at"), auto_now_add=True)

    scope = ViaParent("customer")
    trail_parent = "run"

    class Meta:
        verbose_name = _("exception in a grade review")
        verbose_name_plural = _("exceptions in grade reviews")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "customer"], name="grade_exception_once"),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="grade_exception_says_why",
                violation_error_message=_("Say why the customer gets another grade."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id}: {self.grade}"


class CustomerGradeQuerySet(ScopedQuerySet):
    """Grades by time."""

    def present(self) -> Self:
        """Those that hold now."""
        return self.filter(until__isnull=True)


class CustomerGrade(BaseModel):
    """A grade that a customer had from a day to a day (not included); the one without an end holds now.

    One history for the group (`business_unit` empty) and one for the business unit: `Customer.grade` is the present one of the
    customer's own unit where there is one, else the group's. An exception is kept by the reviews until `kept_until`.
    """

    customer = models.ForeignKey(
        Customer, verbose_name=_("customer"), on_delete=models.CASCADE, related_name="grade_history"
    )
    business_unit = models.ForeignKey(
        "crm.BusinessUnit",
        verbose_name=_("business unit"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    grade = models.CharField(_("grade"), max_length=1, choices=Grade.choices, blank=True)
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True)
    source = models.CharField(_("came from"), max_length=10, choices=GradeSource.choices)
    points = models.DecimalField(_("points"), max_digits=5, decimal_places=2, null=True)
    run = models.ForeignKey(
        GradeRun, verbose_name=_("grade review"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    model = models.ForeignKey(
        GradingModel, verbose_name=_("scoring model"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    kept_until = models.DateField(_("kept until"), null=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("set by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    set_at = models.DateTimeField(_("set at"))

    objects: ClassVar[Any] = CustomerGradeQuerySet.as_manager()
    scope = ViaParent("customer")

    class Meta:
        verbose_name = _("grade of a customer")
        verbose_name_plural = _("grades of customers")
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "business_unit"],
                condition=Q(until__isnull=True),
                name="customer_grade_one_present",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")),
                name="customer_grade_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["customer", "-since", "-id"], name="customer_grade_newest")]

    def __str__(self) -> str:
        return f"{self.customer_id}: {self.grade}"
