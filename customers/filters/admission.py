"""Filters of admissions, checklists and demanded certificates."""

import django_filters
from django.utils.translation import gettext_lazy as _

from crm.generic.criteria import Day, Text
from crm.generic.filters import ChoicesFilter, DaysFilter, ListedFilter, ListFilter, visible
from crm.models import BusinessUnit, ProductLine
from customers.enums import AdmissionKind, AdmissionState, ChecklistState
from customers.models import Admission, AdmissionChecklist, Customer, CustomerCertificateDemand


class AdmissionFilter(ListFilter):
    """What admissions can be narrowed by."""

    state = ChoicesFilter(label=_("Status"), choices=AdmissionState.choices)
    kind = ChoicesFilter(label=_("Type"), choices=AdmissionKind.choices)
    business_unit = django_filters.ModelChoiceFilter(label=_("Business unit"), queryset=visible(BusinessUnit))
    product_line = django_filters.ModelChoiceFilter(label=_("Product line"), queryset=visible(ProductLine))
    customer = django_filters.ModelChoiceFilter(label=_("Customer"), queryset=visible(Customer))
    until = DaysFilter(label=_("Admitted until"), field_name="valid_to")
    also = (Text("plant"), Text("conditions"), Day("valid_from"), Day("created_at"))

    class Meta:
        model = Admission
        fields: tuple[str, ...] = ()


class ChecklistFilter(ListFilter):
    """What checklists can be narrowed by."""

    state = ChoicesFilter(label=_("Status"), choices=ChecklistState.choices)
    business_unit = django_filters.ModelChoiceFilter(label=_("Business unit"), queryset=visible(BusinessUnit))

    class Meta:
        model = AdmissionChecklist
        fields: tuple[str, ...] = ()


class CertificateFilter(ListFilter):
    """What demanded certificates can be narrowed by."""

    kind = ListedFilter(label=_("Certificate"), list_key="certificate_kind")
    product_line = django_filters.ModelChoiceFilter(label=_("Product line"), queryset=visible(ProductLine))
    customer = django_filters.ModelChoiceFilter(label=_("Customer"), queryset=visible(Customer))
    until = DaysFilter(label=_("Valid until"), field_name="valid_until")
    also = (Text("remark"), Day("needed_since"), Day("given_on"), Day("updated_at"))

    class Meta:
        model = CustomerCertificateDemand
        fields: tuple[str, ...] = ()
