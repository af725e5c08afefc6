"""Filters of sales orders, shipments, invoices and receivables."""

import datetime as dt
from typing import Any

import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.generic.filters import ChoicesFilter, ListFilter, OwnerFilter, visible
from crm.models import BusinessUnit, Region, Team
from customers.models import Customer
from orders.enums import InvoiceKind, OrderStatus, ReceivableKind, ShipmentStatus
from orders.models import Invoice, Receivable, SalesOrder, Shipment


class DocumentFilter(ListFilter):
    """What every kind of document can be narrowed by."""

    searchable = True
    customer = django_filters.ModelChoiceFilter(label=_("Customer"), queryset=visible(Customer))
    owner = OwnerFilter()
    team = django_filters.ModelChoiceFilter(label=_("Team"), queryset=visible(Team))
    region = django_filters.ModelChoiceFilter(label=_("Region"), queryset=visible(Region), method="in_region")
    business_unit = django_filters.ModelChoiceFilter(label=_("Business unit"), queryset=visible(BusinessUnit))

    def in_region(self, queryset: Any, name: str, value: Region) -> Any:
        """Documents of the region and those below it."""
        regions = Region.objects.visible_to(self.request.user).filter(path__startswith=value.path)
        return queryset.filter(region__in=regions.values("pk"))


def since(field: str, label: Any) -> django_filters.DateFilter:
    """From that day on."""
    return django_filters.DateFilter(field_name=field, lookup_expr="gte", label=label, widget=_date())


def until(field: str, label: Any) -> django_filters.DateFilter:
    """Up to and with that day."""
    return django_filters.DateFilter(field_name=field, lookup_expr="lte", label=label, widget=_date())


def _date() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class SalesOrderFilter(DocumentFilter):
    """What sales orders can be narrowed by."""

    status = ChoicesFilter(label=_("Status"), choices=OrderStatus.choices)
    state = django_filters.ChoiceFilter(
        label=_("Delivery"), method="by_delivery", choices=[("open", _("to be delivered")), ("late", _("late"))]
    )
    ordered_from = since("ordered_on", _("Ordered from"))
    ordered_to = until("ordered_on", _("Ordered until"))

    class Meta:
        model = SalesOrder
        fields: tuple[str, ...] = ()

    def by_delivery(self, queryset: Any, name: str, value: str) -> Any:
        """Orders still to be delivered, or those with a line past its promised day."""
        return queryset.late_at(timezone.localdate()) if value == "late" else queryset.open()


class ShipmentFilter(DocumentFilter):
    """What shipments can be narrowed by."""

    status = ChoicesFilter(label=_("Status"), choices=ShipmentStatus.choices)
    planned_from = since("planned_on", _("Planned from"))
    planned_to = until("planned_on", _("Planned until"))

    class Meta:
        model = Shipment
        fields: tuple[str, ...] = ()


class InvoiceFilter(DocumentFilter):
    """What invoices can be narrowed by."""

    kind = ChoicesFilter(label=_("Type"), choices=InvoiceKind.choices)
    invoiced_from = since("invoiced_on", _("Invoiced from"))
    invoiced_to = until("invoiced_on", _("Invoiced until"))

    class Meta:
        model = Invoice
        fields: tuple[str, ...] = ()


AGES = (
    ("current", _("not due yet")),
    ("30", _("1–30 days overdue")),
    ("60", _("31–60 days overdue")),
    ("90", _("61–90 days overdue")),
    ("older", _("more than 90 days overdue")),
)
_OVERDUE_DAYS = {"30": (1, 30), "60": (31, 60), "90": (61, 90)}


class ReceivableFilter(DocumentFilter):
    """What receivables can be narrowed by."""

    state = django_filters.ChoiceFilter(
        label=_("Status"),
        method="by_state",
        choices=[("open", _("open item")), ("overdue", _("overdue")), ("cleared", _("cleared"))],
    )
    age = django_filters.ChoiceFilter(label=_("Age"), method="by_age", choices=AGES)
    kind = ChoicesFilter(label=_("Type"), choices=ReceivableKind.choices)
    due_from = since("due_on", _("Due from"))
    due_to = until("due_on", _("Due until"))

    class Meta:
        model = Receivable
        fields: tuple[str, ...] = ()

    def by_state(self, queryset: Any, name: str, value: str) -> Any:
        """Items open, overdue or cleared today."""
        if value == "cleared":
            return queryset.filter(cleared_on__isnull=False)
        today = timezone.localdate()
        return queryset.overdue_now(today) if value == "overdue" else queryset.open_now(today)

    def by_age(self, queryset: Any, name: str, value: str) -> Any:
        """Open items by the number of days since they were due."""
        today = timezone.localdate()
        if value == "current":
            return queryset.open_now(today).filter(due_on__gte=today)
        overdue = queryset.overdue_now(today)
        if value == "older":
            return overdue.filter(due_on__lt=today - dt.timedelta(days=90))
        first, last = _OVERDUE_DAYS[value]
        return overdue.filter(due_on__range=(today - dt.timedelta(days=last), today - dt.timedelta(days=first)))
