"""A thin OData V2 client: reads collections and `$metadata` with retries, and trusts nothing it is sent.

Only reading. Credentials go to the configured origin alone: of a `__next` link path and query are taken, never the host.
"""

import datetime as dt
import email.utils
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
import orjson
import tenacity
from django.utils.translation import gettext as _

from crm.errors import ExternalError

SERVICE_ROOT = "/sap/opu/odata/sap/"
LONGEST_WAIT = 120.0  # seconds that a Retry-After may ask for
RETRIED = frozenset({408, 425, 429, 500, 502, 503, 504})

Row = dict[str, Any]


@dataclass(frozen=True)
class Page:
    """Rows of one answer. `more` says that the server has cut the list; `server_time` is its Date header."""

    rows: list[Row]
    more: str
    server_time: dt.datetime


@dataclass
class Traffic:
    """What a client has done: calls that were answered, and how often it had to try again."""

    calls: int = 0
    retries: int = 0
    waits: list[float] = field(default_factory=list)


class _Transient(Exception):
    """Worth another attempt; `wait` is what the server asked for, in seconds."""

    def __init__(self, message: str, *, wait: float | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.wait = wait


class ODataClient:
    """One connection to an ERP. Not shared between threads that write; close it, or use it in a `with` block.

    Args:
        base_url: scheme and host (and a path in front of /sap, behind a proxy that needs one).
        attempts: tries per request, the first one included.
        sleep: waits that many seconds; tests put their own here.
    """

    def __init__(
        self,
        *,
        base_url: str,
        username: str = "",
        password: str = "",
        timeout: float = 60.0,
        attempts: int = 6,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self.traffic = Traffic()
        self._attempts = attempts
        self._sleep = sleep
        auth = httpx.BasicAuth(username, password) if username else None
        headers = {"Accept": "application/json", "Accept-Encoding": "gzip", "sap-language": "EN"}
        self._http = httpx.Client(auth=auth, timeout=timeout, headers=headers, follow_redirects=False)

    def __enter__(self) -> "ODataClient":
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back."""
        self._http.close()

    def metadata(self, service: str) -> bytes:
        """The `$metadata` document of a service. Raises ExternalError."""
        response = self._get(self._url(f"{service}/$metadata"), accept="application/xml")
        return response.content

    def page(self, service: str, entity_set: str, options: Mapping[str, str]) -> Page:
        """One answer of a collection; `options` are the system query options with their `$`. Raises ExternalError.

        Expanded collections inside the rows come whole: where the server cut one, its `__next` is followed.
        """
        query = "&".join(f"{name}={quote(value, safe='')}" for name, value in {**options, "$format": "json"}.items())
        return self._page(self._url(f"{service}/{entity_set}?{query}"))

    def following(self, link: str) -> Page:
        """The answer behind a `__next` link, asked of the configured origin. Raises ExternalError."""
        return self._page(self._rebased(link))

    def _page(self, url: str) -> Page:
        response, body = self._json(url)
        content = body.get("d", {})
        rows = content.get("results", []) if isinstance(content, dict) else content
        if not isinstance(rows, list):
            raise ExternalError(_("The ERP's answer is not a list of rows."), permanent=True)
        for row in rows:
            self._complete(row)
        more = content.get("__next", "") if isinstance(content, dict) else ""
        return Page(rows, more, _date_header(response))

    def _complete(self, row: Row) -> None:
        """Put plain lists in place of expanded collections, reading on where one was cut."""
        for name, value in row.items():
            if isinstance(value, dict) and "results" in value:
                rows, link = value["results"], value.get("__next", "")
                while link:
                    rest = self.following(link)
                    rows, link = rows + rest.rows, rest.more
                for child in rows:
                    self._complete(child)
                row[name] = rows
            elif isinstance(value, list):
                for child in value:
                    self._complete(child)

    def _url(self, tail: str) -> str:
        return f"{self.base_url}{SERVICE_ROOT}{tail}"

    def _rebased(self, link: str) -> str:
        """Path and query of a link on our own origin; a relative link counts from the service root."""
        parts = urlsplit(link)
        _before, found, tail = parts.path.partition(SERVICE_ROOT)
        path = tail if found else parts.path.lstrip("/")
        return self._url(path + (f"?{parts.query}" if parts.query else ""))

    def _json(self, url: str) -> tuple[httpx.Response, dict[str, Any]]:
        """The answer and its JSON. A body that is no JSON counts as cut off and is asked for again."""
        return self._retrying(lambda: self._attempt_json(url))

    def _get(self, url: str, *, accept: str) -> httpx.Response:
        return self._retrying(lambda: self._attempt(url, accept))

    def _retrying(self, call: Callable[[], Any]) -> Any:
        try:
            for attempt in tenacity.Retrying(
                stop=tenacity.stop_after_attempt(self._attempts),
                wait=_wait,
                retry=tenacity.retry_if_exception_type(_Transient),
                sleep=self._pause,
                reraise=True,
            ):
                with attempt:
                    return call()
        except _Transient as error:
            raise ExternalError(error.message) from error
        raise AssertionError("tenacity ended without an answer")

    def _pause(self, seconds: float) -> None:
        self.traffic.retries += 1
        self.traffic.waits.append(seconds)
        self._sleep(seconds)

    def _attempt_json(self, url: str) -> tuple[httpx.Response, dict[str, Any]]:
        response = self._attempt(url, "application/json")
        try:
            body = orjson.loads(response.content)
        except orjson.JSONDecodeError as error:
            raise _Transient(_("The ERP's answer was cut off or is not JSON.")) from error
        if not isinstance(body, dict):
            raise ExternalError(_("The ERP's answer is not a list of rows."), permanent=True)
        return response, body

    def _attempt(self, url: str, accept: str) -> httpx.Response:
        try:
            response = self._http.get(url, headers={"Accept": accept})
        except httpx.TimeoutException as error:
            raise _Transient(_("The ERP did not answer in time.")) from error
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            raise ExternalError(_("The ERP's address is not valid."), permanent=True) from error
        except httpx.DecodingError as error:
            raise _Transient(_("The ERP's answer was cut off or is not JSON.")) from error
        except httpx.RequestError as error:
            raise _Transient(_("The ERP cannot be reached at %(url)s.") % {"url": self.base_url}) from error
        self.traffic.calls += 1
        if response.status_code in RETRIED:
            message = _("The ERP answered with an error (%(status)s).") % {"status": response.status_code}
            raise _Transient(message, wait=_retry_after(response))
        if response.status_code != 200:
            raise ExternalError(_refusal(response), permanent=True)
        return response


_jitter = tenacity.wait_random_exponential(multiplier=1, max=60)


def _wait(state: tenacity.RetryCallState) -> float:
    """What the server asks for, never less than full jitter would give for a short request."""
    error = state.outcome.exception() if state.outcome else None
    asked = error.wait if isinstance(error, _Transient) else None
    return asked if asked is not None else _jitter(state)


def _retry_after(response: httpx.Response) -> float | None:
    """Seconds that a Retry-After header asks for: a number, or a date."""
    value = response.headers.get("Retry-After", "").strip()
    if not value:
        return None
    if value.isdigit():
        return min(float(value), LONGEST_WAIT)
    try:
        at = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    return min(max((at - _date_header(response)).total_seconds(), 0.0), LONGEST_WAIT)


def _date_header(response: httpx.Response) -> dt.datetime:
    """The server's own time; ours when it does not say."""
    try:
        return email.utils.parsedate_to_datetime(response.headers.get("Date", ""))
    except ValueError:
        return dt.datetime.now(dt.UTC)


def _refusal(response: httpx.Response) -> str:
    """What to tell the administrator about an answer that trying again does not change."""
    status = response.status_code
    if status in (401, 403):
        return _("The ERP refused the user name or the password, or the account lacks the right (%(status)s).") % {
            "status": status
        }
    if status == 404:
        return _("The ERP does not offer %(path)s.") % {"path": response.url.path}
    if 300 <= status < 400:
        return _("The ERP sends us to another address (%(status)s): correct the address.") % {"status": status}
    return _("The ERP refused the request (%(status)s): %(text)s") % {"status": status, "text": _error_text(response)}


def _error_text(response: httpx.Response) -> str:
    try:
        message = orjson.loads(response.content)["error"]["message"]
        return str(message["value"] if isinstance(message, dict) else message)[:300]
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return response.text[:200]
