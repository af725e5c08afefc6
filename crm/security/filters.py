"""Filters of the log of signing in."""

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.accounts.models.sign_in import Kind, Reason
from crm.generic.filters import DaysFilter, ListFilter, OwnerFilter
from crm.models import SignInEvent


class SignInFilter(ListFilter):
    """By person, event, reason, time; the search looks at user names and addresses."""

    tag = None
    mark = None
    searchable = True
    user = OwnerFilter(label=pgettext_lazy("whose account", "Person"))
    kind = django_filters.ChoiceFilter(label=_("Event"), choices=Kind.choices)
    reason = django_filters.ChoiceFilter(label=_("Reason"), choices=Reason.choices)
    at = DaysFilter(label=_("Time"))

    class Meta:
        model = SignInEvent
        fields: tuple[str, ...] = ()

    def search(self, queryset, name, value):  # type: ignore[no-untyped-def]
        """Entries whose user name or address begins like that."""
        text = value.strip()
        return queryset.filter(Q(username__istartswith=text) | Q(address__startswith=text))
