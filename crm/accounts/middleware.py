"""Watches sessions: notes that they are in use, and ends those that were ended elsewhere."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse

from crm.accounts.domain.sessions import is_due, note_seen

FACTOR_DUE = "second_factor_due"  # in the session: the person must set up a second factor before anything else


class SessionWatch:
    """Two statements every five minutes of use, none in between."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Before the page is made."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            session = request.session
            if (
                SESSION_KEY in session
                and is_due(session)
                and request.user.is_authenticated
                and not note_seen(request=request)
            ):
                logout(request)
        return self.get_response(request)
