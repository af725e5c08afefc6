"""The account of somebody, on the person's page."""

from typing import Any

from django.http import HttpRequest

from crm.accounts.domain.locks import is_locked
from crm.accounts.domain.second_factor import has_second_factor
from crm.accounts.domain.sessions import running_sessions
from crm.accounts.models.sign_in import READ_LOG
from crm.models import SignInEvent, User

SHOWN = 5


def account(request: HttpRequest, record: User) -> dict[str, Any]:
    """Where the person is signed in, whether locked, whether with a second factor; the last sign-in."""
    user: Any = request.user
    events = SignInEvent.objects.visible_to(user).filter(user=record).order_by("-at", "-pk")
    return {
        "sessions": list(running_sessions(record)),
        "locked": is_locked(record),
        "factor": has_second_factor(record),
        "events": list(events[:SHOWN]),
        "may_read_log": user.has_perm(READ_LOG),
    }
