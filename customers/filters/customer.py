"""Filters of customers."""

import datetime as dt
from typing import Any

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.generic.criteria import Day, Number, Text
from crm.generic.filters import ChoicesFilter, ListedTextFilter, ListFilter, OwnerFilter, visible
from crm.models import BusinessUnit, Region, Team
from customers.enums import CustomerKind, CustomerState, Grade
from customers.models import Customer


class CustomerFilter(ListFilter):
    """What customers can be narrowed by."""

    grade = ChoicesFilter(label=_("Grade"), choices=Grade.choices)
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
        Day("last_order", path="figures__last_order_on"),
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

    def with_overdue(self, queryset: Any, name: str, value: str) -> Any:
        """Only customers with overdue receivables."""
        return queryset.with_overdue()

    def without_order(self, queryset: Any, name: str, value: Any) -> Any:
        """Customers that bought before, and not for that many days."""
        return queryset.filter(figures__last_order_on__lt=timezone.localdate() - dt.timedelta(days=int(value)))
