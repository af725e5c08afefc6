"""Filters of sync runs and rejected rows."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from crm.generic.filters import ListFilter
from integrations.enums import MessageKind, MessageState, Problem, RejectionState, RunState
from integrations.models import OutboxMessage, Reconciliation, RejectedRow, SyncRun
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
    reason = django_filters.CharFilter(label=_("Reason"), lookup_expr="exact")
    run = django_filters.NumberFilter(label=_("Run"))
    tried_by = django_filters.NumberFilter(label=_("Tried by job"))

    class Meta:
        model = RejectedRow
        fields: list[str] = []


class ReconciliationFilter(ListFilter):
    """What comparisons can be narrowed by."""

    tag = None
    mark = None
    entity_set = _entity_set()
    differs = django_filters.ChoiceFilter(
        label=_("Differences"), choices=[("yes", _("with differences")), ("no", _("without"))], method="by_differences"
    )

    class Meta:
        model = Reconciliation
        fields: list[str] = []

    def by_differences(self, queryset: Any, name: str, value: str) -> Any:
        """With or without."""
        return queryset.filter(differing__gt=0) if value == "yes" else queryset.filter(differing=0)


class OutboxFilter(ListFilter):
    """What messages to the ERP can be narrowed by."""

    tag = None
    mark = None
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=MessageKind.choices)
    state = django_filters.MultipleChoiceFilter(label=_("State"), choices=MessageState.choices)
    problem = django_filters.ChoiceFilter(label=_("Reason"), choices=Problem.choices)
    erp_number = django_filters.CharFilter(label=_("Number in the ERP"), lookup_expr="exact")
    reference = django_filters.CharFilter(label=_("Our reference"), lookup_expr="exact")

    class Meta:
        model = OutboxMessage
        fields: list[str] = []
