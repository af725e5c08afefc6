"""Which record of another system is which of ours."""

from typing import ClassVar

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel, RecordModel
from crm.base.scopes import Reference
from integrations.enums import NumberKind


class ExternalRef(BaseModel):
    """`external_id` of `entity` in `system` is our row `object_id`; `row_hash` tells whether the source's row has changed."""

    system = models.CharField(_("system"), max_length=20)
    entity = models.CharField(_("entity"), max_length=40)
    external_id = models.CharField(_("key there"), max_length=80)
    object_id = models.BigIntegerField(_("row here"))
    row_hash = models.CharField(max_length=32, blank=True)

    scope = Reference("keys of another system; shown beside records the reader may see")

    class Meta:
        verbose_name = _("key in another system")
        verbose_name_plural = _("keys in other systems")
        constraints = [models.UniqueConstraint(fields=["system", "entity", "external_id"], name="external_ref_unique")]
        indexes = [models.Index(fields=["entity", "object_id"], name="external_ref_object")]

    def __str__(self) -> str:
        return f"{self.system} {self.entity} {self.external_id}"


@pghistory.track()
class NumberLink(RecordModel):
    """Somebody's word that a number of the ERP is a customer's or a product's: the trail of the ExternalRef that follows from it.

    With a registration and without a customer it waits: the customer that is made of it gets the number.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=NumberKind.choices)
    number = models.CharField(_("number in the ERP"), max_length=80)
    customer = models.ForeignKey(
        "customers.Customer", verbose_name=_("customer"), on_delete=models.CASCADE, null=True, related_name="+"
    )
    product = models.ForeignKey(
        "crm.Product", verbose_name=_("product"), on_delete=models.CASCADE, null=True, related_name="+"
    )
    registration = models.OneToOneField(
        "customers.CustomerRegistration",
        verbose_name=_("registration"),
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
    )

    scope = Reference("numbers of the ERP; shown to whoever may give them, and in the history of the customer")
    trail_parent: ClassVar[str] = "customer"

    class Meta:
        verbose_name = _("number in the ERP")
        verbose_name_plural = _("numbers in the ERP")
        permissions = [("link_numbers", _("Can say whose a number of the ERP is"))]
        constraints = [models.UniqueConstraint(fields=["kind", "number"], name="number_link_once")]

    def __str__(self) -> str:
        return self.number
