"""The audit trail as a table. The list reads its rows in words beforehand and puts an Entry on each."""

from typing import Any, ClassVar

from django.utils.html import escape, format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from crm.formats import day, enumerated, moment, moment_html, num
from crm.generic.tables import Column, Part, Table, exported, link_cell, record_address, text_cell
from crm.markup import badge
from crm.records.models.trail import Deed
from crm.records.trail import Entry, kinds
from crm.records.trail_words import Change

LINES = 4
PERSON, RECORD = pgettext_lazy("audit trail", "Person"), pgettext_lazy("audit trail", "Record")
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
    return format_html('{}<span class="sub">{}</span>', name, " · ".join(filter(None, (entry.kind, entry.whole))))


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
            PERSON,
            person_cell,
            phone=PERSON,
            value=(
                Part(person_text),
                Part("entry.source", _("Source")),
                Part("entry.address", _("Network address")),
            ),
        ),
        Column(
            "record",
            RECORD,
            record_cell,
            phone=RECORD,
            value=(
                Part("entry.kind", _("Kind of record")),
                Part("entry.record"),
                Part("entry.whole", _("Part of")),
                KEY,
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


def kind_text(label: str) -> str:
    """A kind of record in words; its label when a later release no longer has it."""
    kind = kinds().get(label)
    return str(capfirst(kind.model._meta.verbose_name)) if kind else label


def what_text(row: Any) -> str:
    """What was taken out: the past of which records, or all that is old."""
    if row.before:
        return gettext("All before %(day)s") % {"day": day(row.before)}
    keys = ", ".join(map(str, row.records[:LINES])) + ("…" if len(row.records) > LINES else "")
    return f"{kind_text(row.kind)} {keys}"


def fields_text(row: Any) -> str:
    """The erased fields in words."""
    kind = kinds().get(row.kind)
    known = {each.name: str(each.verbose_name) for each in kind.model._meta.concrete_fields} if kind else {}
    return enumerated(known.get(name, name) for name in row.fields)


def by_text(row: Any) -> str:
    """Who did it; a command or the nightly job is nobody."""
    return row.by.label if row.by else gettext("System")


class ErasureTable(Table):
    """Columns of the log of erasures."""

    tagged: ClassVar[bool] = False
    default_sort: ClassVar[str] = "-at"
    columns: ClassVar = [
        Column(
            "what",
            pgettext_lazy("audit trail", "Erased"),
            link_cell(lambda row: record_address("auditing:trailerasure_record", row.pk), what_text),
            phone="",
        ),
        Column(
            "fields", _("Fields"), exported(lambda row: escape(fields_text(row)) or "—", fields_text), phone=_("Fields")
        ),
        Column(
            "person",
            PERSON,
            exported(lambda row: escape(by_text(row)), by_text),
            select=("by",),
            css="nw",
            phone=PERSON,
        ),
        Column(
            "time",
            _("Time"),
            exported(lambda row: moment_html(row.at), "at"),
            sort="at",
            css="nw",
            phone=_("Time"),
            descending=True,
        ),
        Column("reason", _("Reason"), text_cell("reason"), phone=_("Reason")),
        Column("rows", _("Entries"), exported(lambda row: num(row.rows), "rows"), css="num"),
    ]
