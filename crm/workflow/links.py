"""Records that rows of any kind refer to by content type and key: where they are shown, and which of them a reader may see."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.urls import NoReverseMatch, reverse

from crm.generic.tables import record_address

Reference = tuple[int | None, int | None]  # content type, primary key


def reference_of(record: Model | None) -> dict[str, Any]:
    """The values of the two fields that refer to a record: content_type and object_id."""
    if record is None:
        return {"content_type": None, "object_id": None}
    return {"content_type": ContentType.objects.get_for_model(record), "object_id": record.pk}


def address_of(record: Model) -> str:
    """The address of the record's page; empty for a kind of record that has none."""
    app, name = record._meta.app_label, record._meta.model_name
    for url_name in (f"{app}:{name}_record", f"workflow:{name}_record"):
        try:
            reverse(url_name, args=[record.pk])
        except NoReverseMatch:
            continue
        return record_address(url_name, record.pk)
    return ""


def may_open(user: Any, model: type[Model]) -> bool:
    """Whether a role lets the user see this kind of record at all."""
    return bool(user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}"))


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
