"""Invoices, and the settlement of their lines by receipts."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from orders.enums import InvoiceKind
from orders.models.document import IN_SCOPE, Document, DocumentLine, Stamped, changes_only, copied, document
from orders.querysets import InvoiceLineQuerySet, InvoiceQuerySet


@changes_only("read_at")
class Invoice(Document):
    """A billing document. Amounts are signed: credit memos and cancellations are negative, pro forma counts nowhere."""

    kind = models.CharField(_("type"), max_length=20, choices=InvoiceKind.choices, default=InvoiceKind.INVOICE)
    invoiced_on = models.DateField(_("invoice date"))
    due_on = models.DateField(_("due on"), null=True)
    net = models.DecimalField(_("net amount"), max_digits=18, decimal_places=3)
    tax = models.DecimalField(_("tax"), max_digits=18, decimal_places=3)
    gross = models.DecimalField(_("gross amount"), max_digits=18, decimal_places=3)
    net_base = models.DecimalField(_("net amount in base currency"), max_digits=18, decimal_places=2)
    cancelled = models.BooleanField(_("cancelled"), default=False)
    cancels_number = models.CharField(_("cancels invoice"), max_length=40, blank=True)
    accounting_document = models.CharField(_("accounting document"), max_length=40, blank=True)
    fiscal_year = models.CharField(_("fiscal year"), max_length=4, blank=True)

    objects: ClassVar[Any] = InvoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        ordering = ["-invoiced_on", "-id"]
        constraints = [models.UniqueConstraint(fields=["number"], name="invoice_number_unique")]
        indexes = [
            models.Index(fields=["customer", "invoiced_on"], name="invoice_customer"),
            models.Index(fields=["invoiced_on", "id"], include=IN_SCOPE, name="invoice_date"),
            models.Index(fields=["number"], opclasses=["varchar_pattern_ops"], name="invoice_number_begins"),
            models.Index(fields=["owner", "invoiced_on"], name="invoice_owner"),
            models.Index(fields=["team", "invoiced_on"], name="invoice_team"),
            models.Index(fields=["business_unit", "invoiced_on"], name="invoice_unit"),
            models.Index(fields=["accounting_document", "fiscal_year", "company_code"], name="invoice_accounting"),
        ]


@changes_only()
class InvoiceLine(DocumentLine):
    """A line of a billing document, signed like its header."""

    invoice = document(Invoice, _("invoice"))
    invoiced_on = models.DateField(_("invoice date"))
    order_number = models.CharField(_("order"), max_length=40, blank=True)
    order_item = models.PositiveIntegerField(_("order item"), null=True)
    delivery_number = models.CharField(_("shipment"), max_length=40, blank=True, db_default="")
    delivery_item = models.PositiveIntegerField(_("shipment item"), null=True)
    net = models.DecimalField(_("net amount"), max_digits=18, decimal_places=3)
    gross = models.DecimalField(_("gross amount"), max_digits=18, decimal_places=3)
    net_base = models.DecimalField(_("net amount in base currency"), max_digits=18, decimal_places=2)

    objects: ClassVar[Any] = InvoiceLineQuerySet.as_manager()

    trail_parent = "invoice"

    class Meta:
        verbose_name = _("invoice line")
        verbose_name_plural = _("invoice lines")
        ordering = ["invoice", "item"]
        constraints = [models.UniqueConstraint(fields=["invoice", "item"], name="invoice_line_unique")]
        indexes = [
            models.Index(fields=["invoiced_on", "id"], name="invoice_line_date"),
            models.Index(fields=["customer", "invoiced_on"], name="invoice_line_customer"),
            models.Index(fields=["owner"], name="invoice_line_owner"),
            models.Index(fields=["team"], name="invoice_line_team"),
            models.Index(fields=["order_number", "order_item"], name="invoice_line_order"),
            models.Index(
                fields=["delivery_number"], condition=~models.Q(delivery_number=""), name="invoice_line_delivery"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invoice_id}/{self.item}"


class Settlement(Stamped):
    """The part of an invoice line that a receipt has settled: the revenue actually received (indicator 61).

    Made from receivables, never typed: an item cleared in full settles each line of its invoice with its whole net amount on
    the clearing date.
    """

    invoice_line = models.OneToOneField(InvoiceLine, on_delete=models.CASCADE, related_name="settlement")
    customer = copied("customers.Customer", _("customer"))
    product = copied("crm.Product", _("product"), null=True)
    product_line = copied("crm.ProductLine", _("product line"), null=True)
    settled_on = models.DateField(_("settled on"))
    amount_base = models.DecimalField(_("net amount in base currency"), max_digits=18, decimal_places=2)

    class Meta:
        verbose_name = _("settlement")
        verbose_name_plural = _("settlements")
        ordering = ["-settled_on", "-id"]
        indexes = [
            models.Index(fields=["settled_on", "id"], name="settlement_date"),
            models.Index(fields=["customer", "settled_on"], name="settlement_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.invoice_line_id}: {self.amount_base}"
