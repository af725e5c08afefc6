"""How fast the ERP is asked, and when it is left alone: kept in Redis, because all processes together must not flood it.

Requests take tokens from a bucket that fills at so many per second and holds those of a second; whoever finds it empty waits for
its turn. After some requests in a row without an answer nobody asks for a while. Then one tries: its answer opens the way for
all, its failure doubles the pause. When the source itself asks for a long pause, nobody asks until then.
Without Redis nothing is held back: the limits spare the ERP, they are no reason to stop.
"""

import datetime as dt
import hashlib
import time
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import redis
import structlog
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from redis.exceptions import RedisError

from integrations.sap.errors import NotNow

IN_A_ROW = 5  # requests without an answer after which the source is left alone
PAUSE, LONGEST = 60.0, 1800.0  # seconds: the first pause, and the most that doubling makes of it
TRIAL = 150.0  # seconds within which whoever tries must have an answer, or the next one may
KEPT = 86_400

log = structlog.get_logger(__name__)

# One step for all processes: fill up, take one, and tell how long to wait where there was none left.
_TAKE = """
local clock = redis.call('TIME')
local now = clock[1] + clock[2] / 1000000
local rate = tonumber(ARGV[1])
local kept = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local tokens = math.min(rate, (tonumber(kept[1]) or rate) + (now - (tonumber(kept[2]) or now)) * rate) - 1
redis.call('HSET', KEYS[1], 'tokens', string.format('%.6f', tokens), 'at', string.format('%.6f', now))
redis.call('EXPIRE', KEYS[1], 60)
return string.format('%.6f', math.max(0, -tokens / rate))
"""


class Resting(NamedTuple):
    """The source is left alone until then: after so many requests without an answer, or none when it asked for it."""

    failures: int
    until: dt.datetime

    def __str__(self) -> str:
        """In words, in the reader's language and time zone."""
        time = date_format(timezone.localtime(self.until), "H:i")
        if not self.failures:
            return _("The ERP asks to be left alone; it is asked again at %(time)s.") % {"time": time}
        words = _("The ERP has not answered %(count)s times in a row; it is asked again at %(time)s.")
        return words % {"count": self.failures, "time": time}


def resting(base_url: str) -> Resting | None:
    """Whether the source of this address is left alone now."""
    try:
        failures, until = _kept(base_url)
    except RedisError:
        return None
    if until <= time.time():
        return None
    return Resting(failures, dt.datetime.fromtimestamp(until, dt.UTC))


class SharedGate:
    """The gate of one source, for all processes. `per_second` fills the bucket; `forced` is never held back, but still tells."""

    def __init__(
        self, base_url: str, *, per_second: int, forced: bool = False, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._base_url, self._per_second, self._forced, self._sleep = base_url, per_second, forced, sleep
        self._troubled = False

    def enter(self) -> None:
        """Return when the next request may be sent. Raises NotNow while the source is left alone."""
        try:
            self._look()
            wait = (
                0.0 if self._forced else float(_redis().eval(_TAKE, 1, _key(self._base_url, "pace"), self._per_second))
            )
        except RedisError as error:
            log.warning("erp_gate_open", error=repr(error)[:200])
            return
        if wait:
            self._sleep(wait)

    def answered(self) -> None:
        """Forget the failures."""
        if self._troubled:
            self._tell(lambda: _redis().delete(_key(self._base_url, "rest"), _key(self._base_url, "trial")))
            self._troubled = False

    def silent(self) -> None:
        """Count one more failure; with enough of them the source is left alone, longer each time."""
        self._troubled = True
        self._tell(self._count)

    def rest(self, seconds: float) -> None:
        """Leave the source alone for so long, as it asked, a day at most; what is under way may still come to its end."""
        self._tell(lambda: self._rest(min(seconds, KEPT)))

    def _rest(self, seconds: float) -> None:
        key = _key(self._base_url, "rest")
        _redis().hset(key, mapping={"failures": 0, "until": time.time() + seconds})
        _redis().expire(key, KEPT)

    def _look(self) -> None:
        failures, until = _kept(self._base_url)
        now = time.time()
        self._troubled = failures > 0 or (self._forced and until > now)
        if self._forced or (failures < IN_A_ROW and until <= now):
            return
        if until <= now and _redis().set(_key(self._base_url, "trial"), "1", nx=True, ex=int(TRIAL)):
            return
        again = max(until, now + PAUSE) if until <= now else until  # somebody else is trying
        raise NotNow(str(Resting(failures, dt.datetime.fromtimestamp(again, dt.UTC))), wait=again - now)

    def _count(self) -> None:
        """Requests that were under way when the pause began do not lengthen it."""
        failures, until = _kept(self._base_url)
        if until > time.time() and not self._forced:
            return
        key = _key(self._base_url, "rest")
        failures = int(_redis().hincrby(key, "failures", 1))
        if failures >= IN_A_ROW:
            pause = min(PAUSE * 2 ** (failures - IN_A_ROW), LONGEST)
            _redis().hset(key, "until", time.time() + pause)
            _redis().delete(_key(self._base_url, "trial"))
        _redis().expire(key, KEPT)

    def _tell(self, call: Callable[[], Any]) -> None:
        try:
            call()
        except RedisError as error:
            log.warning("erp_gate_open", error=repr(error)[:200])


def _kept(base_url: str) -> tuple[int, float]:
    failures, until = _redis().hmget(_key(base_url, "rest"), "failures", "until")
    return int(failures or 0), float(until or 0)


def _key(base_url: str, name: str) -> str:
    digest = hashlib.sha256(base_url.encode()).hexdigest()[:16]
    return f"{settings.CACHE_PREFIX}:erp:{name}:{digest}"


@cache
def _redis() -> Any:
    return redis.Redis.from_url(settings.CACHES["default"]["LOCATION"], decode_responses=True)
