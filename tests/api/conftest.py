"""A program that speaks to the API as a person, by a token."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client

from crm.models import Role, User
from integrations.domain.api_tokens import create_token
from tests.factories.records import day

RIGHT = "integrations.add_apitoken"


def grant(user: User, *rights: str) -> None:
    """Give the person's roles these rights."""
    for role in Role.objects.filter(users=user):
        role.permissions = sorted({*role.permissions, *rights})
        role.save(update_fields=["permissions"])
    user.__dict__.pop("access", None)


def secret_of(user: User, *, writes: bool = True, records: tuple[str, ...] = (), days: int = 30) -> str:
    """A new token of the person."""
    grant(user, RIGHT)
    _token, secret = create_token(
        actor=user, name="test", expires_on=day(days), writes=writes, records=records, request=HttpRequest()
    )
    return secret


class Program:
    """Speaks JSON below /api/v1/."""

    def __init__(self, secret: str = "", language: str = "en") -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.headers = {"Accept-Language": language} | ({"Authorization": f"Bearer {secret}"} if secret else {})

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """The response; `headers` with _ for -."""
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        send = getattr(self.client, method.lower())
        address = path if path.startswith("/") or path.startswith("http") else f"/api/v1/{path}"
        if body is None:
            return send(address, headers={**self.headers, **more})
        text = body if isinstance(body, str) else json.dumps(body)
        return send(address, text, content_type="application/json", headers={**self.headers, **more})

    def get(self, path: str, **headers: str) -> Any:
        """GET."""
        return self.ask("GET", path, **headers)

    def post(self, path: str, body: Any, **headers: str) -> Any:
        """POST."""
        return self.ask("POST", path, body, **headers)

    def patch(self, path: str, body: Any, **headers: str) -> Any:
        """PATCH."""
        return self.ask("PATCH", path, body, **headers)

    def put(self, path: str, body: Any, **headers: str) -> Any:
        """PUT."""
        return self.ask("PUT", path, body, **headers)


@pytest.fixture
def program(db: Any) -> Callable[..., Program]:
    """program(user) speaks by a new token of the person that may read and write."""

    def make(user: User, **token: Any) -> Program:
        return Program(secret_of(user, **token))

    return make
