"""The records behind a figure, as tables: those of the lower apps, and lines that have no list of their own."""

from typing import Any, ClassVar

from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from analytics.catalogue import CATALOGUE
from analytics.definitions import Label
from analytics.display import value_text
from analytics.models import PlanMonth, Target
from analytics.models.target import MEMBERS
from crm.formats import BASE_CURRENCY, day_html, money_html, num, qty_html
from crm.generic.cells import label_cell, person_cell
from crm.generic.tables import Cell, Column, Part, Table, exported
from customers.tables.customer import CustomerTable
from customers.tables.registration import RegistrationTable
from leads.tables import CampaignTable, LeadTable, campaign_url, lead_url
from opportunities.tables.development import DevelopmentTable, development_url
from opportunities.tables.opportunity import OpportunityTable, record_url
from opportunities.tables.qualification import SupplierAdmissionTable, admission_url
from opportunities.tables.quote import QuoteTable, quote_url
from opportunities.tables.sample import SampleTable, sample_url
from opportunities.tables.tender import TenderTable, tender_url
from orders.models import SalesOrderLine, Settlement
from orders.tables import ReceivableTable, SalesOrderTable, customer_cell, document_url


def _date(field: str) -> Cell:
    return exported(lambda row: day_html(getattr(row, field)), field)


def _money(field: str) -> Cell:
    return exported(lambda row: f"<b>{money_html(getattr(row, field))}</b>", (Part(field, unit=BASE_CURRENCY),))


def order_line_cell(row: SalesOrderLine) -> str:
    """The line's order and item, with a link to the order."""
    return f'<a class="ttl nw" href="{document_url(row.order)}">{escape(row.order.number)}</a><span class="sub">{row.item}</span>'


def settlement_cell(row: Settlement) -> str:
    """The settled line's invoice and item, with a link to the invoice."""
    line = row.invoice_line
    link = f'<a class="ttl nw" href="{document_url(line.invoice)}">{escape(line.invoice.number)}</a>'
    return f'{link}<span class="sub">{line.item}</span>'


_CUSTOMER = Column(
    "customer", _("Customer"), customer_cell, select=("customer",), phone=_("Customer"), value="customer.name"
)
_PRODUCT = (
    Column("product", _("Product"), label_cell("product"), select=("product",)),
    Column("product_line", _("Product line"), label_cell("product_line"), select=("product_line",)),
)
_STAMP = (
    Column("region", _("Region"), label_cell("region"), select=("region",)),
    Column("team", _("Team"), label_cell("team"), select=("team",)),
    Column("owner", _("Owner"), person_cell("owner"), select=("owner",)),
)


_ORDER_PARTS = (Part("order.number"), Part("item", _("Item")))
_INVOICE_PARTS = (Part("invoice_line.invoice.number"), Part("invoice_line.item", _("Item")))


class OrderLineTable(Table):
    """Lines of sales orders."""

    columns: ClassVar = [
        Column("order", _("Order"), order_line_cell, select=("order",), phone="", value=_ORDER_PARTS),
        _CUSTOMER,
        *_PRODUCT,
        Column("ordered_on", _("Order date"), _date("ordered_on"), phone=_("Order date")),
        Column("promised_on", _("Promised for"), _date("promised_on")),
        Column("shipped_on", _("Shipped"), _date("shipped_on")),
        Column(
            "quantity",
            _("Quantity"),
            lambda row: qty_html(row.quantity_base, "kg"),
            css="num",
            value=(Part("quantity_base", unit="kg"),),
        ),
        Column("net", _("Net amount"), _money("net_base"), css="num", phone=_("Net amount")),
        *_STAMP,
    ]


class SettlementTable(Table):
    """Settled lines of invoices."""

    columns: ClassVar = [
        Column(
            "invoice", _("Invoice"), settlement_cell, select=("invoice_line__invoice",), phone="", value=_INVOICE_PARTS
        ),
        _CUSTOMER,
        *_PRODUCT,
        Column("settled_on", _("Settled on"), _date("settled_on"), phone=_("Settled on")),
        Column("amount", _("Net amount"), _money("amount_base"), css="num", phone=_("Net amount")),
        *_STAMP,
    ]


def _effect(name: str, label: Label, *, money: bool = True) -> Column:
    if money:
        return Column(name, label, _money(name), css="num")
    return Column(
        name, label, lambda row: qty_html(getattr(row, name), "kg"), css="num", value=(Part(name, unit="kg"),)
    )


def _days(name: str, label: Label) -> Column:
    return Column(name, label, lambda row: num(getattr(row, name), 1), css="num", value=name)


class PlanMonthTable(Table):
    """Months of improvement plans with what they brought."""

    columns: ClassVar = [
        Column(
            "plan",
            _("Improvement plan"),
            lambda row: f'<a class="ttl" href="{plan_url(row)}">{escape(row.plan)}</a>',
            select=("plan",),
            phone="",
            value=lambda row: str(row.plan),
        ),
        Column(
            "customer",
            _("Customer"),
            lambda row: escape(row.plan.customer),
            select=("plan__customer",),
            phone=_("Customer"),
            value=lambda row: str(row.plan.customer),
        ),
        Column(
            "month",
            _("Month"),
            lambda row: f"{row.month:%Y-%m}",
            phone=_("Month"),
            value=lambda row: f"{row.month:%Y-%m}",
        ),
        _effect("volume_kg", _("Ordered volume"), money=False),
        _effect("volume_more_kg", _("Volume above baseline"), money=False),
        _effect("ordered", _("Ordered amount")),
        _effect("ordered_more", _("Order amount above baseline")),
        _effect("revenue", _("Settled revenue")),
        _effect("revenue_more", _("Revenue above baseline")),
        _days("days_before", _("Days overdue before")),
        _days("days_after", _("Days overdue after")),
        Column(
            "owner",
            _("Owner"),
            lambda row: escape(row.plan.owner or "—"),
            select=("plan__owner",),
            value=lambda row: str(row.plan.owner or ""),
        ),
    ]


def plan_url(row: PlanMonth) -> str:
    """The page of the plan."""
    return reverse("customers:improvementplan_record", args=[row.plan_id])


class StageEntryTable(Table):
    """Entries of opportunities into stages."""

    columns: ClassVar = [
        Column(
            "opportunity",
            _("Opportunity"),
            lambda row: f'<a class="ttl" href="{record_url(row.record)}">{escape(row.record)}</a>',
            select=("record",),
            phone="",
            value="record.name",
        ),
        Column(
            "customer",
            _("Customer"),
            lambda row: escape(row.record.customer),
            select=("record__customer",),
            phone=_("Customer"),
            value="record.customer.name",
        ),
        Column("stage", _("Stage"), label_cell("target"), select=("target",), phone=_("Stage"), value="target.label"),
        Column("at", _("Since"), lambda row: day_html(row.at), phone=_("Since"), value="at"),
        Column(
            "owner",
            _("Owner"),
            lambda row: escape(row.record.owner or "—"),
            select=("record__owner",),
            value=lambda row: str(row.record.owner or ""),
        ),
    ]


# By the model of the rows: the table, and the address of a row's page.
ROW_TABLES: dict[str, tuple[type[Table], Any]] = {
    "analytics.PlanMonth": (PlanMonthTable, plan_url),
    "customers.Customer": (CustomerTable, lambda row: reverse("customers:customer_record", args=[row.pk])),
    "customers.CustomerRegistration": (
        RegistrationTable,
        lambda row: reverse("customers:customerregistration_record", args=[row.pk]),
    ),
    "leads.Campaign": (CampaignTable, campaign_url),
    "leads.Lead": (LeadTable, lead_url),
    "opportunities.Opportunity": (OpportunityTable, record_url),
    "opportunities.DevelopmentRequest": (DevelopmentTable, development_url),
    "opportunities.OpportunityStageChange": (StageEntryTable, lambda row: record_url(row.record)),
    "opportunities.SampleRequest": (SampleTable, sample_url),
    "opportunities.Quote": (QuoteTable, quote_url),
    "opportunities.SupplierAdmission": (SupplierAdmissionTable, admission_url),
    "opportunities.Tender": (TenderTable, tender_url),
    "orders.SalesOrder": (SalesOrderTable, document_url),
    "orders.SalesOrderLine": (OrderLineTable, lambda row: document_url(row.order)),
    "orders.Settlement": (SettlementTable, lambda row: document_url(row.invoice_line.invoice)),
    "orders.Receivable": (ReceivableTable, document_url),
}


def indicator_name(row: Target) -> str:
    """The indicator's number and name."""
    indicator = CATALOGUE.get(row.indicator)
    return f"{row.indicator} {indicator.name}" if indicator else str(row.indicator)


def indicator_cell(row: Target) -> str:
    """The indicator's number and name, with a link to the target."""
    name = indicator_name(row)
    url = reverse("analytics:target_record", args=[row.pk])
    return f'<a class="ttl" href="{url}">{escape(name)}</a>'


def unit_of(row: Target) -> str:
    """The indicator's unit in words."""
    indicator = CATALOGUE.get(row.indicator)
    return str(indicator.unit_text) if indicator else ""


def target_cell(row: Target) -> str:
    """The value in the indicator's unit."""
    indicator = CATALOGUE.get(row.indicator)
    return f"<b>{escape(value_text(indicator, row.value) if indicator else num(row.value, 2))}</b>"


def member_cell(row: Target) -> str:
    """Whom the target is for."""
    return escape(member_label(row))


def member_label(row: Target) -> str:
    """The name of the unit, region, team or person, or that the target is the company's."""
    member = row.member
    return str(getattr(member, "label", member)) if member else gettext("whole company")


class TargetTable(Table):
    """The list of targets."""

    default_sort: ClassVar[str] = "-month"
    columns: ClassVar = [
        Column("indicator", _("Indicator"), indicator_cell, sort="indicator", phone="", value=indicator_name),
        Column(
            "month",
            _("Month"),
            lambda row: f"{row.month:%Y-%m}",
            sort="month",
            phone=_("Month"),
            descending=True,
            value=lambda row: f"{row.month:%Y-%m}",
        ),
        Column("member", _("Whose"), member_cell, select=MEMBERS, phone=_("Whose"), value=member_label),
        Column(
            "value",
            _("Target"),
            target_cell,
            css="num",
            phone=_("Target"),
            value=(Part("value"), Part(unit_of, _("Unit"))),
        ),
    ]
