"""The lists of customers in the pool, of pools and of their rules."""

from html import escape
from typing import Any, ClassVar

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from crm import markup
from crm.formats import ago, day_html, enumerated
from crm.generic.cells import label_cell, person_cell
from crm.generic.tables import Column, Part, Table, choice_cell, exported, link_cell, record_address, text_cell
from crm.records.choices import listed
from customers.enums import PoolEntryState, PoolReason
from customers.models import Customer, CustomerPool, PoolEntry, RecycleRule
from customers.tables.cells import below, figures_of

ENTRY_TONES: dict[str, str] = {
    PoolEntryState.WAITING: "info",
    PoolEntryState.CLAIMED: "ok",
    PoolEntryState.ASSIGNED: "pri",
    PoolEntryState.PUT_BACK: "",
}
REASON_TONES: dict[str, str] = {PoolReason.IDLE: "warn", PoolReason.NEVER_WON: "line", PoolReason.RELEASED: "vio"}


def entry_url(row: PoolEntry) -> str:
    """The address of a customer's page in the pool."""
    return record_address("customers:poolentry_record", row.pk)


def month_of(customer: Customer) -> str:
    """The month of the last order: the pool does not say more."""
    figures = figures_of(customer)
    return figures.last_order_on.strftime("%Y-%m") if figures is not None and figures.last_order_on else ""


def since_cell(row: PoolEntry) -> str:
    """Since when it is in the pool."""
    return day_html(row.since) + below(escape(ago(row.since)))


def grades_of(rule: RecycleRule) -> str:
    """The grades of a rule, and whether customers without one are meant."""
    return enumerated(grade or gettext("no grade") for grade in rule.grades)


class PoolEntryTable(Table):
    """Customers in the pool: what everybody who may claim sees of them, and nothing else."""

    model = PoolEntry
    default_sort: ClassVar[str] = "-since"
    groups: ClassVar = {"pool": "pool", "reason": "reason", "grade": "customer__grade", "from_owner": "from_owner"}
    columns: ClassVar = [
        Column(
            "customer",
            _("Customer"),
            link_cell(entry_url, lambda row: row.customer.name, lambda row: row.customer.city),
            select=("customer",),
            phone="",
            value=(Part("customer.name"), Part("customer.city", _("City"))),
        ),
        Column(
            "grade",
            _("Grade"),
            exported(lambda row: markup.grade(row.customer.grade) or "—", "customer.grade"),
            select=("customer",),
            phone=_("Grade"),
        ),
        Column(
            "industry",
            _("Industry"),
            exported(
                lambda row: escape(listed("industry").label(row.customer.industry)) or "—",
                lambda row: row.customer.get_industry_display(),
            ),
            select=("customer",),
            phone=_("Industry"),
        ),
        Column(
            "last_order",
            _("Last order"),
            exported(lambda row: month_of(row.customer) or "—", lambda row: month_of(row.customer)),
            css="nw",
            select=("customer", "customer__figures"),
            phone=_("Last order"),
        ),
        Column("reason", _("Why"), choice_cell("reason", REASON_TONES), phone=_("Why")),
        Column(
            "since",
            _("In the pool since"),
            since_cell,
            sort="since",
            css="nw",
            phone=pgettext_lazy("a state", "Since"),
            descending=True,
            value="since",
        ),
        Column("pool", _("Pool"), exported(lambda row: escape(row.pool.name), "pool.name"), select=("pool",)),
        Column("from_owner", _("Previous owner"), person_cell("from_owner"), select=("from_owner",)),
        Column("state", _("Status"), choice_cell("state", ENTRY_TONES), shown=False),
        Column("taken_by", _("New owner"), person_cell("taken_by"), select=("taken_by",), shown=False),
    ]


class CustomerPoolTable(Table):
    """Pools, as their settings."""

    model = CustomerPool
    tagged: ClassVar[bool] = False
    default_sort: ClassVar[str] = "name"
    columns: ClassVar = [
        Column(
            "name",
            pgettext_lazy("of a thing", "Name"),
            link_cell(lambda row: record_address("customers:customerpool_record", row.pk), str),
            sort="name",
            phone="",
        ),
        Column("business_unit", _("Business unit"), label_cell("business_unit"), select=("business_unit",), phone=""),
        Column("product_line", _("Product line"), label_cell("product_line"), select=("product_line",)),
        Column("region", _("Region"), label_cell("region"), select=("region",)),
        Column("daily_limit", _("Claims per day"), text_cell("daily_limit"), css="num", phone=_("Claims per day")),
        Column("capacity", _("Customers at most"), text_cell("capacity"), css="num", phone=_("Customers at most")),
        Column("lock_days", _("Lock (days)"), text_cell("lock_days"), css="num"),
        Column("active", _("In use"), exported(lambda row: _yes(row.active), "active"), phone=_("In use")),
    ]


class RecycleRuleTable(Table):
    """Recycling rules."""

    model = RecycleRule
    tagged: ClassVar[bool] = False
    default_sort: ClassVar[str] = ""
    columns: ClassVar = [
        Column(
            "rule",
            _("Rule"),
            link_cell(
                lambda row: record_address("customers:recyclerule_record", row.pk),
                grades_of,
                lambda row: row.pool.name,
            ),
            select=("pool",),
            phone="",
            value=(Part(grades_of), Part("pool.name", _("Pool"))),
        ),
        Column("idle_days", _("Idle days"), text_cell("idle_days"), css="num", phone=_("Idle days")),
        Column("idle_from", _("Counted from"), choice_cell("idle_from"), phone=_("Counted from")),
        Column(
            "never_won_months", _("Months without a first order"), text_cell("never_won_months"), css="num",
            phone=_("Months without a first order"),
        ),
        Column("active", _("In use"), exported(lambda row: _yes(row.active), "active"), phone=_("In use")),
    ]  # fmt: skip


def _yes(value: Any) -> str:
    return markup.icon("check", 16) if value else "—"
