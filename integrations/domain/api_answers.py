"""A POST that is sent twice with the same key is done once; the second gets the first one's answer."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.errors import DomainError
from integrations.models import ApiAnswer

KEPT = dt.timedelta(hours=24)
PIECE = 50  # rows of one transaction: as long others wait for what it holds, such as the count of numbers


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
        stored, new = _claim(user, key, fingerprint)
        if not new:
            return Answer(stored.status, stored.headers, stored.body, again=True)
        made = make()
        ApiAnswer.objects.filter(pk=stored.pk).update(status=made.status, headers=made.headers, body=made.body)
    return made


def in_pieces(
    *, user: Any, key: str, fingerprint: str, rows: Sequence[Any], work: Callable[[Sequence[Any]], list[Any]]
) -> Answer:
    """200 with `{"results": ...}`, what `work` gives for the rows, which are done piece by piece, each in a transaction.

    With a key the results so far are kept with each piece: who sends the same again, at the same time or after the first was
    cut off, goes on behind the last whole piece and gets the same answer. Raises KeyReused, and whatever `work` raises.
    """
    results: list[Any] = []
    again = True
    while True:
        with transaction.atomic():
            stored = None
            if key:
                stored, _new = _claim(user, key, fingerprint)
                results = list((stored.body or {}).get("results", ()))
                if stored.status:
                    return Answer(stored.status, stored.headers, stored.body, again=again)
            again = False
            results = [*results, *work(rows[len(results) : len(results) + PIECE])]
            whole = len(results) >= len(rows)
            if stored is not None:
                changes = {"body": {"results": results}, "status": 200 if whole else 0}
                ApiAnswer.objects.filter(pk=stored.pk).update(**changes)
        if whole:
            return Answer(200, {}, {"results": results})


def _claim(user: Any, key: str, fingerprint: str) -> tuple[ApiAnswer, bool]:
    """The row of this key, held until the transaction ends, and whether it is new. Raises KeyReused."""
    now = timezone.now()
    ApiAnswer.objects.filter(user=user, key=key, at__lt=now - KEPT).delete()
    new = _claimed(user, key, fingerprint, now)
    stored = ApiAnswer.objects.select_for_update().get(user=user, key=key)
    if stored.fingerprint != fingerprint:
        raise KeyReused(_("This Idempotency-Key was used for another request: choose a new one."))
    return stored, new


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
