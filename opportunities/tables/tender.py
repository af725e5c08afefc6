"""The list of tenders."""

from html import escape
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.formats import day_html, moment_html, money_html
from crm.generic.cells import label_cell, person_cell
from crm.generic.tables import Column, Part, Table, Total, choice_cell, link_cell, record_address
from crm.markup import badge
from opportunities.domain.tenders.tenders import BEFORE_SUBMISSION
from opportunities.enums import LotResult, TenderState
from opportunities.models import Tender

STATE_TONES: dict[str, str] = {
    TenderState.PREPARING: "info",
    TenderState.PRICING: "warn",
    TenderState.APPROVED: "pri",
    TenderState.SUBMITTED: "vio",
    TenderState.OPENED: "vio",
    TenderState.WON: "ok",
    TenderState.LOST: "bad",
    TenderState.CANCELLED: "line",
}
RESULT_TONES: dict[str, str] = {LotResult.WON: "ok", LotResult.LOST: "bad"}


def tender_url(tender: Tender) -> str:
    """The address of a tender's page."""
    return record_address("opportunities:tender_record", tender.pk)


def customer_cell(row: Tender) -> str:
    """The customer with link."""
    url = record_address("customers:customer_record", row.customer_id)
    return f'<a href="{url}"><span class="ell">{escape(row.customer.name)}</span></a>'


def state_badge(tender: Tender) -> str:
    """How far it is."""
    return badge(STATE_TONES[tender.state], tender.get_state_display(), dot=True)


def due_cell(row: Tender) -> str:
    """When the bid is due, red once that has passed and it was not handed in."""
    late = row.state in BEFORE_SUBMISSION and row.submission_due < timezone.now()
    text = moment_html(row.submission_due)
    return f'<span class="bad">{text}</span>' if late else str(text)


def bond_state(tender: Tender) -> tuple[str, str] | None:
    """Where the bond is: tone and words; None without one."""
    if tender.bond_amount is None:
        return None
    if tender.bond_refunded_on is not None:
        return "ok", _("refunded")
    if tender.bond_paid_on is None:
        return "line", _("not paid")
    if tender.bond_refund_due is not None and tender.bond_refund_due < timezone.localdate():
        return "bad", _("refund overdue")
    return "info", _("paid")


def bond_cell(row: Tender) -> str:
    """The bond and where it is."""
    found = bond_state(row)
    if found is None:
        return "—"
    return f"{money_html(row.bond_amount, str(row.currency_id))} {badge(*found)}"


def _amount(row: Any) -> str:
    return str(money_html(row.amount_base))


class TenderTable(Table):
    """The list of tenders."""

    model = Tender
    default_sort: ClassVar[str] = "-submission_due"
    totals: ClassVar = {"amount": Total("amount_base")}
    groups: ClassVar = {
        "state": "state",
        "customer": "customer",
        "owner": "owner",
        "product_line": "product_line",
    }
    columns: ClassVar = [
        Column(
            "title",
            gettext_lazy("Tender"),
            link_cell(tender_url, lambda row: row.title, lambda row: row.code),
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
            "due",
            gettext_lazy("Submission due"),
            due_cell,
            sort="submission_due",
            css="nw",
            phone=gettext_lazy("Submission due"),
            value="submission_due",
            descending=True,
        ),
        Column(
            "amount",
            gettext_lazy("Bid amount"),
            _amount,
            sort="amount_base",
            css="num",
            phone=gettext_lazy("Bid amount"),
            descending=True,
            value="amount_base",
        ),
        Column(
            "bond",
            gettext_lazy("Bid bond"),
            bond_cell,
            css="nw",
            value=(
                Part("bond_amount"),
                Part(lambda row: found[1] if (found := bond_state(row)) else None, gettext_lazy("Status of the bond")),
            ),
        ),
        Column("product_line", gettext_lazy("Product line"), label_cell("product_line"), select=("product_line",)),
        Column("owner", gettext_lazy("Owner"), person_cell("owner"), select=("owner",)),
        Column("kind", gettext_lazy("Type"), choice_cell("kind"), shown=False),
        Column(
            "opened_on",
            gettext_lazy("Bids opened on"),
            lambda row: day_html(row.opened_on),
            sort="opened_on",
            css="nw",
            shown=False,
            descending=True,
            value="opened_on",
        ),
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
