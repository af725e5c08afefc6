"""The pages of to-dos."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from crm.errors import DomainError
from crm.formats import moment_html
from crm.generic.entity import Entity, Preset
from crm.generic.forms import narrow_choices, style
from crm.generic.layout import Action, RecordPage
from crm.generic.views.base import EntityView
from crm.generic.views.edit import CreateView, add_error
from crm.generic.views.listing import ListView
from crm.markup import badge
from crm.workflow.domain import tasks as domain
from crm.workflow.filters.task import TaskFilter, end_of_day
from crm.workflow.forms.task import CancelForm, DoneForm, ReassignForm, SnoozeForm, TaskForm
from crm.workflow.links import address_of, record_named, seen_records
from crm.workflow.models import Priority, Task, TaskState
from crm.workflow.panels.task import my_tasks, record_tasks
from crm.workflow.tables.task import PRIORITY_TONES, STATE_TONES, TaskTable
from crm.workflow.views.calendar import switch

MINE = "assignee=me&state=open"
CHANGE = "crm.change_task"


@dataclass(frozen=True)
class Step:
    """Something done with a to-do: `run(task=, actor=, **values)`; `form` asks for the values; `sources`: from which states."""

    key: str
    label: Any
    icon: str
    run: Callable[..., Any]
    sources: tuple[str, ...] = (TaskState.OPEN,)
    form: type[forms.Form] | None = None
    primary: bool = False

    def url(self, task: Task) -> str:
        """Its address."""
        return reverse("workflow:task_step", args=[task.pk, self.key])


STEPS = (
    Step("done", gettext_lazy("Done"), "check", domain.complete, form=DoneForm, primary=True),
    Step("snooze", gettext_lazy("Put off"), "clock", domain.snooze, form=SnoozeForm),
    Step("reassign", gettext_lazy("Give to somebody else"), "user-share", domain.reassign, form=ReassignForm),
    Step("cancel", gettext_lazy("Cancel the to-do"), "circle-x", domain.cancel, form=CancelForm),
    Step(
        "reopen",
        gettext_lazy("Open again"),
        "refresh",
        domain.reopen,
        sources=(TaskState.DONE, TaskState.CANCELLED),
    ),
)


class TaskList(ListView):
    """The list; without a filter it shows what the reader has to do."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page."""
        if not request.GET:
            request.GET = QueryDict(MINE)  # type: ignore[assignment]
        return super().get(request, *args, **kwargs)

    def prepare(self, rows: Sequence[Any]) -> None:
        """To each row the record it is about, when the reader sees that."""
        records = seen_records(self.request.user, (row.reference for row in rows))
        for row in rows:
            row.about = records.get(row.reference)


class TaskCreate(CreateView):
    """A new to-do, for the reader and due this evening unless said otherwise."""

    def defaults(self, request: HttpRequest) -> dict[str, Any]:
        """What it most likely is."""
        now = timezone.localtime()
        evening = end_of_day(days=0 if now.hour < 17 else 1) - dt.timedelta(hours=6)
        return {"assignee": request.user.pk, "due_at": evening, "priority": Priority.NORMAL}

    def landing(self, record: Any) -> str:
        """The page of the record it is about; its own when it is about none."""
        subject = seen_records(self.request.user, [record.reference]).get(record.reference)
        return (address_of(subject) if subject is not None else "") or super().landing(record)


class StepView(EntityView):
    """Does a step; asks first where it has a form. A list of to-dos on another page gets itself anew, with a way back."""

    action = "change"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page that asks; a step that asks nothing has none."""
        step, task = self.step(), self.record()
        if step.form is None:
            return HttpResponseRedirect(self.entity.record_url(task))
        return self.show(task, step, self.form(step, task))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it; a rule that speaks against it is shown."""
        step, task = self.step(), self.record()
        in_place = bool(request.htmx)  # type: ignore[attr-defined]
        form = None if in_place else self.form(step, task, request.POST)
        if form is not None and not form.is_valid():
            return self.show(task, step, form, status=422)
        try:
            step.run(task=task, actor=request.user, **(form.cleaned_data if form is not None else {}))
        except DomainError as error:
            if in_place:
                return self.lines(request, task, step, problem=str(error.message))
            if form is None:
                messages.error(request, str(error.message))
                return HttpResponseRedirect(self.entity.record_url(task))
            add_error(form, error)
            return self.show(task, step, form, status=422)
        if in_place:
            return self.lines(request, task, step)
        messages.success(request, _("%(name)s: %(step)s") % {"name": task, "step": step.label})
        gone = not self.rows().filter(pk=task.pk).exists()
        return HttpResponseRedirect(self.entity.url("list") if gone else self.entity.record_url(task))

    def lines(self, request: HttpRequest, task: Task, step: Step, problem: str = "") -> HttpResponse:
        """The card or the panel that the press came from, and a message with the way back."""
        named = request.POST.get("about", "")
        record = record_named(request.user, named) if named else None
        variables = record_tasks(request, record) if record is not None else my_tasks(request) or {"empty": True}
        context = {
            **variables,
            "part": "workflow/_record_tasks.html" if record is not None else "workflow/_my_tasks.html",
            "task": task,
            "problem": problem,
            "undo": step.key == "done" and not problem,
            "named": named,
        }
        return render(request, "workflow/_task_done.html", context)

    def step(self) -> Step:
        """The step of the address."""
        for step in STEPS:
            if step.key == self.kwargs["step"]:
                return step
        raise Http404

    def form(self, step: Step, task: Task, data: Any = None) -> Any:
        """The step's form, narrowed to the reader's scope."""
        if step.form is None:
            return None
        form = step.form(data, initial={"until": end_of_day(days=1) - dt.timedelta(hours=15)})
        narrow_choices(form, self.request.user)
        for field in form.fields.values():
            style(field)
        return form

    def show(self, task: Task, step: Step, form: Any, status: int = 200) -> HttpResponse:
        """The page that asks."""
        url = self.entity.record_url(task)
        crumbs = [self.context()["list_crumb"], (str(task), url), (step.label, None)]
        context = self.context(record=task, step=step, form=form, cancel_url=url, crumbs=crumbs)
        return render(self.request, "generic/step.html", context, status=status)


def badges(task: Task) -> Sequence[str]:
    """State, priority when it is not the usual one, and whether it is late."""
    out = [badge(STATE_TONES[task.state], task.get_state_display(), True)]
    if task.priority != Priority.NORMAL:
        out.append(badge(PRIORITY_TONES[task.priority], task.get_priority_display()))
    if task.is_overdue:
        out.append(badge("bad", _("overdue")))
    return out


def _action(step: Step) -> Action:
    return Action(
        step.label,
        step.url,
        step.icon,
        CHANGE,
        primary=step.primary,
        post=step.form is None,
        when=lambda task: task.state in step.sources,
    )


task_entity = Entity(
    model=Task,
    table=TaskTable,
    filterset=TaskFilter,
    form=TaskForm,
    create=domain.create_task,
    update=domain.update_task,
    bulk_edit=("due_at", "assignee", "priority", "remind_at"),
    nav="tasks",
    icon="checkbox",
    namespace="workflow",
    list_switch=lambda request: switch(request.user, "list"),
    empty_text=gettext_lazy("Nothing to do here. A to-do can be about any record, and for you or a colleague."),
    presets=(
        Preset("mine", gettext_lazy("My to-dos"), MINE),
        Preset("overdue", gettext_lazy("Overdue"), "assignee=me&when=overdue"),
        Preset("today", gettext_lazy("Today"), "assignee=me&when=today"),
        Preset("week", gettext_lazy("This week"), "assignee=me&when=week"),
        Preset("given", gettext_lazy("Given by me"), "creator=me&state=open"),
        Preset("done", gettext_lazy("Done by me"), "assignee=me&state=done", sort="-due_at"),
        Preset("all", gettext_lazy("All"), "all=1"),
    ),
    views={"list": TaskList, "create": TaskCreate},
    page=RecordPage(
        title=str,
        code=lambda task: str(task.pk),
        badges=badges,
        meta=lambda task: [
            ("user", task.assignee.label),
            ("calendar-due", moment_html(task.due_at)),
            ("user-share", _("given by %(name)s") % {"name": task.creator.label}),
        ],
        actions=tuple(_action(step) for step in STEPS),
        attributes=(
            "priority",
            (gettext_lazy("Remind at"), lambda task: moment_html(task.remind_at)),
            "team",
            (pgettext_lazy("label of a time", "Created"), lambda task: moment_html(task.created_at)),
        ),
        select=("assignee", "creator", "team"),
    ),
)


def step_url() -> URLPattern:
    """The address of the steps."""
    return path("tasks/<int:pk>/step/<slug:step>/", StepView.as_view(entity=task_entity), name="task_step")
