"""What writes: POST with what is nested in it, PATCH with ETags, and `$batch`, whose change sets hold whole or not at all."""

import email.parser
import email.policy
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from typing import Any
from urllib.parse import unquote, urlsplit

import orjson

from integrations.simulator import creating
from integrations.simulator.creating import Draft, Refusal
from integrations.simulator.edm import EntityType
from integrations.simulator.filters import BadQuery, milliseconds
from integrations.simulator.life import Life
from integrations.simulator.service import ROOT, Answer, Catalogue, Target, entity, etag, failure, named
from integrations.simulator.store import Store

CREATED = {"A_SalesOrder": creating.create_order, "A_BusinessPartner": creating.create_partner}
CHANGED = frozenset({*CREATED, "A_SalesOrderItem", "A_Customer", "A_CustomerSalesArea", "A_BusinessPartnerAddress"})


@dataclass(frozen=True)
class Call:
    """A write: `target` is path and query, `match` the If-Match header."""

    method: str
    target: str
    body: bytes
    match: str = ""


@dataclass
class Writer:
    """Carries out writes on the store."""

    store: Store
    life: Life
    kinds: Mapping[str, EntityType] = field(default_factory=dict)

    def answer(self, call: Call, *, origin: str) -> Answer:
        """The answer to one write, which is a transaction of its own."""
        try:
            with self.store.writing():
                return self._write(call, origin)
        except Refusal as error:
            return failure(error.status, error.text, *error.details)

    def batch(self, service: str, content_type: str, body: bytes, *, origin: str) -> Answer:
        """The answer to a `$batch`: 202 with a part for each change set."""
        message = _multipart(content_type, body)
        if message is None:
            return failure(400, "The batch request is malformed")
        boundary = uuid.uuid4().hex
        parts = [self._change_set(service, part, origin) for part in message]
        content = b"".join(f"--{boundary}\r\n".encode() + part for part in parts) + f"--{boundary}--\r\n".encode()
        return Answer(202, content, f"multipart/mixed; boundary={boundary}")

    def _change_set(self, service: str, part: Message, origin: str) -> bytes:
        answers = []
        try:
            with self.store.writing():
                for call in _calls(service, part):
                    answers.append(self._write(call, origin))
        except Refusal as error:
            return _embedded(failure(error.status, error.text, *error.details))
        boundary = uuid.uuid4().hex
        inside = b"".join(f"--{boundary}\r\n".encode() + _embedded(answer) for answer in answers)
        head = f"Content-Type: multipart/mixed; boundary={boundary}\r\n\r\n"
        return head.encode() + inside + f"--{boundary}--\r\n\r\n".encode()

    def _write(self, call: Call, origin: str) -> Answer:
        path = unquote(urlsplit(call.target).path)
        service, _slash, resource = path[len(ROOT) :].partition("/")
        target = named(resource, service, self.kinds)
        if target is None:
            raise Refusal(404, f"Resource not found for the segment '{resource}'")
        catalogue = Catalogue(self.store, self.kinds, f"{origin}{ROOT}{service}")
        if call.method == "POST" and target.key is None:
            return self._create(catalogue, target.kind, call)
        if call.method in ("PATCH", "MERGE") and target.key is not None:
            return self._change(target, call)
        raise Refusal(405, f"Method {call.method} not allowed here")

    def _create(self, catalogue: Catalogue, kind: EntityType, call: Call) -> Answer:
        if kind.name not in CREATED:
            raise Refusal(405, f"{kind.name} is not creatable")
        draft = _draft(self.kinds, kind, _body(call))
        key = CREATED[kind.name](self.store, self.life.now(), draft)
        nested = ",".join(sorted(draft.paths()))
        return entity(catalogue, Target(kind, key), {"$expand": nested} if nested else {}, status=201)

    def _change(self, target: Target, call: Call) -> Answer:
        kind, key = target.kind, list(target.key or ())
        if kind.name not in CHANGED:
            raise Refusal(405, f"{kind.name} is not updatable")
        draft = _draft(self.kinds, kind, _body(call))
        where = " AND ".join(f"{name} = ?" for name in kind.key)
        found = self.store.rows(kind.name, where, key)
        if not found:
            raise Refusal(404, f"Resource not found for {kind.name}")
        if kind.etag:
            _same(etag(kind, found[0][kind.etag]), call.match)
        stamps = creating.stamps(kind.name, self.life.now())
        values = {kind.column(name): value for name, value in draft.values.items()}
        self.store.change(kind.name, key, **{**values, **stamps})
        return Answer(204, b"", headers={"ETag": etag(kind, stamps[kind.etag])} if kind.etag else {})


def _same(current: str, given: str) -> None:
    if not given:
        raise Refusal(428, "Header If-Match is required")
    if given not in ("*", current):
        raise Refusal(412, "Precondition failed: the entity was changed meanwhile")


def _body(call: Call) -> dict[str, Any]:
    try:
        body = orjson.loads(call.body)
    except orjson.JSONDecodeError as error:
        raise Refusal(400, "Error while parsing the request body") from error
    if not isinstance(body, dict):
        raise Refusal(400, "Error while parsing the request body")
    return body


def _draft(kinds: Mapping[str, EntityType], kind: EntityType, body: Mapping[str, Any]) -> Draft:
    """The body as values to keep, and what is nested in it."""
    draft = Draft()
    for name, value in body.items():
        if name in kind.expands:
            rows = value.get("results", [value]) if isinstance(value, dict) else value
            draft.nested[name] = [_draft(kinds, kinds[kind.expands[name]], row) for row in rows]
        elif name in kind.properties:
            draft.values[name] = _kept(kind, name, value)
        elif name != "__metadata":
            raise Refusal(400, f"Property {name} is invalid")
    return draft


def _kept(kind: EntityType, name: str, value: Any) -> Any:
    edm, length, _precision, _scale = kind.properties[name]
    if value is None:
        return None
    if edm == "Edm.Boolean" and isinstance(value, bool):
        return int(value)
    if not isinstance(value, str) or (length and len(value) > int(length)):
        raise Refusal(400, f"Property {name} has invalid value '{value}'")
    if edm in ("Edm.DateTime", "Edm.DateTimeOffset"):
        ticks = value.removeprefix("/Date(").removesuffix(")/").partition("+")[0]
        try:
            return int(ticks) if value.startswith("/Date(") else milliseconds(value)
        except (ValueError, BadQuery) as error:
            raise Refusal(400, f"Property {name} has invalid value '{value}'") from error
    return value


def _multipart(content_type: str, body: bytes) -> list[Message] | None:
    message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(
        f"Content-Type: {content_type}\r\n\r\n".encode() + body
    )
    return list(message.iter_parts()) if message.is_multipart() else None  # type: ignore[attr-defined]


def _calls(service: str, part: Message) -> list[Call]:
    """The writes of a change set, in their order."""
    if not part.is_multipart():
        raise Refusal(400, "Only change sets are understood")
    calls = []
    for piece in part.iter_parts():  # type: ignore[attr-defined]
        head, _gap, body = piece.get_payload(decode=True).partition(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        method, path, _version = first.split(" ", 2)
        pairs = (line.partition(":") for line in lines)
        headers = {name.strip().lower(): value.strip() for name, _colon, value in pairs}
        calls.append(Call(method, f"{ROOT}{service}/{path}", body.strip(), headers.get("if-match", "")))
    return calls


def _embedded(answer: Answer) -> bytes:
    """An answer as a part of a multipart answer."""
    extra = "".join(f"{name}: {value}\r\n" for name, value in answer.headers.items())
    head = (
        "Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"
        f"HTTP/1.1 {answer.status} Status\r\nContent-Type: {answer.content_type}\r\n"
        f"Content-Length: {len(answer.body)}\r\n{extra}\r\n"
    )
    return head.encode() + answer.body + b"\r\n"
