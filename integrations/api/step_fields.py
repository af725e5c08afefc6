"""The steps of a kind of record, as OpenAPI says them: all that there are, whatever a record could take at the moment."""

from typing import Any

from django import forms
from drf_spectacular.extensions import OpenApiSerializerExtension
from rest_framework import serializers

from integrations.api.examples import ASKS
from integrations.api.form_fields import FormField, choice, form_field
from integrations.api.moves import Moves


class StepSerializer(serializers.Serializer):
    """A step that is taken: which one, and what the steps ask for. Gates and registering ask for more; GET names it."""

    moves: Moves

    def get_fields(self) -> dict[str, Any]:
        """`to`, and the fields of every step's form."""
        found: dict[str, Any] = {"to": _to(self.moves)}
        for step in self.moves.known():
            for name, field in (step.form.base_fields if step.form is not None else {}).items():
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
            step.to: [name for name, field in step.form.base_fields.items() if field.required]
            for step in self.target.moves.known()
            if step.form is not None
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
    return FormField(choice((step.to, str(step.label)) for step in moves.known()))


def possible_serializer(name: str, moves: Moves) -> type[serializers.Serializer]:
    """A serializer of that name that describes a step which a record could take."""
    return type(name, (PossibleSerializer,), {"moves": moves})
