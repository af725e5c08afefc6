"""Filters of sync runs and rejected rows."""

import django_filters
from django.utils.translation import gettext_lazy as _

from crm.generic.filters import ListFilter
from integrations.enums import RejectionState, RunState
from integrations.models import RejectedRow, SyncRun
from integrations.sap.mapping import ENTITY_SETS


def _entity_set() -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(
        label=_("Entity set"), choices=[(name, entity_set.label) for name, entity_set in ENTITY_SETS.items()]
    )


class SyncRunFilter(ListFilter):
    """What runs can be narrowed by."""

    tag = None
    mark = None
    entity_set = _entity_set()
    state = django_filters.ChoiceFilter(label=_("State"), choices=RunState.choices)

    class Meta:
        model = SyncRun
        fields: list[str] = []


class RejectedRowFilter(ListFilter):
    """What rejected rows can be narrowed by."""

    tag = None
    mark = None
    entity_set = _entity_set()
    state = django_filters.ChoiceFilter(label=_("State"), choices=RejectionState.choices)
    external_id = django_filters.CharFilter(label=_("Key there"), lookup_expr="exact")

    class Meta:
        model = RejectedRow
        fields: list[str] = []
