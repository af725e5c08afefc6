"""The list of customers."""

from decimal import Decimal
from html import escape
from typing import ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm import markup
from crm.formats import BASE_CURRENCY, ago, current_day, day_html, moment_html, money_html, qty_html
from crm.generic.cells import label_cell, person_cell
from crm.generic.tables import (
    Column,
    Part,
    Table,
    Total,
    choice_cell,
    text_cell,
)
from crm.records.choices import listed
from customers.enums import CustomerState
from customers.models import Customer, CustomerFigures
from customers.tables.cells import below, customer_url, figures_of, growth

STATE_TONES: dict[str, str] = {
    CustomerState.PROSPECT: "info",
    CustomerState.ACTIVE: "ok",
    CustomerState.DORMANT: "",
    CustomerState.BLOCKED: "bad",
}
NO_ORDER_DAYS = 90


def trend_tone(figures: CustomerFigures) -> str:
    """Colour of the trend line: green or red from 5 per cent up or down, blue between, grey without sales."""
    change = growth(figures)
    if change is None:
        return "primary" if figures.sales_12m else "mute"
    return "ok" if change >= 5 else "bad" if change <= -5 else "primary"


def name_cell(customer: Customer) -> str:
    """Avatar, name with its link, number and city."""
    place = " · ".join(filter(None, (customer.code, customer.city)))
    return (
        f'<div class="row-f">{markup.avatar(str(customer), "", True)}<div class="col-f gap-0">'
        f'<a class="ttl nw" href="{customer_url(customer.pk)}">{escape(customer.name)}</a>'
        f"{below(escape(place))}</div></div>"
    )


def sales_cell(customer: Customer) -> str:
    """Sales of 12 months and the change to the year before."""
    figures = figures_of(customer)
    if figures is None:
        return "—"
    return f'<b>{money_html(figures.sales_12m)}</b><span class="sub">{markup.delta(growth(figures))}</span>'


def trend_cell(customer: Customer) -> str:
    """The sales of the last twelve months as a line."""
    figures = figures_of(customer)
    if figures is None or not any(figures.sales_by_month):
        return ""
    return markup.spark(figures.sales_by_month, 70, 24, trend_tone(figures))


def receivable_cell(customer: Customer) -> str:
    """Receivables, and how much of them is overdue."""
    figures = figures_of(customer)
    if figures is None:
        return "—"
    if figures.overdue > 0:
        second = below(f"{escape(gettext('overdue'))} {money_html(figures.overdue)}", "bad")
    else:
        second = below(escape(gettext("none overdue")))
    return f"{money_html(figures.receivable)}{second}"


def last_order_cell(customer: Customer) -> str:
    """The day of the last order, amber when it is long ago."""
    figures = figures_of(customer)
    if figures is None or figures.last_order_on is None:
        return '<span class="mute">—</span>'
    late = (current_day() - figures.last_order_on).days > NO_ORDER_DAYS
    return day_html(figures.last_order_on) + below(escape(ago(figures.last_order_on)), "warn" if late else "")


def next_step_cell(customer: Customer) -> str:
    """The next step and its day, red when it is past."""
    if not customer.next_step and not customer.next_step_on:
        none = gettext("none planned")
        return f'<span class="mute">{escape(none)}</span>'
    late = customer.next_step_on is not None and customer.next_step_on < current_day()
    second = below(day_html(customer.next_step_on), "bad" if late else "") if customer.next_step_on else ""
    return f'<span class="nw">{escape(customer.next_step or "—")}</span>{second}'


def market_cell(customer: Customer) -> str:
    """Industry, and the application below it."""
    first = escape(listed("industry").label(customer.industry)) or "—"
    second = listed("application").label(customer.application)
    return f"{first}{below(escape(second))}" if second else first


def monthly_sales(customer: Customer) -> str:
    """The sales of the last twelve months, oldest first."""
    figures = figures_of(customer)
    return " / ".join(f"{amount:.0f}" for amount in figures.sales_by_month) if figures else ""


def growth_of(customer: Customer) -> Decimal | None:
    """The change of sales to the year before, in per cent."""
    figures = figures_of(customer)
    change = growth(figures) if figures else None
    return None if change is None else round(change, 2)


class CustomerTable(Table):
    """The list of customers."""

    model = Customer
    default_sort: ClassVar[str] = "-figures__sales_12m"
    groups: ClassVar = {
        "grade": "grade",
        "owner": "owner",
        "kind": "kind",
        "state": "state",
        "region": "region",
        "team": "team",
        "business_unit": "business_unit",
        "last_order": "figures__last_order_on",
        "next_step": "next_step_on",
    }
    totals: ClassVar = {
        "sales": Total("figures__sales_12m"),
        "receivable": Total("figures__receivable"),
        "volume": Total("figures__volume_12m_kg", qty_html),
    }
    columns: ClassVar = [
        Column(
            "name",
            _("Customer"),
            name_cell,
            sort="name",
            phone="",
            value=(Part("name"), Part("code", _("Code")), Part("city", _("City"))),
        ),
        Column(
            "grade",
            _("Grade"),
            lambda row: markup.grade(row.grade) or "—",
            sort="grade",
            phone=_("Grade"),
            descending=False,
            value="grade",
        ),
        Column(
            "industry",
            _("Industry · application"),
            market_cell,
            css="nw",
            value=(
                Part(lambda row: row.get_industry_display(), _("Industry")),
                Part(lambda row: row.get_application_display(), _("Application")),
            ),
        ),
        Column(
            "sales",
            _("Sales, 12 months"),
            sales_cell,
            sort="figures__sales_12m",
            css="num",
            select=("figures",),
            phone=_("12 months"),
            descending=True,
            value=(
                Part("figures.sales_12m", unit=BASE_CURRENCY),
                Part(growth_of, _("Change to the year before"), unit="%"),
            ),
        ),
        Column(
            "trend",
            _("Trend"),
            trend_cell,
            select=("figures",),
            value=(Part(monthly_sales, _("Sales by month, last 12"), unit=BASE_CURRENCY),),
        ),
        Column(
            "receivable",
            _("Receivables / overdue"),
            receivable_cell,
            sort="figures__overdue",
            css="num",
            select=("figures",),
            phone=_("Receivables"),
            descending=True,
            value=(
                Part("figures.receivable", _("Receivables"), unit=BASE_CURRENCY),
                Part("figures.overdue", _("Overdue receivables"), unit=BASE_CURRENCY),
            ),
        ),
        Column(
            "last_order",
            _("Last order"),
            last_order_cell,
            sort="figures__last_order_on",
            css="nw",
            select=("figures",),
            phone=_("Last order"),
            descending=True,
            value="figures.last_order_on",
        ),
        Column(
            "next_step",
            _("Next step"),
            next_step_cell,
            sort="next_step_on",
            value=(Part("next_step"), Part("next_step_on", _("Next step due"))),
        ),
        Column("owner", _("Owner"), person_cell("owner"), select=("owner",)),
        Column("code", _("Code"), text_cell("code"), sort="code", shown=False),
        Column("kind", _("Type"), choice_cell("kind"), shown=False),
        Column("state", _("Status"), choice_cell("state", STATE_TONES), shown=False),
        Column("region", _("Region"), label_cell("region"), select=("region",), shown=False),
        Column("team", _("Team"), label_cell("team"), select=("team",), shown=False),
        Column(
            "business_unit", _("Business unit"), label_cell("business_unit"), select=("business_unit",), shown=False
        ),
        Column(
            "volume",
            _("Volume, 12 months"),
            lambda row: qty_html(row.figures.volume_12m_kg) if figures_of(row) else "—",
            css="num",
            select=("figures",),
            shown=False,
            value=(Part("figures.volume_12m_kg", unit="kg"),),
        ),
        Column(
            "updated_at",
            _("Changed"),
            lambda row: moment_html(row.updated_at),
            sort="updated_at",
            css="nw",
            shown=False,
            descending=True,
            value="updated_at",
        ),
    ]
