"""The list of to-dos."""

from typing import ClassVar

from django.utils.html import escape, format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.formats import moment_html
from crm.generic.tables import Cell, Column, Part, Table, choice_cell, exported, record_address
from crm.markup import avatar, badge
from crm.workflow.models import Priority, Task, TaskState

STATE_TONES: dict[str, str] = {TaskState.OPEN: "pri", TaskState.DONE: "ok", TaskState.CANCELLED: ""}
PRIORITY_TONES: dict[int, str] = {Priority.HIGH: "bad", Priority.NORMAL: "line", Priority.LOW: ""}


def task_url(row: Task) -> str:
    """The address of a to-do's page."""
    return record_address("workflow:task_record", row.pk)


def title_cell(row: Task) -> str:
    """What is to be done, and the record it is about when the reader sees that (the list puts it on the row)."""
    record = getattr(row, "about", None)
    below = f'<span class="sub">{escape(str(record))}</span>' if record is not None else ""
    return format_html('<a class="ttl" href="{}">{}</a>', task_url(row), row.title) + below


def about_text(row: Task) -> str:
    """The record it is about, as the list puts it on the row."""
    record = getattr(row, "about", None)
    return "" if record is None else str(record)


def due_cell(row: Task) -> str:
    """When it is due; red once that has passed."""
    if not row.is_overdue:
        return str(moment_html(row.due_at))
    return format_html('<span class="bad fw6">{}</span> {}', moment_html(row.due_at), badge("bad", _now("overdue")))


def person_cell(field: str) -> Cell:
    """A person's picture and name."""

    def cell(row: Task) -> str:
        name = getattr(row, field).label
        return format_html('<span class="row-f">{}{}</span>', avatar(name, "xs"), name)

    return exported(cell, f"{field}.label")


class TaskTable(Table):
    """Columns of the list of to-dos."""

    default_sort: ClassVar[str] = "due_at"
    groups: ClassVar = {
        "due": "due_at",
        "priority": "priority",
        "state": "state",
        "assignee": "assignee",
        "creator": "creator",
        "team": "team",
    }
    columns: ClassVar = [
        Column("title", _("To-do"), title_cell, phone="", value=(Part("title"), Part(about_text, _("About")))),
        Column("due", pgettext_lazy("to-do", "Due"), due_cell, sort="due_at", css="nw", phone="", value="due_at"),
        Column("priority", _("Priority"), choice_cell("priority", PRIORITY_TONES), phone=""),
        Column("state", _("Status"), choice_cell("state", STATE_TONES), phone=""),
        Column("assignee", _("Assigned to"), person_cell("assignee"), select=("assignee",), css="nw", phone=""),
        Column("creator", _("Given by"), person_cell("creator"), select=("creator",), css="nw"),
        Column(
            "created",
            pgettext_lazy("label of a time", "Created"),
            lambda row: moment_html(row.created_at),
            sort="created_at",
            css="nw",
            descending=True,
            shown=False,
            value="created_at",
        ),
        Column(
            "team",
            _("Team"),
            lambda row: escape(row.team.label) if row.team else "—",
            select=("team",),
            shown=False,
            value="team.label",
        ),
    ]
