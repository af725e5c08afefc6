"""Stars, following, and what somebody looked at last."""

import datetime as dt
from typing import Any

from django.db import connection, models
from django.utils import timezone

from crm.organisation.models import User
from crm.records.models import RecordMark
from crm.records.references import reference_of

KEPT_VISITS = 20


def note_visit(*, actor: User, record: models.Model) -> tuple[dt.datetime | None, dt.datetime | None]:
    """Note that the actor looks at the record; since when it is the actor's favourite and followed. One statement."""
    kind = reference_of(record)["content_type"]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO crm_recordmark (user_id, content_type_id, object_id, seen_at) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (user_id, content_type_id, object_id) DO UPDATE SET seen_at = excluded.seen_at"
            " RETURNING starred_at, followed_at",
            [actor.pk, kind.pk, record.pk, timezone.now()],
        )
        starred_at, followed_at = cursor.fetchone()
    return starred_at, followed_at


def set_star(*, actor: User, record: models.Model, on: bool) -> None:
    """Keep the record among the actor's favourites, or no longer."""
    _set(actor, record, starred_at=timezone.now() if on else None)


def set_follow(*, actor: User, record: models.Model, on: bool) -> None:
    """Tell the actor what happens with the record, or no longer. Its owner is told anyway."""
    _set(actor, record, followed_at=timezone.now() if on else None)


def _set(actor: User, record: models.Model, **values: Any) -> None:
    RecordMark.objects.update_or_create(user=actor, **reference_of(record), defaults=values)


def forget_visits() -> int:
    """Delete visits that no list shows any more: neither starred nor followed, and not among the person's last ones."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM crm_recordmark WHERE starred_at IS NULL AND followed_at IS NULL AND id IN (SELECT id FROM"
            " (SELECT id, row_number() OVER (PARTITION BY user_id ORDER BY seen_at DESC NULLS LAST, id DESC) AS place"
            " FROM crm_recordmark) AS numbered WHERE place > %s)",
            [KEPT_VISITS],
        )
        return cursor.rowcount
