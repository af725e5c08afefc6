"""Filters of sample requests."""

from typing import Any

import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.generic.criteria import Day, Text
from crm.generic.filters import ChoicesFilter, DaysFilter, ListedFilter, ListFilter, OwnerFilter
from crm.models import ProductLine, Region, Team
from customers.models import Customer
from opportunities.enums import SampleState, SampleVerdict
from opportunities.models import DevelopmentRequest, Opportunity, SampleRequest


class SampleFilter(ListFilter):
    """What sample requests can be narrowed by."""

    state = ChoicesFilter(label=_("Status"), choices=SampleState.choices)
    verdict = ChoicesFilter(label=_("Verdict"), choices=SampleVerdict.choices)
    late = django_filters.BooleanFilter(label=_("Feedback overdue"), method="only_late", widget=forms.CheckboxInput)
    owner = OwnerFilter()
    team = django_filters.ModelChoiceFilter(label=_("Team"), queryset=Team.objects.none())
    customer = django_filters.ModelChoiceFilter(label=_("Customer"), queryset=Customer.objects.none())
    opportunity = django_filters.ModelChoiceFilter(label=_("Opportunity"), queryset=Opportunity.objects.none())
    development = django_filters.ModelChoiceFilter(label=_("New product"), queryset=DevelopmentRequest.objects.none())
    product_line = django_filters.ModelChoiceFilter(label=_("Product line"), queryset=ProductLine.objects.none())
    region = django_filters.ModelChoiceFilter(label=_("Region"), queryset=Region.objects.none())
    reason = ListedFilter(label=_("Reason"), list_key="sample_reason")
    failure = ListedFilter(label=_("Why it failed"), list_key="sample_failure")
    due = DaysFilter(label=_("Feedback due"), field_name="feedback_due_on")
    also = (
        Text("purpose"),
        Text("carrier"),
        Text("tracking_number"),
        Day("requested_on"),
        Day("needed_on"),
        Day("dispatched_on"),
        Day("received_on"),
        Day("evaluated_on"),
        Day("created_at"),
    )

    class Meta:
        model = SampleRequest
        fields: tuple[str, ...] = ()

    def only_late(self, queryset: Any, name: str, value: bool) -> Any:
        """Those sent whose answer should have come before today."""
        return queryset.overdue(timezone.localdate()) if value else queryset
