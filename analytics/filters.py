"""Filters of the list of targets."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from analytics.forms import indicator_choices
from analytics.models import Target
from analytics.models.target import MEMBERS
from crm.generic.filters import DaysFilter, ListFilter
from crm.organisation.models import BusinessUnit, Region, Team, User


class TargetFilter(ListFilter):
    """By indicator, whom they are for, and month."""

    indicator = django_filters.TypedChoiceFilter(label=_("indicator"), choices=indicator_choices, coerce=int)
    business_unit = django_filters.ModelChoiceFilter(label=_("business unit"), queryset=BusinessUnit.objects.none())
    region = django_filters.ModelChoiceFilter(label=_("region"), queryset=Region.objects.none())
    team = django_filters.ModelChoiceFilter(label=_("team"), queryset=Team.objects.none())
    rep = django_filters.ModelChoiceFilter(label=_("sales rep"), queryset=User.objects.none())
    month = DaysFilter(label=_("month"))
    whole_company = django_filters.BooleanFilter(label=_("whole company"), method="of_company")

    class Meta:
        model = Target
        fields = ()

    def of_company(self, queryset: Any, name: str, value: bool) -> Any:
        """The company's own targets, or all others."""
        company = dict.fromkeys(MEMBERS)
        return queryset.filter(**company) if value else queryset.exclude(**company)
