"""`$batch`: several change sets in one request. A change set is carried out whole or not at all; each has its own answer."""

import email.parser
import email.policy
import uuid
from collections.abc import Sequence
from email.message import Message
from typing import NamedTuple

import httpx
import orjson
from django.utils.translation import gettext as _

from crm.errors import ExternalError
from integrations.sap.errors import UnknownOutcome
from integrations.sap.reading import Entity
from integrations.sap.transport import checked
from integrations.sap.writing import Change, Writing, entity_in


class ChangeSetResult(NamedTuple):
    """What became of a change set: the entities of its POSTs (None for a PATCH) in their order, or why nothing was done."""

    entities: list[Entity | None]
    error: ExternalError | None = None


class Batching(Writing):
    """Writes in bulk."""

    def batch(self, service: str, change_sets: Sequence[Sequence[Change]]) -> list[ChangeSetResult]:
        """Send change sets (one document each); one result per set, in their order.

        Raises NotNow and Refused when the whole request was turned away, UnknownOutcome when its answer cannot be read.
        """
        boundary = f"batch_{uuid.uuid4().hex}"
        headers = {"Content-Type": f"multipart/mixed; boundary={boundary}", "Accept": "multipart/mixed"}
        content = _request(boundary, change_sets)
        response = checked(self.send_with_token(service, "POST", self.url(f"{service}/$batch"), content, headers))
        parts = _parts(response)
        if parts is None:
            raise UnknownOutcome(_("The ERP's answer was cut off: what it made is not known."))
        missing = UnknownOutcome(_("The ERP's answer does not tell of this document: what it did is not known."))
        results = [_result(part, changes) for part, changes in zip(parts, change_sets, strict=False)]
        return results + [ChangeSetResult([], missing)] * (len(change_sets) - len(results))


def _request(boundary: str, change_sets: Sequence[Sequence[Change]]) -> bytes:
    pieces: list[bytes] = []
    number = 0
    for changes in change_sets:
        inner = f"changeset_{uuid.uuid4().hex}"
        pieces.append(f"--{boundary}\r\nContent-Type: multipart/mixed; boundary={inner}\r\n\r\n".encode())
        for change in changes:
            number += 1
            pieces.append(_change(inner, number, change))
        pieces.append(f"--{inner}--\r\n\r\n".encode())
    pieces.append(f"--{boundary}--\r\n".encode())
    return b"".join(pieces)


def _change(boundary: str, number: int, change: Change) -> bytes:
    body = orjson.dumps(change.body)
    match = f"If-Match: {change.etag}\r\n" if change.etag else ""
    head = (
        f"--{boundary}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"
        f"{change.method} {change.path} HTTP/1.1\r\nContent-ID: {number}\r\nContent-Type: application/json\r\n"
        f"Accept: application/json\r\n{match}Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n"


def _parts(response: httpx.Response) -> list[Message] | None:
    """The parts of a multipart answer; None when it is none or does not end as it must."""
    content_type = response.headers.get("Content-Type", "")
    message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(
        f"Content-Type: {content_type}\r\n\r\n".encode() + response.content
    )
    boundary = message.get_boundary()
    if not message.is_multipart() or boundary is None or f"--{boundary}--".encode() not in response.content:
        return None
    return list(message.iter_parts())


def _result(part: Message, changes: Sequence[Change]) -> ChangeSetResult:
    """What a part tells: answers to each change, or one answer that refuses the set."""
    inside = list(part.iter_parts()) if part.is_multipart() else [part]  # type: ignore[attr-defined]
    try:
        answers = [checked(_answer(piece)) for piece in inside]
        if len(answers) != len(changes):
            raise UnknownOutcome(_("The ERP's answer does not tell of this document: what it did is not known."))
        made = [
            entity_in(answer) if change.method == "POST" else None
            for answer, change in zip(answers, changes, strict=True)
        ]
    except ExternalError as error:
        return ChangeSetResult([], error)
    return ChangeSetResult(list(made))


def _answer(piece: Message) -> httpx.Response:
    """An embedded HTTP answer. Raises UnknownOutcome for what is none."""
    raw = piece.get_payload(decode=True)
    head, _gap, body = (raw if isinstance(raw, bytes) else b"").partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    words = first.split(" ", 2)
    if len(words) < 2 or not words[1].isdigit():
        raise UnknownOutcome(_("The ERP's answer was cut off: what it made is not known."))
    headers = [
        (name.strip(), value.strip()) for name, _colon, value in (line.partition(":") for line in lines) if value
    ]
    request = httpx.Request("POST", "http://batch")
    kept = [pair for pair in headers if pair[0].lower() not in ("content-length", "content-encoding")]
    return httpx.Response(int(words[1]), headers=kept, content=body.strip(), request=request)
