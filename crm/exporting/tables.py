"""The log of exports as a table."""

from html import escape
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from crm.exporting.models import ExportLog
from crm.formats import moment_html, num
from crm.generic.lists import list_name
from crm.generic.tables import Column, Table, choice_cell, exported, link_cell, record_address, text_cell


def log_url(log: ExportLog) -> str:
    """The address of an entry's page."""
    return record_address("exporting:exportlog_record", log.pk)


def name_of(log: ExportLog) -> str:
    """The exported list in words."""
    return list_name(log.list_key)


def person_cell(log: ExportLog) -> str:
    """Who exported it."""
    return f'<span class="nw">{escape(log.created_by.label)}</span>'


def rows_cell(log: ExportLog) -> str:
    """How many rows it had; nothing as long as it is being made."""
    return num(log.rows)


def time_cell(log: Any) -> str:
    """When."""
    return str(moment_html(log.created_at))


class ExportLogTable(Table):
    """The list of exports."""

    tagged: ClassVar[bool] = False
    default_sort: ClassVar[str] = "-created_at"
    columns: ClassVar = [
        Column("list", _("List"), link_cell(log_url, name_of), phone=""),
        Column(
            "person",
            _("Exported by"),
            exported(person_cell, "created_by.label"),
            select=("created_by",),
            phone=_("Exported by"),
        ),
        Column(
            "time",
            _("Time"),
            exported(time_cell, "created_at"),
            sort="created_at",
            css="nw",
            phone=_("Time"),
            descending=True,
        ),
        Column("rows", _("Rows"), exported(rows_cell, "rows"), css="num", phone=_("Rows")),
        Column("filters", _("Filters"), text_cell("filters"), phone=_("Filters")),
        Column("form", _("File type"), choice_cell("form"), css="nw"),
    ]
