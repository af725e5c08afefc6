"""Scoring models: which figures count how much for a grade. One in force is never changed; a change is a new edition."""

from decimal import Decimal
from typing import Any, ClassVar, Self

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.models import BaseModel, RecordModel, StateChange
from crm.base.querysets import ScopedQuerySet
from crm.base.scopes import Reference, ViaParent
from crm.catalogue.models.cost import VIEW_COST
from crm.organisation.models.structure import DateRange
from crm.transitions import Transitions, moves
from customers.enums import Grade, GradingState
from customers.extension_points import CustomerMeasure, customer_measures
from customers.rules import GUARDED_MEASURES

_POINTS: Any = {"max_digits": 5, "decimal_places": 2}
_HUNDRED = [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))]


def measure_of(key: str) -> CustomerMeasure | None:
    """A registered measure; None when the app that had it is gone."""
    try:
        return customer_measures.get(key)
    except KeyError:
        return None


def hidden_from(key: str, reader: Any) -> bool:
    """Whether the values and bounds of a figure are not for this reader. One that is measured no longer is kept back as well
    when it was made of costs."""
    declared = measure_of(key)
    if declared is None:
        return key in GUARDED_MEASURES and not reader.has_perm(VIEW_COST)
    return not declared.shown_to(reader)


def whose(field: str = "business_unit") -> Coalesce:
    """The business unit's key, 0 for the group: NULL equals nothing, not even in an exclusion constraint."""
    return Coalesce(F(field), 0)


class GradingModelQuerySet(ScopedQuerySet):
    """Models by when they are in force."""

    def in_force(self, day: Any) -> Self:
        """Those in force on that day: at most one of the group and one of each business unit."""
        running = Q(valid_until__isnull=True) | Q(valid_until__gte=day)
        return self.filter(running, state=GradingState.IN_FORCE, valid_from__lte=day)


@pghistory.track()
class GradingModel(RecordModel):
    """How customers of a business unit, or of the group, are graded. `replaces` is the edition before this one.

    A grade is reached from so many points on; below the last one it is D, and without a number for S nobody gets S.
    """

    name = models.CharField(_("name"), max_length=100)
    business_unit = models.ForeignKey(
        "crm.BusinessUnit",
        verbose_name=_("business unit"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Empty: the whole group."),
    )
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    s_from = models.DecimalField(
        _("S from (points)"), null=True, blank=True, validators=_HUNDRED, help_text=_("Empty: no grade S."), **_POINTS
    )
    a_from = models.DecimalField(_("A from (points)"), default=80, validators=_HUNDRED, **_POINTS)
    b_from = models.DecimalField(_("B from (points)"), default=60, validators=_HUNDRED, **_POINTS)
    c_from = models.DecimalField(_("C from (points)"), default=40, validators=_HUNDRED, **_POINTS)
    hysteresis = models.DecimalField(
        _("hysteresis (points)"),
        default=3,
        validators=_HUNDRED,
        help_text=_("A grade changes only when the points are so far beyond the limit."),
        **_POINTS,
    )
    new_months = models.PositiveSmallIntegerField(
        _("new customers (months)"),
        default=6,
        help_text=_("For so long only the criteria of potential count for a new customer. 0: never."),
    )
    state = models.CharField(
        _("status"), max_length=10, choices=GradingState.choices, default=GradingState.DRAFT, editable=False
    )
    state_since = models.DateTimeField(_("in this state since"), editable=False)
    edition = models.PositiveIntegerField(pgettext_lazy("grading", "edition"), default=1, editable=False)
    replaces = models.ForeignKey(
        "self",
        verbose_name=pgettext_lazy("grading", "replaces"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    objects: ClassVar[Any] = GradingModelQuerySet.as_manager()
    scope = Reference("models are the company's rules; the page needs the permission")
    transitions = Transitions(
        field="state",
        since="state_since",
        history="state_changes",
        allowed=moves(
            {
                GradingState.DRAFT: [GradingState.IN_FORCE, GradingState.RETIRED],
                GradingState.IN_FORCE: [GradingState.RETIRED],
            }
        ),
    )

    class Meta:
        verbose_name = _("scoring model")
        verbose_name_plural = _("scoring models")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="grading_ends_after_start",
                violation_error_message=_("The last day must not be before the first day."),
            ),
            models.CheckConstraint(
                condition=Q(a_from__gt=F("b_from"), b_from__gt=F("c_from"), c_from__gt=0)
                & (Q(s_from__isnull=True) | Q(s_from__gt=F("a_from"))),
                name="grading_bands_descend",
                violation_error_message=_("A better grade needs more points: S above A, A above B, B above C."),
            ),
            ExclusionConstraint(
                name="grading_one_in_force",
                expressions=[
                    (whose(), RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_until", models.Value("[]")), RangeOperators.OVERLAPS),
                ],
                condition=Q(state=GradingState.IN_FORCE),
                violation_error_message=_("Another model is in force for the same unit on these days."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def validate_constraints(self, exclude: Any = None) -> None:
        """Left to the database, as forms do: Django cannot check an exclusion constraint whose condition is not in the form."""

    @property
    def limits(self) -> dict[str, Decimal]:
        """From how many points on a grade is reached, the best first; D has no limit."""
        limits = {Grade.S: self.s_from, Grade.A: self.a_from, Grade.B: self.b_from, Grade.C: self.c_from}
        return {str(grade): points for grade, points in limits.items() if points is not None}


class GradingModelStateChange(StateChange, BaseModel):
    """A move of a model."""

    record = models.ForeignKey(GradingModel, on_delete=models.CASCADE, related_name="state_changes")
    source = models.CharField(max_length=10, choices=GradingState.choices)
    target = models.CharField(max_length=10, choices=GradingState.choices)

    scope = ViaParent("record")

    class Meta(StateChange.Meta):
        verbose_name = _("state change of a scoring model")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class GradingCriterion(BaseModel):
    """A figure that counts: below `starts[0]` it gives `points[0]` points, from `starts[n]` on `points[n + 1]`."""

    model = models.ForeignKey(GradingModel, on_delete=models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField(_("position"))
    measure = models.CharField(_("figure"), max_length=60)
    weight = models.DecimalField(_("weight (%)"), max_digits=5, decimal_places=2)
    starts = ArrayField(models.DecimalField(max_digits=18, decimal_places=4), verbose_name=_("bands from"))
    points = ArrayField(models.DecimalField(max_digits=5, decimal_places=2), verbose_name=_("points of the bands"))
    missing_points = models.DecimalField(_("points without a value"), default=0, **_POINTS)
    is_potential = models.BooleanField(_("potential"), default=False)

    scope = ViaParent("model")
    guarded = {"starts": VIEW_COST}  # beside the points the bounds of a margin would tell a customer's
    trail_parent = "model"

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["model", "measure"],
                name="grading_measure_once",
                violation_error_message=_("A figure counts only once in a model."),
            ),
            models.CheckConstraint(
                condition=Q(weight__gt=0, weight__lte=100),
                name="grading_weight",
                violation_error_message=_("A weight is above 0 and at most 100."),
            ),
            models.CheckConstraint(condition=Q(points__len=F("starts__len") + 1), name="grading_points_for_each_band"),
        ]

    def __str__(self) -> str:
        declared = self.declared
        return str(declared.label) if declared is not None else self.measure

    @property
    def declared(self) -> CustomerMeasure | None:
        """The measure as it was registered."""
        return measure_of(self.measure)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class GradingVeto(BaseModel):
    """Beyond a bound of a figure the grade is at most `cap`, whatever the points."""

    class Side(models.TextChoices):
        """On which side of the bound it strikes."""

        ABOVE = "above", _("above")
        BELOW = "below", _("below")

    model = models.ForeignKey(GradingModel, on_delete=models.CASCADE, related_name="vetoes")
    measure = models.CharField(_("figure"), max_length=60)
    side = models.CharField(_("when"), max_length=5, choices=Side.choices, default=Side.ABOVE)
    bound = models.DecimalField(_("bound"), max_digits=18, decimal_places=4)
    cap = models.CharField(_("at most grade"), max_length=1, choices=Grade.choices)
    reason = models.CharField(_("reason"), max_length=200)

    scope = ViaParent("model")
    guarded = {"bound": VIEW_COST}
    trail_parent = "model"

    class Meta:
        verbose_name = _("veto")
        verbose_name_plural = _("vetoes")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["model", "measure", "side", "cap"],
                name="grading_veto_once",
                violation_error_message=_("The model has this veto already."),
            )
        ]

    def __str__(self) -> str:
        return self.reason

    @property
    def declared(self) -> CustomerMeasure | None:
        """The measure as it was registered."""
        return measure_of(self.measure)
