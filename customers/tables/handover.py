"""The list of hand-overs."""

from collections.abc import Sequence
from html import escape
from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.formats import moment_html
from crm.generic.cells import person_cell
from crm.generic.tables import Column, Table, choice_cell, exported, link_cell, record_address
from customers.domain.handover.packs import customers_in
from customers.enums import PackState
from customers.models import HandoverPack

PACK_TONES: dict[str, str] = {
    PackState.DRAFT: "line",
    PackState.OFFERED: "info",
    PackState.ACCEPTED: "pri",
    PackState.DECLINED: "bad",
    PackState.WITHDRAWN: "",
    PackState.DONE: "ok",
}


def count_lines(rows: Sequence[HandoverPack]) -> None:
    """How many customers each of a page of packs has; the packs are those the reader sees."""
    numbers = customers_in([row.pk for row in rows])
    for row in rows:
        row.__dict__["customers"] = numbers.get(row.pk, 0)


class HandoverPackTable(Table):
    """Columns of the list of hand-overs."""

    model = HandoverPack
    default_sort: ClassVar[str] = "-code"
    groups: ClassVar = {"state": "state", "reason": "reason", "from": "from_person", "to": "to_person"}
    columns: ClassVar = [
        Column(
            "code",
            _("Number"),
            link_cell(lambda row: record_address("customers:handoverpack_record", row.pk), lambda row: row.code),
            sort="code",
            phone="",
            descending=True,
        ),
        Column(
            "from",
            pgettext_lazy("hand-over", "From"),
            person_cell("from_person"),
            select=("from_person",),
            phone=pgettext_lazy("hand-over", "From"),
        ),
        Column(
            "to",
            pgettext_lazy("hand-over", "To"),
            person_cell("to_person"),
            select=("to_person",),
            phone=pgettext_lazy("hand-over", "To"),
        ),
        Column(
            "customers",
            pgettext_lazy("number of", "Customers"),
            exported(lambda row: escape(str(row.customers)), "customers"),
            css="num",
            phone=pgettext_lazy("number of", "Customers"),
            gather=count_lines,
        ),
        Column("reason", _("Reason"), choice_cell("reason")),
        Column("state", _("Status"), choice_cell("state", PACK_TONES), phone=""),
        Column(
            "state_since",
            pgettext_lazy("a state", "Since"),
            lambda row: moment_html(row.state_since),
            css="nw",
            value="state_since",
        ),
    ]
