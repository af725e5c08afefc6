"""What is seldom needed of a customer, beside it: how it is invoiced, and what the public register says."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.base.models import RecordModel
from crm.base.scopes import ViaParent
from customers.enums import LegalForm, LegalStatus


@pghistory.track()
class CustomerBilling(RecordModel):
    """What stands on the customer's VAT invoices, its bank, and how far its credit is rated and insured."""

    customer = models.OneToOneField(
        "customers.Customer", verbose_name=_("customer"), on_delete=models.PROTECT, related_name="billing"
    )
    invoice_title = models.CharField(_("invoice title"), max_length=200, blank=True)
    tax_number = models.CharField(_("tax number"), max_length=30, blank=True)
    invoice_address = models.CharField(_("address on invoices"), max_length=200, blank=True)
    invoice_phone = models.CharField(_("phone on invoices"), max_length=40, blank=True)
    bank = models.CharField(_("bank"), max_length=100, blank=True)
    bank_account = models.CharField(_("bank account"), max_length=40, blank=True)
    credit_rating = models.CharField(_("credit rating"), max_length=20, blank=True)
    insured_limit = models.DecimalField(_("insured limit"), max_digits=18, decimal_places=2, null=True, blank=True)
    insured_until = models.DateField(_("insured until"), null=True, blank=True)

    scope = ViaParent("customer")
    trail_parent = "customer"

    class Meta:
        verbose_name = _("invoice data of a customer")
        verbose_name_plural = _("invoice data of customers")
        ordering = ["customer", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(insured_limit__isnull=True) | Q(insured_limit__gte=0),
                name="billing_insured_limit_positive",
                violation_error_message=_("The insured limit must not be negative."),
            )
        ]
        indexes = [
            models.Index(fields=["invoice_title", "id"], name="billing_title"),
            models.Index(fields=["insured_until", "id"], name="billing_insured"),
        ]

    def __str__(self) -> str:
        return self.invoice_title or str(self.customer)


@pghistory.track()
class CustomerLegal(RecordModel):
    """What the public register of companies says of the customer."""

    customer = models.OneToOneField(
        "customers.Customer", verbose_name=_("customer"), on_delete=models.PROTECT, related_name="legal"
    )
    legal_form = models.CharField(_("legal form"), max_length=20, choices=LegalForm.choices, blank=True)
    registered_capital = models.DecimalField(
        _("registered capital"), max_digits=18, decimal_places=2, null=True, blank=True
    )
    capital_currency = models.ForeignKey(
        "crm.Currency",
        verbose_name=_("currency of the capital"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    representative = models.CharField(_("legal representative"), max_length=60, blank=True)
    business_scope = models.TextField(_("business scope"), blank=True)
    status = models.CharField(_("status in the register"), max_length=20, choices=LegalStatus.choices, blank=True)

    scope = ViaParent("customer")
    trail_parent = "customer"

    class Meta:
        verbose_name = _("legal facts of a customer")
        verbose_name_plural = _("legal facts of customers")
        ordering = ["customer", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(registered_capital__isnull=True) | Q(registered_capital__gte=0),
                name="legal_capital_positive",
                violation_error_message=_("The registered capital must not be negative."),
            )
        ]
        indexes = [
            models.Index(fields=["founded_on", "id"], name="legal_founded"),
            models.Index(fields=["registered_capital", "id"], name="legal_capital"),
        ]

    def __str__(self) -> str:
        return str(self.customer)
