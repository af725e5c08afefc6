"""Forms of what hangs on a customer: addresses, invoice data, legal facts."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.generic.forms import RecordForm
from customers.models import CustomerAddress, CustomerBilling, CustomerLegal


class PartForm(RecordForm):
    """A part of a customer's archive; its customer is chosen once."""

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if self.instance.pk:
            del self.fields["customer"]


class AddressForm(PartForm):
    """An address."""

    class Meta:
        model = CustomerAddress
        fields = (
            "customer",
            "kind",
            "name",
            "province",
            "city",
            "street",
            "postal_code",
            "contact",
            "phone",
            "is_default",
        )


class BillingForm(PartForm):
    """Invoice data, bank and credit facts."""

    sections = (
        (_("Customer"), ("customer",)),
        (_("Invoice"), ("invoice_title", "tax_number", "invoice_address", "invoice_phone")),
        (_("Bank"), ("bank", "bank_account")),
        (_("Credit facts"), ("credit_rating", "insured_limit", "insured_until")),
    )
    units: ClassVar[dict[str, Any]] = {"insured_limit": "CNY"}

    class Meta:
        model = CustomerBilling
        fields = (
            "customer",
            "invoice_title",
            "tax_number",
            "invoice_address",
            "invoice_phone",
            "bank",
            "bank_account",
            "credit_rating",
            "insured_limit",
            "insured_until",
        )

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields under their headings; without the customer once it is chosen."""
        return [(heading, fields) for heading, fields in super().groups() if fields]


class LegalForm(PartForm):
    """Legal facts."""

    class Meta:
        model = CustomerLegal
        fields = (
            "customer",
            "legal_form",
            "registered_capital",
            "capital_currency",
            "founded_on",
            "representative",
            "business_scope",
            "status",
        )
