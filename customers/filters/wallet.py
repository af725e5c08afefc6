"""Filters of stated demands, parts, plans, goals and rates."""

import datetime as dt
from typing import Any

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.generic.criteria import Day, Number, Text
from crm.generic.filters import ChoicesFilter, DaysFilter, ListedFilter, ListFilter, OwnerFilter, visible
from crm.models import BusinessUnit, Competitor, ProductLine, Team
from customers.domain.wallet.reading import OLD_DAYS
from customers.enums import PlanState
from customers.models import (
    ContributionRate,
    Customer,
    CustomerDemand,
    DemandShare,
    ImprovementGoal,
    ImprovementPlan,
)


class DemandFilter(ListFilter):
    """By customer, product line, source and age; the search is for customers."""

    searchable = True
    holds = django_filters.ChoiceFilter(
        label=_("Validity"),
        method="by_time",
        choices=[("now", _("holds today")), ("old", _("holds, older than a year")), ("past", _("past"))],
    )
    product_line = django_filters.ModelChoiceFilter(label=_("Product line"), queryset=visible(ProductLine))
    source = ListedFilter(label=_("Source of the statement"), list_key="demand_source")
    customer = django_filters.ModelChoiceFilter(label=_("Customer"), queryset=visible(Customer))
    competitor = django_filters.ModelChoiceFilter(
        label=_("Competitor"), queryset=visible(Competitor), method="with_competitor"
    )
    stated_on = DaysFilter(field_name="stated_on", label=_("Stated on"))
    also = (Number("kg_per_year", unit="kg"), Text("stated_by"), Day("starts_on"), Day("ends_on"))

    class Meta:
        model = CustomerDemand
        fields: tuple[str, ...] = ()

    def search(self, queryset: Any, name: str, value: str) -> Any:
        """Statements of customers that contain the words."""
        return queryset.search(value)

    def by_time(self, queryset: Any, name: str, value: str) -> Any:
        """Those that hold today, the old ones among them, or those that are past."""
        today = timezone.localdate()
        if value == "past":
            return queryset.filter(ends_on__lt=today)
        found = queryset.valid_on(today)
        return found.filter(stated_on__lt=today - dt.timedelta(days=OLD_DAYS)) if value == "old" else found

    def with_competitor(self, queryset: Any, name: str, value: Competitor) -> Any:
        """Those of which the competitor has a part."""
        return queryset.filter(
            pk__in=DemandShare.objects.visible_to(self.request.user).filter(competitor=value).values("demand")
        )


class ShareFilter(ListFilter):
    """By competitor and customer."""

    tag = None
    mark = None
    competitor = django_filters.ModelChoiceFilter(label=_("Competitor"), queryset=visible(Competitor))
    customer = django_filters.ModelChoiceFilter(
        label=_("Customer"), queryset=visible(Customer), field_name="demand__customer"
    )
    also = (Number("price"), Number("percent", unit="%"), Number("kg_per_year", unit="kg"))

    class Meta:
        model = DemandShare
        fields: tuple[str, ...] = ()


class PlanFilter(ListFilter):
    """What plans can be narrowed by."""

    state = ChoicesFilter(label=_("Status"), choices=PlanState.choices)
    owner = OwnerFilter()
    customer = django_filters.ModelChoiceFilter(label=_("Customer"), queryset=visible(Customer))
    team = django_filters.ModelChoiceFilter(label=_("Team"), queryset=visible(Team))
    business_unit = django_filters.ModelChoiceFilter(label=_("Business unit"), queryset=visible(BusinessUnit))
    also = (Text("title"), Day("starts_on"), Day("ends_on"))

    class Meta:
        model = ImprovementPlan
        fields: tuple[str, ...] = ()


class GoalFilter(ListFilter):
    """By plan and day."""

    tag = None
    mark = None
    plan = django_filters.ModelChoiceFilter(label=_("Plan"), queryset=visible(ImprovementPlan))
    due_on = DaysFilter(field_name="due_on", label=_("To be reached by"))

    class Meta:
        model = ImprovementGoal
        fields: tuple[str, ...] = ()


class RateFilter(ListFilter):
    """By day."""

    tag = None
    mark = None
    starts_on = DaysFilter(field_name="starts_on", label=_("Valid from"))

    class Meta:
        model = ContributionRate
        fields: tuple[str, ...] = ()
