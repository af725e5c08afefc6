"""Filters of the log of exports."""

import django_filters
from django.utils.translation import gettext_lazy as _

from crm.exporting.models import ExportLog
from crm.exporting.models.export_log import ExportForm
from crm.generic.filters import DaysFilter, ListFilter, OwnerFilter


class ExportLogFilter(ListFilter):
    """By person, time and kind of file."""

    tag = None
    mark = None
    created_by = OwnerFilter(label=_("Person"))
    created_at = DaysFilter(label=_("Time"))
    form = django_filters.ChoiceFilter(label=_("File type"), choices=ExportForm.choices)
    rows = django_filters.RangeFilter(label=_("Rows"))

    class Meta:
        model = ExportLog
        fields: tuple[str, ...] = ()
