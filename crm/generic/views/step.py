"""Steps of a record from state to state: a press of a button, or a small page that asks why or who."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from crm.errors import DomainError
from crm.generic.entity import Entity
from crm.generic.forms import narrow_choices, style
from crm.generic.layout import Action
from crm.generic.views.base import EntityView
from crm.generic.views.edit import add_error, told


@dataclass(frozen=True)
class Step:
    """A move to the state `target`. `run(record, actor=, **values)`, a domain function, does it; `form` asks for the values;
    `when(record)` says whether there is such a step from where the record stands. The same steps go to `step_actions` (the
    buttons) and `step_url` (their address)."""

    target: str
    label: Any
    icon: str
    permission: str
    run: Callable[..., Any]
    when: Callable[[Any], bool]
    form: type[forms.Form] | None = None
    primary: bool = False


def leads_to(target: str) -> Callable[[Any], bool]:
    """Whether the table of moves has the way from the record's state to `target`."""

    def possible(record: Any) -> bool:
        rules = type(record).transitions
        return bool(rules.allowed(getattr(record, rules.field), target))

    return possible


def _address(name: str, target: str, record: Any) -> str:
    return reverse(f"{name}_step", args=[record.pk, target])


def step_actions(name: str, steps: Sequence[Step]) -> tuple[Action, ...]:
    """The buttons in the record's head; `name` is the entity's with its name space, "app:model"."""
    return tuple(
        Action(
            label=step.label,
            url=partial(_address, name, step.target),
            icon=step.icon,
            permission=step.permission,
            primary=step.primary,
            post=step.form is None,
            when=step.when,
        )
        for step in steps
    )


def step_url(entity: Entity, steps: Sequence[Step], prefix: str = "") -> URLPattern:
    """The address of the steps."""
    view = StepView.as_view(entity=entity, steps=tuple(steps))
    return path(f"{prefix}<int:pk>/step/<slug:target>/", view, name=f"{entity.name}_step")


class StepView(EntityView):
    """Does a step; asks first where it has a form."""

    steps: tuple[Step, ...] = ()
    writes = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page that asks; a step that asks nothing has none."""
        step, record = self.step(), self.record()
        if step.form is None:
            return HttpResponseRedirect(self.entity.record_url(record))
        return self.show(record, step, self.form(step))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it; a rule that speaks against it is shown."""
        step, record = self.step(), self.record()
        form = self.form(step, request.POST)
        if form is not None and not form.is_valid():
            return self.show(record, step, form, status=422)
        try:
            step.run(record, actor=request.user, **(form.cleaned_data if form is not None else {}))
        except DomainError as error:
            if form is None:
                messages.error(request, told(error))
                return HttpResponseRedirect(self.entity.record_url(record))
            add_error(form, error)
            return self.show(record, step, form, status=422)
        messages.success(request, _("%(name)s: %(step)s") % {"name": record, "step": step.label})
        if not self.rows().filter(pk=record.pk).exists():
            return HttpResponseRedirect(self.entity.url("list"))
        return HttpResponseRedirect(self.entity.record_url(record))

    def step(self) -> Step:
        """The step of the address; 403 without its right."""
        for step in self.steps:
            if step.target == self.kwargs["target"]:
                if not self.request.user.has_perm(step.permission):
                    raise PermissionDenied
                return step
        raise Http404

    def form(self, step: Step, data: Any = None) -> Any:
        """The step's form, narrowed to the reader's scope."""
        if step.form is None:
            return None
        form = step.form(data)
        narrow_choices(form, self.request.user)
        for field in form.fields.values():
            style(field)
        return form

    def show(self, record: Any, step: Step, form: Any, status: int = 200) -> HttpResponse:
        """The page that asks."""
        url = self.entity.record_url(record)
        crumbs = [self.context()["list_crumb"], (str(record), url), (step.label, None)]
        context = self.context(record=record, step=step, form=form, cancel_url=url, crumbs=crumbs)
        return render(self.request, "generic/step.html", context, status=status)
