"""How complete a customer's archive is."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel
from crm.base.scopes import ViaParent


class CustomerCompleteness(BaseModel):
    """The score of a customer's archive from 0 to 100 and what is missing, worked out anew whenever a part of it is written
    (customers/domain/completeness.py)."""

    customer = models.OneToOneField(
        "customers.Customer", on_delete=models.CASCADE, primary_key=True, related_name="completeness"
    )
    score = models.PositiveSmallIntegerField(_("completeness"), default=0)
    missing = ArrayField(models.CharField(max_length=20), verbose_name=_("missing"), default=list)

    scope = ViaParent("customer")

    class Meta:
        verbose_name = _("completeness of a customer's archive")
        verbose_name_plural = _("completeness of customers' archives")
        indexes = [models.Index(fields=["score", "customer"], name="completeness_score")]

    def __str__(self) -> str:
        return f"{self.customer_id}: {self.score}"
