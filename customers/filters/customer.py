"""Filters of customers."""

import datetime as dt
from typing import Any

import django_filters
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.generic.criteria import Day, Number, Text
from crm.generic.filters import ChoicesFilter, ListedTextFilter, ListFilter, OwnerFilter, visible
from crm.models import BusinessUnit, Region, Team
from customers.enums import CustomerKind, CustomerState, Grade, RunState
from customers.models import Customer, GradePolicy, GradeProposal, PolicyFinding

LOW = 60  # per cent


class CustomerFilter(ListFilter):
    """What customers can be narrowed by."""

    grade = ChoicesFilter(label=_("Grade"), choices=Grade.choices)
    proposed = ChoicesFilter(label=_("Proposed grade"), choices=Grade.choices, method="with_proposal")
    points_from = django_filters.NumberFilter(
        label=_("Points of the open review, at least"), method="with_points", min_value=0, max_value=100
    )
    policy_broken = django_filters.ModelChoiceFilter(
        label=_("Policy of the grade not kept"), queryset=visible(GradePolicy), method="behind_policy"
    )
    policy_unknown = django_filters.ModelChoiceFilter(
        label=_("Policy of the grade without data"), queryset=visible(GradePolicy), method="behind_policy"
    )
    owner = OwnerFilter()
    team = django_filters.ModelChoiceFilter(label=_("Team"), queryset=visible(Team))
    region = django_filters.ModelChoiceFilter(label=_("Region"), queryset=visible(Region), method="in_region")
    business_unit = django_filters.ModelChoiceFilter(label=_("Business unit"), queryset=visible(BusinessUnit))
    kind = django_filters.ChoiceFilter(label=_("Type"), choices=CustomerKind.choices)
    state = django_filters.ChoiceFilter(label=_("Status"), choices=CustomerState.choices)
    industry = ListedTextFilter(label=_("Industry"), list_key="industry")
    application = ListedTextFilter(label=_("Application"), list_key="application")
    overdue = django_filters.ChoiceFilter(
        label=_("Overdue receivables"), method="with_overdue", choices=[("1", _("only with overdue"))]
    )
    no_order_days = django_filters.NumberFilter(
        label=_("No order for (days)"), method="without_order", min_value=1, max_value=3650
    )
    group_of = django_filters.ModelChoiceFilter(label=_("Group"), queryset=visible(Customer), method="in_group")
    completeness = django_filters.ChoiceFilter(
        label=_("Archive"),
        method="complete",
        choices=[("low", _("less than 60 per cent complete")), ("full", _("nothing missing"))],
    )
    recycle_days = django_filters.NumberFilter(
        label=_("Goes into the pool within (days)"), method="going_within", min_value=0, max_value=3650
    )
    also = (
        Text("name"),
        Text("application"),
        Text("province"),
        Text("city"),
        Number("sales", path="figures__sales_12m", unit="CNY"),
        Number("volume", path="figures__volume_12m_kg", unit="kg"),
        Number("receivable", path="figures__receivable", unit="CNY"),
        Number("overdue_amount", path="figures__overdue", unit="CNY"),
        Number("share_of_wallet", path="figures__share_of_wallet", unit="%"),
        Number("contribution", path="contribution__contribution", unit="CNY"),
        Number("contribution_percent", path="contribution__contribution_percent", unit="%"),
        Number("credit_limit", unit="CNY"),
        Number("payment_terms_days"),
        Number("annual_demand_kg", unit="kg"),
        Number("completeness_score", path="completeness__score", unit="%"),
        Day("last_order", path="figures__last_order_on"),
        Day("last_contact", path="activity__last_contact_on"),
        Day("recycle_on", path="activity__recycle_on"),
        Text("next_step"),
        Day("next_step_on"),
        Day("created_at"),
        Day("updated_at"),
    )

    class Meta:
        model = Customer
        fields: tuple[str, ...] = ()

    def in_region(self, queryset: Any, name: str, value: Region) -> Any:
        """Customers of the region and those below it."""
        return queryset.filter(
            region__in=Region.objects.visible_to(self.request.user).filter(path__startswith=value.path).values("pk")
        )

    def with_proposal(self, queryset: Any, name: str, value: list[str]) -> Any:
        """Customers for whom an open review proposes one of these grades."""
        return self._proposed(queryset, grade__in=value) if value else queryset

    def with_points(self, queryset: Any, name: str, value: Any) -> Any:
        """Customers with so many points in an open review."""
        return self._proposed(queryset, points__gte=value)

    def _proposed(self, queryset: Any, **conditions: Any) -> Any:
        rows = GradeProposal.objects.visible_to(self.request.user).filter(run__state=RunState.OPEN, **conditions)
        return queryset.filter(pk__in=rows.order_by().values("customer"))

    def behind_policy(self, queryset: Any, name: str, value: GradePolicy) -> Any:
        """Customers for whom a policy is not kept, or for whom that cannot be told."""
        unknown = name == "policy_unknown"
        rows = PolicyFinding.objects.visible_to(self.request.user).filter(policy=value, value__isnull=unknown)
        return queryset.filter(pk__in=rows.order_by().values("customer"), grade=value.grade)

    def with_overdue(self, queryset: Any, name: str, value: str) -> Any:
        """Only customers with overdue receivables."""
        return queryset.with_overdue()

    def going_within(self, queryset: Any, name: str, value: Any) -> Any:
        """Customers that the pool takes within so many days."""
        return queryset.filter(activity__recycle_on__lte=timezone.localdate() + dt.timedelta(days=int(value)))

    def without_order(self, queryset: Any, name: str, value: Any) -> Any:
        """Customers that bought before, and not for that many days."""
        return queryset.filter(figures__last_order_on__lt=timezone.localdate() - dt.timedelta(days=int(value)))

    def in_group(self, queryset: Any, name: str, value: Customer) -> Any:
        """The company and those of its group from it downwards."""
        below = Q(pk=value.pk)
        return queryset.filter(below | Q(group_path__startswith=value.group_path) if value.group_path else below)

    def complete(self, queryset: Any, name: str, value: str) -> Any:
        """Customers whose archive lacks much, or nothing."""
        return (
            queryset.filter(completeness__score=100)
            if value == "full"
            else queryset.filter(completeness__score__lt=LOW)
        )
