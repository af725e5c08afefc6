"""People with a second factor, and clients who signed in by the page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from crm.accounts.domain import second_factor
from tests.factories.organisation import PASSWORD
from tests.security.phone import app_code

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@dataclass(frozen=True)
class Enrolled:
    """Somebody with a second factor: the key in the app, the recovery codes on paper."""

    user: Any
    key: str
    codes: list[str]


@pytest.fixture
def enrol() -> Callable[[Any], Enrolled]:
    """Sets a second factor up; the code that proved it is one step old, so that those of now and later are fresh."""

    def make(user: Any) -> Enrolled:
        encrypted = second_factor.new_key()
        key = second_factor.readable_key(encrypted)
        codes = second_factor.set_up(user=user, encrypted=encrypted, code=app_code(key, steps=-1))
        return Enrolled(user, key, codes)

    return make


@pytest.fixture
def sign_in() -> Callable[..., Client]:
    """A client that has sent name and password: sign_in(user); `password`, `address` and `agent` differ by wish."""

    def make(
        user: Any, *, password: str = PASSWORD, address: str = "10.0.0.7", agent: str = FIREFOX, **form: Any
    ) -> Client:
        client = Client(REMOTE_ADDR=address, headers={"User-Agent": agent, "Accept-Language": "en"})
        name = user if isinstance(user, str) else user.username
        client.answer = client.post("/login/", {"username": name, "password": password, **form})  # type: ignore[attr-defined]
        return client

    return make
