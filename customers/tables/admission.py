"""The lists of admissions, checklists and demanded certificates."""

import datetime as dt
from typing import Any, ClassVar

from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from crm import markup
from crm.formats import ago, current_day, day_html, moment_html
from crm.generic.cells import label_cell
from crm.generic.tables import Column, Part, Table, choice_cell, listed_cell, record_address, text_cell
from customers.enums import AdmissionState, ChecklistState
from customers.models import Admission, AdmissionChecklist, CustomerCertificateDemand
from customers.tables.cells import below, customer_url

STATE_TONES: dict[str, str] = {
    AdmissionState.DRAFT: "line",
    AdmissionState.SUBMITTED: "info",
    AdmissionState.ADMITTED: "ok",
    AdmissionState.REFUSED: "bad",
    AdmissionState.EXPIRED: "warn",
    AdmissionState.WITHDRAWN: "",
}
CHECKLIST_TONES: dict[str, str] = {
    ChecklistState.DRAFT: "line",
    ChecklistState.PUBLISHED: "ok",
    ChecklistState.RETIRED: "",
}
SOON = 60  # days


def end_tone(end: dt.date | None) -> str:
    """Red when it is over, amber in the last 60 days."""
    if end is None:
        return ""
    left = (end - current_day()).days
    return "bad" if left < 0 else "warn" if left <= SOON else ""


def end_cell(end: dt.date | None) -> str:
    """A last day, and how far away it is when that matters."""
    if end is None:
        return '<span class="mute">—</span>'
    tone = end_tone(end)
    return day_html(end) + (below(escape(ago(end)), tone) if tone else "")


def customer_cell(row: Any) -> str:
    """The customer with link."""
    return f'<a href="{customer_url(row.customer_id)}">{escape(str(row.customer))}</a>'


def admission_url(admission: Admission) -> str:
    """The address of an admission's page."""
    return record_address("customers:admission_record", admission.pk)


def checklist_url(checklist: AdmissionChecklist) -> str:
    """The address of a checklist's page."""
    return record_address("customers:admissionchecklist_record", checklist.pk)


def certificate_url(demand: CustomerCertificateDemand) -> str:
    """The address of a demanded certificate's page."""
    return record_address("customers:customercertificatedemand_record", demand.pk)


def admission_cell(admission: Admission) -> str:
    """What it admits to, with link; its number below."""
    link = f'<a class="ttl" href="{admission_url(admission)}">{escape(admission.covers)}</a>'
    return f'{link}<span class="sub">{escape(admission.code)}</span>'


class AdmissionTable(Table):
    """The list of admissions."""

    model = Admission
    default_sort: ClassVar[str] = "-created_at"
    groups: ClassVar = {"state": "state", "kind": "kind", "business_unit": "business_unit", "valid_to": "valid_to"}
    columns: ClassVar = [
        Column(
            "code",
            _("Admission"),
            admission_cell,
            select=("business_unit", "product_line"),
            phone="",
            value=(Part("covers"), Part("code", _("Number"))),
        ),
        Column(
            "customer", _("Customer"), customer_cell, select=("customer",), phone=_("Customer"), value="customer.name"
        ),
        Column("kind", _("Type"), choice_cell("kind")),
        Column("state", _("Status"), choice_cell("state", STATE_TONES), phone=_("Status")),
        Column("valid_from", _("From"), lambda row: day_html(row.valid_from), css="nw", value="valid_from"),
        Column(
            "valid_to",
            _("Until"),
            lambda row: end_cell(row.valid_to),
            sort="valid_to",
            css="nw",
            phone=_("Until"),
            value="valid_to",
        ),
        Column(
            "business_unit", _("Business unit"), label_cell("business_unit"), select=("business_unit",), shown=False
        ),
        Column("product_line", _("Product line"), label_cell("product_line"), select=("product_line",), shown=False),
        Column("checklist", _("Checklist"), label_cell("checklist"), select=("checklist",), shown=False),
        Column(
            "created_at",
            _("Created"),
            lambda row: moment_html(row.created_at),
            sort="created_at",
            css="nw",
            shown=False,
            descending=True,
            value="created_at",
        ),
    ]


def checklist_cell(checklist: AdmissionChecklist) -> str:
    """The name with link."""
    return f'<a class="ttl" href="{checklist_url(checklist)}">{escape(checklist.name)}</a>'


class ChecklistTable(Table):
    """The list of checklists."""

    model = AdmissionChecklist
    default_sort: ClassVar[str] = "name"
    columns: ClassVar = [
        Column("name", _("Checklist"), checklist_cell, sort="name", phone="", value="name"),
        Column(
            "business_unit",
            _("Business unit"),
            label_cell("business_unit"),
            select=("business_unit",),
            phone=_("Business unit"),
        ),
        Column("product_line", _("Product line"), label_cell("product_line"), select=("product_line",)),
        Column("state", _("Status"), choice_cell("state", CHECKLIST_TONES), phone=_("Status")),
        Column("edition", _("Edition"), text_cell("edition"), css="num"),
    ]


def certificate_cell(demand: CustomerCertificateDemand) -> str:
    """The certificate with link."""
    return f'<a class="ttl" href="{certificate_url(demand)}">{escape(str(demand))}</a>'


def given_badge(demand: CustomerCertificateDemand) -> str:
    """Whether the customer has one that is valid."""
    if demand.valid_until is None and demand.given_on is None:
        return str(markup.badge("warn", str(_("not given yet"))))
    tone = end_tone(demand.valid_until)
    words = {"bad": _("expired"), "warn": _("ends soon"), "": _("valid")}
    return str(markup.badge(tone or "ok", str(words[tone])))


class CertificateTable(Table):
    """The list of demanded certificates."""

    model = CustomerCertificateDemand
    default_sort: ClassVar[str] = "valid_until"
    groups: ClassVar = {"kind": "kind", "valid_until": "valid_until"}
    columns: ClassVar = [
        Column("kind", _("Certificate"), certificate_cell, phone="", value=str),
        Column(
            "customer", _("Customer"), customer_cell, select=("customer",), phone=_("Customer"), value="customer.name"
        ),
        Column("product_line", _("Product line"), label_cell("product_line"), select=("product_line",)),
        Column(
            "needed_since", _("Needed since"), lambda row: day_html(row.needed_since), css="nw", value="needed_since"
        ),
        Column(
            "valid_until",
            _("Valid until"),
            lambda row: end_cell(row.valid_until),
            sort="valid_until",
            css="nw",
            phone=_("Valid until"),
            value="valid_until",
        ),
        Column("language", _("Language"), choice_cell("language"), shown=False),
        Column("given", _("Given"), given_badge, value="given_on"),
        Column("code", _("Code"), listed_cell("kind", "certificate_kind"), shown=False),
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
