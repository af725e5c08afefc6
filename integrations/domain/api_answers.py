"""A POST that is sent twice with the same key is done once; the second gets the first one's answer."""

import datetime as dt
from collections.abc import Callable
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.errors import DomainError
from integrations.models import ApiAnswer

KEPT = dt.timedelta(hours=24)


class Answer(NamedTuple):
    """Status, headers and body as JSON has them; whether they were given before."""

    status: int
    headers: dict[str, str]
    body: Any
    again: bool = False


class KeyReused(DomainError):
    """The key came before with something else."""

    code = "idempotency_key_reused"


def once(*, user: Any, key: str, fingerprint: str, make: Callable[[], Answer]) -> Answer:
    """The answer that `make()` gives, or gave before. Of two at the same time one waits for the other. What fails is not kept.

    Without a key `make()` is simply done in a transaction. Raises KeyReused, and whatever `make` raises.
    """
    with transaction.atomic():
        if not key:
            return make()
        now = timezone.now()
        ApiAnswer.objects.filter(user=user, key=key, at__lt=now - KEPT).delete()
        if not _claimed(user, key, fingerprint, now):
            found = ApiAnswer.objects.get(user=user, key=key)
            if found.fingerprint != fingerprint:
                raise KeyReused(_("This Idempotency-Key was used for another request: choose a new one."))
            return Answer(found.status, found.headers, found.body, again=True)
        made = make()
        ApiAnswer.objects.filter(user=user, key=key).update(status=made.status, headers=made.headers, body=made.body)
    return made


def _claimed(user: Any, key: str, fingerprint: str, now: dt.datetime) -> bool:
    """Whether the key is new; waits for a transaction that has just claimed it."""
    sql = (
        "INSERT INTO integrations_apianswer (user_id, key, fingerprint, status, headers, body, at)"
        " VALUES (%s, %s, %s, 0, '{}', NULL, %s) ON CONFLICT (user_id, key) DO NOTHING"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [user.pk, key, fingerprint, now])
        return cursor.rowcount == 1


def forget_answers() -> int:
    """Delete what is older than a day; returns how many."""
    count, _by_model = ApiAnswer.objects.filter(at__lt=timezone.now() - KEPT).delete()
    return count
