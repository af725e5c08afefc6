"""What customers contribute: the rates it is worked out with, and the stored result."""

from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.models import BaseModel, RecordModel
from crm.base.scopes import Reference, ViaParent
from crm.catalogue.models.cost import VIEW_COST
from customers.models.customer import Customer


def _money(label: Any, **more: Any) -> Any:
    return models.DecimalField(label, max_digits=18, decimal_places=2, **more)


@pghistory.track()
class ContributionRate(RecordModel):
    """What serving a customer is reckoned to cost, from a day until the next such day; in base currency."""

    starts_on = models.DateField(pgettext_lazy("of a rate", "from"), unique=True)
    per_shipment = _money(_("cost of a shipment"))
    capital_percent = models.DecimalField(_("cost of capital a year (%)"), max_digits=5, decimal_places=2)

    scope = Reference("rates of the company, for whoever has the right to see them")

    class Meta:
        verbose_name = _("rate of serving")
        verbose_name_plural = _("rates of serving")
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(per_shipment__gte=0, capital_percent__gte=0),
                name="contribution_rate_not_negative",
                violation_error_message=_("A rate must not be negative."),
            )
        ]

    def __str__(self) -> str:
        return str(self.starts_on)


class CustomerContribution(BaseModel):
    """What a customer contributed in 12 months, and in the 12 before; base currency; refreshed with the figures, never typed.

    `covered_sales` are the sales of products whose cost is known; cost, margin and contribution are of these alone. The
    `*_by_quarter` hold eight spans of three months, oldest first, this month in the last one.
    """

    customer = models.OneToOneField(Customer, on_delete=models.CASCADE, primary_key=True, related_name="contribution")
    sales = _money(_("invoiced sales"), default=0)
    rebates = _money(_("credit notes"), default=0)
    complaint_cost = _money(_("losses by complaints"), default=0)
    shipments = models.PositiveIntegerField(_("shipments"), default=0)
    shipping_cost = _money(_("cost of shipments"), default=0)
    capital_cost = _money(_("cost of capital"), default=0)
    overdue_percent = models.DecimalField(_("overdue share (%)"), max_digits=7, decimal_places=2, null=True)
    days_late = models.DecimalField(_("days paid late"), max_digits=7, decimal_places=1, null=True)
    covered_sales = _money(_("sales with known cost"), default=0)
    cost = _money(_("standard cost of sales"), default=0)
    contribution = _money(_("contribution"), null=True)
    contribution_percent = models.DecimalField(_("contribution (%)"), max_digits=7, decimal_places=2, null=True)
    contribution_before = _money(_("contribution, 12 months before"), null=True)
    sales_before = _money(_("invoiced sales, 12 months before"), default=0)
    sales_by_quarter = ArrayField(_money(""), default=list)
    margin_by_quarter = ArrayField(_money(""), default=list)
    refreshed_at = models.DateTimeField(_("as of"))

    scope = ViaParent("customer")
    guarded = dict.fromkeys(
        (
            "covered_sales",
            "cost",
            "contribution",
            "contribution_percent",
            "contribution_before",
            "margin_by_quarter",
        ),
        VIEW_COST,
    )

    class Meta:
        verbose_name = _("contribution of a customer")
        verbose_name_plural = _("contributions of customers")
        indexes = [
            models.Index(fields=["contribution", "customer"], name="contribution_amount"),
            models.Index(fields=["contribution_percent", "customer"], name="contribution_share"),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id}: {localtime(self.refreshed_at):%Y-%m-%d}"
