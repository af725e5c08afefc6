"""What is registered as personal data, by kind."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.apps import apps
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from crm.extension_points import PersonalData, personal_data

ERASED = "[已删除 erased]"  # stands in the place of a name, in both languages because it is stored
COUNTED = 10_000

Chosen = Mapping[str, Sequence[int]]  # {"customers.Contact": [keys]}


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
