"""Reading the audit trail of a record."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from crm.records.masking import words_of

LIMIT = 200


@dataclass(frozen=True)
class TrailEntry:
    """One change: when, by whom, what kind, and the fields with their old and new values."""

    at: Any
    who: str
    kind: str
    changes: list[tuple[str, str, str]]


def trail_of(record: Model) -> list[TrailEntry]:
    """The newest 200 changes of a record the caller has made sure the reader may see; empty for models without a trail."""
    tracked = getattr(record, "pgh_event_models", None) or getattr(type(record), "pgh_event_models", None)
    if not tracked:
        return []
    model = next(iter(tracked.values()))
    rows = list(
        model.objects.filter(pgh_obj_id=record.pk).select_related("pgh_context").order_by("-pgh_id")[: LIMIT + 1]
    )
    people = _people(rows)
    entries = []
    for index, row in enumerate(rows[:LIMIT]):
        before = rows[index + 1] if index + 1 < len(rows) else None
        context = row.pgh_context.metadata if row.pgh_context else {}
        changes = _changes(row, before, record) if before is not None else []
        entries.append(TrailEntry(row.pgh_created_at, people.get(context.get("user"), ""), row.pgh_label, changes))
    return entries


def _people(rows: list[Any]) -> dict[Any, str]:
    from crm.organisation.models import User  # noqa: PLC0415 -- app ready

    ids = {row.pgh_context.metadata.get("user") for row in rows if row.pgh_context}
    return dict(User.objects.filter(pk__in=[pk for pk in ids if pk]).values_list("pk", "display_name"))


def _changes(row: Any, before: Any, record: Model) -> list[tuple[str, str, str]]:
    """The fields that differ between two events, in words; contact data as the reader of the record may see it."""
    out = []
    for field in row._meta.concrete_fields:
        if field.name.startswith("pgh_") or field.name in ("id", "version", "updated_at", "created_at"):
            continue
        old, new = getattr(before, field.attname), getattr(row, field.attname)
        if old != new:
            old, new = (words_of(record, field.name, value) for value in (old, new))
            out.append((str(field.verbose_name), _words(before, field, old), _words(row, field, new)))
    return out


def _words(row: Any, field: Any, value: Any) -> str:
    if value in (None, ""):
        return "—"
    if field.is_relation:
        related = getattr(row, field.name, None)
        return str(related) if related is not None else str(value)
    display = getattr(row, f"get_{field.name}_display", None)
    return str(display()) if display else str(value)
