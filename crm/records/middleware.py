"""Puts who, from where and in which request into the facts that the audit trail's rows refer to."""

import re
import uuid
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from pghistory.middleware import HistoryMiddleware

_GIVEN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


class TrailContext(HistoryMiddleware):
    """pghistory's middleware, with the reader's address and the request's id beside the user and the URL.

    A proxy's X-Request-ID is taken over, so that the trail and the proxy's log can be laid side by side.
    """

    def get_context(self, request: Any) -> dict[str, Any]:
        """The facts of this request."""
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        number = given if settings.PROXY_COUNT and _GIVEN_ID.fullmatch(given) else uuid.uuid4().hex
        return {**super().get_context(request), "address": address_of(request), "request": number}


def address_of(request: HttpRequest) -> str:
    """The reader's address; behind our own proxies the one that the outermost of them saw."""
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if settings.PROXY_COUNT and len(forwarded) >= settings.PROXY_COUNT:
        return str(forwarded[-settings.PROXY_COUNT])
    return str(request.META.get("REMOTE_ADDR", ""))
