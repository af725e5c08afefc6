"""The timeline of a record: what all apps have to tell of it, merged by day, page by page towards the past."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from crm import extension_points
from crm.base.days import is_possible
from crm.base.scopes import ViaParent
from crm.extension_points import EVERY_RECORD, TimelineEvent, TimelineSource
from crm.generic.entity import entity_of
from crm.generic.marks import dossier_address
from crm.records.models import Attachment, Comment
from crm.records.models.trail import Deed
from crm.records.trail import Entry, Mark, history_of

PAGE = 40  # events of each source
MOST = 5 * PAGE  # where a single day has more than a page
BESIDE = 12  # events on the overview
LONGEST = 240


@dataclass(frozen=True)
class Page:
    """Events, and the day before which the next ones lie; None when there are none."""

    events: list[TimelineEvent]
    before: dt.date | None


def sources_of(request: HttpRequest, record: Any) -> list[TimelineSource]:
    """The sources for this kind of record that the reader has the right to."""
    found = extension_points.timeline_sources.all(record._meta.label) + extension_points.timeline_sources.all(
        EVERY_RECORD
    )
    return [source for source in found if not source.permission or request.user.has_perm(source.permission)]


def page_of(
    request: HttpRequest, record: Any, sources: Sequence[TimelineSource], before: dt.date | None, limit: int = PAGE
) -> Page:
    """The newest events before that day. A source that gave as many as it was asked for may have more on its last day, so only
    the days after that are whole, and shown."""
    events: list[TimelineEvent] = []
    horizon: dt.date | None = None
    for source in sources:
        found = in_order(source.events(request, record, limit, before))[:limit]
        events += found
        if len(found) >= limit:
            last = min(event.on for event in found)
            horizon = last if horizon is None else max(horizon, last)
    whole = [event for event in events if horizon is None or event.on > horizon]
    if horizon is not None and not whole:
        if limit < MOST:
            return page_of(request, record, sources, before, MOST)
        return Page(in_order(events), horizon)
    return Page(in_order(whole), None if horizon is None else horizon + dt.timedelta(days=1))


def in_order(events: Sequence[TimelineEvent]) -> list[TimelineEvent]:
    """The newest first; of a day those with a time in its order, then the others in the order of their sources."""
    return sorted(events, key=lambda event: (event.on, event.at.timestamp() if event.at else 0), reverse=True)


def beside(request: HttpRequest, record: Any) -> dict[str, Any]:
    """The newest events for the overview, with the way to all of them."""
    events = [event for source in sources_of(request, record) for event in source.events(request, record, BESIDE, None)]
    entity = entity_of(type(record))
    return {"events": in_order(events)[:BESIDE], "all_url": entity.url("tab", record.pk, "timeline") if entity else ""}


def tab(request: HttpRequest, record: Any) -> dict[str, Any]:
    """The tab: it fetches its events by itself."""
    return {"timeline_url": dossier_address("timeline", record)}


def shown(request: HttpRequest, record: Any) -> dict[str, Any]:
    """The events of a request: those `before` a day, of the source `of`; and the choices."""
    sources = sources_of(request, record)
    chosen = request.GET.get("of", "")
    wanted = [source for source in sources if source.key == chosen] or sources
    found = page_of(request, record, wanted, _day(request.GET.get("before", "")))
    address = dossier_address("timeline", record)
    kept = {"of": chosen} if len(wanted) == 1 else {}
    more = {**kept, "before": found.before.isoformat()} if found.before else {}
    choices = [("", _("All"))] + [(source.key, source.label) for source in sources]
    return {
        "events": found.events,
        "more_url": f"{address}?{urlencode(more)}" if more else "",
        "first": "before" not in request.GET,
        "choices": [
            {"label": label, "url": f"{address}?{urlencode({'of': key})}", "active": key == kept.get("of", "")}
            for key, label in choices
        ],
    }


def _day(text: str) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if is_possible(day) else None


def start_of(day: dt.date | None) -> dt.datetime | None:
    """When that day begins in the company's zone."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min)) if day else None


def _until(rows: Any, field: str, before: dt.date | None) -> Any:
    return rows.filter(**{f"{field}__lt": start_of(before)}) if before else rows


def _event(at: dt.datetime, icon: str, title: str, **more: Any) -> TimelineEvent:
    return TimelineEvent(timezone.localtime(at).date(), icon, title, at=at, **more)


def _discussion_url(record: Any) -> str:
    entity = entity_of(type(record))
    return entity.url("tab", record.pk, "discussion") if entity else ""


def comment_events(request: HttpRequest, record: Any, limit: int, before: dt.date | None) -> list[TimelineEvent]:
    """What was said."""
    rows = Comment.objects.visible_to(request.user, of=record).present().select_related("author")
    found = _until(rows, "created_at", before).order_by("-created_at", "-pk")[:limit]
    url = _discussion_url(record)
    return [
        _event(
            row.created_at, "message-2", _("commented"), text=_short(row.text), url=url, who=row.author.label, tone="p"
        )
        for row in found
    ]


def file_events(request: HttpRequest, record: Any, limit: int, before: dt.date | None) -> list[TimelineEvent]:
    """Files attached, and removed ones."""
    rows = Attachment.objects.visible_to(request.user, of=record).filter(stored_at__isnull=False)
    added = _until(rows, "stored_at", before).select_related("uploaded_by").order_by("-stored_at", "-pk")[:limit]
    taken = rows.filter(removed_at__isnull=False)
    removed = _until(taken, "removed_at", before).select_related("removed_by").order_by("-removed_at", "-pk")[:limit]
    url = _discussion_url(record)
    events = [
        _event(row.stored_at, "paperclip", _("attached a file"), text=row.name, url=url, who=row.uploaded_by.label)
        for row in added
    ]
    events += [
        _event(row.removed_at, "trash", _("removed a file"), text=row.name, who=row.removed_by.label) for row in removed
    ]
    return in_order(events)[:limit]


def step_events(request: HttpRequest, record: Any, limit: int, before: dt.date | None) -> list[TimelineEvent]:
    """Moves from state to state."""
    rules = getattr(type(record), "transitions", None)
    if rules is None:
        return []
    rows: Any = getattr(record, rules.history)
    scope = getattr(rows.model, "scope", None)
    if not isinstance(scope, ViaParent):
        return []
    found = _until(rows.visible_to(request.user, of=record), "at", before).select_related("actor")
    return [
        _event(
            row.at,
            "arrow-right",
            f"{_state(row, 'source')} → {_state(row, 'target')}",
            text=_short(row.reason),
            who=row.actor.label if row.actor else "",
            tone="o",
        )
        for row in found.order_by("-at", "-pk")[:limit]
    ]


def _state(row: Any, name: str) -> str:
    display = getattr(row, f"get_{name}_display", None)
    value = display() if display else getattr(row, name)
    return str(getattr(value, "label", value) if value not in (None, "") else "—")


def change_events(request: HttpRequest, record: Any, limit: int, before: dt.date | None) -> list[TimelineEvent]:
    """What the trail holds of the record's own fields; its moves from state to state are told by themselves."""
    rules = getattr(type(record), "transitions", None)
    without = (rules.field, rules.since, "search_text") if rules is not None else ("search_text",)
    start = start_of(before)
    mark = Mark(start, 0) if start else None
    events: list[TimelineEvent] = []
    while True:
        entries, mark = history_of(record, user=request.user, before=mark, parts=False, limit=limit)
        events += [event for entry in entries if (event := _change_event(entry, without))]
        if mark is None or len(events) >= limit:  # those that say nothing here must not end the page
            return events[:limit]


def _change_event(entry: Entry, without: Sequence[str]) -> TimelineEvent | None:
    created = entry.row.label == Deed.INSERT
    changes = [change for change in entry.changes if change.field not in without] if not created else []
    if not changes and not created:
        return None
    text = "; ".join(f"{change.label}: {change.old or '—'} → {change.new or '—'}" for change in changes)
    title = _("created the record") if created else _("changed the record")
    return _event(entry.row.at, "plus" if created else "edit", title, text=_short(text), who=entry.who)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
