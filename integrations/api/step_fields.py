"""The steps of a kind of record, as OpenAPI says them: all that there are, whatever a record could take at the moment."""

from typing import Any

from django import forms
from django.urls import resolve, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from drf_spectacular.extensions import OpenApiSerializerExtension
from rest_framework import serializers

from crm.workflow.views import task as tasks
from integrations.api.examples import ASKS
from integrations.api.form_fields import FormField, choice, form_field
from integrations.api.lead_moves import CONVERT, FINISH, REGISTER, LeadMoves
from integrations.api.moves import ComplaintMoves, Moves, OpportunityMoves, RegistrationMoves, StepMoves, TaskMoves
from opportunities.domain.funnel import Funnel
from opportunities.forms.conversion import ConvertForm
from service.views import complaint as complaints

Known = list[tuple[str, Any, Any]]  # name, label, the class of the form that is asked


def steps_of(moves: Moves) -> Known:
    """Every step of the kind."""
    if isinstance(moves, StepMoves):
        match = resolve(reverse(f"{moves.name}_step", args=[1, "-"]))
        steps = match.func.view_initkwargs["steps"]  # type: ignore[attr-defined]
        found: Known = [(step.target, step.label, step.form) for step in steps]
        return found + (_conversion() if isinstance(moves, LeadMoves) else [])
    if isinstance(moves, RegistrationMoves):
        return [("send", pgettext("registration", "Send"), None), ("give-up", _("Give up"), None)]
    if isinstance(moves, TaskMoves):
        return [(step.key, step.label, step.form) for step in tasks.STEPS]
    if isinstance(moves, ComplaintMoves):
        return [(to.value, label, complaints.MoveForm) for to, label in complaints.MOVE_LABELS.items()]
    assert isinstance(moves, OpportunityMoves)
    return [(stage.code, stage.label, None) for stage in Funnel().stages]


def _conversion() -> Known:
    return [
        (CONVERT, _("Convert to opportunity"), ConvertForm),
        (REGISTER, _("Register the company"), None),
        (FINISH, _("Make the opportunity"), None),
    ]


class StepSerializer(serializers.Serializer):
    """A step that is taken: which one, and what the steps ask for. Gates and registering ask for more; GET names it."""

    moves: Moves

    def get_fields(self) -> dict[str, Any]:
        """`to`, and the fields of every step's form."""
        found: dict[str, Any] = {"to": _to(self.moves)}
        for _name, _label, form in steps_of(self.moves):
            for name, field in (form.base_fields if form is not None else {}).items():
                if not isinstance(field, forms.FileField):
                    found.setdefault(name, form_field(field, optional=True))
        return found


class StepExtension(OpenApiSerializerExtension):
    """Adds what each step cannot do without."""

    target_class = StepSerializer
    match_subclasses = True

    def map_serializer(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        """As the framework says it, with that."""
        said: dict[str, Any] = auto_schema._map_serializer(self.target, direction, bypass_extensions=True)
        asks = {
            to: [name for name, field in form.base_fields.items() if field.required]
            for to, _label, form in steps_of(self.target.moves)
            if form is not None
        }
        return {**said, ASKS: {to: names for to, names in asks.items() if names}}


def step_serializer(name: str, moves: Moves) -> type[serializers.Serializer]:
    """A serializer of that name that describes the steps."""
    return type(name, (StepSerializer,), {"moves": moves})


class StepFieldSerializer(serializers.Serializer):
    """What a step asks for."""

    name = serializers.CharField()
    label = serializers.CharField()
    required = serializers.BooleanField()


class PossibleSerializer(serializers.Serializer):
    """A step that a record could take."""

    moves: Moves

    def get_fields(self) -> dict[str, Any]:
        """Which, what it is called, what it asks for."""
        return {
            "to": _to(self.moves),
            "label": serializers.CharField(),
            "fields": StepFieldSerializer(many=True),
        }


def _to(moves: Moves) -> FormField:
    return FormField(choice((to, str(label)) for to, label, _form in steps_of(moves)))


def possible_serializer(name: str, moves: Moves) -> type[serializers.Serializer]:
    """A serializer of that name that describes a step which a record could take."""
    return type(name, (PossibleSerializer,), {"moves": moves})
