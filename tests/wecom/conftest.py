"""The small WeCom, and the settings that lead to it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from crm.base.remembered import forget
from integrations.domain.connection import encrypted
from integrations.models import WecomAccount, WecomSettings
from integrations.wecom.client import Access, WecomClient
from tests.wecom.server import AES_KEY, AGENT, CORP, SECRET, TOKEN, Wecom


@pytest.fixture
def wecom() -> Iterator[Wecom]:
    """A company in WeCom with one department."""
    found = Wecom()
    yield found
    found.close()


@pytest.fixture
def switched_on(wecom: Wecom) -> Callable[..., WecomSettings]:
    """Stores settings with these switches on: switched_on("sign_in", "messages")."""

    def make(*switches: str) -> WecomSettings:
        forget()
        return WecomSettings.objects.create(
            corp_id=CORP,
            agent_id=AGENT,
            secret_encrypted=encrypted(SECRET),
            callback_token_encrypted=encrypted(TOKEN),
            aes_key_encrypted=encrypted(AES_KEY),
            base_url=wecom.url,
            **dict.fromkeys(switches, True),
        )

    return make


@pytest.fixture
def client_for(wecom: Wecom) -> Callable[..., WecomClient]:
    """A client that waits for nothing."""

    def make(**options: Any) -> WecomClient:
        secret = options.pop("secret", SECRET)
        return WecomClient(Access(wecom.url, CORP, AGENT, secret), **{"sleep": lambda seconds: None, **options})

    return make


@pytest.fixture
def linked(wecom: Wecom) -> Callable[..., WecomAccount]:
    """Gives somebody an account in WeCom: linked(user, "userid")."""

    def make(user: Any, userid: str = "") -> WecomAccount:
        account = userid or user.username
        wecom.person(account, user.display_name)
        return WecomAccount.objects.create(user=user, userid=account)

    return make
