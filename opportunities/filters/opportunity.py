"""Filters of opportunities, the same for list and board."""

from typing import Any

import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.generic.criteria import Day, Number, Text
from crm.generic.filters import DaysFilter, ListedFilter, ListFilter, OwnerFilter, visible
from crm.models import Competitor, Product, ProductLine, Region, Team
from customers.models import Customer
from opportunities.domain.cohorts import stages_from
from opportunities.domain.funnel import Funnel
from opportunities.domain.risks import at_risk, conditions, won_medians
from opportunities.domain.specification import numbered_entries
from opportunities.enums import ForecastCategory, OpportunityCategory, Risk, StageCategory
from opportunities.models import Opportunity, Stage


class OpportunityFilter(ListFilter):
    """What one narrows opportunities by."""

    status = django_filters.ChoiceFilter(label=_("Status"), field_name="stage__category", choices=StageCategory.choices)
    stage = django_filters.ModelChoiceFilter(label=_("Stage"), queryset=Stage.objects.none())
    team = django_filters.ModelChoiceFilter(label=_("Team"), queryset=Team.objects.none())
    owner = OwnerFilter()
    product_line = django_filters.ModelChoiceFilter(label=_("Product line"), queryset=ProductLine.objects.none())
    category = django_filters.ChoiceFilter(label=_("Category"), choices=OpportunityCategory.choices)
    source = ListedFilter(label=_("Source"), list_key="opportunity_source")
    loss_reason = ListedFilter(label=_("Reason of loss"), list_key="loss_reason")
    close = DaysFilter(label=_("Expected close"), field_name="expected_close_on")
    product = django_filters.ModelChoiceFilter(label=_("Product"), queryset=Product.objects.none())
    region = django_filters.ModelChoiceFilter(label=_("Region"), queryset=Region.objects.none())
    customer = django_filters.ModelChoiceFilter(label=_("Customer"), queryset=Customer.objects.none())
    stuck = django_filters.BooleanFilter(label=_("Only stuck"), method="only_stuck", widget=forms.CheckboxInput)
    late = django_filters.BooleanFilter(
        label=_("Only past the expected close"), method="only_past_close", widget=forms.CheckboxInput
    )
    risk = django_filters.ChoiceFilter(label=_("Risk"), choices=Risk.choices, method="at_risk")
    key = django_filters.BooleanFilter(
        label=_("Only marked as key project"), method="only_key", widget=forms.CheckboxInput
    )
    created = DaysFilter(label=_("Created"), field_name="created_at")
    closed = DaysFilter(label=_("Closed on"), field_name="closed_on")
    reached = django_filters.ModelChoiceFilter(
        label=_("Has reached"), queryset=Stage.objects.none(), method="has_reached"
    )
    forecast_category = django_filters.ChoiceFilter(label=_("Forecast"), choices=ForecastCategory.choices)
    put_off = django_filters.NumberFilter(
        label=_("Put off at least so often"), field_name="slip_count", lookup_expr="gte"
    )
    rival = django_filters.ModelChoiceFilter(
        label=_("Competitor"), queryset=visible(Competitor), field_name="rivals__competitor"
    )
    spec = django_filters.ChoiceFilter(label=_("Technical value"), choices=numbered_entries, method="by_range")
    spec_from = django_filters.NumberFilter(label=_("Technical value from"), method="with_spec")
    spec_to = django_filters.NumberFilter(label=_("Technical value to"), method="with_spec")
    also = (
        Text("name"),
        Text("competitors"),
        Text("application"),
        Number("amount_base", unit="CNY"),
        Number("demand_kg", unit="kg"),
        Number("our_volume_kg", unit="kg"),
        Number("slip_count"),
        Day("stage_since"),
        Day("assigned_on"),
        Day("closed_on"),
        Text("next_step"),
        Day("next_step_on"),
        Day("created_at"),
    )

    class Meta:
        model = Opportunity
        fields = ()

    def only_stuck(self, queryset: Any, name: str, value: bool) -> Any:
        """Open ones beyond the standard days of their stage."""
        return queryset.stuck() if value else queryset

    def only_past_close(self, queryset: Any, name: str, value: bool) -> Any:
        """Open ones whose expected close has passed."""
        return queryset.past_close(timezone.localdate()) if value else queryset

    def at_risk(self, queryset: Any, name: str, value: str) -> Any:
        """Open ones with that risk, as the page of the slipped and stalled finds them."""
        today = timezone.localdate()
        medians = won_medians(self.request.user, today) if value == Risk.OVER_MEDIAN else {}
        return at_risk(queryset, [conditions(medians, today, timezone.now())[Risk(value)]])

    def only_key(self, queryset: Any, name: str, value: bool) -> Any:
        """Those that a manager marked."""
        return queryset.filter(key_project__isnull=False) if value else queryset

    def has_reached(self, queryset: Any, name: str, value: Stage | None) -> Any:
        """Those that have ever been in the stage or in a later one."""
        return queryset.reached(stages_from(Funnel().open_stages, value)) if value else queryset

    def by_range(self, queryset: Any, name: str, value: str) -> Any:
        """Those whose specification allows something between `spec_from` and `spec_to`: "hardness 40 to 60"."""
        low, high = (self.form.cleaned_data.get(end) for end in ("spec_from", "spec_to"))
        return queryset.allowing(value, low, high)

    def with_spec(self, queryset: Any, name: str, value: Any) -> Any:
        """An end of the range: `by_range` reads it."""
        return queryset
