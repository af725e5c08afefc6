"""Filters of merges."""

import django_filters
from django.utils.translation import gettext_lazy as _

from crm.generic.filters import DaysFilter, ListFilter
from customers.models import CustomerMerge, MergeState


class CustomerMergeFilter(ListFilter):
    """What one narrows merges by."""

    state = django_filters.MultipleChoiceFilter(label=_("Status"), choices=MergeState.choices)
    merged = DaysFilter(label=_("Merged on"), field_name="merged_at")

    class Meta:
        model = CustomerMerge
        fields = ()
