"""Bases of the documents that come from the ERP."""

from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel
from crm.base.scopes import OwnedOrVia
from orders.querysets import DocumentQuerySet

IN_SCOPE = (
    "owner",
    "business_unit",
)  # kept in the sorts' indexes: a far page is found without reading rows out of reach


def changes_only(*derived: str) -> Any:
    """Track a model without its inserts: how the ERP's row was first read stands with its first change, so that a million new
    rows cost nothing more. `derived` is left out: what we work out from other documents, or stamp at each reading."""
    return pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=list(derived) or None)


class Stamped(BaseModel):
    """Carries the dimensions it counts under in figures, as they were on the day of the document: past figures keep them."""

    business_unit = models.ForeignKey(
        "crm.BusinessUnit", verbose_name=_("business unit"), on_delete=models.PROTECT, related_name="+"
    )
    region = models.ForeignKey(
        "crm.Region", verbose_name=_("region"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    team = models.ForeignKey("crm.Team", verbose_name=_("team"), on_delete=models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("owner"), on_delete=models.PROTECT, null=True, related_name="+"
    )

    scope = OwnedOrVia("customer")

    class Meta:
        abstract = True


class Document(Stamped):
    """A document of the ERP: its number there, its customer, its currency, and when we last read it."""

    number = models.CharField(_("number"), max_length=40)
    company_code = models.CharField(_("company code"), max_length=10, blank=True)
    customer = models.ForeignKey(
        "customers.Customer", verbose_name=_("customer"), on_delete=models.PROTECT, related_name="+"
    )
    currency = models.ForeignKey("crm.Currency", verbose_name=_("currency"), on_delete=models.PROTECT, related_name="+")
    source_changed_at = models.DateTimeField(_("changed in the ERP"), null=True)
    read_at = models.DateTimeField(_("read from the ERP"))
    gone_at = models.DateTimeField(_("deleted in the ERP"), null=True, blank=True)

    objects: ClassVar[Any] = DocumentQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.number


class DocumentLine(Stamped):
    """A line of a document; customer and dates are repeated here, because figures are summed over lines."""

    item = models.PositiveIntegerField(_("item"))
    customer = models.ForeignKey(
        "customers.Customer", verbose_name=_("customer"), on_delete=models.PROTECT, related_name="+"
    )
    product = models.ForeignKey(
        "crm.Product", verbose_name=_("product"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    product_line = models.ForeignKey(
        "crm.ProductLine", verbose_name=_("product line"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    text = models.CharField(_("text"), max_length=200, blank=True)
    quantity = models.DecimalField(_("quantity"), max_digits=18, decimal_places=3, default=0)
    unit = models.CharField(_("unit"), max_length=10)
    quantity_base = models.DecimalField(_("quantity in base unit"), max_digits=18, decimal_places=3, default=0)

    class Meta:
        abstract = True
