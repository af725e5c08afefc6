"""Filters of tenders."""

from typing import Any

import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.generic.criteria import Day, Number, Text
from crm.generic.filters import ChoicesFilter, DaysFilter, ListFilter, OwnerFilter, visible
from crm.models import ProductLine, Region, Team
from customers.models import Customer
from opportunities.enums import TenderKind, TenderState
from opportunities.models import Opportunity, Tender


class TenderFilter(ListFilter):
    """What tenders can be narrowed by."""

    state = ChoicesFilter(label=_("Status"), choices=TenderState.choices)
    kind = ChoicesFilter(label=_("Type"), choices=TenderKind.choices)
    team = django_filters.ModelChoiceFilter(label=_("Team"), queryset=visible(Team))
    owner = OwnerFilter()
    product_line = django_filters.ModelChoiceFilter(label=_("Product line"), queryset=visible(ProductLine))
    region = django_filters.ModelChoiceFilter(label=_("Region"), queryset=visible(Region))
    customer = django_filters.ModelChoiceFilter(label=_("Customer"), queryset=visible(Customer))
    opportunity = django_filters.ModelChoiceFilter(label=_("Opportunity"), queryset=visible(Opportunity))
    due = DaysFilter(label=_("Submission due"), field_name="submission_due")
    bond = django_filters.BooleanFilter(
        label=_("Only with a bond that is out"), method="only_bond_out", widget=forms.CheckboxInput
    )
    refund_late = django_filters.BooleanFilter(
        label=_("Only with an overdue refund"), method="only_refund_late", widget=forms.CheckboxInput
    )
    also = (
        Text("title"),
        Text("reference"),
        Number("amount_base", unit="CNY"),
        Number("bond_amount", unit="CNY"),
        Day("opened_on"),
        Day("decided_on"),
        Day("bond_refund_due"),
        Day("received_on"),
        Day("created_at"),
    )

    class Meta:
        model = Tender
        fields: tuple[str, ...] = ()

    def only_bond_out(self, queryset: Any, name: str, value: bool) -> Any:
        """Those whose bond was paid and has not come back."""
        return queryset.bond_out() if value else queryset

    def only_refund_late(self, queryset: Any, name: str, value: bool) -> Any:
        """Those whose bond should have come back."""
        return queryset.refund_late(timezone.localdate()) if value else queryset
