"""Filters of campaigns and leads."""

import django_filters
from django.utils.translation import gettext_lazy as _

from crm.generic.criteria import Day, Number, Text
from crm.generic.filters import DaysFilter, ListedFilter, ListFilter, OnlyFilter, OwnerFilter
from crm.models import ProductLine, Region, Team
from leads.enums import CampaignKind, CampaignOrigin, CampaignState, LeadState
from leads.models import Campaign, Lead


class LeadFilter(ListFilter):
    """What one narrows leads by."""

    state = django_filters.MultipleChoiceFilter(label=_("Status"), choices=LeadState.choices)
    owner = OwnerFilter()
    unassigned = OnlyFilter(label=_("Only without owner"), field_name="owner", lookup_expr="isnull")
    team = django_filters.ModelChoiceFilter(label=_("Team"), queryset=Team.objects.none())
    source = ListedFilter(label=_("Source"), list_key="lead_source")
    product_line = django_filters.ModelChoiceFilter(label=_("Product line"), queryset=ProductLine.objects.none())
    region = django_filters.ModelChoiceFilter(label=_("Region"), queryset=Region.objects.none())
    campaign = django_filters.ModelChoiceFilter(label=_("Campaign"), queryset=Campaign.objects.none())
    received = DaysFilter(label=_("Received on"), field_name="received_on")
    also = (
        Text("company_name"),
        Text("need"),
        Number("expected_amount", unit="CNY"),
        Day("state_since"),
        Day("created_at"),
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
    starts = DaysFilter(label=_("Starts on"), field_name="starts_on")
    also = (
        Text("name"),
        Number("budget", unit="CNY"),
        Number("spent", unit="CNY"),
        Day("ends_on"),
        Day("completed_on"),
    )

    class Meta:
        model = Campaign
        fields = ()
