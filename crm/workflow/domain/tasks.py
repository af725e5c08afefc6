"""Give, change and finish to-dos. docs/tasks.md explains it."""

import datetime as dt
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.saving import create_record, save_record
from crm.errors import DomainError
from crm.formats import moment
from crm.organisation.domain.placement import placement_of
from crm.organisation.models import User
from crm.records.pinyin import search_text_of
from crm.transitions import transition
from crm.workflow.domain.notifications import notify
from crm.workflow.links import reference_of
from crm.workflow.models import Priority, Task, TaskState, TaskStateChange

CHUNK = 200  # to-dos whose people are reminded in one transaction


def create_task(
    *,
    actor: User,
    assignee: User,
    title: str,
    due_at: dt.datetime,
    text: str = "",
    priority: int = Priority.NORMAL,
    remind_at: dt.datetime | None = None,
    record: models.Model | None = None,
    kind: str = "",
) -> Task:
    """A to-do for `assignee`, who is told unless it is the actor. It lies in the assignee's team and business unit of today.

    Raises DomainError on "assignee" for somebody who is not active.
    """
    task = Task(
        title=title,
        text=text,
        due_at=due_at,
        priority=priority,
        remind_at=remind_at,
        creator=actor,
        kind=kind,
        state_since=timezone.now(),
        search_text=search_text_of(title, others=(text,)),
        **reference_of(record),
    )
    _give(task, assignee)
    with transaction.atomic():
        create_record(task)
        _tell_assigned(task, actor)
    return task


def update_task(*, instance: Task, expected_version: int | None, actor: User, **values: Any) -> Task:
    """Change what is to be done, by when and by whom. Raises StaleVersion, DomainError.

    With another time it may be told anew that it is overdue; with another reminder it reminds anew.
    """
    before = Task._base_manager.get(pk=instance.pk)
    if "assignee" in values and values["assignee"] != before.assignee:
        _give(instance, values["assignee"])
    for name, value in values.items():
        setattr(instance, name, value)
    instance.search_text = search_text_of(instance.title, others=(instance.text,))
    _remember_told(instance, before)
    fields = [*values, "search_text", "team", "business_unit", "reminded_at", "overdue_told_at"]
    with transaction.atomic():
        save_record(instance, expected_version=expected_version, fields=fields)
        if instance.assignee_id != before.assignee_id:
            _tell_assigned(instance, actor)
    return instance


def reassign(*, task: Task, assignee: User, actor: User) -> Task:
    """Give it to somebody else, who is told. Raises DomainError for somebody who is not active, StaleVersion."""
    return update_task(instance=task, expected_version=task.version, actor=actor, assignee=assignee)


def count_assigned(user: User) -> int:
    """How many open to-dos the user has."""
    return Task.objects.filter(assignee=user, state=TaskState.OPEN).count()


def take_over_tasks(*, source: User, target: User, actor: User) -> int:
    """Give the open to-dos of somebody who leaves to a colleague, who is told of each; returns how many."""
    with transaction.atomic():
        rows = (
            Task._base_manager.filter(assignee=source, state=TaskState.OPEN)
            .order_by("pk")
            .select_for_update(of=("self",))
        )
        return len([reassign(task=task, assignee=target, actor=actor) for task in rows])


def snooze(*, task: Task, until: dt.datetime, actor: User) -> Task:
    """Put it off. Raises DomainError on "until" for a time that has passed or a to-do that is not open, StaleVersion."""
    if until <= timezone.now():
        raise DomainError(_("Choose a time to come."), field="until")
    if task.state != TaskState.OPEN:
        raise DomainError(_("Only an open to-do can be put off."))
    return update_task(instance=task, expected_version=task.version, actor=actor, due_at=until)


def complete(*, task: Task, actor: User, note: str = "") -> TaskStateChange:
    """It is done; who gave it is told. Raises TransitionError, StaleVersion."""
    return _move(task, TaskState.DONE, "task.done", task.creator, actor, done_note=note)


def cancel(*, task: Task, actor: User, reason: str = "") -> TaskStateChange:
    """It is not wanted any more; who had it to do is told. Raises TransitionError, StaleVersion."""
    return _move(task, TaskState.CANCELLED, "task.cancelled", task.assignee, actor, reason=reason)


def reopen(*, task: Task, actor: User) -> TaskStateChange:
    """It is to be done after all; who has it to do is told. Raises TransitionError, StaleVersion."""
    return _move(task, TaskState.OPEN, "task.reopened", task.assignee, actor, done_note="")


TOLD = {
    "task.done": gettext_lazy("Done: %(title)s"),
    "task.cancelled": gettext_lazy("Cancelled: %(title)s"),
    "task.reopened": gettext_lazy("To be done after all: %(title)s"),
}


def _move(
    task: Task, target: str, kind: str, told: User, actor: User, *, reason: str = "", **changes: Any
) -> TaskStateChange:
    with transaction.atomic():
        row: TaskStateChange = transition(task, target, actor=actor, reason=reason, changes=changes)
        text = reason or changes.get("done_note", "")
        notify(
            recipients=[told],
            kind=kind,
            title=lambda: TOLD[kind] % {"title": task.title},
            text=text,
            record=task,
            actor=actor,
        )
    return row


def _give(task: Task, assignee: User) -> None:
    if not assignee.is_active:
        message = _("%(name)s is not active any more: choose somebody else.")
        raise DomainError(message % {"name": assignee}, field="assignee")
    place = placement_of(assignee, timezone.localdate())
    task.assignee, task.team, task.business_unit = assignee, place.team, place.business_unit


def _remember_told(task: Task, before: Task) -> None:
    """What was told of an earlier time or to somebody else counts no more."""
    anew = task.assignee_id != before.assignee_id
    task.reminded_at = None if anew or task.remind_at != before.remind_at else before.reminded_at
    task.overdue_told_at = None if anew or task.due_at != before.due_at else before.overdue_told_at


def _tell_assigned(task: Task, actor: User) -> None:
    notify(
        recipients=[task.assignee],
        kind="task.assigned",
        title=lambda: _("New to-do: %(title)s") % {"title": task.title},
        text=lambda: _("Due %(time)s") % {"time": moment(task.due_at)},
        record=task,
        actor=actor,
    )


def tell_due() -> int:
    """Remind of to-dos whose reminder has come, and tell of those that have become overdue; each once. Returns how many.

    The mark that it was told and the notification are one transaction, and rows another worker holds are left to it.
    """
    now = timezone.now()
    reminders = Q(remind_at__lte=now, reminded_at__isnull=True)
    overdue = Q(due_at__lt=now, overdue_told_at__isnull=True)
    told = _tell_all(reminders, "task.reminder", gettext_lazy("Reminder: %(title)s"), "reminded_at")
    return told + _tell_all(overdue, "task.overdue", gettext_lazy("Overdue: %(title)s"), "overdue_told_at")


def _tell_all(which: Q, kind: str, title: Any, mark: str) -> int:
    told = 0
    while True:
        with transaction.atomic():
            rows = Task.objects.open().filter(which).select_related("assignee").order_by("pk")
            tasks = list(rows.select_for_update(of=("self",), skip_locked=True)[:CHUNK])
            for task in tasks:
                notify(
                    recipients=[task.assignee],
                    kind=kind,
                    title=lambda task=task: title % {"title": task.title},  # type: ignore[misc]
                    text=lambda task=task: _("Due %(time)s") % {"time": moment(task.due_at)},  # type: ignore[misc]
                    record=task,
                )
            Task.objects.filter(pk__in=[task.pk for task in tasks]).update(**{mark: timezone.now()})
        told += len(tasks)
        if len(tasks) < CHUNK:
            return told
