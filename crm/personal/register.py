"""What is registered as personal data, by kind."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.apps import apps
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from crm.extension_points import PersonalData, personal_data
from crm.records.trail import kinds as trail_kinds

ERASED = "[已删除 erased]"  # stands in the place of a name, in both languages because it is stored
COUNTED = 10_000

Chosen = Mapping[str, Sequence[int]]  # {"app.Model": [keys]}


def model_of(kind: PersonalData) -> Any:
    """The kind's model."""
    return apps.get_model(kind.key)


def kind_of(key: str) -> PersonalData | None:
    """The kind of that key."""
    return next((kind for kind in personal_data.all() if kind.key == key), None)


def persons() -> list[PersonalData]:
    """The kinds in which a person is sought."""
    return [kind for kind in personal_data.all() if kind.names]


def label_of(kind: PersonalData) -> str:
    """The kind in words."""
    return str(capfirst(model_of(kind)._meta.verbose_name_plural))


def field_labels(kind: PersonalData) -> list[str]:
    """The fields in words."""
    meta = model_of(kind)._meta
    return [str(capfirst(meta.get_field(name).verbose_name)) for name in kind.fields]


def count_of(kind: PersonalData) -> str:
    """How many rows there are; a large table is not counted to the end."""
    count = model_of(kind)._base_manager.order_by()[: COUNTED + 1].count()
    return _("more than %(n)s") % {"n": f"{COUNTED:,}"} if count > COUNTED else f"{count:,}"


def values_of(kind: PersonalData, record: Any) -> dict[str, Any]:
    """What is held about the person."""
    return {name: getattr(record, name) for name in kind.fields}


def blank_values(kind: PersonalData, record: Any) -> dict[str, Any]:
    """What stands in the fields after erasure."""
    meta, out = model_of(kind)._meta, {}
    for name in kind.fields:
        value = kind.erased.get(name, None if meta.get_field(name).null else "")
        out[name] = value(record) if callable(value) else value
    return out


def recorded_fields(kind: PersonalData) -> list[str]:
    """Those of its fields that the audit trail keeps; none for a kind without a trail."""
    tracked = trail_kinds().get(kind.key.lower())
    kept = {field.name for field in tracked.events._meta.concrete_fields} if tracked else set()
    return [name for name in kind.fields if name in kept]


def recorded_states(model: Any, keys: Sequence[int]) -> Any:
    """What the trail holds of these records, oldest first; None for a model without a trail."""
    tracked = trail_kinds().get(model._meta.label_lower)
    events: Any = tracked.events._base_manager if tracked else None
    return events.filter(pgh_obj__in=keys).order_by("pgh_id") if tracked else None
