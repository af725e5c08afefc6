"""What check-ins can be narrowed by."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.generic.filters import DaysFilter, ListFilter
from crm.organisation.models import User
from customers.models import Customer
from integrations.models import WecomCheckin


class CheckinFilter(ListFilter):
    """By person, customer and day, and whether the customer is known."""

    tag = None
    mark = None
    user = django_filters.ModelChoiceFilter(label=pgettext_lazy("check-in", "Person"), queryset=User.objects.none())
    visited = django_filters.ModelChoiceFilter(
        field_name="customer", label=_("Customer"), queryset=Customer.objects.none()
    )
    at = DaysFilter(label=_("Day"))
    customer = django_filters.ChoiceFilter(
        label=_("Customer known"), choices=(("none", _("not known")), ("known", _("known"))), method="by_customer"
    )

    class Meta:
        model = WecomCheckin
        fields: list[str] = []

    def by_customer(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those with a customer, or those without."""
        return rows.filter(customer__isnull=value == "none")
