"""Filters of registrations."""

import django_filters
from django.utils.translation import gettext_lazy as _

from crm.generic.criteria import Day, Number, Text
from crm.generic.filters import ChoicesFilter, ListFilter, OwnerFilter, visible
from crm.models import BusinessUnit, Region, Team
from customers.enums import CustomerKind, RegistrationState
from customers.models import CustomerRegistration


class RegistrationFilter(ListFilter):
    """What registrations can be narrowed by."""

    state = ChoicesFilter(label=_("Status"), choices=RegistrationState.choices)
    owner = OwnerFilter(label=_("Asked by"))
    team = django_filters.ModelChoiceFilter(label=_("Team"), queryset=visible(Team))
    business_unit = django_filters.ModelChoiceFilter(label=_("Business unit"), queryset=visible(BusinessUnit))
    region = django_filters.ModelChoiceFilter(label=_("Region"), queryset=visible(Region))
    kind = django_filters.ChoiceFilter(label=_("Type"), choices=CustomerKind.choices)
    also = (
        Text("name"),
        Text("city"),
        Number("submissions"),
        Day("decided_on"),
        Day("corrected_on"),
        Day("created_at"),
    )

    class Meta:
        model = CustomerRegistration
        fields: tuple[str, ...] = ()
