"""Cards of the start page: my funnel, and what I have to do about my opportunities."""

from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.extension_points import CalendarEvent
from crm.formats import overdue
from opportunities.domain.board import board_sums
from opportunities.domain.flow import stage_flow
from opportunities.domain.funnel import Funnel
from opportunities.models import Opportunity, OpportunityStageChange
from opportunities.tables.opportunity import record_url

ROWS = 6
MOST_EVENTS = 500
TONES = 4  # shades of the stages: s1 to s4


def funnel_card(request: HttpRequest) -> dict[str, Any] | None:
    """My open opportunities by stage; nothing for those who own none."""
    today = timezone.localdate()
    mine = Opportunity.objects.visible_to(request.user).filter(owner=request.user.pk)
    sums = board_sums(mine, Funnel().stages, today)
    if not sums.count:
        return None
    largest = max(lane.amount for lane in sums.open) or 1
    board = reverse("opportunities:opportunity_board")
    moves = OpportunityStageChange.objects.visible_to(request.user).filter(record__owner=request.user.pk)
    flow = stage_flow(moves, today)
    stages = [
        {
            "sum": lane,
            "share": lane.amount * 100 / largest,
            "tone": f"s{min(index, TONES)}",
            "flow": flow.get(lane.stage.pk),
        }
        for index, lane in enumerate(sums.open, start=1)
    ]
    return {"sums": sums, "stages": stages, "board_url": f"{board}?owner=me", "stuck_url": f"{board}?owner=me&stuck=on"}


def next_step_events(user: Any, start: date, end: date) -> list[CalendarEvent]:
    """Next steps of the user's open opportunities, for the calendar."""
    rows: Any = Opportunity.objects.visible_to(user).open().filter(owner=user)
    return steps_between(rows, start, end)


def steps_between(rows: Any, start: date, end: date) -> list[CalendarEvent]:
    """The next steps of these opportunities, as events."""
    today = timezone.localdate()
    due = rows.filter(next_step_on__range=(start, end)).order_by("next_step_on", "pk")
    return [
        CalendarEvent(
            row.next_step_on,
            f"{row.next_step or _('Next step')} · {row.name}",
            record_url(row),
            tone="bad" if row.next_step_on < today else "info",
        )
        for row in due[:MOST_EVENTS]
    ]


def close_events(user: Any, start: date, end: date) -> list[CalendarEvent]:
    """Expected closes of the user's open opportunities, for the calendar."""
    rows: Any = Opportunity.objects.visible_to(user).open().filter(owner=user)
    return closes_between(rows, start, end)


def closes_between(rows: Any, start: date, end: date) -> list[CalendarEvent]:
    """The expected closes of these opportunities, as events."""
    today = timezone.localdate()
    due = rows.filter(expected_close_on__range=(start, end)).order_by("expected_close_on", "pk")
    return [
        CalendarEvent(
            row.expected_close_on,
            _("Expected close: %(name)s") % {"name": row.name},
            record_url(row),
            tone="bad" if row.expected_close_on < today else "vio",
        )
        for row in due[:MOST_EVENTS]
    ]


def todo_card(request: HttpRequest) -> dict[str, Any] | None:
    """My open opportunities whose next step is due or whose expected close has passed, the longest overdue first."""
    today = timezone.localdate()
    due = Q(next_step_on__lte=today) | Q(expected_close_on__lt=today)
    rows = Opportunity.objects.visible_to(request.user).open().filter(due, owner=request.user.pk)
    found = list(rows.select_related("customer").order_by("next_step_on", "expected_close_on", "pk")[: ROWS + 1])
    if not found:
        return None
    items = [_todo(row, today) for row in found[:ROWS]]
    late = Q(next_step_on__lt=today) | Q(expected_close_on__lt=today)
    counts = rows.order_by().aggregate(due=Count("pk"), late=Count("pk", filter=late))
    more = (
        f"{reverse('opportunities:opportunity_list')}?status=open&owner=me&sort=expected_close_on"
        if len(found) > ROWS
        else ""
    )
    return {"items": items, "more_url": more, "due": (counts["due"], counts["late"])}


def _todo(row: Opportunity, today: Any) -> dict[str, Any]:
    step_due = row.next_step_on is not None and row.next_step_on <= today
    if step_due:
        title, day = row.next_step or _("Next step"), row.next_step_on
    else:
        title, day = _("Expected close has passed: set a new date or close it"), row.expected_close_on
    tone = "warn" if day == today else "bad"
    sub = f"{row.name} · {row.customer}"
    return {
        "title": title,
        "sub": sub,
        "url": record_url(row),
        "badge": (tone, overdue(day, today=today)),
        "grade": row.customer.grade,
    }
