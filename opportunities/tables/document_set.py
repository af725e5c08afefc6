"""The list of document sets."""

from html import escape
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy, pgettext_lazy

from crm.formats import day_html, moment_html
from crm.generic.cells import label_cell, person_cell
from crm.generic.tables import Column, Table, choice_cell, link_cell, record_address, text_cell
from crm.markup import badge
from customers.tables.cells import customer_url
from opportunities.domain.certificates.sets import count_items, count_openings
from opportunities.enums import DocumentSetState
from opportunities.models import DocumentSet

STATE_TONES: dict[str, str] = {
    DocumentSetState.DRAFT: "line",
    DocumentSetState.SENT: "ok",
    DocumentSetState.REPLACED: "",
}


def set_url(document_set: Any) -> str:
    """The address of a set's page."""
    return record_address("opportunities:documentset_record", document_set.pk)


def state_badge(document_set: DocumentSet) -> str:
    """How far it is."""
    return badge(STATE_TONES[document_set.state], document_set.get_state_display(), dot=True)


def _customer(row: DocumentSet) -> str:
    return f'<a href="{customer_url(row.customer_id)}"><span class="ell">{escape(row.customer.name)}</span></a>'


class DocumentSetTable(Table):
    """The list of document sets."""

    model = DocumentSet
    default_sort: ClassVar[str] = "-created_at"
    groups: ClassVar = {"state": "state", "customer": "customer", "owner": "owner", "sent_on": "sent_on"}
    columns: ClassVar = [
        Column(
            "title",
            gettext_lazy("Document set"),
            link_cell(set_url, lambda row: row.title, lambda row: row.code),
            phone="",
        ),
        Column(
            "customer",
            gettext_lazy("Customer"),
            _customer,
            select=("customer",),
            phone=gettext_lazy("Customer"),
            value="customer.name",
        ),
        Column("state", gettext_lazy("Status"), choice_cell("state", STATE_TONES), phone=gettext_lazy("Status")),
        Column(
            "items",
            pgettext_lazy("document set", "Documents"),
            lambda row: str(row.item_count),
            css="num",
            value="item_count",
            gather=count_items,
        ),
        Column(
            "opened",
            gettext_lazy("Times opened"),
            lambda row: str(row.opened_count),
            css="num",
            phone=gettext_lazy("Times opened"),
            value="opened_count",
            gather=count_openings,
        ),
        Column(
            "sent_on",
            gettext_lazy("Sent on"),
            lambda row: day_html(row.sent_on),
            sort="sent_on",
            css="nw",
            descending=True,
            value="sent_on",
        ),
        Column(
            "admission",
            gettext_lazy("Admission as a supplier"),
            label_cell("admission"),
            select=("admission",),
            shown=False,
        ),
        Column(
            "opportunity", gettext_lazy("Opportunity"), label_cell("opportunity"), select=("opportunity",), shown=False
        ),
        Column("owner", gettext_lazy("Owner"), person_cell("owner"), select=("owner",)),
        Column("code", gettext_lazy("Number"), text_cell("code"), shown=False),
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
