"""How a client proves who it is: basic authentication, or a token by OAuth2 client credentials; and whom it trusts."""

import re
import ssl
import threading
import time
from collections.abc import Generator

import httpx
import orjson
from django.utils.translation import gettext_lazy as _

from crm.errors import ExternalError
from crm.languages import lazily
from integrations.sap.errors import Transient
from integrations.sap.headers import retry_after

BEGINS = "-----BEGIN CERTIFICATE-----"
_CERTIFICATE = re.compile(r"-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----")
EARLIER = 30.0  # a token is fetched again so many seconds before it ends


class ClientCredentials(httpx.Auth):
    """A bearer token from `token_url`, kept until it ends, and fetched once more when the ERP no longer takes it.

    The secret goes to the token's address only, in the header that RFC 6749 (2.3.1) prescribes.
    """

    requires_response_body = True

    def __init__(self, *, token_url: str, client_id: str, secret: str, trust: ssl.SSLContext, timeout: float) -> None:
        self._url = token_url
        self._auth = httpx.BasicAuth(client_id, secret)
        self._trust = trust
        self._timeout = timeout
        self._token = ""
        self._ends = 0.0
        self._lock = threading.Lock()

    def sync_auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Send with the token; a 401 means that the request was not looked at, so a new token may be tried."""
        token = self._current()
        request.headers["Authorization"] = f"Bearer {token}"
        response = yield request
        if response.status_code == 401:
            response.read()
            request.headers["Authorization"] = f"Bearer {self._current(not_this=token)}"
            yield request

    def _current(self, not_this: str = "") -> str:
        with self._lock:
            if not self._token or self._token == not_this or time.monotonic() >= self._ends:
                self._token, lasts = self._fetched()
                self._ends = time.monotonic() + max(lasts - EARLIER, 0)
            return self._token

    def _fetched(self) -> tuple[str, float]:
        """A token and how many seconds it lasts. Raises Transient when another attempt may help, else ExternalError."""
        try:
            with httpx.Client(auth=self._auth, verify=self._trust, timeout=self._timeout) as client:
                answer = client.post(self._url, data={"grant_type": "client_credentials"})
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            raise ExternalError(_("The address of the token is not valid."), permanent=True) from error
        except httpx.RequestError as error:
            raise Transient(lazily(_("No token: %(url)s cannot be reached."), url=self._url)) from error
        if answer.status_code >= 500 or answer.status_code in (408, 425, 429):
            text = lazily(_("No token: the address answered %(status)s."), status=answer.status_code)
            raise Transient(text, wait=retry_after(answer))
        try:
            found = orjson.loads(answer.content) if answer.status_code == 200 else {}
            return str(found["access_token"]), float(found.get("expires_in") or 0)
        except (orjson.JSONDecodeError, KeyError, TypeError, ValueError) as error:
            text = lazily(_("No token: client id or secret were refused (%(status)s)."), status=answer.status_code)
            raise ExternalError(text, permanent=True) from error


def trust(ca_pem: str = "") -> ssl.SSLContext:
    """Whom to trust: the public authorities, and those of `ca_pem`, whatever is written around them. Raises ValueError for text
    that holds no certificate, or one that is not whole."""
    context = httpx.create_ssl_context()
    if ca_pem.strip():
        found = _CERTIFICATE.findall(ca_pem)
        try:
            if len(found) != ca_pem.count(BEGINS):
                raise ValueError("a certificate that is not whole")
            context.load_verify_locations(cadata="\n".join(found))
        except (ssl.SSLError, TypeError, ValueError) as error:
            raise ValueError("no certificate in PEM form") from error
    return context
