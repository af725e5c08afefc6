"""Every error of the API has one shape: application/problem+json with type, title, status, detail and errors by field."""

import math
from collections.abc import Mapping
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import DataError, InterfaceError, OperationalError, connection
from django.http import Http404
from django.utils.translation import gettext as _
from psycopg.errors import DeadlockDetected
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

from crm.errors import AlreadyDecided, DomainError, ExternalError, Frozen, NotAllowed, StaleVersion, TransitionError

TYPE = "urn:hengpu:problem:"
MEDIA = "application/problem+json"
AT_ONCE, MOST_READ_AWAY = 64 * 1024, 32 * 1024 * 1024  # of a body that is refused
Errors = Mapping[str, list[str]]
log = structlog.get_logger(__name__)


class Problem(Exception):
    """An answer that is an error: its status, what kind it is, and what else the program should know."""

    def __init__(self, status: int, kind: str, detail: Any = "", *, errors: Errors | None = None, **more: Any) -> None:
        super().__init__(detail)
        self.status, self.kind, self.detail, self.errors, self.more = status, kind, str(detail), errors or {}, more


def refuse_large(request: Any, most: int) -> None:
    """Raise Problem for a body of more bytes than that, and for one whose length is not told, before it is read."""
    if request.META.get("HTTP_TRANSFER_ENCODING"):  # Django would take it for an empty one
        raise Problem(411, "length_required", _("A body in chunks is not read: send it whole, with its length."))
    length = length_of(request)
    if length > most:
        _read_away(request, min(length, MOST_READ_AWAY))
        raise Problem(413, "too_large", _("At most %(n)s bytes.") % {"n": most})


def length_of(request: Any) -> int:
    """How many bytes are sent."""
    return int(request.META.get("CONTENT_LENGTH") or 0)


def _read_away(request: Any, length: int) -> None:
    """Servers keep the connection open and drop an app's `Connection: close`: so what was sent must not stay in it."""
    while length > 0 and (read := request.read(min(AT_ONCE, length))):
        length -= len(read)


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
        "length_required": _("Send Content-Length."),
        "too_many_requests": _("Too many requests."),
        "idempotency_key_reused": _("The key was used for another request."),
        "external": _("Another system failed."),
        "method": _("This address does not take that method."),
        "media": _("The API speaks JSON only."),
        "form": _("A file is sent as a form (multipart/form-data)."),
        "internal": _("Something went wrong here. It is written down: try again later, or tell your administrators."),
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


def handler(error: Exception, context: Mapping[str, Any]) -> Response:
    """The response to an exception; 500 for what nobody expected, which is logged."""
    if is_deadlock(error):
        text = _("Another request changed the same records at this moment. Nothing was written: send it again.")
        return come_again(text)
    if (problem := expected(error)) is not None:
        return answer(problem)
    found = exception_handler(error, dict(context))
    if found is not None:
        return answer(_of_framework(error), _kept(found.headers))
    log.error("api_failed", view=type(context.get("view")).__name__, exc_info=error)
    return answer(Problem(500, "internal"))


def expected(error: Exception) -> Problem | None:
    """The problem that an exception of ours, of Django or of the database stands for; None for others."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, DomainError):
        return of_rule(error)
    if isinstance(error, PermissionDenied):
        return Problem(403, "forbidden", str(error) or _("Your roles lack the right for it: ask an administrator."))
    if isinstance(error, Http404):
        return Problem(404, "not_found")
    if isinstance(error, RequestDataTooBig):
        return Problem(413, "too_large")
    if isinstance(error, RecursionError):  # nested without end
        return Problem(400, "malformed")
    if isinstance(
        error, DataError | UnicodeEncodeError
    ):  # a number beyond its column; a NUL or half of a character in a text
        return Problem(
            400, "malformed", _("A value cannot be kept: a number is too large, or a text holds odd characters.")
        )
    return None


def is_deadlock(error: BaseException) -> bool:
    """Whether two transactions waited for each other, and this one lost."""
    return isinstance(error, OperationalError) and isinstance(error.__cause__, DeadlockDetected)


def come_again(text: str) -> Response:
    """The answer to a request that met another."""
    return answer(Problem(409, "conflict", text), {"Retry-After": "1"})


def of_row(error: Exception) -> Problem:
    """What one row of many is told, which has no title of its own: any error, so that it holds up no other. Raises what is
    not the row's: a deadlock, a connection that is gone."""
    problem = expected(error)
    if problem is None:
        if is_deadlock(error) or isinstance(error, InterfaceError) or not connection.is_usable():
            raise error
        log.error("api_row_failed", exc_info=error)
        problem = Problem(500, "internal")
    if not problem.detail and not problem.errors:
        problem.detail = titles()[problem.kind]
    return problem


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
    if isinstance(error, exceptions.UnsupportedMediaType):
        return Problem(415, "media", _("Send Content-Type: application/json."))
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
