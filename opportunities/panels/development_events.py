"""New products on timelines and in the calendar."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.extension_points import CalendarEvent, TimelineEvent
from opportunities.development_rules import AT_WORK, WITH_RESEARCH
from opportunities.enums import DevelopmentState
from opportunities.models import DevelopmentRequest, DevelopmentRequestStateChange
from opportunities.panels.development import ICON
from opportunities.tables.development import development_url

MOST_EVENTS = 500
TONES = {
    DevelopmentState.ACCEPTED: ("flag", "p"),
    DevelopmentState.RELEASED: ("circle-check", "o"),
    DevelopmentState.DECLINED: ("circle-x", "b"),
    DevelopmentState.CANCELLED: ("circle-x", "w"),
}


def customer_events(request: HttpRequest, record: Any, limit: int, before: dt.date | None) -> list[TimelineEvent]:
    """How the customer's new products went on, those that the reader sees."""
    return _events(DevelopmentRequest.objects.visible_to(request.user).filter(customer=record), request, limit, before)


def opportunity_events(request: HttpRequest, record: Any, limit: int, before: dt.date | None) -> list[TimelineEvent]:
    """How those of the opportunity went on."""
    seen = DevelopmentRequest.objects.visible_to(request.user).filter(opportunity=record)
    return _events(seen, request, limit, before)


def _events(seen: Any, request: HttpRequest, limit: int, before: dt.date | None) -> list[TimelineEvent]:
    rows: Any = DevelopmentRequestStateChange.objects.visible_to(request.user).filter(record__in=seen.order_by())
    if before is not None:
        rows = rows.filter(at__lt=timezone.make_aware(dt.datetime.combine(before, dt.time.min)))
    return [_event(row) for row in rows.select_related("record", "actor").order_by("-at", "-pk")[:limit]]


def _event(row: Any) -> TimelineEvent:
    icon, tone = TONES.get(row.target, (ICON, "p"))
    title = _("New product %(state)s: %(name)s") % {"state": row.get_target_display(), "name": row.record.title}
    who = row.actor.label if row.actor else ""
    on = timezone.localtime(row.at).date()
    return TimelineEvent(on, icon, title, row.reason, development_url(row.record), tone, who, row.at)


def calendar_events(user: Any, start: dt.date, end: dt.date) -> list[CalendarEvent]:
    """The user's own: answers of research that are due, and days of release. Milestones stand there as to-dos."""
    mine = DevelopmentRequest.objects.visible_to(user).filter(owner=user)
    asked = mine.filter(state__in=WITH_RESEARCH, answer_due__range=(start, end)).order_by("pk")[:MOST_EVENTS]
    due = mine.filter(state__in=(DevelopmentState.ACCEPTED, *AT_WORK), due_on__range=(start, end)).order_by("pk")
    pairs = [(row, row.answer_due, _("Answer of R&D")) for row in asked]
    pairs += [(row, row.due_on, _("Release")) for row in due[:MOST_EVENTS]]
    today = timezone.localdate()
    return [
        CalendarEvent(on, f"{label} · {row.title}", development_url(row), tone="bad" if on < today else "warn")
        for row, on, label in pairs
        if on is not None
    ]
