"""A client for WeCom's HTTP API (developer.work.weixin.qq.com): the token kept in the cache, retries, errors in words."""

import time
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any, NamedTuple

import httpx
import orjson
import tenacity
from django.core.cache import cache
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.errors import ExternalError

EARLIER = 300  # seconds that a token is given up before it ends
STALE_TOKEN = frozenset({40014, 42001})  # not valid, expired: a new one helps
BUSY = frozenset({-1, 45009, 45033})  # the system is busy, called too often, too many at once
RETRIED = frozenset({408, 429, 500, 502, 503, 504})
REASONS: Mapping[int, Any] = {
    -1: gettext_lazy("WeCom is busy: try again in a while."),
    40001: gettext_lazy("WeCom does not know this secret: copy it again from the application's page there."),
    40013: gettext_lazy("WeCom does not know this company ID."),
    40029: gettext_lazy("The sign-in has expired or was used before: start again."),
    40056: gettext_lazy("WeCom does not know this application: check its AgentId."),
    45009: gettext_lazy("WeCom was called too often: try again in a few minutes."),
    45033: gettext_lazy("WeCom was called too often: try again in a few minutes."),
    48002: gettext_lazy("The application may not do this: grant it the right in WeCom."),
    50001: gettext_lazy("Our address is not among the application's trusted domains in WeCom."),
    60011: gettext_lazy("The application may not read this: widen its visible range in WeCom."),
    60020: gettext_lazy("WeCom refuses our server's address: enter it among the application's trusted IPs there."),
    60111: gettext_lazy("WeCom does not know this account."),
    81013: gettext_lazy("WeCom knows none of the recipients, or they are outside the application's visible range."),
    301002: gettext_lazy("The secret belongs to another application than the AgentId."),
}


class WecomError(ExternalError):
    """WeCom refused; `number` is its errcode, 0 when there was no answer of its own."""

    def __init__(self, message: Any, *, number: int = 0, permanent: bool = False) -> None:
        super().__init__(message, permanent=permanent)
        self.number = number


class Access(NamedTuple):
    """Where the API is, and as which application it is called."""

    base_url: str
    corp_id: str
    agent_id: int
    secret: str


class _Transient(Exception):
    """Worth another attempt."""

    def __init__(self, error: WecomError) -> None:
        super().__init__(str(error.message))
        self.error = error


class WecomClient:
    """Calls the API as one application; close it, or use it in a `with` block. Every call raises WecomError.

    Args:
        attempts: tries per call, the first one included.
        sleep: waits that many seconds; tests put their own here.
    """

    def __init__(
        self,
        access: Access,
        *,
        timeout: float = 10.0,
        attempts: int = 4,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.access = access
        self._attempts, self._sleep = attempts, sleep
        self._http = httpx.Client(base_url=access.base_url.rstrip("/"), timeout=timeout, follow_redirects=False)

    def __enter__(self) -> "WecomClient":
        return self

    def __exit__(self, *exc: object) -> None:
        self._http.close()

    def get(self, path: str, **params: Any) -> dict[str, Any]:
        """Read, such as get("department/list")."""
        return self._call("GET", path, params, None)

    def post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Send, such as post("message/send", {...}). It may arrive twice: let WeCom check for duplicates where that matters."""
        return self._call("POST", path, {}, body)

    def token(self) -> str:
        """The access token: the kept one, else a new one."""
        kept: str | None = cache.get(self._token_key())
        return kept or self.new_token()

    def new_token(self) -> str:
        """An access token that WeCom gives now, whatever is kept."""
        params = {"corpid": self.access.corp_id, "corpsecret": self.access.secret}
        answer = self._retrying(lambda: self._attempt("GET", "gettoken", params, None))
        token, lasts = str(answer["access_token"]), int(answer.get("expires_in", 7200))
        cache.set(self._token_key(), token, max(lasts - EARLIER, 1))
        return token

    def _token_key(self) -> str:
        # another secret is another token; the secret itself stays out of the cache
        return f"wecom:token:{sha256(repr(self.access).encode()).hexdigest()}"

    def _call(
        self, method: str, path: str, params: Mapping[str, Any], body: Mapping[str, Any] | None
    ) -> dict[str, Any]:
        def once() -> dict[str, Any]:
            return self._attempt(method, path, {**params, "access_token": self.token()}, body)

        try:
            return self._retrying(once)
        except WecomError as error:
            if error.number not in STALE_TOKEN:
                raise
        cache.delete(self._token_key())
        return self._retrying(once)

    def _retrying(self, call: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        try:
            for attempt in tenacity.Retrying(
                stop=tenacity.stop_after_attempt(self._attempts),
                wait=tenacity.wait_random_exponential(multiplier=1, max=30),
                retry=tenacity.retry_if_exception_type(_Transient),
                sleep=self._sleep,
                reraise=True,
            ):
                with attempt:
                    return call()
        except _Transient as error:
            raise error.error from None
        raise AssertionError("tenacity ended without an answer")

    def _attempt(
        self, method: str, path: str, params: Mapping[str, Any], body: Mapping[str, Any] | None
    ) -> dict[str, Any]:
        url = f"/cgi-bin/{path}"
        try:
            answer = self._http.request(method, url, params=dict(params), json=body)
        except (httpx.InvalidURL, httpx.UnsupportedProtocol):
            raise WecomError(_("WeCom's address is not valid."), permanent=True) from None
        except httpx.TimeoutException:
            raise _Transient(WecomError(_("WeCom did not answer in time."))) from None
        except httpx.RequestError:
            raise _Transient(
                WecomError(_("WeCom cannot be reached at %(url)s.") % {"url": self.access.base_url})
            ) from None
        if answer.status_code in RETRIED:
            raise _Transient(
                WecomError(_("WeCom answered with an error (%(status)s).") % {"status": answer.status_code})
            )
        return _read(answer)


def _read(answer: httpx.Response) -> dict[str, Any]:
    """The answer's content; raises what its errcode says."""
    try:
        content = orjson.loads(answer.content)
    except orjson.JSONDecodeError:
        content = None
    if answer.status_code != httpx.codes.OK or not isinstance(content, dict):
        raise WecomError(
            _("This is no answer of WeCom's (%(status)s): check the address.") % {"status": answer.status_code},
            permanent=True,
        )
    number = int(content.get("errcode", 0))
    if number == 0:
        return content
    reason = REASONS.get(number) or content.get("errmsg", "")
    error = WecomError(
        _("%(reason)s (WeCom %(number)d)") % {"reason": reason, "number": number},
        number=number,
        permanent=number not in BUSY | STALE_TOKEN,
    )
    if number in BUSY:
        raise _Transient(error)
    raise error
