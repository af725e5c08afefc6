"""What improvement plans brought, month by month: worked out from orders, settlements and receivables."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel
from crm.base.scopes import ViaParent


class PlanMonth(BaseModel):
    """A month in which a plan ran: what its customer took, and how much of it is above the monthly mean of the 12 months before
    the plan. `days_before` and `days_after` are the mean days overdue of these months and at the end of this one.

    A customer's month counts once: where two plans run, for the one that began first.
    """

    plan = models.ForeignKey(
        "customers.ImprovementPlan", verbose_name=_("plan"), on_delete=models.CASCADE, related_name="+"
    )
    month = models.DateField(_("month"))
    volume_kg = models.DecimalField(_("ordered volume"), max_digits=18, decimal_places=3, default=0)
    volume_more_kg = models.DecimalField(_("volume above baseline"), max_digits=18, decimal_places=3, default=0)
    ordered = models.DecimalField(_("ordered amount"), max_digits=18, decimal_places=2, default=0)
    ordered_more = models.DecimalField(_("order amount above baseline"), max_digits=18, decimal_places=2, default=0)
    revenue = models.DecimalField(_("settled revenue"), max_digits=18, decimal_places=2, default=0)
    revenue_more = models.DecimalField(_("revenue above baseline"), max_digits=18, decimal_places=2, default=0)
    days_before = models.DecimalField(_("days overdue before"), max_digits=9, decimal_places=2, default=0)
    days_after = models.DecimalField(_("days overdue after"), max_digits=9, decimal_places=2, default=0)

    scope = ViaParent("plan")

    class Meta:
        verbose_name = _("effect of improvement plans")
        verbose_name_plural = _("effects of improvement plans")
        ordering = ["-month", "-pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "month"], name="plan_month_once")]
        indexes = [models.Index(fields=["month"], name="plan_month")]

    def __str__(self) -> str:
        return f"{self.plan} {self.month:%Y-%m}"
