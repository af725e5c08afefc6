"""The answers of the API. A right that is lacking is 403; a record out of reach is 404, so that its existence is not told."""

import json
import re
from collections.abc import Collection, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import OperationalError, transaction
from django.http import Http404, HttpRequest
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from crm.base.querysets import may_write
from crm.errors import StaleVersion
from crm.records.masking import unmask_rows
from integrations.api import moves, paging, writing
from integrations.api.access import kinds_refused, refuse_kinds
from integrations.api.base import ApiView
from integrations.api.errors import Problem, come_again, is_deadlock, of_row
from integrations.api.parsing import object_in
from integrations.api.reading import serializer_for
from integrations.api.resources import Resource
from integrations.api.versions import Conditions, etag, has_it, versions_in
from integrations.domain.api_answers import Answer
from integrations.domain.external_keys import by_key, key_of, lock_keys

MOST_ROWS = 1000  # of one bulk request


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
        found = self.serializer()(rows, many=True, context={"reader": self.request.user})
        if not fields:
            return list(found.data)
        wanted = {"id", *(name for part in fields.split(",") if (name := part.strip()))}
        if unknown := sorted(wanted - set(found.child.fields)):
            told = _("There is no field of that name: %(names)s.") % {"names": ", ".join(unknown)}
            raise Problem(400, "invalid", errors={"fields": [told]})
        return [{name: value for name, value in row.items() if name in wanted} for row in found.data]

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
            raise PermissionDenied(_("This record is shared with you for reading only."))
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

    def change(self, record: Any, values: dict[str, Any], versions: Collection[int] | None = None) -> tuple[Any, bool]:
        """The record after a change by its form, and whether anything differed. A stale version is 412 with both sides."""
        user = self.request.user
        if not self.resource.changes or not user.has_perm(self.resource.permission("change")):
            raise PermissionDenied
        try:
            return writing.change(self.resource, user, record, values, versions=versions)
        except StaleVersion as error:
            current = self.body(self.record(error.current.pk))
            raise Problem(412, "stale_version", error.message, current=current, yours=values) from error

    def changed(self, record: Any, differed: bool) -> Answer:
        """What `change` left, or read when nothing differed, whatever others save at the same time: in the same transaction."""
        return self.answer(record.pk) if differed else Answer(200, etag(record), self.body(record))


class ListApi(RecordsView):
    """The records of a kind in reach, page by page; and a new one."""

    def get(self, request: Request) -> Response:
        """Filtered, sorted; `next` is the address of the following page, `as_of` what the next poll asks with."""
        params, kind = request.query_params, self.resource
        as_of = {} if params.get("cursor") else {"as_of": paging.as_of()}  # asked before the rows are read
        rows = paging.changed_since(paging.found_rows(kind, request.user, params), params.get("changed_since"))
        sort = paging.sort_of(kind, request.user, params.get("sort"))
        size = paging.page_size(params)
        page, cursor = paging.page_of(self.with_lines(rows), sort, params.get("cursor"), size)
        following = None
        if cursor is not None:
            query = params.copy()
            query["cursor"] = cursor
            following = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
        return Response({"results": self.shown(page, params.get("fields")), "next": following, **as_of})


class CreateApi(ListApi):
    """With making one."""

    def post(self, request: Request) -> Response:
        """201 with the record; 200 when one that begins at another was there already."""

        values = object_in(request)

        def make() -> Answer:
            record, new = writing.create(self.resource, request.user, values)
            return self.answer(record.pk, 201 if new else 200)

        return self.answered_once(request, make)


class RecordApi(RecordsView):
    """A record."""

    def get(self, request: Request, pk: int) -> Response:
        """With the ETag of its version; 304 when the caller has that one."""
        record = self.record(pk)
        tag = etag(record)
        if has_it(request, tag):
            return Response(status=304, headers=tag)
        return Response(self.shown([record], request.query_params.get("fields"))[0], headers=tag)


class ChangeApi(RecordApi):
    """With changing it."""

    def patch(self, request: Request, pk: int) -> Response:
        """What is named is changed; If-Match says which version that was meant for."""
        if "If-Match" not in request.headers:
            raise Problem(428, "precondition_required")
        versions, values = versions_in(request.headers["If-Match"]), object_in(request)
        with transaction.atomic():
            found = self.changed(*self.change(self.record(pk, write=True), values, versions))
        return Response(found.body, headers=found.headers)


class MovesApi(RecordsView):
    """The steps of a record."""

    def get(self, request: Request, pk: int) -> Response:
        """Those it could take now, and what each asks for."""
        record = self.record(pk)
        return Response({"results": [_step(step) for step in self._possible(record)]})

    def _possible(self, record: Any) -> list[moves.Possible]:
        """The steps that the person could take, by this token."""
        assert self.resource.moves is not None
        if not may_write(self.request.user, record):
            return []
        makes, token = self.resource.moves.makes, self.request.auth
        found = self.resource.moves.possible(self.http, record)
        return [step for step in found if not kinds_refused(token, makes.get(step.to, ()))]

    def post(self, request: Request, pk: int) -> Response:
        """Take one; 202 when it was sent for approval instead."""
        values = dict(object_in(request))
        to = values.pop("to", None)
        if not isinstance(to, str) or not re.fullmatch(r"[-a-zA-Z0-9_]+", to):
            raise Problem(422, "invalid", errors={"to": [_("Say which step: see GET of this address.")]})

        def make() -> Answer:
            record = self.record(pk, write=True)
            versions = versions_in(request.headers.get("If-Match", "*"))
            if versions is not None and record.version not in versions:
                raise Problem(412, "stale_version", current=self.body(record), yours=values)
            taken = self._take(record, to, values)
            found = self.answer(pk, 202 if taken.waits else 200)
            made = {"made": {"kind": taken.made[0], "id": taken.made[1]}} if taken.made else {}
            return found._replace(body={**found.body, **made})

        return self.answered_once(request, make)

    def _take(self, record: Any, to: str, values: dict[str, Any]) -> moves.Taken:
        """The step taken; 404 with the names of those there are for one that there is not."""
        assert self.resource.moves is not None
        refuse_kinds(self.request.auth, self.resource.moves.makes.get(to, ()))
        try:
            return self.resource.moves.take(self.http, record, to, values)
        except Http404 as error:
            names = ", ".join(step.to for step in self._possible(record)) or "-"
            told = _("There is no such step now. Possible: %(names)s.") % {"names": names}
            raise Problem(404, "not_found", told, errors={"to": [told]}) from error


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

    def upsert(
        self, system: str, key: str, values: dict[str, Any], asked: Conditions | None = None
    ) -> tuple[Any, bool, bool]:
        """The record, whether it is new, and whether anything was written; `asked` are the request's conditions."""

        def create() -> Any:
            if asked is not None:
                asked.check(None)
            record, made = writing.create(self.resource, self.request.user, values)
            if not made:  # a key names what it has made, and nothing that somebody else began
                raise writing.begun(record)
            return record

        def change(pk: int) -> tuple[Any, bool]:
            record = self.record(pk, write=True)
            if asked is not None:
                asked.check(pk)
            changing = writing.that_change(self.resource, self.request.user, record, values)
            return self.change(record, changing, asked.versions if asked is not None else None)

        found, new = by_key(
            system=system,
            entity=self.resource.entity_name,
            key=key,
            change=change,
            create=create,
        )
        return (found, True, True) if new else (found[0], False, found[1])


class UpsertApi(Upserts, KeyApi):
    """With making or changing it."""

    def put(self, request: Request, system: str, key: str) -> Response:
        """201 for a new one, 200 for one that was there; sending the same again writes nothing."""
        values, asked = object_in(request), Conditions(request)

        def make() -> Answer:
            record, new, written = self.upsert(system, key, values, asked)
            return self.answer(record.pk, 201) if new else self.changed(record, written)

        return self.answered_once(request, make)


def bulk_in(request: Request) -> tuple[str, list[Any]]:
    """The system and the rows of a bulk request. Raises Problem."""
    values = object_in(request)
    system, rows = values.get("system"), values.get("rows")
    if not isinstance(system, str) or not isinstance(rows, list):
        raise Problem(422, "invalid", errors={"rows": [_("Send “system” and a list of “rows”.")]})
    if len(rows) > MOST_ROWS:
        raise Problem(413, "too_large", _("At most %(n)s rows.") % {"n": MOST_ROWS})
    return system, rows


def key_in_row(row: Any) -> str | None:
    """The key of a row of a bulk request: a number stands for its digits. None for what is no key."""
    key = row.get("key") if isinstance(row, dict) else None
    if isinstance(key, int) and not isinstance(key, bool):
        return str(key)
    return key if isinstance(key, str) else None


class BulkApi(Upserts):
    """Many at once by their keys in another system: each row on its own, so that one that is wrong holds up no other."""

    def post(self, request: Request) -> Response:
        """A result for each row, in their order: created, updated, unchanged, or failed with the problem."""
        system, rows = bulk_in(request)

        def work(piece: Sequence[Any]) -> list[dict[str, Any]]:
            keys = [key for row in piece if (key := key_in_row(row)) is not None]
            lock_keys(system=system, entity=self.resource.entity_name, keys=keys)
            return [self.one(system, row) for row in piece]

        try:
            return self.answered_in_pieces(request, rows, work)
        except OperationalError as error:
            if not is_deadlock(error):
                raise
            text = _(
                "Another request changed the same records at this moment. Send all of it again: nothing is done twice."
            )
            return come_again(text)

    def one(self, system: str, row: Any) -> dict[str, Any]:
        """What came of a row."""
        key = key_in_row(row)
        try:
            if key is None:
                raise Problem(422, "invalid", errors={"key": [_("Each row needs its key as text.")]})
            values = {name: value for name, value in row.items() if name != "key"}
            with transaction.atomic():
                record, new, written = self.upsert(system, key, values)
        except Exception as error:
            return failed_row(key, error)
        return {"key": key, "result": "created" if new else "updated" if written else "unchanged", "id": record.pk}


def failed_row(key: str | None, error: Exception) -> dict[str, Any]:
    """The result of a row that failed. Raises what is not the row's fault."""
    problem = of_row(error)
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
        """404 in the API's own shape; the slash is named where it is all that lacks."""
        address = f"{request.path}/"
        try:
            known = not rest.endswith("/") and resolve(address).url_name != "nothing"
        except Resolver404:
            known = False
        if known:
            raise Problem(404, "not_found", _("Addresses end with a slash: %(address)s") % {"address": address})
        raise Http404

    post = put = patch = delete = get
