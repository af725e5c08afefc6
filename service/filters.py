"""Filters of complaints."""

from typing import Any

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.generic.criteria import Day, Number, Text
from crm.generic.filters import ChoicesFilter, ListedFilter, ListFilter, OwnerFilter, visible
from crm.models import BusinessUnit, Product, Team
from customers.models import Customer
from service.enums import ComplaintState, Severity
from service.models import Complaint


class ComplaintFilter(ListFilter):
    """What complaints can be narrowed by."""

    work = django_filters.ChoiceFilter(
        label=_("Work"), method="by_work", choices=[("open", _("not closed")), ("late", _("answer overdue"))]
    )
    state = ChoicesFilter(label=_("Status"), choices=ComplaintState.choices)
    severity = ChoicesFilter(label=_("Severity"), choices=Severity.choices)
    defect = ListedFilter(label=_("Defect"), list_key="defect")
    customer = django_filters.ModelChoiceFilter(label=_("Customer"), queryset=visible(Customer))
    product = django_filters.ModelChoiceFilter(label=_("Product"), queryset=visible(Product))
    owner = OwnerFilter()
    team = django_filters.ModelChoiceFilter(label=_("Team"), queryset=visible(Team))
    business_unit = django_filters.ModelChoiceFilter(label=_("Business unit"), queryset=visible(BusinessUnit))
    also = (
        Text("title"),
        Text("batch"),
        Number("affected_kg", unit="kg"),
        Number("loss_base", unit="CNY"),
        Day("received_on"),
        Day("due_on"),
    )

    class Meta:
        model = Complaint
        fields: tuple[str, ...] = ()

    def by_work(self, queryset: Any, name: str, value: str) -> Any:
        """Those not closed, or those whose answer is late."""
        return queryset.late_at(timezone.localdate()) if value == "late" else queryset.open()
