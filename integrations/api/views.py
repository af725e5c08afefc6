"""The answers of the API. A right that is lacking is 403; a record out of reach is 404, so that its existence is not told."""

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import DataError, transaction
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from crm.acting import also_acting
from crm.base.querysets import may_write
from crm.errors import DomainError, StaleVersion
from crm.records.masking import unmask_rows
from integrations.api import moves, paging, writing
from integrations.api.errors import Problem, of_rule, refuse_large
from integrations.api.filling import require
from integrations.api.reading import serializer_for
from integrations.api.resources import Resource
from integrations.domain.api_answers import Answer, once
from integrations.domain.external_keys import by_key, key_of, lock_keys

MOST_ROWS = 1000  # of one bulk request
LONGEST_IDEMPOTENCY_KEY = 200


@method_decorator(login_not_required, name="dispatch")  # the API says 401 itself
class ApiView(APIView):
    """How much is read, and who it is in the audit trail; who asks and how often is in the settings (integrations/api/access.py).
    `kind` is what a token must be for."""

    kind: ClassVar[str] = ""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Before anything is read of the body."""
        super().initial(request, *args, **kwargs)
        refuse_large(request, self.most_bytes())
        also_acting(user=request.user.pk)

    def most_bytes(self) -> int:
        """How long a request may be."""
        return int(settings.API_MAX_BYTES)

    def answered_once(self, request: Request, make: Callable[[], Answer]) -> Response:
        """`make()` in a transaction; for a request that came before with the same Idempotency-Key what it was answered then."""
        key = request.headers.get("Idempotency-Key", "")
        if len(key) > LONGEST_IDEMPOTENCY_KEY:
            raise Problem(400, "malformed", _("At most %(n)s characters.") % {"n": LONGEST_IDEMPOTENCY_KEY})
        said = json.dumps([request.method, request.get_full_path(), request.data], sort_keys=True)
        fingerprint = hashlib.sha256(said.encode()).hexdigest()
        found = once(user=request.user, key=key, fingerprint=fingerprint, make=make)
        headers = {**found.headers, **({"Idempotent-Replayed": "true"} if found.again else {})}
        return Response(found.body, status=found.status, headers=headers)


class RecordsView(ApiView):
    """Base of what is about one kind of record."""

    resource: Resource = None  # type: ignore[assignment]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Whoever may not see the kind at all gets 403."""
        super().initial(request, *args, **kwargs)
        right = self.resource.permission("view")
        if right and not request.user.has_perm(right):
            raise PermissionDenied

    @property
    def http(self) -> HttpRequest:
        """Django's own request, as the pages' views want it."""
        found: HttpRequest = self.request._request
        return found

    def shown(self, rows: list[Any], fields: str | None = None) -> list[dict[str, Any]]:
        """The rows as JSON; `fields` names those wanted."""
        unmask_rows(rows, self.request.user) if rows and hasattr(rows[0], "masked") else None
        found = self.serializer()(rows, many=True, context={"reader": self.request.user}).data
        if not fields:
            return list(found)
        wanted = {"id", *fields.split(",")}
        return [{name: value for name, value in row.items() if name in wanted} for row in found]

    def serializer(self) -> Any:
        """How rows are shown."""
        kind = self.resource
        return serializer_for(kind.model, kind.hidden, kind.lines, kind.only)

    def with_lines(self, rows: Any) -> Any:
        """The lines come in one more query for all rows."""
        return rows.prefetch_related(self.resource.lines) if self.resource.lines else rows

    def record(self, pk: int, *, write: bool = False) -> Any:
        """The record, within reach; 403 when it is shared for reading only and shall be changed."""
        rows = self.resource.model.objects.visible_to(self.request.user)
        found = self.with_lines(rows).filter(pk=pk).first()
        if found is None:
            raise Http404
        if write and not may_write(self.request.user, found):
            raise PermissionDenied
        return found

    def body(self, record: Any) -> dict[str, Any]:
        """One record as JSON."""
        plain: dict[str, Any] = json.loads(JSONRenderer().render(self.shown([record])[0]))
        return plain

    def answer(self, pk: int, status: int = 200) -> Answer:
        """The record as it is stored now; only its key when it is out of reach by now."""
        rows = self.resource.model.objects.visible_to(self.request.user)
        record = self.with_lines(rows).filter(pk=pk).first()
        location = {"Location": self.address(pk)} if status == 201 else {}
        if record is None:
            return Answer(status, location, {"id": pk})
        return Answer(status, {**location, **etag(record)}, self.body(record))

    def address(self, pk: int) -> str:
        """Where the record is."""
        return reverse(f"api:{self.resource.name}_record", args=[pk])

    def change(self, record: Any, values: dict[str, Any], version: int | None = None) -> tuple[Any, bool]:
        """The record after a change by its form, and whether anything differed. A stale version is 412 with both sides."""
        user = self.request.user
        if not self.resource.changes or not user.has_perm(self.resource.permission("change")):
            raise PermissionDenied
        try:
            return writing.change(self.resource, user, record, values, version=version)
        except StaleVersion as error:
            current = self.body(self.record(error.current.pk))
            raise Problem(412, "stale_version", error.message, current=current, yours=values) from error

    def changed(self, record: Any, differed: bool) -> Answer:
        """What `change` left, or read when nothing differed, whatever others save at the same time: in the same transaction."""
        return self.answer(record.pk) if differed else Answer(200, etag(record), self.body(record))


def etag(record: Any) -> dict[str, str]:
    """The header that names the version; none for documents, which have no versions."""
    version = getattr(record, "version", None)
    return {"ETag": f'"{version}"'} if version is not None else {}


def version_in(header: str) -> int | None:
    """The version that If-Match names; a proxy may have made the tag a weak one. None for "*". Raises Problem."""
    text = header.strip().removeprefix("W/").strip('"')
    if text == "*":
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise Problem(400, "malformed", _("If-Match takes the ETag of a record."))
    return int(text)


class ListApi(RecordsView):
    """The records of a kind in reach, page by page; and a new one."""

    def get(self, request: Request) -> Response:
        """Filtered, sorted; `next` is the address of the following page."""
        params, kind = request.query_params, self.resource
        rows = paging.changed_since(paging.found_rows(kind, request.user, params), params.get("changed_since"))
        sort = paging.sort_of(kind, request.user, params.get("sort"))
        size = paging.page_size(params)
        page, cursor = paging.page_of(self.with_lines(rows), sort, params.get("cursor"), size)
        following = None
        if cursor is not None:
            query = params.copy()
            query["cursor"] = cursor
            following = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
        return Response({"results": self.shown(page, params.get("fields")), "next": following})


class CreateApi(ListApi):
    """With making one."""

    def post(self, request: Request) -> Response:
        """201 with the record; 200 when one that begins at another was there already."""

        def make() -> Answer:
            record, new = writing.create(self.resource, request.user, require(request.data))
            return self.answer(record.pk, 201 if new else 200)

        return self.answered_once(request, make)


class RecordApi(RecordsView):
    """A record."""

    def get(self, request: Request, pk: int) -> Response:
        """With the ETag of its version; 304 when the caller has that one."""
        record = self.record(pk)
        tag = etag(record)
        if tag and request.headers.get("If-None-Match", "").removeprefix("W/") == tag["ETag"]:
            return Response(status=304, headers=tag)
        return Response(self.shown([record], request.query_params.get("fields"))[0], headers=tag)


class ChangeApi(RecordApi):
    """With changing it."""

    def patch(self, request: Request, pk: int) -> Response:
        """What is named is changed; If-Match says which version that was meant for."""
        if "If-Match" not in request.headers:
            raise Problem(428, "precondition_required")
        version = version_in(request.headers["If-Match"])
        with transaction.atomic():
            found = self.changed(*self.change(self.record(pk, write=True), require(request.data), version))
        return Response(found.body, headers=found.headers)


class MovesApi(RecordsView):
    """The steps of a record."""

    def get(self, request: Request, pk: int) -> Response:
        """Those it could take now, and what each asks for."""
        record = self.record(pk)
        assert self.resource.moves is not None
        steps = self.resource.moves.possible(self.http, record) if may_write(request.user, record) else []
        return Response({"results": [_step(step) for step in steps]})

    def post(self, request: Request, pk: int) -> Response:
        """Take one; 202 when it was sent for approval instead."""
        values = dict(require(request.data))
        to = values.pop("to", None)
        if not isinstance(to, str) or not re.fullmatch(r"[-a-zA-Z0-9_]+", to):
            raise Problem(422, "invalid", errors={"to": [_("Say which step: see GET of this address.")]})

        def make() -> Answer:
            record = self.record(pk, write=True)
            if "If-Match" in request.headers and version_in(request.headers["If-Match"]) not in (None, record.version):
                raise Problem(412, "stale_version", current=self.body(record), yours=values)
            assert self.resource.moves is not None
            taken = self.resource.moves.take(self.http, record, to, values)
            found = self.answer(pk, 202 if taken.waits else 200)
            made = {"made": {"kind": taken.made[0], "id": taken.made[1]}} if taken.made else {}
            return found._replace(body={**found.body, **made})

        return self.answered_once(request, make)


def _step(step: moves.Possible) -> dict[str, Any]:
    fields = [
        {"name": name, "label": str(field.label or name), "required": field.required}
        for name, field in step.fields.items()
    ]
    return {"to": step.to, "label": str(step.label), "fields": fields}


class KeyApi(RecordsView):
    """A record by its key in another system."""

    def get(self, request: Request, system: str, key: str) -> Response:
        """The record."""
        pk = key_of(system=system, entity=self.resource.entity_name, key=key)
        record = self.record(pk or 0)
        return Response(self.shown([record], request.query_params.get("fields"))[0], headers=etag(record))


class Upserts(RecordsView):
    """Makes or changes records by their keys in another system."""

    def upsert(self, system: str, key: str, values: dict[str, Any]) -> tuple[Any, bool, bool]:
        """The record, whether it is new, and whether anything was written."""

        def create() -> Any:
            record, made = writing.create(self.resource, self.request.user, values)
            if not made:  # a key names what it has made, and nothing that somebody else began
                raise writing.begun(record)
            return record

        changing = writing.that_change(self.resource, values)
        found, new = by_key(
            system=system,
            entity=self.resource.entity_name,
            key=key,
            change=lambda pk: self.change(self.record(pk, write=True), changing),
            create=create,
        )
        return (found, True, True) if new else (found[0], False, found[1])


class UpsertApi(Upserts, KeyApi):
    """With making or changing it."""

    def put(self, request: Request, system: str, key: str) -> Response:
        """201 for a new one, 200 for one that was there; sending the same again writes nothing."""
        values = require(request.data)

        def make() -> Answer:
            record, new, written = self.upsert(system, key, values)
            return self.answer(record.pk, 201) if new else self.changed(record, written)

        return self.answered_once(request, make)


def bulk_in(request: Request) -> tuple[str, list[Any]]:
    """The system and the rows of a bulk request. Raises Problem."""
    values = require(request.data)
    system, rows = values.get("system"), values.get("rows")
    if not isinstance(system, str) or not isinstance(rows, list):
        raise Problem(422, "invalid", errors={"rows": [_("Send “system” and a list of “rows”.")]})
    if len(rows) > MOST_ROWS:
        raise Problem(413, "too_large", _("At most %(n)s rows.") % {"n": MOST_ROWS})
    return system, rows


class BulkApi(Upserts):
    """Many at once by their keys in another system: each row on its own, so that one that is wrong holds up no other."""

    def post(self, request: Request) -> Response:
        """A result for each row, in their order: created, updated, unchanged, or failed with the problem."""
        system, rows = bulk_in(request)

        keys = [row["key"] for row in rows if isinstance(row, dict) and isinstance(row.get("key"), str)]

        def make() -> Answer:
            lock_keys(system=system, entity=self.resource.entity_name, keys=keys)
            return Answer(200, {}, {"results": [self.one(system, row) for row in rows]})

        return self.answered_once(request, make)

    def one(self, system: str, row: Any) -> dict[str, Any]:
        """What came of a row."""
        key = row.get("key") if isinstance(row, dict) else None
        try:
            if not isinstance(key, str):
                raise Problem(422, "invalid", errors={"key": [_("Each row needs its key as text.")]})
            values = {name: value for name, value in row.items() if name != "key"}
            with transaction.atomic():
                record, new, written = self.upsert(system, key, values)
        except Problem as problem:
            return _failed(key, problem)
        except (DataError, UnicodeEncodeError):  # a number beyond its column; half of a character
            return _failed(key, Problem(400, "malformed", _("A value of this row cannot be kept.")))
        except DomainError as error:
            return _failed(key, of_rule(error))
        except (Http404, PermissionDenied) as error:
            kind = ("not_found", 404) if isinstance(error, Http404) else ("forbidden", 403)
            return _failed(key, Problem(kind[1], kind[0]))
        return {"key": key, "result": "created" if new else "updated" if written else "unchanged", "id": record.pk}


def _failed(key: Any, problem: Problem) -> dict[str, Any]:
    return {
        "key": key,
        "result": "failed",
        "status": problem.status,
        "detail": problem.detail,
        "errors": dict(problem.errors),
    }


class NoSuchAddress(ApiView):
    """Whatever else is below /api/v1/."""

    @extend_schema(exclude=True)
    def get(self, request: Request, rest: str = "") -> Response:
        """404 in the API's own shape."""
        raise Http404

    post = put = patch = delete = get
