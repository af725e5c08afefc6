"""Filters of our certificates and of document sets."""

from typing import Any

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.generic.criteria import Day, Text
from crm.generic.filters import ChoicesFilter, DaysFilter, ListedFilter, ListFilter, OwnerFilter, visible
from crm.models import Product, ProductLine, Team
from customers.models import Customer
from opportunities.certificate_rules import ALIVE
from opportunities.enums import CertificateLanguage, CertificateState, DocumentSetState
from opportunities.models import Certificate, DocumentSet, Opportunity, SupplierAdmission

OF_CERTIFICATES = [
    choice
    for choice in CertificateState.choices
    if choice[0] in (*ALIVE, CertificateState.EXPIRED, CertificateState.DRAFT)
]


class CertificateFilter(ListFilter):
    """What our certificates can be narrowed by."""

    state = ChoicesFilter(label=_("Status"), choices=OF_CERTIFICATES, method="in_states")
    kind = ListedFilter(label=pgettext_lazy("certificate", "Kind"), list_key="certificate_kind")
    until = DaysFilter(label=_("Valid until"), field_name="valid_until")
    owner = OwnerFilter(label=_("Responsible"))
    product_line = django_filters.ModelChoiceFilter(
        label=_("Product line"), queryset=visible(ProductLine), method="by_line"
    )
    product = django_filters.ModelChoiceFilter(label=_("Product"), queryset=visible(Product), field_name="products")
    language = ChoicesFilter(label=_("Language"), choices=CertificateLanguage.choices, method="in_languages")
    also = (Text("name"), Text("issuer"), Text("number"), Text("plant"), Day("valid_from"), Day("updated_at"))

    class Meta:
        model = Certificate
        fields: tuple[str, ...] = ()

    def in_states(self, queryset: Any, name: str, value: list[str]) -> Any:
        """Those in one of the states today."""
        return queryset.in_states(value, timezone.localdate()) if value else queryset

    def by_line(self, queryset: Any, name: str, value: Any) -> Any:
        """Those that speak of the line, or of one of its products."""
        return queryset.speaking_of(value) if value is not None else queryset

    def in_languages(self, queryset: Any, name: str, value: list[str]) -> Any:
        """Those that have a file in one of the languages."""
        return queryset.having_files_in(value) if value else queryset


class DocumentSetFilter(ListFilter):
    """What document sets can be narrowed by."""

    state = ChoicesFilter(label=_("Status"), choices=DocumentSetState.choices)
    team = django_filters.ModelChoiceFilter(label=_("Team"), queryset=visible(Team))
    owner = OwnerFilter()
    customer = django_filters.ModelChoiceFilter(label=_("Customer"), queryset=visible(Customer))
    admission = django_filters.ModelChoiceFilter(
        label=_("Admission as a supplier"), queryset=visible(SupplierAdmission)
    )
    opportunity = django_filters.ModelChoiceFilter(label=_("Opportunity"), queryset=visible(Opportunity))
    sent = DaysFilter(label=_("Sent on"), field_name="sent_on")
    also = (Text("title"), Text("message"), Day("created_at"))

    class Meta:
        model = DocumentSet
        fields: tuple[str, ...] = ()
