"""The list of new-product requests."""

from collections.abc import Sequence
from html import escape
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from crm.formats import day_html, exact_price, moment_html, qty
from crm.generic.cells import label_cell, person_cell
from crm.generic.tables import Column, Part, Table, choice_cell, link_cell, listed_cell, record_address
from crm.markup import badge
from opportunities.domain.developments.waiting import Waiting, waiting_for
from opportunities.enums import DevelopmentState, Feasibility
from opportunities.models import DevelopmentRequest

STATE_TONES: dict[str, str] = {
    DevelopmentState.DRAFT: "line",
    DevelopmentState.SUBMITTED: "info",
    DevelopmentState.FEASIBILITY: "info",
    DevelopmentState.ASSESSED: "vio",
    DevelopmentState.PENDING: "vio",
    DevelopmentState.ACCEPTED: "warn",
    DevelopmentState.DEVELOPMENT: "warn",
    DevelopmentState.TRIAL: "warn",
    DevelopmentState.RELEASED: "ok",
    DevelopmentState.DECLINED: "bad",
    DevelopmentState.CANCELLED: "",
}
VERDICT_TONES: dict[str, str] = {Feasibility.FEASIBLE: "ok", Feasibility.DOUBTFUL: "warn"}


def development_url(row: Any) -> str:
    """The address of its page."""
    return record_address("opportunities:developmentrequest_record", row.pk)


def new_development_url(record: Any) -> str:
    """Where a new product for an opportunity is asked for."""
    address = reverse("opportunities:developmentrequest_create")
    return f"{address}?customer={record.customer_id}&opportunity={record.pk}"


def state_badge(row: DevelopmentRequest) -> str:
    """How far it is."""
    return badge(STATE_TONES[row.state], row.get_state_display(), dot=True)


def customer_cell(row: DevelopmentRequest) -> str:
    """The customer with link."""
    url = record_address("customers:customer_record", row.customer_id)
    return f'<a href="{url}"><span class="ell">{escape(row.customer.name)}</span></a>'


def waiting_cell(found: Waiting | None) -> str:
    """Who is waited for since when, red once it is overdue."""
    if found is None:
        return "—"
    until = f" · {_('due')} {day_html(found.until)}" if found.until is not None else ""
    since = f'<span class="sub">{escape(found.what)} · {_("since")} {day_html(found.since)}{until}</span>'
    who = f'<span class="bad">{escape(found.who)} ({_("overdue")})</span>' if found.late else escape(found.who)
    return f"<div>{who}{since}</div>"  # one box: on a phone a cell lays its parts out side by side


def price_text(row: DevelopmentRequest) -> str:
    """The target price per kilogram."""
    return exact_price(row.target_price, str(row.currency_id), "kg") if row.target_price is not None else ""


def volume_text(row: DevelopmentRequest) -> str:
    """The expected volume of a year."""
    return qty(row.volume_kg, "kg") if row.volume_kg is not None else ""


def _day(field: str) -> Any:
    return lambda row: day_html(getattr(row, field))


class DevelopmentTable(Table):
    """The list of new-product requests."""

    model = DevelopmentRequest
    default_sort: ClassVar[str] = "-created_at"
    groups: ClassVar = {
        "state": "state",
        "customer": "customer",
        "owner": "owner",
        "researcher": "researcher",
        "product_line": "product_line",
        "due": "due_on",
    }
    columns: ClassVar = [
        Column(
            "title",
            pgettext_lazy("development", "New product"),
            link_cell(development_url, lambda row: row.title, lambda row: row.code),
            phone="",
        ),
        Column(
            "customer",
            gettext_lazy("Customer"),
            customer_cell,
            select=("customer",),
            phone=gettext_lazy("Customer"),
            value="customer.name",
        ),
        Column("state", gettext_lazy("Status"), choice_cell("state", STATE_TONES), phone=gettext_lazy("Status")),
        Column(
            "waiting",
            pgettext_lazy("development", "Waits for"),
            lambda row: waiting_cell(row.waiting),
            select=("owner", "researcher"),
            phone=pgettext_lazy("development", "Waits for"),
            value=lambda row: f"{row.waiting.who}: {row.waiting.what}" if row.waiting else "",
        ),
        Column(
            "due",
            gettext_lazy("To be released by"),
            _day("due_on"),
            sort="due_on",
            css="nw",
            phone=gettext_lazy("To be released by"),
            value="due_on",
        ),
        Column(
            "volume",
            gettext_lazy("Volume per year"),
            lambda row: volume_text(row) or "—",
            sort="volume_kg",
            css="num",
            descending=True,
            value=(Part("volume_kg", unit="kg"),),
        ),
        Column("owner", gettext_lazy("Owner"), person_cell("owner"), select=("owner",)),
        Column(
            "researcher",
            gettext_lazy("Responsible researcher"),
            person_cell("researcher"),
            select=("researcher",),
            shown=False,
        ),
        Column(
            "product_line",
            gettext_lazy("Product line"),
            label_cell("product_line"),
            select=("product_line",),
            shown=False,
        ),
        Column(
            "wanted_on",
            gettext_lazy("Wanted by the customer on"),
            _day("wanted_on"),
            sort="wanted_on",
            css="nw",
            shown=False,
            value="wanted_on",
        ),
        Column(
            "set_up_on",
            gettext_lazy("Set up on"),
            _day("set_up_on"),
            sort="set_up_on",
            css="nw",
            shown=False,
            descending=True,
            value="set_up_on",
        ),
        Column(
            "released_on", gettext_lazy("Released on"), _day("released_on"), css="nw", shown=False, value="released_on"
        ),
        Column("end_reason", gettext_lazy("Why it ended"), listed_cell("end_reason", "development_end"), shown=False),
        Column("product", gettext_lazy("Released product"), label_cell("product"), select=("product",), shown=False),
        Column(
            "created_at",
            gettext_lazy("Created"),
            lambda row: moment_html(row.created_at),
            sort="created_at",
            css="nw",
            shown=False,
            descending=True,
            value="created_at",
        ),
    ]

    @classmethod
    def prepare(cls, rows: Sequence[Any], columns: Sequence[Column]) -> None:
        """Who is waited for, where that column is shown: three queries for all rows."""
        if any(column.key == "waiting" for column in columns):
            found = waiting_for(rows)
            for row in rows:
                row.waiting = found.get(row.pk)
