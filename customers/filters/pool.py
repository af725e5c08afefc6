"""Filters of the pool."""

import datetime as dt
from typing import Any, ClassVar

import django_filters
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.generic.filters import ChoicesFilter, DaysFilter, ListFilter, OwnerFilter, visible
from crm.models import BusinessUnit
from customers.enums import Grade, PoolEntryState, PoolReason
from customers.models import CustomerPool, PoolEntry, RecycleRule


class PoolEntryFilter(ListFilter):
    """What the pool is narrowed by. Unless a status is asked for, it shows what is in the pool now."""

    searchable: ClassVar[bool] = True
    pool = django_filters.ModelChoiceFilter(label=_("Pool"), queryset=visible(CustomerPool))
    grade = ChoicesFilter(label=_("Grade"), field_name="customer__grade", choices=Grade.choices)
    city = django_filters.CharFilter(label=_("City"), field_name="customer__city", lookup_expr="icontains")
    reason = django_filters.ChoiceFilter(label=_("Why"), choices=PoolReason.choices)
    since = DaysFilter(label=_("In the pool since"))
    state = django_filters.ChoiceFilter(label=_("Status"), choices=PoolEntryState.choices)
    from_owner = OwnerFilter(label=_("Previous owner"), field_name="from_owner")
    free = django_filters.ChoiceFilter(
        label=_("For me"), method="claimable", choices=[("1", _("only those I may claim"))]
    )

    class Meta:
        model = PoolEntry
        fields: tuple[str, ...] = ()

    def filter_queryset(self, queryset: Any) -> Any:
        """As filtered; what has left the pool only when a status is asked for."""
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("state") else found.waiting()

    def claimable(self, queryset: Any, name: str, value: str) -> Any:
        """Those of the reader's pools that were not the reader's own so recently that they are locked."""
        user = self.request.user
        free = Q(pk__in=[])
        for pool in CustomerPool.objects.visible_to(user).of_member(user).in_use():
            before = timezone.now() - dt.timedelta(days=pool.lock_days)
            free |= Q(pool=pool) & (~Q(from_owner=user) | Q(from_owner__isnull=True) | Q(since__lt=before))
        return queryset.filter(free)


class CustomerPoolFilter(ListFilter):
    """What pools are narrowed by."""

    tag = None
    mark = None
    business_unit = django_filters.ModelChoiceFilter(label=_("Business unit"), queryset=visible(BusinessUnit))
    active = django_filters.BooleanFilter(label=_("In use"))

    class Meta:
        model = CustomerPool
        fields: tuple[str, ...] = ()


class RecycleRuleFilter(ListFilter):
    """What rules are narrowed by."""

    tag = None
    mark = None
    pool = django_filters.ModelChoiceFilter(label=_("Pool"), queryset=visible(CustomerPool))
    active = django_filters.BooleanFilter(label=_("In use"))

    class Meta:
        model = RecycleRule
        fields: tuple[str, ...] = ()
