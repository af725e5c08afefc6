"""Sessions: opened at the sign-in, seen every few minutes, ended from anywhere."""

import datetime as dt
import time
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.cached_db import SessionStore
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from crm.accounts.devices import origin_of
from crm.accounts.domain.log import write_log
from crm.accounts.models import UserSession
from crm.accounts.models.sign_in import Kind

ROW, SEEN = "session_row", "session_seen"  # kept in the session: our row, and when it was last noted as seen
SEEN_EVERY = 300  # seconds


def open_session(*, request: HttpRequest, user: Any) -> None:
    """Note a sign-in, or its new key, where the session has a row already."""
    session, origin, now = request.session, origin_of(request), timezone.now()
    if not session.session_key:
        session.create()
    row = UserSession.objects.filter(pk=session.get(ROW, 0), user=user, ended_at=None).first()
    if row is None:
        row = UserSession(user=user, signed_in_at=now)
    row.key = session.session_key or ""
    row.last_seen_at, row.address, row.agent = now, origin.address, origin.agent
    row.save()
    session[ROW], session[SEEN] = row.pk, int(time.time())


def is_due(session: Any) -> bool:
    """Whether it should be noted that the session is in use. Asks nothing of the database."""
    return time.time() - session.get(SEEN, 0) >= SEEN_EVERY


def note_seen(*, request: HttpRequest) -> bool:
    """Note that the session is in use; False when it was ended and must go."""
    session, user = request.session, request.user
    if ROW not in session:  # signed in before sessions were noted
        open_session(request=request, user=user)
        return True
    origin = origin_of(request)
    rows = UserSession.objects.filter(pk=session[ROW], user=user, ended_at=None)  # type: ignore[misc]
    session[SEEN] = int(time.time())
    return bool(rows.update(last_seen_at=timezone.now(), address=origin.address, agent=origin.agent))


def running_sessions(user: Any) -> QuerySet[UserSession]:
    """Where the user is signed in now."""
    alive = timezone.now() - dt.timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return UserSession.objects.filter(user=user, ended_at=None, last_seen_at__gt=alive).order_by("-last_seen_at", "-pk")


def end_session(*, row: UserSession, reason: str, actor: Any = None, request: HttpRequest | None = None) -> bool:
    """End one session; False when it had ended before."""
    return _end(UserSession.objects.filter(pk=row.pk), row.user, reason, actor, request) > 0


def end_sessions(*, user: Any, reason: str, actor: Any = None, keep: int | None = None) -> int:
    """End all sessions of a user, but for the row `keep`; returns how many. Devices notice with their next request."""
    return _end(UserSession.objects.filter(user=user).exclude(pk=keep or 0), user, reason, actor, None)


def close_session(*, request: HttpRequest, user: Any) -> None:
    """The person has signed out: the session itself is ended by Django. Nothing is left to do where it was ended elsewhere."""
    if UserSession.objects.filter(pk=request.session.get(ROW, 0), ended_at=None).update(ended_at=timezone.now()):
        write_log(kind=Kind.SIGNED_OUT, user=user, request=request)


def _end(rows: QuerySet[UserSession], user: Any, reason: str, actor: Any, request: HttpRequest | None) -> int:
    """The rows at once; the sessions in their store when that is committed."""
    with transaction.atomic():
        found = list(rows.filter(ended_at=None).order_by("pk").select_for_update().values_list("pk", "key"))
        UserSession.objects.filter(pk__in=[pk for pk, _key in found]).update(ended_at=timezone.now())
        if found:
            write_log(kind=Kind.ENDED, user=user, reason=reason, actor=actor, request=request)
        transaction.on_commit(lambda: _delete([key for _pk, key in found]))
    return len(found)


def _delete(keys: list[str]) -> None:
    for key in keys:
        SessionStore(key).delete()
