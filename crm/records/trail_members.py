"""Which records a many-to-many field held at a version, by the trail of its table."""

from typing import Any

from django.db.models import ManyToManyField, Model

from crm.records.models.trail import Deed
from crm.records.trail import kinds, tracked

Key = tuple[Any, Any]  # what was written in one transaction of one request has the same context and time


def members_at(record: Model, name: str, version: int) -> list[Any] | None:
    """The keys of the records that the field `name` held at that version; None when the trail does not know.

    Read backwards from what it holds now: what was written in the transactions of later versions is undone.
    """
    kind = tracked(type(record))
    field = next((one for one in type(record)._meta.many_to_many if one.name == name), None)
    if kind is None or field is None:
        return None
    entries = _entries(record, field)
    events: Any = kind.events._base_manager
    rows = events.filter(pgh_obj=record.pk).exclude(pgh_label=Deed.BEFORE)
    keys = {
        stood: (context, at) for stood, context, at in rows.values_list("version", "pgh_context_id", "pgh_created_at")
    }
    if entries is None or version not in keys:
        return None
    later = {key for stood, key in keys.items() if stood > version}
    earlier = {key for stood, key in keys.items() if stood <= version}
    if any(key in later and key in earlier for _label, _other, key in entries):  # two versions in one transaction
        return None
    members = set(getattr(record, name).values_list("pk", flat=True))
    for label, other, key in entries:
        if key in later or (key not in earlier and key[1] > keys[version][1]):
            (members.discard if label == Deed.INSERT else members.add)(other)
    return sorted(members)


def _entries(record: Model, field: "ManyToManyField[Any, Any]") -> list[tuple[str, Any, Key]] | None:
    """What came into the field and went, the newest first; None when its table leaves no trail."""
    through = field.remote_field.through
    kind = next((one for one in kinds().values() if one.model._meta.concrete_model is through), None)
    if kind is None:
        return None
    own, other = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    events: Any = kind.events._base_manager
    rows = events.filter(**{own: record.pk}, pgh_label__in=(Deed.INSERT, Deed.DELETE)).order_by("-pgh_id")
    return [
        (label, key, (context, at))
        for label, key, context, at in rows.values_list("pgh_label", other, "pgh_context_id", "pgh_created_at")
    ]
