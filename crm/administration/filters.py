"""What one narrows the lists of the organisation by."""

from typing import Any

import django_filters
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.generic.filters import ListFilter
from crm.models import BusinessUnit, Role, Team, User, WorkingCalendar


class UserFilter(ListFilter):
    """Name, position, team of today, role, business unit, whether active."""

    tag = None
    mark = None
    searchable = True
    is_active = django_filters.BooleanFilter(label=_("Active"))
    roles = django_filters.ModelChoiceFilter(label=_("Role"), queryset=Role.objects.none())
    team = django_filters.ModelChoiceFilter(label=_("Team"), queryset=Team.objects.none(), method="in_team")
    business_unit = django_filters.ModelChoiceFilter(label=_("Business unit"), queryset=BusinessUnit.objects.none())

    class Meta:
        model = User
        fields = ()

    def search(self, queryset: Any, name: str, value: str) -> Any:
        """Users whose name, user name, position or e-mail contains each word."""
        for word in value.split()[:5]:
            found = Q(display_name__icontains=word) | Q(username__icontains=word)
            queryset = queryset.filter(found | Q(title__icontains=word) | Q(email__icontains=word))
        return queryset

    def in_team(self, queryset: Any, name: str, value: Team) -> Any:
        """Users who are in the team, or in one below it, today."""
        today = timezone.localdate()
        running = Q(memberships__ends_on__isnull=True) | Q(memberships__ends_on__gte=today)
        here = Q(memberships__team__path__startswith=value.path, memberships__starts_on__lte=today)
        return queryset.filter(running & here).distinct()


class RoleFilter(ListFilter):
    """Roles are few: there is nothing to narrow them by but their reach."""

    tag = None
    mark = None
    data_scope = django_filters.ChoiceFilter(
        label=_("Reach"),
        choices=Role._meta.get_field("data_scope").choices,  # type: ignore[union-attr]
    )

    class Meta:
        model = Role
        fields = ()


class UnitFilter(ListFilter):
    """Business units are few."""

    class Meta:
        model = BusinessUnit
        fields = ()


class CalendarFilter(ListFilter):
    """Working calendars are few."""

    tag = None
    mark = None

    class Meta:
        model = WorkingCalendar
        fields = ()
