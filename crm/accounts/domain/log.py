"""Write the log of signing in, and forget what is old."""

import datetime as dt
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.cached_db import SessionStore
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from crm.accounts.devices import origin_of
from crm.accounts.models import SignInEvent, UserSession
from crm.accounts.models.sign_in import Kind, Reason

SESSIONS_KEPT = dt.timedelta(days=90)
SHOWN_OF_A_NAME = 3  # characters: somebody may have typed the password there


def write_log(
    *,
    kind: str,
    user: Any = None,
    username: str = "",
    reason: str = "",
    actor: Any = None,
    request: HttpRequest | None = None,
) -> SignInEvent:
    """One entry. `actor` is left out where it is the person; `request` says from where, where there is one."""
    origin = origin_of(request)
    return SignInEvent.objects.create(
        at=timezone.now(),
        user=user,
        username=user.username if user is not None else username,
        kind=kind,
        reason=reason,
        actor=actor if actor is not None and actor != user else None,
        address=origin.address,
        agent=origin.agent,
    )


def log_refusal(*, username: str, request: HttpRequest | None, locked: bool) -> None:
    """A sign-in with name and password that failed. A name that nobody has is kept by its first characters only."""
    user = get_user_model()._default_manager.filter(username=username).first() if username else None
    if user is None:
        name = username if len(username) <= SHOWN_OF_A_NAME else f"{username[:SHOWN_OF_A_NAME]}…"
        write_log(kind=Kind.REFUSED, username=name, reason=Reason.UNKNOWN, request=request)
        return
    reason = Reason.WRONG_PASSWORD if user.is_active else Reason.INACTIVE
    write_log(kind=Kind.REFUSED, user=user, reason=Reason.TOO_MANY if locked else reason, request=request)


def forget_old() -> int:
    """Delete entries older than SIGN_IN_LOG_DAYS, sessions long over, and attempts that lock nothing any more.

    Returns how many entries of the log.
    """
    now = timezone.now()
    count, _by_model = SignInEvent.objects.filter(at__lt=now - dt.timedelta(days=settings.SIGN_IN_LOG_DAYS)).delete()
    over = Q(ended_at__lt=now - SESSIONS_KEPT) | Q(ended_at=None, last_seen_at__lt=now - SESSIONS_KEPT)
    UserSession.objects.filter(over).delete()
    AccessAttempt.objects.filter(attempt_time__lt=now - dt.timedelta(days=1)).delete()
    SessionStore.clear_expired()
    return count
