"""Filters of the lists of these screens."""

import django_filters
from django.utils.translation import gettext_lazy as _

from crm.configuration.names import kind_choices
from crm.generic.filters import ListFilter
from crm.models import ChoiceList, ExtraField
from crm.records.models import FieldType

IN_USE = (("True", _("in use")), ("False", _("not in use")))


class ExtraFieldFilter(ListFilter):
    """What extra fields can be narrowed by."""

    tag = None
    mark = None
    record = django_filters.ChoiceFilter(label=_("Kind of record"), choices=kind_choices)
    type = django_filters.ChoiceFilter(label=_("Type"), choices=FieldType.choices)
    is_active = django_filters.TypedChoiceFilter(
        label=_("In use"), choices=IN_USE, coerce=lambda text: text == "True", empty_value=None
    )

    class Meta:
        model = ExtraField
        fields: tuple[str, ...] = ()


class ChoiceListFilter(ListFilter):
    """Lists are few: nothing to narrow."""

    tag = None
    mark = None

    class Meta:
        model = ChoiceList
        fields: tuple[str, ...] = ()
