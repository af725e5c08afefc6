"""What to-dos and notifications add to the pages."""

from typing import Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from crm import events
from crm.base.models import OwnedModel
from crm.extension_points import (
    EVERY_RECORD,
    CalendarSource,
    HandoverMover,
    MenuItem,
    NotificationChannel,
    NotificationKind,
    Panel,
    PeriodicJob,
    QuickCreate,
    SettingsPage,
    TimelineSource,
    WorkbenchCard,
    calendar_sources,
    handover_movers,
    menu,
    notification_channels,
    notification_kinds,
    panels,
    periodic_jobs,
    quick_create,
    settings_pages,
    timeline_sources,
    workbench_cards,
)
from crm.workflow import approval_extensions as approvals
from crm.workflow.domain import followers, mail, tasks
from crm.workflow.models import Task
from crm.workflow.models.job import ALL_JOBS
from crm.workflow.panels import task as parts

COUNTED = 99
VIEW = "crm.view_task"


def overdue(user: Any) -> int | None:
    """How many to-dos of this user are overdue, at most 99; no number for none."""
    return Task.objects.visible_to(user).overdue().filter(assignee=user).order_by()[:COUNTED].count() or None


def register() -> None:
    """Called once, when the kernel registers its own."""
    approvals.register()
    notification_channels.register(NotificationChannel("in_app", _("Inbox"), None, order=10))
    notification_channels.register(
        NotificationChannel(
            "email", pgettext_lazy("channel", "E-mail"), mail.deliver, mail.configured, mail.reaches, order=20
        )
    )
    periodic_jobs.register(PeriodicJob("deliver_notifications", "crm.deliver_notifications", 30))
    _register_kinds()
    events.record_commented.subscribe(followers.hear_comment)
    events.record_attached.subscribe(followers.hear_attached)
    events.state_changed.subscribe(followers.hear_state)
    events.owner_changed.subscribe(followers.hear_owner)
    timeline_sources.register(TimelineSource("tasks", _("To-dos"), parts.task_timeline, VIEW, 840), group=EVERY_RECORD)
    handover_movers.register(
        HandoverMover("tasks", _("Open to-dos"), "crm.Task", tasks.count_assigned, tasks.take_over_tasks, order=900)
    )
    menu.register(
        MenuItem(
            key="tasks",
            label=_("To-dos"),
            url_name="workflow:task_list",
            icon="checkbox",
            section="home",
            order=20,
            permission=VIEW,
            go="t",
            count=overdue,
            hot=True,
        )
    )
    quick_create.register(QuickCreate("task", _("To-do"), "workflow:task_create", "crm.add_task", 70, "checkbox"))
    workbench_cards.register(WorkbenchCard("tasks", "side", "workflow/_my_tasks.html", parts.my_tasks, VIEW, order=5))
    calendar_sources.register(CalendarSource("tasks", _("To-dos"), "checkbox", parts.task_events, VIEW, order=10))
    periodic_jobs.register(PeriodicJob("tell_due_tasks", "crm.tell_due_tasks", 60))
    _register_jobs()
    _register_panels()


def _register_kinds() -> None:
    for kind in (
        NotificationKind("task.assigned", _("A to-do was given to you"), "work", icon="checkbox", order=10),
        NotificationKind("task.reminder", _("Reminder of a to-do"), "work", icon="bell-ringing", order=20),
        NotificationKind("task.overdue", _("A to-do is overdue"), "work", icon="alert-circle", order=30),
        NotificationKind(
            "task.done", _("A to-do that you gave is done"), "work", ("in_app",), icon="circle-check", order=40
        ),
        NotificationKind("task.cancelled", _("A to-do of yours was cancelled"), "work", icon="circle-x", order=50),
        NotificationKind("task.reopened", _("A to-do of yours was opened again"), "work", icon="refresh", order=60),
        NotificationKind("comment.mention", _("Somebody mentioned you in a comment"), "records", icon="at", order=10),
        NotificationKind(
            "comment.added",
            _("A comment on a record that is yours or that you follow"),
            "records",
            folded=ngettext_lazy("%(count)d new comment", "%(count)d new comments", "count"),
            icon="message-2",
            order=20,
        ),
        NotificationKind(
            "record.attached",
            _("A file on a record that is yours or that you follow"),
            "records",
            ("in_app",),
            folded=ngettext_lazy("%(count)d new file", "%(count)d new files", "count"),
            icon="paperclip",
            order=30,
        ),
        NotificationKind(
            "record.state",
            _("A record that is yours or that you follow has a new status"),
            "records",
            ("in_app",),
            icon="arrow-right",
            order=40,
        ),
        NotificationKind(
            "record.owner",
            _("A record is yours now, or one that you follow has a new owner"),
            "records",
            icon="user-share",
            order=50,
        ),
    ):
        notification_kinds.register(kind)


def _register_jobs() -> None:
    settings_pages.register(
        SettingsPage(
            key="jobs",
            label=_("Background jobs"),
            text=_("Imports, syncs and sums that run in the background: how far they are, and why one failed."),
            url_name="workflow:job_list",
            icon="server",
            section="data",
            permission=ALL_JOBS,
        )
    )
    periodic_jobs.register(PeriodicJob("rescue_jobs", "crm.rescue_jobs", 60))
    periodic_jobs.register(PeriodicJob("forget_old_jobs", "crm.forget_old_jobs", 24 * 3600))


def _register_panels() -> None:
    """To-dos stand on the page of every record that has an owner, of whatever app."""
    for model in apps.get_models():
        if issubclass(model, OwnedModel):
            panels.register(
                Panel("tasks", _("To-dos"), "side", "workflow/_record_tasks.html", parts.record_tasks, VIEW, order=60),
                group=model._meta.label,
            )
    for panel in (
        Panel(
            "details", _("What is to be done"), "main", "workflow/_task_details.html", parts.task_details, prints=True
        ),
        Panel("moves", _("Steps"), "side", "workflow/_task_moves.html", parts.task_moves),
    ):
        panels.register(panel, group="crm.Task")
