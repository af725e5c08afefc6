"""Filters of contacts."""

import django_filters
from django.utils.translation import gettext_lazy as _

from crm.generic.criteria import Day, Text
from crm.generic.filters import ListedFilter, ListFilter, visible
from customers.enums import Influence, Stance
from customers.models import Contact, Customer


class ContactFilter(ListFilter):
    """What contacts can be narrowed by."""

    role = ListedFilter(label=_("Role"), list_key="contact_role")
    influence = django_filters.ChoiceFilter(label=_("Influence"), choices=Influence.choices)
    stance = django_filters.ChoiceFilter(label=_("Stance"), choices=Stance.choices)
    customer = django_filters.ModelChoiceFilter(label=_("Customer"), queryset=visible(Customer))
    also = (Text("name"), Text("title"), Text("email"), Day("created_at"))
    is_primary = django_filters.ChoiceFilter(label=_("Main contact"), choices=[("True", _("only main contacts"))])

    class Meta:
        model = Contact
        fields: tuple[str, ...] = ()
