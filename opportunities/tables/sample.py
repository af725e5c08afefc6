"""The list of sample requests."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.formats import BASE_CURRENCY, current_day, day_html, num, qty
from crm.generic.cells import label_cell
from crm.generic.tables import (
    Column,
    Part,
    Table,
    choice_cell,
    link_cell,
    listed_cell,
    record_address,
    text_cell,
)
from customers.tables.cells import customer_url
from opportunities.domain.samples.lines import lines_of
from opportunities.enums import SampleState, SampleVerdict
from opportunities.models import SampleLine, SampleRequest
from opportunities.models.sample import VIEW_COST
from opportunities.sample_rules import AWAITS_FEEDBACK

STATE_TONES: dict[str, str] = {
    SampleState.DRAFT: "line",
    SampleState.PENDING: "info",
    SampleState.APPROVED: "vio",
    SampleState.DISPATCHED: "warn",
    SampleState.RECEIVED: "warn",
    SampleState.EVALUATED: "ok",
    SampleState.CANCELLED: "",
}
VERDICT_TONES: dict[str, str] = {
    SampleVerdict.PASSED: "ok",
    SampleVerdict.CONDITIONAL: "warn",
    SampleVerdict.FAILED: "bad",
}


def sample_url(row: Any) -> str:
    """The address of a request's page."""
    return record_address("opportunities:samplerequest_record", row.pk)


def new_sample_url(customer: int, **more: Any) -> str:
    """Where samples for a customer are asked for; `more` are values to start with."""
    values = "".join(f"&{name}={value}" for name, value in more.items() if value)
    return f"{reverse('opportunities:samplerequest_create')}?customer={customer}{values}"


def is_late(row: SampleRequest) -> bool:
    """Whether the customer's answer is overdue."""
    due = row.feedback_due_on
    return row.state in AWAITS_FEEDBACK and due is not None and due < current_day()


def due_cell(row: SampleRequest) -> str:
    """By when the customer shall answer, red once that has passed without an answer."""
    text = day_html(row.feedback_due_on)
    if not is_late(row):
        return text
    return f'<span class="bad">{text}<span class="visually-hidden"> {escape(_("overdue"))}</span></span>'


def cost_cell(row: SampleRequest) -> str:
    """What the samples cost, to the cent: most cost less than the smallest unit of large amounts."""
    return f'<span class="nw">{num(row.cost_base, 2)} {BASE_CURRENCY}</span>'


def amount_words(line: SampleLine) -> str:
    """How much of it, in its own unit."""
    return qty(line.quantity, line.unit.label, convert=False)


def lines_words(row: Any) -> str:
    """What is sent, in words; SampleTable.prepare has put the lines there."""
    found: Sequence[SampleLine] = row.lines_read
    words = "、".join(f"{line.label} {amount_words(line)}" for line in found[:2])
    return f"{words} …" if len(found) > 2 else words


def customer_cell(row: Any) -> str:
    """The customer with link."""
    return f'<a href="{customer_url(row.customer_id)}">{escape(str(row.customer))}</a>'


class SampleTable(Table):
    """Columns of the list."""

    model = SampleRequest
    caption = _("Sample requests")
    default_sort: ClassVar[str] = "-requested_on"
    groups: ClassVar = {
        "state": "state",
        "verdict": "verdict",
        "owner": "owner",
        "customer": "customer",
        "line": "product_line",
        "due": "feedback_due_on",
    }
    columns: ClassVar = (
        Column("code", _("Sample request"), link_cell(sample_url, str), phone=""),
        Column("customer", _("Customer"), customer_cell, select=("customer",), phone="", value="customer.name"),
        Column(
            "lines",
            pgettext_lazy("sample", "Samples"),
            lambda row: escape(lines_words(row)) or "—",
            phone="",
            value=lines_words,
        ),
        Column("state", _("Status"), choice_cell("state", STATE_TONES), phone=_("Status")),
        Column("verdict", _("Verdict"), choice_cell("verdict", VERDICT_TONES), phone=_("Verdict")),
        Column(
            "due",
            _("Feedback due"),
            due_cell,
            sort="feedback_due_on",
            css="nw",
            phone=_("Feedback due"),
            value="feedback_due_on",
        ),
        Column(
            "requested_on",
            _("Requested on"),
            lambda row: day_html(row.requested_on),
            sort="requested_on",
            css="nw",
            descending=True,
            value="requested_on",
        ),
        Column(
            "needed_on",
            _("Needed on"),
            lambda row: day_html(row.needed_on),
            sort="needed_on",
            css="nw",
            shown=False,
            value="needed_on",
        ),
        Column(
            "dispatched_on",
            _("Dispatched on"),
            lambda row: day_html(row.dispatched_on),
            sort="dispatched_on",
            css="nw",
            shown=False,
            value="dispatched_on",
        ),
        Column("tracking", _("Tracking number"), text_cell("tracking_number"), shown=False, css="nw"),
        Column("reason", _("Reason"), listed_cell("reason", "sample_reason"), shown=False),
        Column("failure", _("Why it failed"), listed_cell("failure", "sample_failure"), shown=False),
        Column("line", _("Product line"), label_cell("product_line"), select=("product_line",), shown=False),
        Column("opportunity", _("Opportunity"), label_cell("opportunity"), select=("opportunity",), shown=False),
        Column(
            "cost",
            _("Cost"),
            cost_cell,
            sort="cost_base",
            css="num",
            shown=False,
            descending=True,
            permission=VIEW_COST,
            value=(Part("cost_base", unit=BASE_CURRENCY),),
        ),
        Column("owner", _("Owner"), label_cell("owner"), select=("owner",), css="nw"),
    )

    @classmethod
    def prepare(cls, rows: Sequence[Any], columns: Sequence[Column]) -> None:
        """The lines of each request where that column is shown: one query for all of them."""
        if not any(column.key == "lines" for column in columns):
            return
        found = lines_of([row.pk for row in rows])
        for row in rows:
            row.lines_read = found[row.pk]
