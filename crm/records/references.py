"""Records that rows of any kind refer to by content type and key, and which of them a reader may see."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

Reference = tuple[int | None, int | None]  # content type, primary key


def kind_of(model: type[Model]) -> ContentType:
    """How a row refers to a kind of record."""
    return ContentType.objects.get_for_model(model)


def reference_of(record: Model | None) -> dict[str, Any]:
    """The values of the two fields that refer to a record: content_type and object_id."""
    if record is None:
        return {"content_type": None, "object_id": None}
    return {"content_type": ContentType.objects.get_for_model(record), "object_id": record.pk}


def may_open(user: Any, model: type[Model]) -> bool:
    """Whether a role lets the user see this kind of record at all."""
    return bool(user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}"))


def may_change(user: Any, record: Model) -> bool:
    """Whether a role lets the user change this kind of record."""
    return bool(user.has_perm(f"{record._meta.app_label}.change_{record._meta.model_name}"))


def may_see(user: Any, record: Model) -> bool:
    """Whether the user may see this very record."""
    rows: Any = type(record)._default_manager.all()
    return may_open(user, type(record)) and rows.visible_to(user).filter(pk=record.pk).exists()


def seen_records(user: Any, references: Iterable[Reference]) -> dict[Reference, Model]:
    """The records among these that the user may see; one query per kind of record."""
    keys: dict[int, set[int]] = defaultdict(set)
    for kind, key in references:
        if kind is not None and key is not None:
            keys[kind].add(key)
    found: dict[Reference, Model] = {}
    for kind, wanted in sorted(keys.items()):
        model = ContentType.objects.get_for_id(kind).model_class()
        if model is None or not may_open(user, model):
            continue
        rows = model.objects.visible_to(user).filter(pk__in=wanted)  # type: ignore[attr-defined]
        found |= {(kind, row.pk): row for row in rows}
    return found


def about(record: Any) -> str:
    """How an address or a form names a record."""
    return f"{record._meta.label_lower}:{record.pk}"


def record_named(user: Any, text: str) -> Any:
    """The record of such a name, if the user may see it; None otherwise."""
    label, _colon, key = text.partition(":")
    app, _dot, name = label.partition(".")
    if not key.isdecimal() or len(key) > 17:
        return None
    try:
        kind = ContentType.objects.get_by_natural_key(app, name)
    except ContentType.DoesNotExist:
        return None
    return seen_records(user, [(kind.pk, int(key))]).get((kind.pk, int(key)))
