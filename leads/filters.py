"""Filters of campaigns and leads."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from crm.generic.filters import ListedFilter, ListFilter, OwnerFilter
from crm.models import ProductLine, Region, Team
from leads.enums import CampaignKind, CampaignOrigin, CampaignState, LeadState
from leads.models import Campaign, Lead


def _day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class LeadFilter(ListFilter):
    """What one narrows leads by."""

    state = django_filters.MultipleChoiceFilter(label=_("Status"), choices=LeadState.choices)
    owner = OwnerFilter()
    unassigned = django_filters.BooleanFilter(
        label=_("Only without owner"), field_name="owner", lookup_expr="isnull", widget=forms.CheckboxInput
    )
    team = django_filters.ModelChoiceFilter(label=_("Team"), queryset=Team.objects.none())
    source = ListedFilter(label=_("Source"), list_key="lead_source")
    product_line = django_filters.ModelChoiceFilter(label=_("Product line"), queryset=ProductLine.objects.none())
    region = django_filters.ModelChoiceFilter(label=_("Region"), queryset=Region.objects.none())
    campaign = django_filters.ModelChoiceFilter(label=_("Campaign"), queryset=Campaign.objects.none())
    received_from = django_filters.DateFilter(
        label=_("Received from"), field_name="received_on", lookup_expr="gte", widget=_day_input()
    )
    received_until = django_filters.DateFilter(
        label=_("Received until"), field_name="received_on", lookup_expr="lte", widget=_day_input()
    )

    class Meta:
        model = Lead
        fields = ()


class CampaignFilter(ListFilter):
    """What one narrows campaigns by."""

    state = django_filters.MultipleChoiceFilter(label=_("Status"), choices=CampaignState.choices)
    kind = django_filters.ChoiceFilter(label=_("Type"), choices=CampaignKind.choices)
    origin = django_filters.ChoiceFilter(label=_("Origin"), choices=CampaignOrigin.choices)
    owner = OwnerFilter()
    product_line = django_filters.ModelChoiceFilter(label=_("Product line"), queryset=ProductLine.objects.none())
    region = django_filters.ModelChoiceFilter(label=_("Region"), queryset=Region.objects.none())
    starts_from = django_filters.DateFilter(
        label=_("Starts from"), field_name="starts_on", lookup_expr="gte", widget=_day_input()
    )
    starts_until = django_filters.DateFilter(
        label=_("Starts until"), field_name="starts_on", lookup_expr="lte", widget=_day_input()
    )

    class Meta:
        model = Campaign
        fields = ()
