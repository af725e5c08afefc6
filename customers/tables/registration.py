"""The list of registrations."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from crm.formats import day_html, moment_html
from crm.generic.cells import label_cell, person_cell
from crm.generic.tables import Column, Table, choice_cell, link_cell, masked_cell, record_address, text_cell
from customers.enums import RegistrationState
from customers.models import CustomerRegistration

REGISTRATION_TONES: dict[Any, str] = {
    RegistrationState.DRAFT: "",
    RegistrationState.SUBMITTED: "info",
    RegistrationState.APPROVED: "ok",
    RegistrationState.REJECTED: "bad",
    RegistrationState.RETURNED: "warn",
    RegistrationState.WITHDRAWN: "line",
}


class RegistrationTable(Table):
    """The list of registrations."""

    model = CustomerRegistration
    default_sort: ClassVar[str] = "-state_since"
    groups: ClassVar = {"state": "state", "owner": "owner", "team": "team", "business_unit": "business_unit"}
    columns: ClassVar = [
        Column(
            "name",
            _("Company"),
            link_cell(
                lambda row: record_address("customers:customerregistration_record", row.pk),
                lambda row: row.name,
                lambda row: row.code,
            ),
            sort="name",
            phone="",
        ),
        Column("state", _("Status"), choice_cell("state", REGISTRATION_TONES), phone=_("Status")),
        Column("city", _("City"), text_cell("city"), phone=_("City")),
        Column("owner", _("Asked by"), person_cell("owner"), select=("owner",), phone=_("Asked by")),
        Column("reason", _("Reason of the decision"), text_cell("reason"), phone=_("Reason of the decision")),
        Column(
            "since",
            _("In this state since"),
            lambda row: moment_html(row.state_since),
            sort="state_since",
            css="nw",
            descending=True,
            value="state_since",
        ),
        Column("credit_code", _("Credit code"), text_cell("credit_code"), shown=False),
        Column("kind", _("Type"), choice_cell("kind"), shown=False),
        Column("contact_name", _("Contact"), text_cell("contact_name"), shown=False),
        Column("contact_phone", _("Mobile"), masked_cell("contact_phone"), css="nw", shown=False),
        Column("team", _("Team"), label_cell("team"), select=("team",), shown=False),
        Column(
            "business_unit", _("Business unit"), label_cell("business_unit"), select=("business_unit",), shown=False
        ),
        Column("submissions", _("Times sent"), text_cell("submissions"), css="num", shown=False),
        Column(
            "decided_on",
            _("Last decided on"),
            lambda row: str(day_html(row.decided_on)),
            css="nw",
            shown=False,
            value="decided_on",
        ),
    ]
