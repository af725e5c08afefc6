"""Tables of complaints."""

from typing import ClassVar

from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from crm.formats import BASE_CURRENCY, ago, day_html, money_html
from crm.generic.cells import label_cell, person_cell
from crm.generic.tables import Column, Part, Table, Total, choice_cell, listed_cell, record_address
from customers.tables.cells import below, customer_url
from service.enums import ComplaintState, Severity
from service.models import Complaint

STATE_TONES: dict[str, str] = {
    ComplaintState.REGISTERED: "warn",
    ComplaintState.INVESTIGATING: "pri",
    ComplaintState.ANSWERED: "info",
    ComplaintState.CLOSED: "ok",
}
SEVERITY_TONES: dict[str, str] = {Severity.S1: "bad", Severity.S2: "warn", Severity.S3: "line"}


def complaint_url(complaint: Complaint) -> str:
    """The address of a complaint's page."""
    return record_address("service:complaint_record", complaint.pk)


def is_late(complaint: Complaint) -> bool:
    """Whether the answer is past its day and the complaint still open."""
    waiting = complaint.state in (ComplaintState.REGISTERED, ComplaintState.INVESTIGATING)
    return waiting and complaint.due_on is not None and complaint.due_on < timezone.localdate()


def number_cell(complaint: Complaint) -> str:
    """Subject with link, number below."""
    return (
        f'<a class="ttl" href="{complaint_url(complaint)}">{escape(complaint.title)}</a>'
        f'<span class="sub">{escape(complaint.code)}</span>'
    )


def customer_cell(complaint: Complaint) -> str:
    """The customer with link."""
    return f'<a class="nw" href="{customer_url(complaint.customer_id)}">{escape(str(complaint.customer))}</a>'


def due_cell(complaint: Complaint) -> str:
    """When the answer is due; red once it is late."""
    if complaint.due_on is None:
        return '<span class="mute">—</span>'
    if complaint.state == ComplaintState.CLOSED:
        return str(day_html(complaint.due_on))
    return day_html(complaint.due_on) + below(escape(ago(complaint.due_on)), "bad" if is_late(complaint) else "")


class ComplaintTable(Table):
    """The list of complaints."""

    model = Complaint
    default_sort: ClassVar[str] = "-received_on"
    groups: ClassVar = {
        "severity": "severity",
        "state": "state",
        "defect": "defect",
        "customer": "customer",
        "received_on": "received_on",
        "owner": "owner",
        "team": "team",
        "business_unit": "business_unit",
    }
    totals: ClassVar = {"loss": Total("loss_base")}
    columns: ClassVar = [
        Column("title", _("Complaint"), number_cell, phone="", value=(Part("title"), Part("code", _("Number")))),
        Column(
            "customer", _("Customer"), customer_cell, select=("customer",), phone=_("Customer"), value="customer.name"
        ),
        Column("severity", _("Severity"), choice_cell("severity", SEVERITY_TONES), phone=_("Severity")),
        Column("state", _("Status"), choice_cell("state", STATE_TONES), phone=_("Status")),
        Column("defect", _("Defect"), listed_cell("defect", "defect")),
        Column(
            "received_on",
            _("Received on"),
            lambda row: day_html(row.received_on),
            sort="received_on",
            css="nw",
            descending=True,
            value="received_on",
        ),
        Column("due_on", _("Answer due"), due_cell, sort="due_on", css="nw", phone=_("Answer due"), value="due_on"),
        Column("owner", _("Owner"), person_cell("owner"), select=("owner",)),
        Column("code", _("Number"), lambda row: escape(row.code), sort="code", css="nw", shown=False, value="code"),
        Column(
            "loss",
            _("Loss"),
            lambda row: money_html(row.loss_base),
            css="num",
            shown=False,
            value=(Part("loss_base", unit=BASE_CURRENCY),),
        ),
        Column("team", _("Team"), label_cell("team"), select=("team",), shown=False),
        Column(
            "business_unit", _("Business unit"), label_cell("business_unit"), select=("business_unit",), shown=False
        ),
    ]
