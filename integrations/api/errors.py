"""Every error of the API has one shape: application/problem+json with type, title, status, detail and errors by field."""

import math
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import DataError, OperationalError
from django.http import Http404
from django.utils.translation import gettext as _
from psycopg.errors import DeadlockDetected
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

from crm.errors import AlreadyDecided, DomainError, ExternalError, Frozen, NotAllowed, StaleVersion, TransitionError

TYPE = "urn:hengpu:problem:"
MEDIA = "application/problem+json"
Errors = Mapping[str, list[str]]


class Problem(Exception):
    """An answer that is an error: its status, what kind it is, and what else the program should know."""

    def __init__(self, status: int, kind: str, detail: Any = "", *, errors: Errors | None = None, **more: Any) -> None:
        super().__init__(detail)
        self.status, self.kind, self.detail, self.errors, self.more = status, kind, str(detail), errors or {}, more


def refuse_large(request: Any, most: int) -> None:
    """Raise Problem for a body of more bytes than that, before it is read."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > most:
        raise Problem(413, "too_large", _("At most %(n)s bytes.") % {"n": most})


def titles() -> dict[str, str]:
    """The kinds of errors in words."""
    return {
        "invalid": _("Some values are not right."),
        "rule": _("A rule speaks against it."),
        "forbidden": _("You may not do this."),
        "not_found": _("There is no such record, or it is out of your reach."),
        "unauthenticated": _("Sign in, or send a token that is in force."),
        "precondition_required": _("Send If-Match with the ETag of the version you have read."),
        "stale_version": _("Somebody else saved the record in between."),
        "candidates": _("There are companies that it may be. If it is none of these, send it again with “shown”."),
        "conflict": _("The record does not stand where the request thinks."),
        "malformed": _("The request cannot be read."),
        "too_large": _("The request is too large."),
        "too_many_requests": _("Too many requests."),
        "idempotency_key_reused": _("The key was used for another request."),
        "external": _("Another system failed."),
        "method": _("This address does not take that method."),
        "media": _("The API speaks JSON only."),
    }


def answer(problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """The problem as a response."""
    body = {
        "type": f"{TYPE}{problem.kind}",
        "title": titles()[problem.kind],
        "status": problem.status,
        "detail": problem.detail,
        "errors": dict(problem.errors),
        **problem.more,
    }
    return Response(body, status=problem.status, headers=dict(headers or {}), content_type=MEDIA)


def handler(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """The response to an exception; None for what nobody expected, which is a 500."""
    if isinstance(error, Problem):
        return answer(error)
    if isinstance(error, DomainError):
        return answer(of_rule(error))
    if isinstance(error, PermissionDenied):
        return answer(Problem(403, "forbidden", str(error)))
    if isinstance(error, Http404):
        return answer(Problem(404, "not_found"))
    if isinstance(error, RequestDataTooBig):
        return answer(Problem(413, "too_large"))
    if isinstance(error, RecursionError | UnicodeEncodeError):  # nested without end; half of a character
        return answer(Problem(400, "malformed"))
    if isinstance(error, DataError):  # a NUL in a text, a number beyond its column: what the database cannot keep
        return answer(Problem(400, "malformed"))
    if isinstance(error, OperationalError) and isinstance(error.__cause__, DeadlockDetected):
        text = _("Another request changed the same records at this moment. Nothing was written: send it again.")
        return answer(Problem(409, "conflict", text), {"Retry-After": "1"})
    found = exception_handler(error, dict(context))
    return None if found is None else answer(_of_framework(error), _kept(found.headers))


def _kept(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: headers[name] for name in ("WWW-Authenticate", "Retry-After") if name in headers}


_KINDS = {
    401: "unauthenticated",
    403: "forbidden",
    404: "not_found",
    405: "method",
    406: "media",
    413: "too_large",
    415: "media",
    429: "too_many_requests",
}


def _of_framework(error: Exception) -> Problem:
    """What the framework raised, in our shape."""
    if isinstance(error, exceptions.ValidationError):
        return Problem(422, "invalid", errors=flat(error.detail))
    if isinstance(error, exceptions.Throttled):
        text = _("Try again in %(seconds)s seconds.") % {"seconds": math.ceil(error.wait or 1)}
        return Problem(429, "too_many_requests", text)
    assert isinstance(error, exceptions.APIException)
    kind = _KINDS.get(error.status_code, "malformed")
    return Problem(error.status_code, kind, str(error.detail))


def flat(detail: Any, path: str = "") -> dict[str, list[str]]:
    """Messages by the path of their field: {"lines": [{}, {"item": [...]}]} as {"lines.1.item": [...]}."""
    if isinstance(detail, Mapping):
        pairs: Any = detail.items()
    elif isinstance(detail, list) and any(isinstance(item, Mapping) for item in detail):
        pairs = enumerate(detail)
    else:
        return {path: [str(item) for item in (detail if isinstance(detail, list) else [detail])]} if detail else {}
    found: dict[str, list[str]] = {}
    for name, inner in pairs:
        found |= flat(inner, f"{path}.{name}" if path else str(name))
    return found


def of_rule(error: DomainError) -> Problem:
    """A rule of the business as a problem; `missing` names what a step lacks."""
    text = str(error.message)
    errors = {error.field: [text]} if error.field else {}
    if isinstance(error, NotAllowed):
        return Problem(403, "forbidden", text)
    if isinstance(error, StaleVersion | AlreadyDecided):
        return Problem(409, "conflict", text)
    if isinstance(error, Frozen):
        return Problem(409, "rule", text, url=error.url)
    if isinstance(error, ExternalError):
        return Problem(502, "external", text)
    if error.code == "idempotency_key_reused":
        return Problem(422, "idempotency_key_reused", text)
    if isinstance(error, TransitionError):
        missing = [{"field": name, "label": str(label)} for name, label in error.missing]
        return Problem(422, "rule", text, errors=errors, missing=missing)
    return Problem(422, "rule", text, errors=errors)
