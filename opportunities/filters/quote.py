"""Filters of quotes and price indexes."""

import datetime as dt
from typing import Any

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.generic.criteria import Day, Number, Text, YesNo
from crm.generic.filters import ChoicesFilter, DaysFilter, ListedFilter, ListFilter, OwnerFilter, visible
from crm.models import BusinessUnit, Currency, ProductLine, Team
from customers.models import Customer
from opportunities.enums import QuoteState
from opportunities.models import Opportunity, PriceIndex, PriceIndexValue, Quote


class QuoteFilter(ListFilter):
    """What quotes can be narrowed by."""

    work = django_filters.ChoiceFilter(
        label=_("Work"),
        method="by_work",
        choices=[("open", _("not answered yet")), ("ending", _("valid for a week or less"))],
    )
    state = ChoicesFilter(label=_("Status"), choices=QuoteState.choices)
    customer = django_filters.ModelChoiceFilter(label=_("Customer"), queryset=visible(Customer))
    opportunity = django_filters.ModelChoiceFilter(label=_("Opportunity"), queryset=visible(Opportunity))
    product_line = django_filters.ModelChoiceFilter(label=_("Product line"), queryset=visible(ProductLine))
    payment_terms = ListedFilter(label=_("Payment terms"), list_key="payment_terms")
    currency = django_filters.ModelChoiceFilter(label=_("Currency"), queryset=visible(Currency))
    sent = DaysFilter(label=_("Sent on"), field_name="sent_on")
    until = DaysFilter(label=pgettext_lazy("quote", "Valid until"), field_name="valid_until")
    owner = OwnerFilter()
    team = django_filters.ModelChoiceFilter(label=_("Team"), queryset=visible(Team))
    business_unit = django_filters.ModelChoiceFilter(label=_("Business unit"), queryset=visible(BusinessUnit))
    also = (
        Text("code"),
        Number("net_base", unit="CNY"),
        Number("response_hours"),
        YesNo("below_floor"),
        Text("remark"),
        Day("created_at"),
    )

    class Meta:
        model = Quote
        fields: tuple[str, ...] = ()

    def by_work(self, queryset: Any, name: str, value: str) -> Any:
        """Those open, or those of them that end within a week."""
        today = timezone.localdate()
        rows = queryset.open()
        return rows.filter(valid_until__lte=today + dt.timedelta(days=7)) if value == "ending" else rows


class PriceIndexFilter(ListFilter):
    """What price indexes can be narrowed by."""

    searchable = False
    tag = None
    mark = None
    currency = django_filters.ModelChoiceFilter(label=_("Currency"), queryset=visible(Currency))

    class Meta:
        model = PriceIndex
        fields: tuple[str, ...] = ()


class PriceIndexValueFilter(ListFilter):
    """What values of indexes can be narrowed by."""

    tag = None
    mark = None
    index = django_filters.ModelChoiceFilter(label=_("Price index"), queryset=visible(PriceIndex))
    starts = DaysFilter(label=_("From"), field_name="starts_on")

    class Meta:
        model = PriceIndexValue
        fields: tuple[str, ...] = ()
