"""The audit trail as a table. The list reads its rows in words beforehand and puts an Entry on each."""

from typing import Any, ClassVar

from django.utils.html import escape, format_html, format_html_join
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from crm.formats import moment, moment_html
from crm.generic.tables import Column, Part, Table, exported, record_address
from crm.markup import badge
from crm.records.models.trail import Deed
from crm.records.trail import Entry
from crm.records.trail_words import Change

LINES = 4
KEY = Part("record_id", pgettext_lazy("of a record", "Key"))
ACTION = Part("entry.verb", pgettext_lazy("audit trail", "Action"))
TONES = {Deed.INSERT: "ok", Deed.UPDATE: "info", Deed.DELETE: "bad"}


def entry_url(row: Any) -> str:
    """The address of a change's page."""
    return record_address("auditing:trailentry_record", row.pk)


def time_cell(row: Any) -> str:
    """When; leads to the change's page."""
    return format_html('<a class="ttl nw" href="{}">{}</a>', entry_url(row), moment_html(row.at))


def person_text(row: Any) -> str:
    """Who, and for whom."""
    entry: Entry = row.entry
    if not entry.acted_for:
        return entry.who
    return gettext("%(deputy)s, standing in for %(person)s") % {"deputy": entry.who, "person": entry.acted_for}


def person_cell(row: Any) -> str:
    """Who, and below from where."""
    below = " · ".join(filter(None, (row.entry.source, row.entry.address)))
    return format_html('{}<span class="sub">{}</span>', person_text(row), below)


def record_cell(row: Any) -> str:
    """Which record, with a link when it is in reach, and its kind."""
    entry: Entry = row.entry
    name = format_html('<a href="{}">{}</a>', entry.url, entry.record) if entry.url else escape(entry.record)
    return format_html('{}<span class="sub">{}</span>', name, entry.kind)


def deed_cell(row: Any) -> str:
    """What happened, and what for."""
    entry: Entry = row.entry
    tone = TONES.get(row.label, "line")
    said = " · ".join(filter(None, (entry.verb, entry.reason)))
    below = format_html('<span class="sub">{}</span>', said) if said else ""
    return format_html("{}{}", badge(tone, entry.deed), below)


def line_of(change: Change) -> str:
    """A change in a line of text."""
    return f"{change.label}: {change.old} → {change.new}"


def changes_text(row: Any) -> str:
    """All changed fields, for a sheet."""
    return "\n".join(line_of(change) for change in row.entry.changes)


def changes_cell(row: Any) -> str:
    """The first changed fields, and how many more there are. What a new record was filled with stands on its page."""
    entry: Entry = row.entry
    if not entry.says_changes:
        return "—"
    lines = format_html_join(
        "",
        '<div>{}: <span class="mute">{}</span> → {}</div>',
        ((c.label, shortened(c.old), shortened(c.new)) for c in entry.changes[:LINES]),
    )
    more = len(entry.changes) - LINES
    return lines + (
        format_html('<span class="sub">{}</span>', gettext("and %(n)d more") % {"n": more}) if more > 0 else ""
    )


def shortened(text: str) -> str:
    """The beginning of a long value."""
    return text if len(text) <= 60 else text[:58] + "…"


def deed_text(row: Any) -> str:
    """What happened, in a word."""
    return str(row.entry.deed)


class TrailTable(Table):
    """Columns of the audit trail."""

    tagged: ClassVar[bool] = False
    default_sort: ClassVar[str] = "-at"
    columns: ClassVar = [
        Column("time", _("Time"), exported(time_cell, "at"), select=("context",), sort="at", phone="", descending=True),
        Column(
            "person",
            _("Person"),
            person_cell,
            phone=_("Person"),
            value=(
                Part(person_text),
                Part("entry.source", _("Source")),
                Part("entry.address", _("Network address")),
            ),
        ),
        Column(
            "record",
            _("Record"),
            record_cell,
            phone=_("Record"),
            value=(
                Part("entry.kind", _("Kind of record")),
                Part("entry.record"),
                Part("record_id", pgettext_lazy("of a record", "Key")),
            ),
        ),
        Column(
            "change",
            pgettext_lazy("audit trail", "Change"),
            deed_cell,
            phone="",
            value=(
                Part(deed_text),
                ACTION,
                Part("entry.reason", _("Reason")),
            ),
        ),
        Column("fields", _("Fields"), exported(changes_cell, changes_text), phone=""),
    ]


def time_text(row: Any) -> str:
    """When, as plain text."""
    return moment(row.at)
