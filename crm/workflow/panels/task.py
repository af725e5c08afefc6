"""To-dos on the pages of records and on the start page."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from crm.extension_points import CalendarEvent, TimelineEvent
from crm.formats import moment
from crm.workflow.filters.task import end_of_day, midnight
from crm.workflow.links import about, address_of, seen_records
from crm.workflow.models import Task, TaskState
from crm.workflow.tables.task import task_url

ROWS = 6
MOST_EVENTS = 500
COUNTED = 99


def _lines(request: HttpRequest, tasks: list[Task], *, person: bool) -> list[dict[str, Any]]:
    """To-dos as lines with a button that finishes them; `person` names whose they are, else what they are about."""
    now, tonight = timezone.now(), end_of_day()
    records = {} if person else seen_records(request.user, (task.reference for task in tasks))
    lines = []
    for task in tasks:
        record = records.get(task.reference)
        below = task.assignee.label if person else str(record) if record is not None else ""
        tone = "bad" if task.due_at < now else "warn" if task.due_at < tonight else "line"
        lines.append({"task": task, "url": task_url(task), "below": below, "tone": tone, "due": moment(task.due_at)})
    return lines


def my_tasks(request: HttpRequest) -> dict[str, Any] | None:
    """The start page's card: my open to-dos, the most urgent first, counted up to 99; nothing for those who have none."""
    mine = Task.objects.visible_to(request.user).open().filter(assignee=request.user.pk)
    rows = list(mine.order_by("due_at", "pk")[: COUNTED + 1])
    if not rows:
        return None
    now, tonight = timezone.now(), end_of_day()
    late = sum(task.due_at < now for task in rows)
    return {
        "lines": _lines(request, rows[:ROWS], person=False),
        "count": min(len(rows), COUNTED),
        "late": late,
        "more": len(rows) > ROWS,
        "due": (sum(task.due_at < tonight for task in rows), late),
        "can_change": request.user.has_perm("crm.change_task"),
    }


def record_tasks(request: HttpRequest, record: Any) -> dict[str, Any]:
    """The panel of a record: open to-dos about it that the reader may see."""
    rows = Task.objects.visible_to(request.user, of=record).open().select_related("assignee")
    found = list(rows.order_by("due_at", "pk")[: ROWS + 1])
    named = about(record)
    can_add = request.user.has_perm("crm.add_task")
    return {
        "lines": _lines(request, found[:ROWS], person=True),
        "more": len(found) > ROWS,
        "about": named,
        "add_url": f"{reverse('workflow:task_create')}?{urlencode({'about': named})}" if can_add else "",
        "can_change": request.user.has_perm("crm.change_task"),
    }


def task_timeline(request: HttpRequest, record: Any, limit: int, before: dt.date | None) -> list[TimelineEvent]:
    """To-dos about a record, on the day they were given."""
    rows = Task.objects.visible_to(request.user, of=record).select_related("assignee", "creator")
    if before is not None:
        rows = rows.filter(created_at__lt=midnight(before))
    return [
        TimelineEvent(
            timezone.localtime(task.created_at).date(),
            "checkbox",
            task.title,
            f"{task.assignee.label} · {task.get_state_display()} · {moment(task.due_at)}",
            task_url(task),
            "o" if task.state == TaskState.DONE else "b" if task.is_overdue else "",
            task.creator.label,
            task.created_at,
        )
        for task in rows.order_by("-created_at", "-pk")[:limit]
    ]


def task_events(user: Any, start: dt.date, end: dt.date) -> list[CalendarEvent]:
    """The user's to-dos on the calendar; cancelled ones are left out."""
    mine = Task.objects.visible_to(user).filter(assignee=user, due_at__gte=midnight(start))
    rows = mine.filter(due_at__lt=midnight(end + dt.timedelta(days=1))).exclude(state=TaskState.CANCELLED)
    events = []
    for task in rows.order_by("due_at", "pk")[:MOST_EVENTS]:
        due, done = timezone.localtime(task.due_at), task.state == TaskState.DONE
        tone = "ok" if done else "bad" if task.is_overdue else "pri"
        events.append(CalendarEvent(due.date(), task.title, task_url(task), due.time(), tone, done))
    return events


def task_details(request: HttpRequest, record: Task) -> dict[str, Any]:
    """The to-do's own page: what it says, what it is about and what came of it."""
    subject = seen_records(request.user, [record.reference]).get(record.reference)
    return {
        "task": record,
        "subject": subject,
        "subject_kind": subject._meta.verbose_name if subject is not None else "",
        "subject_url": address_of(subject) if subject is not None else "",
    }


def task_moves(request: HttpRequest, record: Task) -> dict[str, Any]:
    """What happened to the to-do."""
    icons = {"done": ("circle-check", "o"), "cancelled": ("circle-x", ""), "open": ("refresh", "p")}
    events = [
        {
            "icon": icons[row.target][0],
            "tone": icons[row.target][1],
            "title": row.get_target_display(),
            "text": row.reason,
            "who": row.actor.label if row.actor else "",
            "at": row.at,
        }
        for row in record.state_changes.visible_to(request.user, of=record)
        .select_related("actor")
        .order_by("-at", "-pk")
    ]
    return {"events": events}
