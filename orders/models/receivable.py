"""Receivables: the items of the customers' accounts."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from orders.enums import ReceivableKind
from orders.models.document import IN_SCOPE, Document, changes_only
from orders.models.invoice import Invoice
from orders.querysets import ReceivableQuerySet


@changes_only("read_at", "invoice")
class Receivable(Document):
    """One item of a customer's account, signed: invoices positive, payments and credit memos negative.

    `number` is the key of four parts: company code/fiscal year/document/item. Open until `cleared_on`.
    `invoice_reference` (company code/fiscal year/document) names the accounting document of the invoice that a part payment or
    a residual item belongs to.
    """

    kind = models.CharField(_("type"), max_length=20, choices=ReceivableKind.choices, default=ReceivableKind.INVOICE)
    invoice_number = models.CharField(_("invoice"), max_length=40, blank=True)
    invoice = models.ForeignKey(
        Invoice, verbose_name=_("invoice"), on_delete=models.SET_NULL, null=True, related_name="receivables"
    )
    invoice_reference = models.CharField(_("settles"), max_length=40, blank=True, db_default="")
    posted_on = models.DateField(_("posted on"))
    due_on = models.DateField(_("due on"), null=True)
    cleared_on = models.DateField(_("cleared on"), null=True)
    clearing_document = models.CharField(_("clearing document"), max_length=40, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=18, decimal_places=3)
    amount_base = models.DecimalField(_("amount in base currency"), max_digits=18, decimal_places=2)

    objects: ClassVar[Any] = ReceivableQuerySet.as_manager()

    class Meta:
        verbose_name = _("receivable")
        verbose_name_plural = _("receivables")
        ordering = ["due_on", "id"]
        constraints = [models.UniqueConstraint(fields=["number"], name="receivable_number_unique")]
        indexes = [
            models.Index(fields=["customer", "due_on"], name="receivable_customer"),
            models.Index(fields=["due_on", "id"], include=IN_SCOPE, name="receivable_due"),
            models.Index(fields=["posted_on", "id"], include=IN_SCOPE, name="receivable_posted"),
            models.Index(fields=["amount_base", "id"], include=IN_SCOPE, name="receivable_amount"),
            models.Index(fields=["number"], opclasses=["varchar_pattern_ops"], name="receivable_number_begins"),
            models.Index(
                fields=["invoice_number"], opclasses=["varchar_pattern_ops"], name="receivable_invoice_begins"
            ),
            models.Index(
                fields=["invoice_reference"], condition=~models.Q(invoice_reference=""), name="receivable_reference"
            ),
            models.Index(fields=["due_on", "id"], condition=models.Q(cleared_on__isnull=True), name="receivable_open"),
            models.Index(fields=["owner"], name="receivable_owner"),
            models.Index(fields=["team"], name="receivable_team"),
        ]
