"""On the page of an opportunity: who blocks what since when."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from crm.workflow.links import address_of
from opportunities.domain.blockers import Blocker, blockers
from opportunities.models import Opportunity


def waits(blocker: Blocker, now: dt.datetime) -> dict[str, Any]:
    """A blocker with where it stands and for how many days."""
    return {"blocker": blocker, "url": address_of(blocker.record), "days": max(0, (now - blocker.since).days)}


def waiting(request: HttpRequest, record: Opportunity) -> dict[str, Any] | None:
    """What it waits for, the longest first; nothing where nothing is waited for."""
    user: Any = request.user
    found = blockers([record], user).get(record.pk, [])
    now = timezone.now()
    return {"blockers": [waits(blocker, now) for blocker in found]} if found else None
