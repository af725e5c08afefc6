"""Ways to sign in besides name and password."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, eq=False)
class SignInWay:
    """A way to sign in besides name and password, by an account elsewhere.

    `offered()` says whether this installation has it. `url_name` is where it begins (takes ?next=), `account_url_name` where
    somebody who is signed in links that account or unlinks it.
    """

    key: str
    label: Any  # str or the lazy string of gettext_lazy
    icon: str
    url_name: str
    account_url_name: str
    offered: Callable[[], bool]
    order: int = 100
