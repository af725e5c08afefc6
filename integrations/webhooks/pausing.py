"""The pause of an address that has failed: kept in the cache, for losing it costs one attempt."""

import datetime as dt
from typing import Any

from django.core.cache import cache
from django.utils import timezone

SHORTEST, LONGEST = dt.timedelta(minutes=1), dt.timedelta(minutes=30)
_KEY = "webhook-pause-%s"


def is_paused(webhook: int) -> bool:
    """Whether the address failed a moment ago."""
    return cache.get(_KEY % webhook) is not None


def pause(webhook: Any) -> None:
    """Leave it alone for a while: the longer it fails, the longer."""
    now = timezone.now()
    failing = now - (webhook.failing_since or now)
    cache.set(_KEY % webhook.pk, True, min(max(failing / 4, SHORTEST), LONGEST).total_seconds())


def end_pause(webhook: int) -> None:
    """Try it at once: somebody asks for it."""
    cache.delete(_KEY % webhook)
