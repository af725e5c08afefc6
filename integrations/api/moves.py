"""The steps that records take from state to state, by the very views of their pages: the same rights, forms and gates."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, QueryDict
from django.urls import resolve, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from crm.errors import DomainError, TransitionError
from crm.workflow.views import task as tasks
from customers.domain.registration import OPEN, give_up, submit
from customers.enums import RegistrationState
from customers.views import registration as registrations
from integrations.api.filling import checked
from opportunities.domain.funnel import Funnel, Plan, advance
from opportunities.domain.move_approval import request_move
from opportunities.forms.move import MoveForm
from opportunities.models import Opportunity
from opportunities.rules import APPROVAL
from opportunities.views.move import no_such_move
from service.domain.complaint import move_complaint
from service.views import complaint as complaints


@dataclass(frozen=True)
class Possible:
    """A step that the record could take now: what it is called and what it asks for."""

    to: str
    label: Any
    fields: Mapping[str, forms.Field]


@dataclass(frozen=True)
class Known:
    """A step that there is, whatever a record could take now; `form` is the class of the form that is always asked."""

    to: str
    label: Any
    form: type[forms.Form] | None = None


@dataclass(frozen=True)
class Taken:
    """A step that was taken; `waits` when it was sent for approval instead; `made`: kind and key of a record that came of it."""

    waits: bool = False
    made: tuple[str, int] | None = None


class Moves:
    """The steps of a kind of record. `makes` names the kinds of record that come of a step: a token must be for them too."""

    makes: ClassVar[Mapping[str, tuple[str, ...]]] = MappingProxyType({})

    def known(self) -> list[Known]:
        """All that there are."""
        raise NotImplementedError

    def possible(self, request: HttpRequest, record: Any) -> list[Possible]:
        """Those that the reader could take."""
        raise NotImplementedError

    def take(self, request: HttpRequest, record: Any, to: str, values: Mapping[str, Any]) -> Taken:
        """Take one. Raises Http404 for a step there is not, PermissionDenied, Problem, DomainError."""
        raise NotImplementedError


def asked(form: Any) -> Mapping[str, forms.Field]:
    """The fields of a form that may be None."""
    return {} if form is None else dict(form.fields)


@dataclass(frozen=True)
class StepMoves(Moves):
    """Those of crm.generic.views.step: `name` is the entity's with its name space."""

    name: str

    def _view(self, request: HttpRequest, record: Any, to: str) -> Any:
        match = resolve(reverse(f"{self.name}_step", args=[record.pk, to]))
        view = match.func.view_class(**match.func.view_initkwargs)  # type: ignore[attr-defined]
        view.setup(request, *match.args, **match.kwargs)
        return view

    def known(self) -> list[Known]:
        """Those of its page."""
        match = resolve(reverse(f"{self.name}_step", args=[1, "-"]))
        steps = match.func.view_initkwargs["steps"]  # type: ignore[attr-defined]
        return [Known(step.target, step.label, step.form) for step in steps]

    def possible(self, request: HttpRequest, record: Any) -> list[Possible]:
        """Those whose time has come."""
        user: Any = request.user
        found = []
        for step in self._view(request, record, "-").steps:
            if step.when(record) and user.has_perm(step.permission):
                view = self._view(request, record, step.target)
                found.append(Possible(step.target, step.label, asked(view.form(step))))
        return found

    def take(self, request: HttpRequest, record: Any, to: str, values: Mapping[str, Any]) -> Taken:
        """As a press of the button."""
        view = self._view(request, record, to)
        step = view.step()
        stored = view.record()
        form = checked(lambda data: view.form(step, data), values)
        step.run(stored, actor=request.user, **(form.cleaned_data if form is not None else {}))
        return Taken()


class RegistrationMoves(Moves):
    """Sending a registration, and giving it up."""

    def known(self) -> list[Known]:
        """Both."""
        return [Known("send", pgettext("registration", "Send")), Known("give-up", _("Give up"))]

    def possible(self, request: HttpRequest, record: Any) -> list[Possible]:
        """Both, as long as it is not decided."""
        if record.state not in OPEN or not request.user.has_perm(registrations.CHANGE):
            return []
        both = [Possible(step.to, step.label, {}) for step in self.known()]
        return both[:1] if record.state == RegistrationState.WITHDRAWN else both

    def take(self, request: HttpRequest, record: Any, to: str, values: Mapping[str, Any]) -> Taken:
        """As a press of the button: where a policy decides it waits, else the customer is made."""
        user: Any = request.user
        if to not in ("send", "give-up"):
            raise Http404
        if not user.has_perm(registrations.CHANGE):
            raise PermissionDenied
        checked(lambda data: None, values)
        if to == "give-up":
            give_up(registration=record, actor=user)
            return Taken()
        submit(registration=record, actor=user)
        return sent_registration(record)


def sent_registration(record: Any) -> Taken:
    """What came of sending a registration: the customer when nobody has to decide."""
    made = ("customers", record.customer_id) if record.customer_id else None
    return Taken(waits=record.state == RegistrationState.SUBMITTED, made=made)


class TaskMoves(Moves):
    """What is done with a to-do."""

    def _view(self, request: HttpRequest, record: Any, to: str) -> tasks.StepView:
        view = tasks.StepView(entity=tasks.task_entity)
        view.setup(request, pk=record.pk, step=to)
        return view

    def known(self) -> list[Known]:
        """Those of every state."""
        return [Known(step.key, step.label, step.form) for step in tasks.STEPS]

    def possible(self, request: HttpRequest, record: Any) -> list[Possible]:
        """Those of its state."""
        if not request.user.has_perm(tasks.CHANGE):
            return []
        return [
            Possible(step.key, step.label, asked(self._view(request, record, step.key).form(step, record)))
            for step in tasks.STEPS
            if record.state in step.sources
        ]

    def take(self, request: HttpRequest, record: Any, to: str, values: Mapping[str, Any]) -> Taken:
        """As a press of the button."""
        if not request.user.has_perm(tasks.CHANGE):
            raise PermissionDenied
        view = self._view(request, record, to)
        step, stored = view.step(), view.record()
        form = checked(lambda data: view.form(step, stored, data), values)
        step.run(task=stored, actor=request.user, **(form.cleaned_data if form is not None else {}))
        return Taken()


class ComplaintMoves(Moves):
    """The steps of a complaint."""

    def _view(self, request: HttpRequest, record: Any, to: str) -> complaints.MoveView:
        view = complaints.MoveView(entity=complaints.complaint_entity)
        view.setup(request, pk=record.pk, target=to)
        return view

    def known(self) -> list[Known]:
        """One to each state."""
        return [Known(to.value, label, complaints.MoveForm) for to, label in complaints.MOVE_LABELS.items()]

    def possible(self, request: HttpRequest, record: Any) -> list[Possible]:
        """Those that the table of moves has."""
        if not request.user.has_perm("service.change_complaint"):
            return []
        targets = [to for to in complaints.MOVE_LABELS if type(record).transitions.allowed(record.state, to)]
        return [
            Possible(to, complaints.move_label(record.state, to), asked(self._view(request, record, to).form(record)))
            for to in targets
        ]

    def take(self, request: HttpRequest, record: Any, to: str, values: Mapping[str, Any]) -> Taken:
        """As the page of the step."""
        if to not in complaints.MOVE_LABELS:
            raise Http404
        if not request.user.has_perm("service.change_complaint"):
            raise PermissionDenied
        view = self._view(request, record, to)
        stored = view.record()
        initial = {"cause": stored.cause, "action": stored.action}
        form = checked(lambda data: view.form(stored, data=data, initial=initial), values)
        move_complaint(stored, to, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        return Taken()


class OpportunityMoves(Moves):
    """From stage to stage, through the gates: a step is named by the code of the stage it leads to."""

    def known(self) -> list[Known]:
        """One to each stage; its gates say what it asks for."""
        return [Known(stage.code, stage.label) for stage in Funnel().stages]

    def possible(self, request: HttpRequest, record: Any) -> list[Possible]:
        """Every move there is from its present stage, and what it still asks for."""
        if not request.user.has_perm("opportunities.change_opportunity"):
            return []
        return [
            Possible(plan.target.code, plan.target.label, asked(self._form(request, record, plan)))
            for plan in Funnel().plans(record)
        ]

    def _form(self, request: HttpRequest, record: Opportunity, plan: Plan, data: QueryDict | None = None) -> MoveForm:
        return MoveForm(data, plan=plan, opportunity=record, user=request.user)

    def take(self, request: HttpRequest, record: Any, to: str, values: Mapping[str, Any]) -> Taken:
        """Move it, or send the move for approval where it needs one."""
        if not request.user.has_perm("opportunities.change_opportunity"):
            raise PermissionDenied
        funnel = Funnel()
        target = next((stage for stage in funnel.stages if stage.code == to), None)
        if target is None:
            raise Http404
        plan = funnel.plan(record, target)
        if plan is None:
            raise DomainError(no_such_move())
        try:
            return self._go(request, record, plan, values)
        except TransitionError as error:
            asks = dict(error.missing).get(APPROVAL)
            if not asks or plan.approval:
                raise
            return self._go(request, record, replace(plan, approval=str(asks)), values)

    def _go(self, request: HttpRequest, record: Any, plan: Plan, values: Mapping[str, Any]) -> Taken:
        form = checked(lambda data: self._form(request, record, plan, data), values)
        user: Any = request.user
        if plan.blocked:
            text = _("Others have to bring about what is missing first.")
            raise TransitionError(text, missing=[(item.key, item.label) for item in plan.blocked])
        if plan.approval:
            request_move(
                opportunity=record, target=plan.target, actor=user, reason=form.reason(), answers=form.answers()
            )
            return Taken(waits=True)
        advance(opportunity=record, target=plan.target, actor=user, reason=form.reason(), answers=form.answers())
        return Taken()
