"""The list of admissions as a supplier."""

from html import escape
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext_lazy

from crm.formats import day_html, moment_html
from crm.generic.cells import label_cell, person_cell
from crm.generic.tables import Column, Table, choice_cell, link_cell, record_address
from crm.markup import badge
from opportunities.domain.qualification.watch import WARNINGS
from opportunities.enums import SupplierState
from opportunities.models import SupplierAdmission

STATE_TONES: dict[str, str] = {
    SupplierState.PREPARING: "info",
    SupplierState.SUBMITTED: "vio",
    SupplierState.AUDIT: "warn",
    SupplierState.PASSED: "ok",
    SupplierState.FAILED: "bad",
    SupplierState.LAPSED: "line",
}


def admission_url(admission: SupplierAdmission) -> str:
    """The address of its page."""
    return record_address("opportunities:supplieradmission_record", admission.pk)


def customer_cell(row: SupplierAdmission) -> str:
    """The customer with link."""
    url = record_address("customers:customer_record", row.customer_id)
    return f'<a href="{url}"><span class="ell">{escape(row.customer.name)}</span></a>'


def state_badge(admission: SupplierAdmission) -> str:
    """How far it is."""
    return badge(STATE_TONES[admission.state], admission.get_state_display(), dot=True)


def ends_soon(admission: SupplierAdmission) -> bool:
    """Whether it holds and ends within the time of the warnings."""
    if admission.state != SupplierState.PASSED or admission.valid_until is None:
        return False
    return bool((admission.valid_until - timezone.localdate()).days <= WARNINGS[0])


def until_cell(row: SupplierAdmission) -> str:
    """The last day, marked when it is near."""
    text = day_html(row.valid_until)
    return f'<span class="warn">{text}</span>' if ends_soon(row) else str(text)


def _day(field: str) -> Any:
    return lambda row: day_html(getattr(row, field))


class SupplierAdmissionTable(Table):
    """The list of admissions as a supplier."""

    model = SupplierAdmission
    default_sort: ClassVar[str] = "-created_at"
    groups: ClassVar = {
        "state": "state",
        "customer": "customer",
        "owner": "owner",
        "product_line": "product_line",
        "valid_until": "valid_until",
    }
    columns: ClassVar = [
        Column(
            "title",
            gettext_lazy("Admitted for"),
            link_cell(admission_url, lambda row: row.title, lambda row: row.code),
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
            "valid_until",
            gettext_lazy("Valid until"),
            until_cell,
            sort="valid_until",
            css="nw",
            phone=gettext_lazy("Valid until"),
            value="valid_until",
        ),
        Column("submit_by", gettext_lazy("To be submitted by"), _day("submit_by"), css="nw", value="submit_by"),
        Column("audit_on", gettext_lazy("Audit planned on"), _day("audit_on"), css="nw", value="audit_on"),
        Column("product_line", gettext_lazy("Product line"), label_cell("product_line"), select=("product_line",)),
        Column("owner", gettext_lazy("Owner"), person_cell("owner"), select=("owner",)),
        Column(
            "concluded_on",
            gettext_lazy("Concluded on"),
            _day("concluded_on"),
            sort="concluded_on",
            css="nw",
            shown=False,
            descending=True,
            value="concluded_on",
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
