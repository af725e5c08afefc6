"""The description of the API as OpenAPI 3, for programs and for the reference page."""

import time
from typing import Any

from django.conf import settings
from django.utils import translation
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.remembered import Remembered
from integrations.api.base import ApiView
from integrations.api.completing import complete

KEPT_SECONDS = 600.0


class TokenScheme(OpenApiAuthenticationExtension):
    """How a token is sent."""

    target_class = "integrations.api.access.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """HTTP's own scheme."""
        return {"type": "http", "scheme": "bearer"}


class SessionScheme(OpenApiAuthenticationExtension):
    """The browser's session."""

    target_class = "integrations.api.access.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """Its cookie."""
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}


# By language, with the time it was made: lists of choices tell of a change, currencies and stages do not.
_made: Remembered[dict[str, tuple[float, dict[str, Any]]]] = Remembered(dict)


def schema() -> dict[str, Any]:
    """The description in the language in force, with the choices there are; made anew when they change."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    kept = _made.get()
    if language not in kept or time.monotonic() - kept[language][0] > KEPT_SECONDS:
        found = complete(SchemaGenerator().get_schema(request=None, public=True))
        kept[language] = (time.monotonic(), found)
    return kept[language][1]


class SchemaApi(ApiView):
    """The description, for whoever is signed in."""

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        """As JSON."""
        return Response(schema())
