"""Filters of the list of targets."""

import django_filters
from django.utils.translation import gettext_lazy as _

from analytics.forms import indicator_choices
from analytics.models import Target
from crm.generic.filters import ListFilter
from crm.organisation.models import BusinessUnit


class TargetFilter(ListFilter):
    """By indicator, business unit and month."""

    indicator = django_filters.TypedChoiceFilter(label=_("indicator"), choices=indicator_choices, coerce=int)
    business_unit = django_filters.ModelChoiceFilter(label=_("business unit"), queryset=BusinessUnit.objects.none())
    month = django_filters.DateFromToRangeFilter(label=_("month"))
    whole_company = django_filters.BooleanFilter(
        label=_("whole company"), field_name="business_unit", lookup_expr="isnull"
    )

    class Meta:
        model = Target
        fields = ()
