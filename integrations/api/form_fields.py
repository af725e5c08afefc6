"""What the fields of the pages' forms take, as OpenAPI says it. Read when the description is made: choices are those of now."""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from rest_framework import serializers

from crm.models import User
from crm.records.choices import listed
from crm.records.fields import ListedFormField
from integrations.api.filling import EXTRA, LINES, OWN
from integrations.api.resources import RESOURCES
from opportunities.forms.quote import BreaksField

Said = dict[str, Any]
MOST_ITEMS = 200  # of a choice that is written out
REFERENCE = "#/components/schemas/Reference"
DIGITS = 18
KIND_OF = {resource.model: resource.name for resource in RESOURCES}


class FormField(serializers.Field):
    """A field of a form; it only describes."""

    def __init__(self, said: Said, **more: Any) -> None:
        self.said = said
        super().__init__(**more)


class FormFieldExtension(OpenApiSerializerFieldExtension):
    """Lets a field say it."""

    target_class = FormField

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> Said:
        """As it was made."""
        return dict(self.target.said)


class NamedExtension(OpenApiSerializerFieldExtension):
    """The customer or the product of a document."""

    target_class = "integrations.api.documents.Named"

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> Said:
        """By our key, by its code, or by its key in another system."""
        address = f"/api/v1/{self.target.kind}s/"
        text = _("The id or the code of a record of %(address)s, or its key in another system") % {"address": address}
        kinds: list[Said] = [{"type": "integer"}, {"type": "string"}, {"$ref": REFERENCE}]
        return {"oneOf": kinds, "description": text, "x-kind": f"{self.target.kind}s"}


def everybody() -> User:
    """Somebody for whom forms leave nothing out; stored nowhere."""
    return User(is_superuser=True)


def stored(model: Any, depth: int = 2) -> Any:
    """A record as forms take one that is there, stored nowhere: only then do they leave out what is chosen once."""
    found = model(pk=-1)
    for field in model._meta.concrete_fields if depth else ():
        if field.is_relation and not field.null:
            setattr(found, field.name, stored(field.related_model, depth - 1))
    return found


class FormSerializer(serializers.Serializer):
    """What a form takes. `make(user)` gives the form; `optional`: nothing need be there; `more` are fields that are no form's."""

    make: Callable[[Any], Any]
    more: Mapping[str, serializers.Field]
    optional: bool

    def get_fields(self) -> dict[str, Any]:
        """The form's, its lines and what administrators added."""
        form = type(self).make(everybody())
        added = {field.form_name: field.key for field in getattr(form, "extra_fields", ())}
        found = deepcopy(dict(self.more))
        found |= {
            name: form_field(field, optional=self.optional)
            for name, field in form.fields.items()
            if name != OWN and name not in added and not isinstance(field, forms.FileField)
        }
        if added:
            inner = {key: form_field(form.fields[name], optional=True) for name, key in added.items()}
            found[EXTRA] = FormField(_object(inner), required=False)
        if hasattr(form, LINES):
            line = {name: form_field(field) for name, field in form.lines.empty_form.fields.items() if name != "DELETE"}
            line = {"id" if name == "pk" else name: field for name, field in line.items()}
            found[LINES] = FormField({"type": "array", "items": _object(line)}, required=False)
        return found


def form_serializer(
    name: str, make: Callable[[Any], Any], *, optional: bool = False, **more: serializers.Field
) -> type[serializers.Serializer]:
    """A serializer of that name that describes the form `make(user)`."""
    body = {"__doc__": "", "make": staticmethod(make), "more": more, "optional": optional}
    return type(name, (FormSerializer,), body)


def _object(fields: Mapping[str, FormField]) -> Said:
    properties = {}
    for name, field in fields.items():
        nullable = {"nullable": True} if field.allow_null else {}
        properties[name] = {**field.said, **nullable}
    found: Said = {"type": "object", "properties": properties}
    needed = [name for name, field in fields.items() if field.required]
    return {**found, "required": needed} if needed else found


def form_field(field: forms.Field, *, optional: bool = False) -> FormField:
    """A field of a form; what need not be there is emptied by null."""
    said = said_of(field)
    words = [str(field.label or ""), said.pop("description", ""), str(field.help_text or "")]
    text = ". ".join(word.rstrip(".") for word in words if word)
    empty = not field.required and not isinstance(field, forms.BooleanField)
    if empty and "enum" in said:
        said["enum"] = [*said["enum"], None]
    if empty and said.get("type") == "array":
        empty = False
    needed = field.required and not optional and not isinstance(field, forms.BooleanField)
    return FormField({**said, "description": text} if text else said, required=needed, allow_null=empty)


def said_of(field: forms.Field) -> Said:
    """The type of what it takes, with its choices and bounds."""
    if isinstance(field, forms.ModelMultipleChoiceField):
        return {"type": "array", "items": chosen(field)}
    if isinstance(field, forms.ModelChoiceField):
        return chosen(field)
    if isinstance(field, ListedFormField):
        return _listed(field)
    if isinstance(field, forms.MultipleChoiceField):
        return {"type": "array", "items": choice(_plain(field.choices))}
    if isinstance(field, forms.ChoiceField):
        return choice(_plain(field.choices))
    if isinstance(field, BreaksField):
        step = {"type": "object", "properties": {"from": _decimal(DIGITS, 3), "price": _decimal(DIGITS, 4)}}
        return {"type": "array", "items": {**step, "required": ["from", "price"]}}
    if isinstance(field, forms.DecimalField):
        return _decimal(field.max_digits or DIGITS, field.decimal_places or 0)
    return next((dict(said) for kind, said in _TYPES if isinstance(field, kind)), {}) | _bounds(field)


_TYPES: tuple[tuple[type, Said], ...] = (
    (forms.BooleanField, {"type": "boolean"}),
    (forms.IntegerField, {"type": "integer"}),
    (forms.DateTimeField, {"type": "string", "format": "date-time"}),
    (forms.DateField, {"type": "string", "format": "date"}),
    (forms.Field, {"type": "string"}),
)


def _bounds(field: forms.Field) -> Said:
    if isinstance(field, forms.IntegerField):
        bounds = {"minimum": field.min_value, "maximum": field.max_value}
        return {name: bound for name, bound in bounds.items() if bound is not None}
    return {"maxLength": field.max_length} if isinstance(field, forms.CharField) and field.max_length else {}


def _decimal(digits: int, places: int) -> Said:
    whole = digits - places
    return {
        "type": "string",
        "format": "decimal",
        "pattern": rf"^-?\d{{0,{whole}}}(?:\.\d{{0,{places}}})?$" if places else rf"^-?\d{{0,{whole}}}$",
    }


def _plain(choices: Any) -> Iterator[tuple[Any, str]]:
    """Choices without groups and without the empty one."""
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _plain(label)
        elif value != "":
            yield value, str(label)


def choice(choices: Any) -> Said:
    """One of these; the description says what they are called."""
    listed_now = dict(choices)
    whole = bool(listed_now) and all(isinstance(value, int) for value in listed_now)
    words = "; ".join(f"{value}: {label}" for value, label in listed_now.items() if str(value) != label)
    found: Said = {"type": "integer" if whole else "string"}
    found |= {"enum": list(listed_now)} if listed_now else {}
    return {**found, "description": words} if words else found


def _listed(field: ListedFormField) -> Said:
    """An item of a list of choices; where other text may be entered its items are told and bind nobody."""
    found = choice(listed(field.list_key).options())
    if listed(field.list_key).allows_other:
        found["example"] = found.pop("enum", [""])[0]
    return found


def chosen(field: forms.ModelChoiceField) -> Said:
    """A record: of a kind that is served by its id or its key in another system, else one of a few that are written out."""
    model: Any = field.queryset.model  # type: ignore[union-attr]
    if (kind := KIND_OF.get(model)) is None:
        rows = field.queryset.all()[:MOST_ITEMS]  # type: ignore[union-attr]
        return choice((row.pk, str(getattr(row, "label", None) or row)) for row in rows)
    return reference(kind)


def reference(kind: str) -> Said:
    """A record of a kind that is served; `x-kind` says it to programs."""
    text = _("The id of a record of %(address)s, or its key in another system") % {"address": f"/api/v1/{kind}/"}
    return {"oneOf": [{"type": "integer"}, {"$ref": REFERENCE}], "description": text, "x-kind": kind}
