"""What the API shows of a record: its own fields, without what the reader may not see."""

import datetime as dt
from functools import lru_cache
from typing import Any

from django.db import models
from drf_spectacular.extensions import OpenApiSerializerExtension
from rest_framework import serializers

from crm.base.guarding import may_see
from crm.records import masking

NEVER = frozenset({"search_text", "content_type", "object_id", "group_path", "known_as", "name_key", "warned"})


class Moment(serializers.DateTimeField):
    """Moments are in UTC."""

    def __init__(self, **more: Any) -> None:
        super().__init__(default_timezone=dt.UTC, **more)


class Code(serializers.CharField):
    """A choice: its code, whatever the list of them is at the moment."""

    def __init__(self, **more: Any) -> None:
        for name in ("choices", "html_cutoff", "html_cutoff_text", "allow_blank"):
            more.pop(name, None)
        super().__init__(**more)


class Reading(serializers.ModelSerializer):
    """A row as JSON. The context's `reader` decides about guarded fields, rows made ready by `unmask_rows` about masked ones."""

    serializer_field_mapping = {
        **serializers.ModelSerializer.serializer_field_mapping,
        models.DateTimeField: Moment,
        models.EmailField: serializers.CharField,  # empty, masked, or what another system brought: no address for sure
        models.URLField: serializers.CharField,
    }
    serializer_choice_field = Code

    def to_representation(self, row: Any) -> dict[str, Any]:
        """The fields, those left out that the reader may not see."""
        found: dict[str, Any] = super().to_representation(row)
        reader = self.context["reader"]
        for name in masking.masked_fields(row):
            if name in found:
                found[name] = masking.shown(row, name)
        for name in getattr(row, "guarded", ()):
            if name in found and not may_see(type(row), name, reader):
                del found[name]
        return found


class ReadingExtension(OpenApiSerializerExtension):
    """In the description guarded fields are such as may be left out."""

    target_class = Reading
    match_subclasses = True

    def map_serializer(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        """As the framework says it, but for those."""
        said: dict[str, Any] = auto_schema._map_serializer(self.target, direction, bypass_extensions=True)
        guarded = getattr(self.target.Meta.model, "guarded", {})
        return {**said, "required": [name for name in said.get("required", []) if name not in guarded]}


def columns(model: Any, hidden: tuple[str, ...] = ()) -> list[str]:
    """The fields of a model that the API shows to those who may see all."""
    return [
        field.name
        for field in model._meta.concrete_fields
        if field.name not in NEVER and field.name not in hidden and field.name != "extra"
    ] + (["extra"] if hasattr(model, "extra") else [])


@lru_cache(maxsize=128)
def serializer_for(
    model: Any, hidden: tuple[str, ...] = (), lines: str = "", only: tuple[str, ...] = ()
) -> type[Reading]:
    """The serializer of a model; `lines` is the related name of its lines, which stand inside."""
    names = list(only) or columns(model, hidden)
    meta = type("Meta", (), {"model": model, "fields": names, "read_only_fields": names})
    body: dict[str, Any] = {"Meta": meta}
    if lines:
        relation = model._meta.get_field(lines)
        inner = serializer_for(relation.related_model, (relation.field.name,))
        meta.fields = [*names, lines]  # type: ignore[attr-defined]
        body[lines] = inner(many=True, read_only=True)
    return type(f"{model.__name__}Record", (Reading,), body)
