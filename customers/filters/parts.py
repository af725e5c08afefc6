"""Filters of what hangs on a customer."""

import django_filters
from django.utils.translation import gettext_lazy as _

from crm.generic.criteria import Day, Number, Text
from crm.generic.filters import ListFilter, visible
from customers.enums import AddressKind, LegalForm, LegalStatus
from customers.models import Customer, CustomerAddress, CustomerBilling, CustomerLegal


class AddressFilter(ListFilter):
    """What addresses can be narrowed by."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=AddressKind.choices)
    customer = django_filters.ModelChoiceFilter(label=_("Customer"), queryset=visible(Customer))
    is_default = django_filters.ChoiceFilter(label=_("Usual address"), choices=[("True", _("only usual addresses"))])
    also = (Text("name"), Text("province"), Text("city"), Text("street"), Day("created_at"))

    class Meta:
        model = CustomerAddress
        fields: tuple[str, ...] = ()


class BillingFilter(ListFilter):
    """What invoice data can be narrowed by."""

    customer = django_filters.ModelChoiceFilter(label=_("Customer"), queryset=visible(Customer))
    also = (
        Text("invoice_title"),
        Text("tax_number"),
        Text("bank"),
        Text("credit_rating"),
        Number("insured_limit", unit="CNY"),
        Day("insured_until"),
    )

    class Meta:
        model = CustomerBilling
        fields: tuple[str, ...] = ()


class LegalFilter(ListFilter):
    """What legal facts can be narrowed by."""

    customer = django_filters.ModelChoiceFilter(label=_("Customer"), queryset=visible(Customer))
    legal_form = django_filters.ChoiceFilter(label=_("Legal form"), choices=LegalForm.choices)
    status = django_filters.ChoiceFilter(label=_("Status in the register"), choices=LegalStatus.choices)
    also = (Text("representative"), Number("registered_capital"), Day("founded_on"))

    class Meta:
        model = CustomerLegal
        fields: tuple[str, ...] = ()
