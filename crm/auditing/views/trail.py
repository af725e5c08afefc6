"""The audit trail of all records, for those who may read it."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.auditing.entity import TrailEntity, switch
from crm.auditing.filters import TrailFilter
from crm.auditing.tables import TONES, TrailTable, entry_url, person_text, time_text
from crm.formats import moment_html
from crm.generic.layout import RecordPage
from crm.generic.views.listing import ListView
from crm.generic.views.printing import PrintView
from crm.generic.views.record import RecordView, TabView
from crm.markup import badge
from crm.records.models import TrailEntry
from crm.records.trail import Entry, read_entries
from crm.workflow.links import address_of, seen_records

MOST_RELATED = 50


def put_in_words(rows: Sequence[Any], user: Any) -> list[Any]:
    """Put an Entry on each row, with the address of its record when the reader may open that."""
    entries = read_entries(rows, user)
    targets = {entry.row.pk: entry.reference for entry in entries}
    seen = seen_records(user, targets.values())
    for entry in entries:
        record = seen.get(targets.get(entry.row.pk, (None, None)))
        entry.url = address_of(record) if record is not None else ""
        entry.row.entry = entry  # type: ignore[attr-defined]
    return [entry.row for entry in entries]


class TrailList(ListView):
    """The list; its rows are read in words a page at a time."""

    def prepare(self, rows: Sequence[Any]) -> None:
        """All rows of the page at once."""
        put_in_words(rows, self.request.user)


class InWords(RecordView):
    """A change, read in words."""

    def record(self) -> Any:
        """The change, in words."""
        record = super().record()
        put_in_words([record], self.request.user)
        return record


class TrailRecord(InWords):
    """A change with all its fields, and what else was written in the same request."""


class TrailTab(InWords, TabView):
    """A tab of a change."""


class TrailPrint(InWords, PrintView):
    """A change on paper."""


def fields_panel(request: HttpRequest, record: TrailEntry) -> dict[str, Any]:
    """All fields that differ."""
    return {"changes": record.entry.changes}  # type: ignore[attr-defined]


def together_panel(request: HttpRequest, record: TrailEntry) -> dict[str, Any] | None:
    """The other changes of the same request or task."""
    facts = record.entry.facts  # type: ignore[attr-defined]
    name = next((name for name in ("request", "task_id") if facts.get(name)), None)
    if name is None:
        return None
    rows = TrailEntry.objects.visible_to(request.user).select_related("context").exclude(pk=record.pk)
    rows = rows.filter(context__metadata__contains={name: facts[name]}).order_by("at", "pk")
    found = put_in_words(list(rows[: MOST_RELATED + 1]), request.user)
    more = f"{reverse('auditing:trailentry_list')}?request={facts[name]}" if len(found) > MOST_RELATED else ""
    lines = [{"entry": row.entry, "url": entry_url(row)} for row in found[:MOST_RELATED]]
    return {"lines": lines, "more": more} if lines else None


def _record(row: Any) -> str:
    entry: Entry = row.entry
    return format_html('<a href="{}">{}</a>', entry.url, entry.record) if entry.url else escape(entry.record)


def _fact(name: str) -> Any:
    return lambda row: escape(str(row.entry.facts.get(name) or "")) or None


trail_entity = TrailEntity(
    model=TrailEntry,
    table=TrailTable,
    dossier=False,
    filterset=TrailFilter,
    namespace="auditing",
    nav="trail",
    icon="history",
    subtitle=_("Who changed what, when, from where and why"),
    empty_text=_("Nothing has been changed yet."),
    list_switch=switch("trailentry"),
    views={"list": TrailList, "record": TrailRecord, "tab": TrailTab, "print": TrailPrint},
    page=RecordPage(
        title=lambda row: f"{row.entry.kind} {row.entry.record}",
        code=lambda row: str(row.pk),
        badges=lambda row: [badge(TONES.get(row.label, "line"), row.entry.deed)],
        meta=lambda row: [("user", person_text(row)), ("clock", moment_html(row.at))],
        select=("context",),
        attributes=(
            (pgettext_lazy("audit trail", "record"), _record),
            (_("kind of record"), lambda row: escape(row.entry.kind)),
            (_("part of"), lambda row: escape(row.entry.whole) or None),
            (pgettext_lazy("audit trail", "person"), lambda row: escape(person_text(row))),
            (_("time"), lambda row: escape(time_text(row))),
            (_("network address"), lambda row: escape(row.entry.address) or None),
            (_("source"), lambda row: escape(row.entry.source) or None),
            (pgettext_lazy("audit trail", "action"), lambda row: escape(row.entry.verb) or None),
            (_("reason"), lambda row: escape(row.entry.reason) or None),
            (pgettext_lazy("audit trail", "page"), _fact("url")),
            (_("request"), _fact("request")),
            (_("background job"), _fact("job")),
        ),
    ),
)
