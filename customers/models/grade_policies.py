"""What customers of a grade are promised, or allowed, and whether that is kept."""

from typing import Any, ClassVar, Self

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.models import BaseModel, RecordModel
from crm.base.querysets import ScopedQuerySet
from crm.base.scopes import Reference, ViaParent
from crm.organisation.models.structure import DateRange
from customers.enums import Grade
from customers.extension_points import CustomerMeasure
from customers.models.customer import Customer
from customers.models.grading import measure_of, whose


class GradePolicyQuerySet(ScopedQuerySet):
    """Policies by when they are valid."""

    def valid_on(self, day: Any) -> Self:
        """Those valid on that day."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day), valid_from__lte=day)


@pghistory.track()
class GradePolicy(RecordModel):
    """For customers of a grade a figure shall be at most, or at least, a bound. Of a unit's and the group's about the same figure
    and grade the unit's counts for its customers. Only figures that are measured can be chosen, so each can be checked."""

    class Side(models.TextChoices):
        """How the figure is bounded."""

        AT_MOST = "most", pgettext_lazy("policy of a grade", "at most")
        AT_LEAST = "least", pgettext_lazy("policy of a grade", "at least")

    grade = models.CharField(_("grade"), max_length=1, choices=Grade.choices)
    business_unit = models.ForeignKey(
        "crm.BusinessUnit",
        verbose_name=_("business unit"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Empty: the whole group."),
    )
    measure = models.CharField(_("figure"), max_length=60)
    side = models.CharField(_("shall be"), max_length=5, choices=Side.choices, default=Side.AT_MOST)
    bound = models.DecimalField(_("bound"), max_digits=18, decimal_places=2)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    checked_at = models.DateTimeField(_("checked at"), null=True, editable=False)

    objects: ClassVar[Any] = GradePolicyQuerySet.as_manager()
    scope = Reference("policies are the company's rules; the customers behind them come in the reader's scope")

    class Meta:
        verbose_name = _("policy of a grade")
        verbose_name_plural = _("policies of grades")
        ordering = ["grade", "measure", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="grade_policy_ends_after_start",
                violation_error_message=_("The last day must not be before the first day."),
            ),
            ExclusionConstraint(
                name="grade_policy_once",
                expressions=[
                    (whose(), RangeOperators.EQUAL),
                    ("grade", RangeOperators.EQUAL),
                    ("measure", RangeOperators.EQUAL),
                    ("side", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_until", models.Value("[]")), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("There is a policy for this grade and figure on these days already."),
            ),
        ]

    def __str__(self) -> str:
        declared = self.declared
        return f"{self.grade} · {declared.label if declared is not None else self.measure}"

    @property
    def declared(self) -> CustomerMeasure | None:
        """The measure as it was registered."""
        return measure_of(self.measure)


class PolicyFinding(BaseModel):
    """A customer for whom a policy is not kept, or (without a value) cannot be told; renewed each night."""

    policy = models.ForeignKey(GradePolicy, on_delete=models.CASCADE, related_name="findings")
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=4, null=True)

    scope = ViaParent("customer")

    class Meta:
        verbose_name = _("finding about a policy")
        verbose_name_plural = _("findings about policies")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["policy", "customer"], name="policy_finding_once")]

    def __str__(self) -> str:
        return f"{self.policy_id}: {self.customer_id}"
