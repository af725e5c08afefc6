"""What every operation of the API has beside its own: the errors it may answer, headers, examples where it brings none."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from integrations.api.errors import MEDIA, TYPE, titles
from integrations.api.examples import Examples

Said = dict[str, Any]
METHODS = ("get", "post", "patch", "put")
_KINDS = {
    "400": "malformed",
    "401": "unauthenticated",
    "403": "forbidden",
    "404": "not_found",
    "409": "conflict",
    "412": "stale_version",
    "413": "too_large",
    "422": "invalid",
    "428": "precondition_required",
    "429": "too_many_requests",
}
_AFTER = {"Retry-After": {"description": "Seconds", "schema": {"type": "integer"}}}
_HEADERS: dict[str, Said] = {"409": _AFTER, "429": _AFTER}
_ETAG = {"description": "The version; none for documents", "schema": {"type": "string"}}
_LOCATION = {"description": "The address of the record", "schema": {"type": "string"}}
_TEXT = {"type": "string"}
_PROBLEM = {
    "type": "object",
    "properties": {
        "type": _TEXT,
        "title": _TEXT,
        "status": {"type": "integer"},
        "detail": _TEXT,
        "errors": {"type": "object", "additionalProperties": {"type": "array", "items": _TEXT}},
    },
    "required": ["type", "title", "status", "detail", "errors"],
}
_REFERENCE = {
    "type": "object",
    "properties": {"system": _TEXT, "key": _TEXT},
    "required": ["system", "key"],
    "example": {"system": "SAP", "key": "1000001"},
}


def complete(found: Said) -> Said:
    """The description with all of it; it is changed in place."""
    found["servers"] = [{"url": settings.SITE_URL.rstrip("/")}]
    parts = found["components"]
    parts["schemas"] |= {"Problem": _PROBLEM, "Reference": _REFERENCE}
    parts["responses"] = {f"Error{status}": _error(status) for status in _KINDS}
    examples = Examples(parts["schemas"])
    for path, methods in found["paths"].items():
        for method, said in methods.items():
            if method in METHODS:
                _examples(examples, method, said)
                _headers(path, method, said)
                for status in _statuses(path, method, said):
                    said["responses"].setdefault(status, {"$ref": f"#/components/responses/Error{status}"})
                said["responses"] = dict(sorted(said["responses"].items()))
    return found


def _error(status: str) -> Said:
    kind = _KINDS[status]
    errors = {"name": [_("This field is required.")]} if kind == "invalid" else {}
    value = {"type": f"{TYPE}{kind}", "title": titles()[kind], "status": int(status), "detail": "", "errors": errors}
    content = {"schema": {"$ref": "#/components/schemas/Problem"}, "examples": {"Error": {"value": value}}}
    headers = {"headers": _HEADERS[status]} if status in _HEADERS else {}
    return {"description": titles()[kind], "content": {MEDIA: content}, **headers}


def _statuses(path: str, method: str, said: Said) -> Iterator[str]:
    """The errors that it may answer."""
    if any(said.get("security", ())):  # else the address itself is the proof
        yield from ("401", "403")
    yield "429"
    if "{" in path:
        yield "404"
    if method == "get":
        yield "400"
        return
    yield from ("400", "409", "413", "422")
    if method == "patch":
        yield from ("412", "428")
    if path.endswith("/transitions/"):
        yield "412"


def _headers(path: str, method: str, said: Said) -> None:
    for status, answer in said["responses"].items():
        if not status.startswith("2"):
            continue
        headers = {"Location": _LOCATION} if status == "201" and not path.endswith("/comments/") else {}
        if _is_record(path, method, said):
            headers |= {"ETag": _ETAG}
        if headers:
            answer["headers"] = headers
    if method == "get" and path.endswith("/{id}/"):
        said["responses"]["304"] = {"description": _("The version that If-None-Match names is the present one.")}


def _is_record(path: str, method: str, said: Said) -> bool:
    """Whether a record of a kind is answered."""
    content = said["responses"].get("200", said["responses"].get("201", {})).get("content", {})
    named = content.get("application/json", {}).get("schema", {}).get("$ref", "")
    return str(named).endswith(("Record", "Moved"))


def _examples(examples: Examples, method: str, said: Said) -> None:
    """Those that it brings none of."""
    for content in said.get("requestBody", {}).get("content", {}).values():
        if "examples" not in content:
            make = examples.change if method == "patch" else examples.request
            content["examples"] = {"Request": {"value": make(content["schema"])}}
    for answer in said["responses"].values():
        for content in answer.get("content", {}).values():
            if "examples" not in content and content["schema"].get("format") != "binary":
                content["examples"] = {"Answer": {"value": examples.answer(content["schema"])}}
