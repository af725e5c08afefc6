"""How often something may be tried: counters in the cache, in fixed windows of time."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from redis.exceptions import RedisError

from crm.accounts.devices import client_address

View = Callable[..., Any]
MINUTE = 60


@dataclass(frozen=True)
class Throttle:
    """At most `limit` times within `seconds`, for each who tries."""

    name: str
    limit: int
    seconds: int

    def _key(self, who: Any) -> str:
        return f"throttle:{self.name}:{who}:{int(time.time()) // self.seconds}"

    def hit(self, who: Any) -> bool:
        """Count one more; whether it is still within the limit."""
        key = self._key(who)
        return bool(cache.add(key, 1, self.seconds)) or cache.incr(key) <= self.limit

    def spent(self, who: Any) -> bool:
        """Whether no attempt is left."""
        return int(cache.get(self._key(who), 0)) >= self.limit

    def forget(self, who: Any) -> None:
        """Let begin anew."""
        cache.delete(self._key(who))

    def wait(self) -> int:
        """The seconds until the window ends."""
        return self.seconds - int(time.time()) % self.seconds


# An office shares one address: many may mistype there before it is held up.
SIGN_IN_FAILURES = Throttle("sign-in", 30, 15 * MINUTE)
SIGN_INS = Throttle("sign-ins", 300, 5 * MINUTE)
CODES = Throttle("code", 5, 15 * MINUTE)
CONFIRMATIONS = Throttle("confirm", 5, 15 * MINUTE)
OPEN_PAGES = Throttle("open", 120, MINUTE)


def in_minutes(seconds: int) -> str:
    """'in 7 minutes', rounded up."""
    minutes = -(-seconds // MINUTE)
    return ngettext("in %(n)d minute", "in %(n)d minutes", minutes) % {"n": minutes}


def too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    """429: asked too often from one address."""
    context = {
        "code": 429,
        "title": _("Too many requests"),
        "text": _("Your address has asked too often. Try again %(when)s.") % {"when": in_minutes(seconds)},
        "icon_name": "clock-pause",
        "brand": settings.BRAND_NAME,
        "lang": "zh-Hans" if (get_language() or "").startswith("zh") else "en",
    }
    response = render(request, "errors/bare.html", context, status=429)
    response["Retry-After"] = str(seconds)
    return response


def limited(throttle: Throttle) -> Callable[[View], View]:
    """For pages open to visitors: at most so many requests from one address. Without Redis nothing is counted."""

    def decorate(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            try:
                within = throttle.hit(client_address(request))
            except (RedisError, OSError):
                within = True
            return view(request, *args, **kwargs) if within else too_many(request, throttle.wait())

        return counted

    return decorate
