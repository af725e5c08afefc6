"""Filters of approval requests and of policies."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm import extension_points
from crm.generic.filters import ChoicesFilter, DaysFilter, ListFilter, OwnerFilter
from crm.organisation.models import BusinessUnit, User
from crm.workflow.models import ApprovalPolicy, ApprovalRequest, PolicyState, RequestState


def document_choices() -> list[tuple[str, Any]]:
    """The kinds of document there are."""
    return [(document.key, document.label) for document in extension_points.approval_documents.all()]


class ApprovalFilter(ListFilter):
    """What one narrows requests by."""

    tag = None
    mark = None
    waiting = OwnerFilter(label=_("Waits for"), method="by_waiting")
    requester = OwnerFilter(label=_("Requester"))
    decided = OwnerFilter(label=_("Decided by"), method="by_decided")
    state = ChoicesFilter(label=_("Status"), choices=RequestState.choices)
    document = django_filters.ChoiceFilter(label=_("Kind of document"), choices=document_choices)
    business_unit = django_filters.ModelChoiceFilter(label=_("Business unit"), queryset=BusinessUnit.objects.none())
    created_at = DaysFilter(label=pgettext_lazy("approval", "Asked"))

    class Meta:
        model = ApprovalRequest
        fields = ()

    def by_waiting(self, rows: QuerySet[ApprovalRequest], name: str, value: User) -> QuerySet[ApprovalRequest]:
        """Those that this person, or somebody the person stands in for, has to decide now."""
        found: QuerySet[ApprovalRequest] = rows.waiting_for(value)  # type: ignore[attr-defined]
        return found

    def by_decided(self, rows: QuerySet[ApprovalRequest], name: str, value: User) -> QuerySet[ApprovalRequest]:
        """Those that this person decided something about."""
        found: QuerySet[ApprovalRequest] = rows.decided_by(value)  # type: ignore[attr-defined]
        return found


class PolicyFilter(ListFilter):
    """What one narrows policies by."""

    tag = None
    mark = None
    document = django_filters.ChoiceFilter(label=_("Kind of document"), choices=document_choices)
    state = ChoicesFilter(label=_("Status"), choices=PolicyState.choices)

    class Meta:
        model = ApprovalPolicy
        fields = ()
