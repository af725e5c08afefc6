"""Filters of sales orders, shipments, invoices and receivables."""

import datetime as dt
from typing import Any

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.generic.criteria import Day, Number, Text
from crm.generic.filters import ChoicesFilter, DaysFilter, ListFilter, OwnerFilter, visible
from crm.models import BusinessUnit, Region, Team
from customers.models import Customer
from orders.enums import (
    InvoiceKind,
    OrderRequestState,
    OrderStatus,
    ReceivableKind,
    ReturnKind,
    ReturnStatus,
    ShipmentStatus,
)
from orders.models import CustomerReturn, Invoice, OrderRequest, Receivable, SalesOrder, Shipment


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


class SalesOrderFilter(DocumentFilter):
    """What sales orders can be narrowed by."""

    status = ChoicesFilter(label=_("Status"), choices=OrderStatus.choices)
    state = django_filters.ChoiceFilter(
        label=_("Delivery"), method="by_delivery", choices=[("open", _("to be delivered")), ("late", _("late"))]
    )
    ordered = DaysFilter(field_name="ordered_on", label=_("Ordered on"))
    also = (Text("number"), Number("net_base", unit="CNY"), Day("requested_on"))

    class Meta:
        model = SalesOrder
        fields: tuple[str, ...] = ()

    def by_delivery(self, queryset: Any, name: str, value: str) -> Any:
        """Orders still to be delivered, or those with a line past its promised day."""
        return queryset.late_at(timezone.localdate()) if value == "late" else queryset.open()


class ShipmentFilter(DocumentFilter):
    """What shipments can be narrowed by."""

    status = ChoicesFilter(label=_("Status"), choices=ShipmentStatus.choices)
    planned = DaysFilter(field_name="planned_on", label=_("Planned for"))
    also = (Text("number"), Day("shipped_on"), Day("delivery_on"), Day("received_on"))

    class Meta:
        model = Shipment
        fields: tuple[str, ...] = ()


class InvoiceFilter(DocumentFilter):
    """What invoices can be narrowed by."""

    kind = ChoicesFilter(label=_("Type"), choices=InvoiceKind.choices)
    invoiced = DaysFilter(field_name="invoiced_on", label=_("Invoiced on"))
    also = (Text("number"), Number("net_base", unit="CNY"), Day("due_on"))

    class Meta:
        model = Invoice
        fields: tuple[str, ...] = ()


class CustomerReturnFilter(DocumentFilter):
    """What returns can be narrowed by."""

    kind = ChoicesFilter(label=_("Type"), choices=ReturnKind.choices)
    status = ChoicesFilter(label=_("Status"), choices=ReturnStatus.choices)
    requested = DaysFilter(field_name="requested_on", label=_("Date"))
    also = (Text("number"), Text("reference"), Number("net_base", unit="CNY"))

    class Meta:
        model = CustomerReturn
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
    due = DaysFilter(field_name="due_on", label=_("Due on"))
    also = (Text("invoice_number"), Number("amount_base", unit="CNY"), Day("posted_on"), Day("cleared_on"))

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


class OrderRequestFilter(ListFilter):
    """What order requests can be narrowed by."""

    state = ChoicesFilter(label=_("Status"), choices=OrderRequestState.choices)
    customer = django_filters.ModelChoiceFilter(label=_("Customer"), queryset=visible(Customer))
    requested = DaysFilter(label=_("Requested delivery"), field_name="requested_on")
    owner = OwnerFilter()
    team = django_filters.ModelChoiceFilter(label=_("Team"), queryset=visible(Team))
    business_unit = django_filters.ModelChoiceFilter(label=_("Business unit"), queryset=visible(BusinessUnit))
    also = (Text("customer_reference"), Number("net_base", unit="CNY"), Day("created_at"))

    class Meta:
        model = OrderRequest
        fields: tuple[str, ...] = ()
