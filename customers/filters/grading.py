"""Filters of the lists of grading."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.generic.criteria import Number
from crm.generic.filters import ChoicesFilter, ListFilter, OnlyFilter, OwnerFilter, visible
from crm.models import BusinessUnit
from customers.enums import Grade, GradeRule, GradingState, Move, RunState
from customers.models import Customer, GradePolicy, GradeProposal, GradeRun, GradingModel


class GradingModelFilter(ListFilter):
    """What one narrows scoring models by."""

    tag = None
    mark = None
    state = ChoicesFilter(label=_("Status"), choices=GradingState.choices)
    business_unit = django_filters.ModelChoiceFilter(label=_("Business unit"), queryset=visible(BusinessUnit))

    class Meta:
        model = GradingModel
        fields: tuple[str, ...] = ()


class GradeRunFilter(ListFilter):
    """What one narrows reviews by."""

    tag = None
    mark = None
    state = ChoicesFilter(label=_("Status"), choices=RunState.choices[1:])
    business_unit = django_filters.ModelChoiceFilter(label=_("Business unit"), queryset=visible(BusinessUnit))
    model = django_filters.ModelChoiceFilter(label=_("Scoring model"), queryset=visible(GradingModel))

    class Meta:
        model = GradeRun
        fields: tuple[str, ...] = ()


class GradeProposalFilter(ListFilter):
    """What one narrows proposals by."""

    tag = None
    mark = None
    searchable = True
    moved = OnlyFilter(label=_("Only those that move"), method="that_move")
    move = ChoicesFilter(label=pgettext_lazy("grade", "Move"), choices=Move.choices)
    old_grade = ChoicesFilter(label=_("Present grade"), choices=Grade.choices)
    grade = ChoicesFilter(label=_("Proposed grade"), choices=Grade.choices)
    rule = ChoicesFilter(label=pgettext_lazy("grade", "Decided by"), choices=GradeRule.choices)
    state = ChoicesFilter(label=_("Status of the review"), field_name="run__state", choices=RunState.choices)
    owner = OwnerFilter(field_name="customer__owner")
    run = django_filters.ModelChoiceFilter(label=_("Grade review"), queryset=visible(GradeRun))
    model = django_filters.ModelChoiceFilter(
        label=_("Scoring model"), field_name="run__model", queryset=visible(GradingModel)
    )
    also = (Number("points"),)

    class Meta:
        model = GradeProposal
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Proposals for customers that the text finds."""
        found = Customer.objects.visible_to(self.request.user).search(value)
        return queryset.filter(customer__in=found.order_by().values("pk"))

    def that_move(self, queryset: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """Those whose grade would change, or be the first."""
        return queryset.exclude(move=Move.SAME) if value else queryset


class GradePolicyFilter(ListFilter):
    """What one narrows policies by."""

    tag = None
    mark = None
    grade = ChoicesFilter(label=_("Grade"), choices=Grade.choices)
    business_unit = django_filters.ModelChoiceFilter(label=_("Business unit"), queryset=visible(BusinessUnit))
    valid = OnlyFilter(label=_("Valid today"), method="valid_today")

    class Meta:
        model = GradePolicy
        fields: tuple[str, ...] = ()

    def valid_today(self, queryset: Any, name: str, value: Any) -> Any:
        """Those valid today."""
        return queryset.valid_on(timezone.localdate()) if value else queryset
