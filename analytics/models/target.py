"""Targets of indicators."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.models import RecordModel
from crm.base.scopes import Reference


@pghistory.track()
class Target(RecordModel):
    """What an indicator should reach in a month, for the company or for one business unit."""

    indicator = models.PositiveSmallIntegerField(_("indicator"))
    month = models.DateField(_("month"), help_text=_("First day of the month."))
    business_unit = models.ForeignKey(
        "crm.BusinessUnit",
        verbose_name=_("business unit"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    value = models.DecimalField(_("target"), max_digits=20, decimal_places=4)

    scope = Reference("targets are announced to everybody who may read figures")

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["indicator", "month", "business_unit"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "month", "business_unit"],
                nulls_distinct=False,
                name="target_unique",
                violation_error_message=_("There is a target for this indicator, month and business unit already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.month:%Y-%m}: {self.value}"
