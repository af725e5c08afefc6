"""The description of the API as OpenAPI 3, for programs and for the reference page."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils import translation
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from integrations.api.views import ApiView


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


@lru_cache(maxsize=4)
def _schema(language: str) -> dict[str, Any]:
    with translation.override(language):
        found: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return found


def schema() -> dict[str, Any]:
    """The description in the language in force; made once per process."""
    return _schema(translation.get_language() or settings.LANGUAGE_CODE)


class SchemaApi(ApiView):
    """The description, for whoever is signed in."""

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        """As JSON."""
        return Response(schema())
