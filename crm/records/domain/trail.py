"""Taking something out of the audit trail: only by law or by the company's retention, and never without an entry.

The guard of the event tables (crm/records/trail_tables.py) lets a transaction through that has written its TrailErasure first.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.errors import DomainError
from crm.records.models import TrailErasure
from crm.records.trail import kinds
from crm.records.trail_tables import CONTEXT, Tracked

LEAST_KEPT = dt.timedelta(days=180)


def erase_from_trail(
    *, kind: str, records: Sequence[int], fields: Sequence[str], reason: str, actor: Any = None
) -> TrailErasure:
    """Empty these fields in all that the trail holds of the records, as erasure of personal data demands.

    The entries stay: who changed the record when, but not what the fields held. Raises DomainError for a kind without a trail,
    a field that it does not hold or that cannot be empty, and without a reason.
    """
    tracked = kinds().get(kind)
    if tracked is None:
        raise DomainError(_("There is no trail of “%(kind)s”.") % {"kind": kind}, field="kind")
    empty = {name: _empty(tracked, name) for name in fields}
    if not empty:
        raise DomainError(_("Name at least one field."), field="fields")
    events: Any = tracked.events._base_manager
    rows = events.filter(pgh_obj__in=records)
    with transaction.atomic():
        entry = _begin(
            kind=kind, records=sorted(records), fields=sorted(empty), rows=rows.count(), reason=reason, by=actor
        )
        rows.update(**empty)
        _end()
    return entry


def drop_old_trail(*, before: dt.date, reason: str, actor: Any = None) -> TrailErasure:
    """Drop all that was recorded before a day. The newest entry of each row stays, so that its next change can be told.

    Raises DomainError for a day less than half a year ago, and without a reason.
    """
    if before > timezone.localdate() - LEAST_KEPT:
        raise DomainError(_("The trail is kept for half a year at least: choose an earlier day."), field="before")
    with transaction.atomic():
        parts = [_old(tracked, before) for tracked in kinds().values()]
        rows = sum(part.count() for part in parts)
        entry = _begin(before=before, rows=rows, reason=reason, by=actor)
        for part in parts:
            part.delete()
        with connection.cursor() as cursor:
            cursor.execute(_unused_contexts(), [before])
        _end()
    return entry


def _old(tracked: Tracked, before: dt.date) -> Any:
    events: Any = tracked.events._base_manager
    newer = events.filter(pgh_obj=models.OuterRef("pgh_obj"), pgh_id__gt=models.OuterRef("pgh_id"))
    return events.filter(models.Exists(newer), pgh_created_at__lt=_midnight(before))


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def _unused_contexts() -> str:
    used = " ".join(
        f"AND NOT EXISTS (SELECT 1 FROM {tracked.events._meta.db_table} e WHERE e.pgh_context_id = c.id)"  # noqa: S608 -- our own names
        for tracked in kinds().values()
    )
    return f"DELETE FROM {CONTEXT} c WHERE c.created_at < %s {used}"  # noqa: S608 -- our own names


def _empty(tracked: Tracked, name: str) -> Any:
    """What stands for nothing in a field."""
    known = {each.name: each for each in tracked.events._meta.concrete_fields if not each.name.startswith("pgh_")}
    field = known.get(name)
    if field is None or name in ("id", "version"):
        raise DomainError(_("The trail holds no field “%(name)s”.") % {"name": name}, field="fields")
    if field.null:
        return None
    if isinstance(field, models.CharField | models.TextField):
        return ""
    if isinstance(field, models.JSONField):
        return field.get_default()
    raise DomainError(_("The field “%(name)s” cannot be empty.") % {"name": name}, field="fields")


def _begin(*, reason: str, by: Any, **values: Any) -> TrailErasure:
    """Write the entry; from now to the end of the transaction the guard knows of it."""
    if not reason.strip():
        raise DomainError(_("Say why: an erasure needs a reason."), field="reason")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        number = cursor.fetchone()[0]
    entry = TrailErasure.objects.create(reason=reason.strip(), by=by, transaction=number, **values)
    _let_through(str(entry.pk))
    return entry


def _end() -> None:
    _let_through("")


def _let_through(value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('crm.trail_erasure', %s, true)", [value])
