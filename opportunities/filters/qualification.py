"""Filters of admissions as a supplier."""

import django_filters
from django.utils.translation import gettext_lazy as _

from crm.generic.criteria import Day, Text
from crm.generic.filters import ChoicesFilter, DaysFilter, ListFilter, OwnerFilter, visible
from crm.models import ProductLine, Region, Team
from customers.models import Customer
from opportunities.enums import SupplierState
from opportunities.models import Opportunity, SupplierAdmission


class SupplierAdmissionFilter(ListFilter):
    """What they can be narrowed by."""

    state = ChoicesFilter(label=_("Status"), choices=SupplierState.choices)
    team = django_filters.ModelChoiceFilter(label=_("Team"), queryset=visible(Team))
    owner = OwnerFilter()
    product_line = django_filters.ModelChoiceFilter(label=_("Product line"), queryset=visible(ProductLine))
    region = django_filters.ModelChoiceFilter(label=_("Region"), queryset=visible(Region))
    customer = django_filters.ModelChoiceFilter(label=_("Customer"), queryset=visible(Customer))
    opportunity = django_filters.ModelChoiceFilter(label=_("Opportunity"), queryset=visible(Opportunity))
    until = DaysFilter(label=_("Valid until"), field_name="valid_until")
    also = (
        Text("title"),
        Text("conclusion"),
        Day("submit_by"),
        Day("audit_on"),
        Day("submitted_on"),
        Day("concluded_on"),
        Day("created_at"),
    )

    class Meta:
        model = SupplierAdmission
        fields: tuple[str, ...] = ()
