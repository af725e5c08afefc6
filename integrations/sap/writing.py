"""Creates and changes entities: CSRF token with its session, ETags, and never a repeat that nobody asked for."""

from typing import Any, NamedTuple

import httpx
import orjson
from django.utils.translation import gettext as _

from integrations.sap.errors import Refused, UnknownOutcome
from integrations.sap.reading import Entity, etag_of
from integrations.sap.transport import Row, Transport, checked

CSRF = "X-CSRF-Token"
JSON = "application/json"


class Change(NamedTuple):
    """One write: POST of `body` to an entity set, or PATCH to an `entity_path` with the ETag that was read."""

    method: str
    path: str
    body: Row
    etag: str = ""


class Writing(Transport):
    """What a client writes. The token is good only with the session's cookies, which the client keeps."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._tokens: dict[str, str] = {}

    def create(self, service: str, entity_set: str, body: Row) -> Entity:
        """Create an entity with what is nested in `body`, all or nothing; the entity as the ERP made it.

        Raises Refused and NotNow (nothing was made), UnknownOutcome (look it up before sending it again).
        """
        return entity_in(self._written(service, Change("POST", entity_set, body)))

    def change(self, service: str, path: str, body: Row, *, etag: str) -> str:
        """Change the properties of `body` in the entity at `path`; its new ETag, empty when the ERP does not say.

        Raises ChangedMeanwhile when the ETag is no longer the entity's, and what `create` raises.
        """
        return self._written(service, Change("PATCH", path, body, etag)).headers.get("ETag", "")

    def _written(self, service: str, change: Change) -> httpx.Response:
        url = self.url(f"{service}/{change.path}")
        headers = {"Content-Type": JSON} | ({"If-Match": change.etag} if change.etag else {})
        return checked(self.send_with_token(service, change.method, url, orjson.dumps(change.body), headers))

    def send_with_token(
        self, service: str, method: str, url: str, content: bytes, headers: dict[str, str]
    ) -> httpx.Response:
        """Send with the service's CSRF token; a refusal of the token is no attempt, so a fresh one is tried, once."""
        known = self._tokens.get(service)
        response = self.send(method, url, content, headers | {CSRF: known or self._token(service)})
        if response.status_code == 403 and response.headers.get(CSRF, "").lower() == "required":
            response = self.send(method, url, content, headers | {CSRF: self._token(service)})
        return response

    def _token(self, service: str) -> str:
        response = self.get(self.url(f"{service}/"), **{CSRF: "Fetch"})
        token = response.headers.get(CSRF, "")
        if not token:
            raise Refused(_("The ERP gave no token for writing (CSRF)."), status=response.status_code)
        self._tokens[service] = token
        return token


def entity_in(response: httpx.Response) -> Entity:
    """The entity in the answer to a POST. Raises UnknownOutcome when it is cut: something was made, but we cannot say what."""
    try:
        row = orjson.loads(response.content)["d"]
    except (orjson.JSONDecodeError, KeyError, TypeError) as error:
        raise UnknownOutcome(_("The ERP's answer was cut off: what it made is not known.")) from error
    if not isinstance(row, dict):
        raise UnknownOutcome(_("The ERP's answer was cut off: what it made is not known."))
    return Entity(row, etag_of(response.headers, row))
