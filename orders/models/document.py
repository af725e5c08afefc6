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


def copied(to: str, label: Any, *, null: bool = False, index: bool = False) -> Any:
    """A foreign key whose values come from rows that were read just before: no constraint, and an index only where one is said.

    docs/decisions/0018 tells what a constraint on each of them costs.
    """
    return models.ForeignKey(
        to,
        verbose_name=label,
        on_delete=models.PROTECT,
        null=null,
        related_name="+",
        db_constraint=False,
        db_index=index,
    )


def document(to: Any, label: Any) -> Any:
    """The document of a line. Lines are written by a join with it and go with it: no constraint (docs/decisions/0018), and no
    index, for the lines' unique key begins with it."""
    return models.ForeignKey(
        to, verbose_name=label, on_delete=models.CASCADE, related_name="lines", db_index=False, db_constraint=False
    )


class Stamped(BaseModel):
    """Carries the dimensions it counts under in figures, as they were on the day of the document: past figures keep them.

    They are copied from the customer's row, where the database holds them to their tables. The indexes that serve pages are
    declared by each table.
    """

    business_unit = copied("crm.BusinessUnit", _("business unit"))
    region = copied("crm.Region", _("region"), null=True)
    team = copied("crm.Team", _("team"), null=True)
    owner = copied(settings.AUTH_USER_MODEL, _("owner"), null=True)

    scope = OwnedOrVia("customer")

    class Meta:
        abstract = True


class Document(Stamped):
    """A document of the ERP: its number there, its customer, its currency, and when we last read it."""

    number = models.CharField(_("number"), max_length=40)
    company_code = models.CharField(_("company code"), max_length=10, blank=True)
    customer = models.ForeignKey(
        "customers.Customer", verbose_name=_("customer"), on_delete=models.PROTECT, related_name="+", db_index=False
    )
    currency = copied("crm.Currency", _("currency"))
    source_changed_at = models.DateTimeField(_("changed in the ERP"), null=True)
    read_at = models.DateTimeField(_("read from the ERP"))
    gone_at = models.DateTimeField(_("deleted in the ERP"), null=True, blank=True)
    archived_at = models.DateTimeField(_("archived in the ERP"), null=True, blank=True)

    objects: ClassVar[Any] = DocumentQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.number


class DocumentLine(Stamped):
    """A line of a document; customer and dates are repeated here, because figures are summed over lines."""

    item = models.PositiveIntegerField(_("item"))
    customer = copied("customers.Customer", _("customer"))
    product = copied("crm.Product", _("product"), null=True, index=True)
    product_line = copied("crm.ProductLine", _("product line"), null=True)
    text = models.CharField(_("text"), max_length=200, blank=True)
    quantity = models.DecimalField(_("quantity"), max_digits=18, decimal_places=3, default=0)
    unit = models.CharField(_("unit"), max_length=10)
    quantity_base = models.DecimalField(_("quantity in base unit"), max_digits=18, decimal_places=3, default=0)

    class Meta:
        abstract = True
