"""Accounts that are locked for a while after wrong passwords or codes."""

import datetime as dt
from typing import Any

from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from crm.accounts.domain.log import write_log
from crm.accounts.models.sign_in import Kind
from crm.accounts.throttle import CODES, CONFIRMATIONS


def is_locked(user: Any) -> bool:
    """Whether the account is locked, from whatever address."""
    since = timezone.now() - dt.timedelta(hours=settings.AXES_COOLOFF_TIME)
    attempts = AccessAttempt.objects.filter(username=user.username, attempt_time__gt=since)
    locked = attempts.filter(failures_since_start__gte=settings.AXES_FAILURE_LIMIT).exists()
    return locked or CODES.spent(user.pk) or CONFIRMATIONS.spent(user.pk)


def unlock(*, user: Any, actor: Any) -> None:
    """Let somebody try again at once."""
    with transaction.atomic():
        reset(username=user.username)
        write_log(kind=Kind.UNLOCKED, user=user, actor=actor)
    for throttle in (CODES, CONFIRMATIONS):
        throttle.forget(user.pk)
