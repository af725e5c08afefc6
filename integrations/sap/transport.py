"""Requests to the ERP's origin: sessions, retries of what only reads, and what an answer's status means.

Credentials go to the configured origin alone. A request that changes something is sent once, never again by itself.
"""

import math
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx
import orjson
import tenacity
from django.utils.translation import gettext_lazy as _

from crm.errors import ExternalError
from crm.languages import lazily
from integrations.sap.errors import ChangedMeanwhile, NotNow, Refused, Transient, UnknownOutcome
from integrations.sap.gate import Gate, Open
from integrations.sap.headers import retry_after
from integrations.sap.parsing import Parse
from integrations.sap.signing_in import ClientCredentials, trust

SERVICE_ROOT = "/sap/opu/odata/sap/"
LONGEST_WAIT = 120.0  # seconds that a Retry-After is waited for; who asks for more is left alone so long
SILENT = frozenset({502, 503, 504})  # a gateway answers that what is behind it does not
RETRIED = frozenset({408, 425, 429, 500, 502, 503, 504})
WAITING = frozenset({429, 503})  # with these a server may say how long to wait
NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)

NUL = re.compile(rb"\\u0000")  # as JSON writes it

Row = dict[str, Any]


@dataclass
class Traffic:
    """What a client has done: calls that were answered, and how often it had to try again."""

    calls: int = 0
    retries: int = 0
    waits: list[float] = field(default_factory=list)


class Transport:
    """One connection to an ERP. Not shared between threads that write; close it, or use it in a `with` block.

    Args:
        base_url: scheme and host (and a path in front of /sap, behind a proxy that needs one).
        username, password: of the account; with a `token_url` the id and the secret of the OAuth2 client.
        ca_pem: certificates of authorities to trust besides the public ones.
        attempts: tries per request that reads, the first one included.
        sleep: waits that many seconds; tests put their own here.
        gate: holds requests back while there are too many, or the source does not answer.
    """

    def __init__(
        self,
        *,
        base_url: str,
        username: str = "",
        password: str = "",
        token_url: str = "",
        ca_pem: str = "",
        timeout: float = 60.0,
        attempts: int = 6,
        sleep: Callable[[float], None] = time.sleep,
        gate: Gate | None = None,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self.traffic = Traffic()
        self._attempts = attempts
        self._sleep = sleep
        self._gate: Gate = gate or Open()
        try:
            trusted = trust(ca_pem)
        except ValueError as error:
            raise ExternalError(_("The certificates of the connection cannot be read."), permanent=True) from error
        auth: httpx.Auth | None = httpx.BasicAuth(username, password) if username else None
        if token_url:
            auth = ClientCredentials(
                token_url=token_url, client_id=username, secret=password, trust=trusted, timeout=timeout
            )
        headers = {"Accept": "application/json", "Accept-Encoding": "gzip", "sap-language": "EN"}
        self._http = httpx.Client(auth=auth, timeout=timeout, headers=headers, verify=trusted, follow_redirects=False)

    def close(self) -> None:
        """Give the connections back."""
        self._http.close()

    def url(self, tail: str) -> str:
        """The address of something below the services' root."""
        return f"{self.base_url}{SERVICE_ROOT}{tail}"

    def rebased(self, link: str) -> str:
        """Path and query of a link on our own origin; a relative link counts from the service root."""
        parts = urlsplit(link)
        _before, found, tail = parts.path.partition(SERVICE_ROOT)
        path = tail if found else parts.path.lstrip("/")
        return self.url(path + (f"?{parts.query}" if parts.query else ""))

    def get(self, url: str, **headers: str) -> httpx.Response:
        """The answer to a request that reads, tried again on passing errors. Raises ExternalError."""
        response: httpx.Response = self._retrying(lambda: self._read(url, headers))
        return response

    def get_json(self, url: str, *, parse: Parse = orjson.loads, **headers: str) -> tuple[httpx.Response, Row]:
        """The answer and its JSON. A body that is no JSON counts as cut off and is asked for again. Raises ExternalError."""
        found: tuple[httpx.Response, Row] = self._retrying(lambda: self._read_json(url, headers, parse))
        return found

    def send(self, method: str, url: str, content: bytes, headers: dict[str, str]) -> httpx.Response:
        """The answer to a request that may change something; sent once. The caller reads the status.

        Raises NotNow when it certainly was not carried out, UnknownOutcome when nobody knows, ExternalError for a bad address.
        """
        try:
            response = self._asked(method, url, content=content, headers=headers)
        except Transient as error:
            raise NotNow(error.message, wait=error.wait) from error
        except NEVER_SENT as error:
            raise NotNow(lazily(_("The ERP cannot be reached at %(url)s."), url=self.base_url)) from error
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            raise ExternalError(_("The ERP's address is not valid."), permanent=True) from error
        except httpx.RequestError as error:
            raise UnknownOutcome(_("The ERP's answer did not come: what it did is not known.")) from error
        self.traffic.calls += 1
        return response

    def _asked(self, method: str, url: str, **content: Any) -> httpx.Response:
        """One request through the gate, which is told whether there was an answer, and that it is to rest longer than we wait.
        Raises as httpx does, NotNow, and Transient for want of a token."""
        self._gate.enter()
        try:
            response = self._http.request(method, url, **content)
        except Transient as error:
            self._heed(error.wait)
            raise
        except httpx.TransportError as error:
            if not isinstance(error, httpx.UnsupportedProtocol):
                self._gate.silent()
            raise
        if response.status_code in SILENT:
            self._gate.silent()
        else:
            self._gate.answered()
        if response.status_code in WAITING:
            self._heed(retry_after(response))
        return response

    def _heed(self, wait: float | None) -> None:
        if _too_long(wait):
            self._gate.rest(wait or 0.0)

    def _retrying(self, call: Callable[[], Any]) -> Any:
        try:
            for attempt in tenacity.Retrying(
                stop=tenacity.stop_after_attempt(self._attempts),
                wait=_wait,
                retry=tenacity.retry_if_exception(_again),
                sleep=self._pause,
                reraise=True,
            ):
                with attempt:
                    return call()
        except Transient as error:
            if _too_long(error.wait):
                text = _("The ERP asks to be left alone for %(minutes)s minutes.")
                minutes = math.ceil((error.wait or 0.0) / 60)
                raise NotNow(lazily(text, minutes=minutes), wait=error.wait) from error
            raise ExternalError(error.message) from error
        raise AssertionError("tenacity ended without an answer")

    def _pause(self, seconds: float) -> None:
        self.traffic.retries += 1
        self.traffic.waits.append(seconds)
        self._sleep(seconds)

    def _read_json(self, url: str, headers: dict[str, str], parse: Parse) -> tuple[httpx.Response, Row]:
        response = self._read(url, headers)
        try:
            body = parse(response.content)
        except orjson.JSONDecodeError as error:
            raise Transient(_("The ERP's answer was cut off or is not JSON.")) from error
        if not isinstance(body, dict):
            raise ExternalError(_("The ERP's answer is not a list of rows."), permanent=True)
        return response, _without_nul(body) if NUL.search(response.content) else body

    def _read(self, url: str, headers: dict[str, str]) -> httpx.Response:
        try:
            response = self._asked("GET", url, headers=headers)
        except httpx.TimeoutException as error:
            raise Transient(_("The ERP did not answer in time.")) from error
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            raise ExternalError(_("The ERP's address is not valid."), permanent=True) from error
        except httpx.DecodingError as error:
            raise Transient(_("The ERP's answer was cut off or is not JSON.")) from error
        except httpx.RequestError as error:
            raise Transient(lazily(_("The ERP cannot be reached at %(url)s."), url=self.base_url)) from error
        self.traffic.calls += 1
        if response.status_code in RETRIED:
            message = lazily(_("The ERP answered with an error (%(status)s)."), status=response.status_code)
            raise Transient(message, wait=retry_after(response))
        if response.status_code != 200:
            raise refusal(response)
        return response


def _without_nul(value: Any) -> Any:
    """The value without NUL characters: PostgreSQL keeps none, and one in a key would hold up its whole page."""
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, dict):
        return {name: _without_nul(found) for name, found in value.items()}
    return [_without_nul(found) for found in value] if isinstance(value, list) else value


def checked(response: httpx.Response) -> httpx.Response:
    """The answer to a write, when it was carried out. Raises Refused, NotNow, UnknownOutcome."""
    status = response.status_code
    if status in (200, 201, 202, 204):
        return response
    if status == 429:
        raise NotNow(_("The ERP asks us to wait (429)."), wait=retry_after(response))
    if status == 408 or status >= 500:
        message = _("The ERP answered with an error (%(status)s): what it did is not known. %(text)s")
        texts = error_texts(response)
        raise UnknownOutcome(lazily(message, status=status, text="; ".join(texts)), status=status, texts=texts)
    raise refusal(response)


def refusal(response: httpx.Response) -> Refused:
    """What to tell about an answer that trying again does not change."""
    status, texts = response.status_code, error_texts(response)
    kind = ChangedMeanwhile if status in (412, 428) else Refused
    return kind(_refusal_message(response, texts), status=status, texts=texts)


def _refusal_message(response: httpx.Response, texts: tuple[str, ...]) -> Any:
    status = response.status_code
    if status in (401, 403):
        return lazily(
            _("The ERP refused the user name or the password, or the account lacks the right (%(status)s)."),
            status=status,
        )
    if status == 404 and response.request.method == "GET":
        return lazily(_("The ERP does not offer %(path)s."), path=response.url.path)
    if 300 <= status < 400:
        return lazily(_("The ERP sends us to another address (%(status)s): correct the address."), status=status)
    if status in (412, 428):
        return _("The record was changed in the ERP meanwhile: read it again.")
    return lazily(_("The ERP refused the request (%(status)s): %(text)s"), status=status, text="; ".join(texts))


def error_texts(response: httpx.Response) -> tuple[str, ...]:
    """The ERP's own words: the message and its details, none twice; the start of the body when it is no error of OData."""
    try:
        error = orjson.loads(response.content)["error"]
        message = error["message"]
        texts = [str(message["value"] if isinstance(message, dict) else message)]
        inner = error.get("innererror") or {}
        details = inner.get("errordetails") or error.get("details") or []
        texts += [str(item.get("message") or "") for item in details]
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError):
        return (response.text[:200],) if response.text else ()
    return tuple(dict.fromkeys(text[:300] for text in texts if text))


_jitter = tenacity.wait_random_exponential(multiplier=1, max=60)


def _again(error: BaseException) -> bool:
    """Whether to try once more, and soon."""
    return isinstance(error, Transient) and not _too_long(error.wait)


def _too_long(wait: float | None) -> bool:
    return wait is not None and wait > LONGEST_WAIT


def _wait(state: tenacity.RetryCallState) -> float:
    """What the server asks for, never less than full jitter would give for a short request."""
    error = state.outcome.exception() if state.outcome else None
    asked = error.wait if isinstance(error, Transient) else None
    return asked if asked is not None else _jitter(state)
