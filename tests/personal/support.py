"""A person, and the time after which the password is asked for again."""

from typing import Any

from crm.accounts.confirmation import CONFIRMED_AT, LASTS

NAME, PHONE, MAIL = "钱进", "13812345678", "qian.jin@example.com"


def a_while_later(client: Any) -> Any:
    """The password was last given too long ago."""
    session = client.session
    session[CONFIRMED_AT] -= LASTS + 1
    session.save()
    return client
