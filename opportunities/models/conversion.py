"""A qualified lead whose company is being registered as a customer, until the opportunity can be made."""

from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel
from crm.base.querysets import ScopedQuerySet
from crm.base.scopes import ViaParent


@pghistory.track()
class LeadConversion(BaseModel):
    """What the opportunity of a lead shall be once the registration of its company is approved.

    One for each lead; a new attempt names another registration. It stays when the opportunity is there.
    """

    lead = models.OneToOneField(
        "leads.Lead", verbose_name=_("lead"), on_delete=models.CASCADE, related_name="conversion"
    )
    registration = models.OneToOneField(
        "customers.CustomerRegistration",
        verbose_name=_("registration of a customer"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    name = models.CharField(_("opportunity"), max_length=200)
    product_line = models.ForeignKey(
        "crm.ProductLine",
        verbose_name=_("product line"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    expected_close_on = models.DateField(_("expected close"), null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("asked by"), on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[Any] = ScopedQuerySet.as_manager()
    scope = ViaParent("lead")
    trail_parent = "lead"

    class Meta:
        verbose_name = _("conversion of a lead")
        verbose_name_plural = _("conversions of leads")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
