"""The list of merges."""

from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.formats import moment_html
from crm.generic.tables import Column, Table, choice_cell, link_cell, record_address, text_cell
from customers.models import CustomerMerge, MergeState

MERGE_TONES: dict[str, str] = {MergeState.DONE: "ok", MergeState.UNDONE: "line"}


def merge_url(row: CustomerMerge) -> str:
    """The address of a merge's page."""
    return record_address("customers:customermerge_record", row.pk)


class CustomerMergeTable(Table):
    """Columns of the list of merges."""

    model = CustomerMerge
    caption = _("Merges of customers")
    groups = {"state": "state", "merged": "merged_at"}
    columns = (
        Column(
            "winner",
            pgettext_lazy("merge", "Kept"),
            link_cell(merge_url, lambda row: row.winner.name, lambda row: row.winner.code),
            select=("winner",),
            phone="",
        ),
        Column(
            "loser",
            _("Merged into it"),
            lambda row: f'{escape(row.loser.name)}<span class="sub">{escape(row.loser.code)}</span>',
            select=("loser",),
            phone=_("Merged into it"),
            value="loser.name",
        ),
        Column("state", _("Status"), choice_cell("state", MERGE_TONES), phone=""),
        Column(
            "merged",
            _("Merged on"),
            lambda row: moment_html(row.merged_at),
            sort="merged_at",
            phone=_("Merged on"),
            descending=True,
            value="merged_at",
        ),
        Column(
            "merged_by",
            _("Merged by"),
            lambda row: escape(row.merged_by.label),
            select=("merged_by",),
            css="nw",
            phone="",
            value="merged_by.label",
        ),
        Column("reason", _("Reason"), text_cell("reason"), shown=False),
    )
