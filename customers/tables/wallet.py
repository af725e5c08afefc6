"""The lists of stated demands, parts, plans, goals and rates."""

from decimal import Decimal
from html import escape
from typing import Any, ClassVar

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from crm import markup
from crm.formats import (
    BASE_CURRENCY,
    ago,
    current_day,
    day,
    day_html,
    exact_price,
    money_html,
    num,
    plain_number,
    qty_html,
)
from crm.generic.cells import label_cell, person_cell
from crm.generic.tables import Column, Part, Table, choice_cell, link_cell, listed_cell, record_address, text_cell
from customers.domain.improvement import measures
from customers.domain.wallet.reading import OLD_DAYS
from customers.enums import PlanState
from customers.models import ContributionRate, CustomerDemand, DemandShare, ImprovementGoal, ImprovementPlan
from customers.tables.cells import below, customer_url

PLAN_TONES: dict[str, str] = {
    PlanState.DRAFT: "line",
    PlanState.APPROVED: "info",
    PlanState.RUNNING: "pri",
    PlanState.DONE: "ok",
    PlanState.CANCELLED: "",
}


def demand_url(demand: CustomerDemand) -> str:
    """The address of a statement's page."""
    return record_address("customers:customerdemand_record", demand.pk)


def share_url(share: DemandShare) -> str:
    """The address of a part's page."""
    return record_address("customers:demandshare_record", share.pk)


def plan_url(plan: ImprovementPlan) -> str:
    """The address of a plan's page."""
    return record_address("customers:improvementplan_record", plan.pk)


def goal_url(goal: ImprovementGoal) -> str:
    """The address of a goal's page."""
    return record_address("customers:improvementgoal_record", goal.pk)


def stated_cell(demand: CustomerDemand) -> str:
    """When it was stated, amber when that is longer ago than a year."""
    old = (current_day() - demand.stated_on).days > OLD_DAYS
    return day_html(demand.stated_on) + below(escape(ago(demand.stated_on)), "warn" if old else "")


def _customer_cell(customer: Any) -> str:
    return f'<a class="nw" href="{customer_url(customer.pk)}">{escape(str(customer))}</a>'


def part_cell(share: DemandShare) -> str:
    """The part as it was stated."""
    return str(qty_html(share.kg_per_year)) if share.kg_per_year is not None else f"{num(share.percent, 1)}%"


def price_cell(share: DemandShare) -> str:
    """The competitor's price, when it is known."""
    if share.price is None or share.unit is None:
        return '<span class="mute">—</span>'
    return escape(exact_price(share.price, str(share.currency_id), share.unit.label))


def measure_label(goal: ImprovementGoal) -> str:
    """What the goal is about, in the reader's language."""
    found = measures().get(goal.measure)
    return str(found.label) if found else goal.measure


def amount_text(value: Any, unit: str) -> str:
    """A value of a measure with its unit."""
    if value is None:
        return "—"
    if unit == "money":
        return str(money_html(value))
    if unit == "kg":
        return str(qty_html(value))
    if unit == "percent":
        return f"{num(value, 1)}%"
    text = plain_number(round(Decimal(value), 1))
    return gettext("%(n)s days") % {"n": text} if unit == "days" else text


def target_cell(goal: ImprovementGoal) -> str:
    """The value wanted, with the measure's unit."""
    found = measures().get(goal.measure)
    return amount_text(goal.target, found.unit if found else "")


class DemandTable(Table):
    """Columns of the list of stated demands."""

    model = CustomerDemand
    default_sort: ClassVar[str] = "-starts_on"
    groups: ClassVar = {"product_line": "product_line", "source": "source", "customer": "customer"}
    columns: ClassVar = [
        Column(
            "product_line",
            _("Product line"),
            link_cell(demand_url, lambda row: row.product_line.label),
            select=("product_line",),
            phone="",
            value="product_line.label",
        ),
        Column(
            "customer",
            _("Customer"),
            lambda row: _customer_cell(row.customer),
            select=("customer",),
            phone=_("Customer"),
            value="customer.name",
        ),
        Column(
            "kg_per_year",
            _("Demand per year"),
            lambda row: qty_html(row.kg_per_year),
            sort="kg_per_year",
            css="num",
            phone=_("Demand per year"),
            descending=True,
            value=(Part("kg_per_year", unit="kg"),),
        ),
        Column("source", _("Source of the statement"), listed_cell("source", "demand_source"), phone=""),
        Column("stated_by", _("Stated by"), text_cell("stated_by")),
        Column(
            "stated_on",
            _("Stated on"),
            stated_cell,
            sort="stated_on",
            css="nw",
            descending=True,
            phone=_("Stated on"),
            value="stated_on",
        ),
        Column(
            "starts_on",
            pgettext_lazy("of a demand", "Holds from"),
            lambda row: day_html(row.starts_on),
            sort="starts_on",
            css="nw",
            descending=True,
            value="starts_on",
        ),
        Column(
            "ends_on",
            pgettext_lazy("of a demand", "Holds until"),
            lambda row: day_html(row.ends_on),
            css="nw",
            value="ends_on",
        ),
        Column("product", _("Product"), label_cell("product"), select=("product",), shown=False),
        Column("application", _("Application"), listed_cell("application", "application"), shown=False),
    ]


class ShareTable(Table):
    """Columns of the list of competitors' parts."""

    model = DemandShare
    tagged: ClassVar[bool] = False
    default_sort: ClassVar[str] = ""
    columns: ClassVar = [
        Column(
            "competitor",
            _("Competitor"),
            link_cell(share_url, lambda row: row.competitor.label),
            select=("competitor",),
            phone="",
            value="competitor.label",
        ),
        Column(
            "customer",
            _("Customer"),
            lambda row: _customer_cell(row.demand.customer),
            select=("demand__customer",),
            phone=_("Customer"),
            value="demand.customer.name",
        ),
        Column(
            "product_line",
            _("Product line"),
            lambda row: escape(row.demand.product_line.label),
            select=("demand__product_line",),
            phone=_("Product line"),
            value="demand.product_line.label",
        ),
        Column(
            "part",
            pgettext_lazy("of a demand", "Part"),
            part_cell,
            css="num",
            phone=pgettext_lazy("of a demand", "Part"),
            value=(Part("kg_per_year", unit="kg"), Part("percent", unit="%")),
        ),
        Column(
            "price",
            _("Price"),
            price_cell,
            css="num",
            select=("unit",),
            phone=_("Price"),
            value=(Part("price"), Part("currency_id", _("Currency"))),
        ),
        Column("notes", _("Remark"), text_cell("notes")),
    ]


class PlanTable(Table):
    """Columns of the list of improvement plans."""

    model = ImprovementPlan
    default_sort: ClassVar[str] = "-starts_on"
    groups: ClassVar = {"state": "state", "owner": "owner", "team": "team", "business_unit": "business_unit"}
    columns: ClassVar = [
        Column(
            "title",
            _("Improvement plan"),
            link_cell(plan_url, lambda row: row.title, lambda row: row.code),
            phone="",
            value=(Part("title"), Part("code", _("Number"))),
        ),
        Column(
            "customer",
            _("Customer"),
            lambda row: _customer_cell(row.customer),
            select=("customer",),
            phone=_("Customer"),
            value="customer.name",
        ),
        Column("state", _("Status"), choice_cell("state", PLAN_TONES), phone=_("Status")),
        Column(
            "starts_on",
            pgettext_lazy("of a plan", "From"),
            lambda row: day_html(row.starts_on),
            sort="starts_on",
            css="nw",
            descending=True,
            value="starts_on",
        ),
        Column(
            "ends_on",
            pgettext_lazy("of a plan", "Until"),
            lambda row: day_html(row.ends_on),
            sort="ends_on",
            css="nw",
            phone=pgettext_lazy("of a plan", "Until"),
            value="ends_on",
        ),
        Column("owner", _("Owner"), person_cell("owner"), select=("owner",)),
        Column("team", _("Team"), label_cell("team"), select=("team",), shown=False),
        Column(
            "business_unit", _("Business unit"), label_cell("business_unit"), select=("business_unit",), shown=False
        ),
    ]


class GoalTable(Table):
    """Columns of the list of goals."""

    model = ImprovementGoal
    tagged: ClassVar[bool] = False
    default_sort: ClassVar[str] = "due_on"
    columns: ClassVar = [
        Column("measure", _("Measure"), link_cell(goal_url, measure_label), phone="", value=measure_label),
        Column(
            "plan",
            _("Plan"),
            link_cell(lambda row: plan_url(row.plan), lambda row: row.plan.title),
            select=("plan",),
            phone=_("Plan"),
            value="plan.title",
        ),
        Column("target", _("Goal"), target_cell, css="num", phone=_("Goal"), value="target"),
        Column(
            "due_on",
            _("To be reached by"),
            lambda row: day_html(row.due_on),
            sort="due_on",
            css="nw",
            phone=_("To be reached by"),
            value="due_on",
        ),
    ]


class RateTable(Table):
    """Columns of the list of rates."""

    model = ContributionRate
    tagged: ClassVar[bool] = False
    default_sort: ClassVar[str] = "-starts_on"
    columns: ClassVar = [
        Column(
            "starts_on",
            pgettext_lazy("of a rate", "From"),
            link_cell(
                lambda row: record_address("customers:contributionrate_record", row.pk), lambda row: day(row.starts_on)
            ),
            sort="starts_on",
            descending=True,
            phone="",
            value="starts_on",
        ),
        Column(
            "per_shipment",
            _("Cost of a shipment"),
            lambda row: money_html(row.per_shipment),
            css="num",
            phone=_("Cost of a shipment"),
            value=(Part("per_shipment", unit=BASE_CURRENCY),),
        ),
        Column(
            "capital_percent",
            _("Cost of capital a year"),
            lambda row: f"{num(row.capital_percent, 2)}%",
            css="num",
            phone=_("Cost of capital a year"),
            value=(Part("capital_percent", unit="%"),),
        ),
    ]


def plan_badge(plan: ImprovementPlan) -> str:
    """Where a plan stands."""
    return str(markup.badge(PLAN_TONES[plan.state], plan.get_state_display(), True))
