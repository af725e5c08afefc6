"""Filters of the log of personal data."""

import django_filters
from django.utils.translation import gettext_lazy as _

from crm.generic.filters import DaysFilter, ListFilter, OwnerFilter
from crm.personal.models import PersonalDataEntry
from crm.personal.models.entry import Deed


class EntryFilter(ListFilter):
    """By event, person and time."""

    tag = None
    mark = None
    deed = django_filters.ChoiceFilter(label=_("Event"), choices=Deed.choices)
    actor = OwnerFilter(label=_("Done by"))
    at = DaysFilter(label=_("Time"))

    class Meta:
        model = PersonalDataEntry
        fields: tuple[str, ...] = ()
