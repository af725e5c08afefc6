"""Filters of new-product requests."""

from typing import Any

import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.generic.criteria import Day, Text
from crm.generic.filters import ChoicesFilter, DaysFilter, ListedFilter, ListFilter, OwnerFilter, visible
from crm.models import Product, ProductLine, Region, Team, User
from customers.models import Customer
from opportunities.enums import DevelopmentState, Feasibility
from opportunities.models import DevelopmentRequest, Opportunity


class DevelopmentFilter(ListFilter):
    """What they can be narrowed by."""

    state = ChoicesFilter(label=_("Status"), choices=DevelopmentState.choices)
    verdict = ChoicesFilter(label=pgettext_lazy("development", "Feasibility"), choices=Feasibility.choices)
    late = django_filters.BooleanFilter(label=_("Overdue"), method="only_late", widget=forms.CheckboxInput)
    team = django_filters.ModelChoiceFilter(label=_("Team"), queryset=visible(Team))
    owner = OwnerFilter()
    researcher = django_filters.ModelChoiceFilter(label=_("Responsible researcher"), queryset=visible(User))
    product_line = django_filters.ModelChoiceFilter(label=_("Product line"), queryset=visible(ProductLine))
    region = django_filters.ModelChoiceFilter(label=_("Region"), queryset=visible(Region))
    customer = django_filters.ModelChoiceFilter(label=_("Customer"), queryset=visible(Customer))
    opportunity = django_filters.ModelChoiceFilter(label=_("Opportunity"), queryset=visible(Opportunity))
    product = django_filters.ModelChoiceFilter(label=_("Released product"), queryset=visible(Product))
    end_reason = ListedFilter(label=_("Why it ended"), list_key="development_end")
    due = DaysFilter(label=_("To be released by"), field_name="due_on")
    also = (
        Text("title"),
        Text("application"),
        Text("background"),
        Text("samples_wanted"),
        Text("feasibility"),
        Text("doubts"),
        Text("end_comment"),
        Day("wanted_on"),
        Day("answer_due"),
        Day("answered_on"),
        Day("promised_on"),
        Day("set_up_on"),
        Day("released_on"),
        Day("created_at"),
    )

    class Meta:
        model = DevelopmentRequest
        fields: tuple[str, ...] = ()

    def only_late(self, queryset: Any, name: str, value: bool) -> Any:
        """Those of which an answer, a milestone or the release is overdue."""
        return queryset.late(timezone.localdate()) if value else queryset
