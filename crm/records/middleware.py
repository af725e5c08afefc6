"""Puts who, from where and in which request into the facts that the audit trail's rows refer to."""

import re
import uuid
from typing import Any

from django.conf import settings
from pghistory.middleware import HistoryMiddleware

from crm.accounts.devices import client_address

_GIVEN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


class TrailContext(HistoryMiddleware):
    """pghistory's middleware, with the reader's address and the request's id beside the user and the URL.

    A proxy's X-Request-ID is taken over, so that the trail and the proxy's log can be laid side by side.
    """

    def get_context(self, request: Any) -> dict[str, Any]:
        """The facts of this request."""
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        number = given if settings.PROXY_COUNT and _GIVEN_ID.fullmatch(given) else uuid.uuid4().hex
        return {**super().get_context(request), "address": client_address(request), "request": number}
