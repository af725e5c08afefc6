"""What the addresses of a kind of record say of themselves, for OpenAPI: made of the pages' forms and filters."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers

from crm.languages import lazily
from integrations.api import document_views, views
from integrations.api.documents import FORMS
from integrations.api.filter_fields import filter_serializer
from integrations.api.form_fields import KIND_OF, FormField, form_serializer, reference, stored
from integrations.api.reading import serializer_for
from integrations.api.registering import DRAFT
from integrations.api.resources import Resource
from integrations.api.step_fields import possible_serializer, step_serializer

Fields = dict[str, serializers.Field]


def serializer(name: str, fields: Fields) -> type[serializers.Serializer]:
    """A serializer that only describes."""
    return type(name, (serializers.Serializer,), fields)


RESULT = serializer(
    "RowResult",
    {
        "key": serializers.CharField(allow_null=True),
        "result": serializers.ChoiceField(choices=["created", "updated", "unchanged", "failed"]),
        "id": serializers.IntegerField(required=False, allow_null=True),
        "status": serializers.IntegerField(required=False),
        "detail": serializers.CharField(required=False),
        "errors": serializers.DictField(required=False),
    },
)
RESULTS = serializer("RowResults", {"results": RESULT(many=True)})
RESULTS_EXAMPLE = {
    "results": [
        {"key": "MES-17", "result": "created", "id": 17},
        {"key": "MES-18", "result": "failed", "status": 422, "detail": "", "errors": {"name": ["…"]}},
    ]
}
ONCE = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description=_("The same key with the same body within 24 hours gives the first answer again and does nothing."),
)
MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, required=True, description=_("The ETag of the version you have read.")
)
MAY_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, description=_("The ETag of the version you mean.")
)
NONE_MATCH = OpenApiParameter(
    "If-None-Match", str, OpenApiParameter.HEADER, description=_("The ETag you have: 304 when it is the present one.")
)
MADE = serializer("Made", {"kind": serializers.CharField(), "id": serializers.IntegerField()})
FIELDS = OpenApiParameter("fields", str, description=_("Only these fields, separated by commas."))


class Described:
    """The descriptions of one kind of record."""

    def __init__(self, resource: Resource) -> None:
        self.resource = resource
        self.record = serializer_for(resource.model, resource.hidden, resource.lines, resource.only)
        self.named = resource.model.__name__

    def new(self, suffix: str = "Input", **more: serializers.Field) -> type[serializers.Serializer]:
        """What a new one is made of; `more` is sent besides."""
        kind, name = self.resource, f"{self.named}{suffix}"
        if kind.documents:
            key = () if more else ("key",)  # PUT has it in the address
            form = FORMS[kind.name]
            return type(name, (form,), {**dict.fromkeys(key), **more})
        entity_form: Any = kind.entity.form
        if kind.starts is not None:
            source = FormField(reference(KIND_OF[kind.starts.model]))
            return form_serializer(
                name,
                lambda user: entity_form(user=user, instance=stored(kind.model)),
                optional=True,
                **{kind.starts.field: source},
            )
        if kind.making is not None:
            made: Any = kind.making.form
            draft = serializers.BooleanField(required=False)
            return form_serializer(name, lambda user: made(user=user), **{DRAFT: draft})
        return form_serializer(name, lambda user: entity_form(user=user), **more)

    def change(self) -> type[serializers.Serializer]:
        """What changes one: what is chosen once is not in it."""
        kind, entity_form = self.resource, self.resource.entity.form
        assert entity_form is not None
        return form_serializer(
            f"{self.named}Input", lambda user: entity_form(user=user, instance=stored(kind.model)), optional=True
        )

    def view(self, base: type[Any]) -> dict[str, Any]:
        """By method, for a class of answers."""
        found = {
            views.ListApi: lambda: {"get": self.list()},
            views.CreateApi: lambda: {"get": self.list(), "post": self.create()},
            views.RecordApi: lambda: {"get": self.get()},
            views.ChangeApi: lambda: {"get": self.get(), "patch": self.patch()},
            views.MovesApi: lambda: {"get": self.steps(), "post": self.step()},
            views.KeyApi: lambda: {"get": self.by_key()},
            views.UpsertApi: lambda: {"get": self.by_key(), "put": self.put()},
            document_views.FeedKeyApi: lambda: {"get": self.by_key(), "put": self.put()},
            views.BulkApi: lambda: {"post": self.bulk()},
            document_views.FeedBulkApi: lambda: {"post": self.bulk()},
        }
        return found[base]()

    def _say(self, action: str, summary: Any, ok: Any, *, statuses: tuple[int, ...] = (200,), **more: Any) -> Any:
        """One operation and what it answers; errors and most examples are added to all (completing.py)."""
        return extend_schema(
            operation_id=f"{self.resource.name.replace('-', '_')}_{action}",
            tags=[self.resource.name],
            summary=summary,
            responses=dict.fromkeys(statuses, ok),
            **more,
        )

    def list(self) -> Any:
        """GET of the list."""
        parts = {"results": self.record(many=True), "next": serializers.URLField(allow_null=True)}
        page = serializer(f"{self.named}Page", {**parts, "as_of": serializers.DateTimeField(required=False)})
        return self._say("list", _("List, filter and page through"), page, parameters=list(self._query()))

    def _query(self) -> Iterator[OpenApiParameter | type[serializers.Serializer]]:
        kind = self.resource
        if not kind.open:
            yield filter_serializer(f"{self.named}Filters", kind)
            sorts = sorted({column.sort for column in kind.entity.table.columns if column.sort})
            words = _("One of: %(names)s. With - in front: falling. Several are separated by commas.")
            yield OpenApiParameter("sort", str, description=lazily(words, names=", ".join(sorts)))
        yield OpenApiParameter("page_size", int, description=_("How many rows a page has."))
        yield OpenApiParameter("cursor", str, description=_("Part of “next”; nothing to make yourself."))
        yield FIELDS

    def create(self) -> Any:
        """POST to the list."""
        statuses = (200, 201) if self.resource.starts is not None else (201,)
        words = _("Make one; 200 when it was begun already") if self.resource.starts is not None else _("Make one")
        return self._say("create", words, self.record, statuses=statuses, request=self.new(), parameters=[ONCE])

    def get(self) -> Any:
        """GET of a record."""
        return self._say("get", _("Read one"), self.record, parameters=[FIELDS, NONE_MATCH])

    def patch(self) -> Any:
        """PATCH of a record."""
        return self._say("change", _("Change what is named"), self.record, request=self.change(), parameters=[MATCH])

    def steps(self) -> Any:
        """GET of the transitions."""
        assert self.resource.moves is not None
        step = possible_serializer(f"{self.named}Possible", self.resource.moves)
        listed = serializer(f"{self.named}Steps", {"results": step(many=True)})
        return self._say("steps", _("The steps it could take now, and what they ask for"), listed)

    def step(self) -> Any:
        """POST of a transition."""
        assert self.resource.moves is not None
        asked = step_serializer(f"{self.named}Step", self.resource.moves)
        words = _("Take a step; 202 when it was sent for approval")
        meta = type("Meta", (self.record.Meta,), {"fields": [*self.record.Meta.fields, "made"]})  # type: ignore[attr-defined]
        moved = type(f"{self.named}Moved", (self.record,), {"Meta": meta, "made": MADE(required=False)})
        return self._say("take_step", words, moved, statuses=(200, 202), request=asked, parameters=[ONCE, MAY_MATCH])

    def by_key(self) -> Any:
        """GET by the key elsewhere."""
        words = _("Read one by its key in another system")
        return self._say("get_by_key", words, self.record, parameters=[FIELDS])

    def put(self) -> Any:
        """PUT by the key elsewhere."""
        words = _("Make or change one by its key in another system")
        sent = self.new("Put") if self.resource.documents else self.new()
        return self._say("upsert", words, self.record, statuses=(200, 201), request=sent, parameters=[ONCE])

    def bulk(self) -> Any:
        """POST of many."""
        row = self.new("Row", key=serializers.CharField(max_length=80))
        rows = serializer(f"{self.named}Rows", {"system": serializers.CharField(max_length=20), "rows": row(many=True)})
        words = _("Make or change up to 1,000 by their keys in another system")
        examples = [OpenApiExample("Answer", RESULTS_EXAMPLE, response_only=True)]
        return self._say("bulk", words, RESULTS, request=rows, parameters=[ONCE], examples=examples)


def described(view: type[Any], base: type[Any], resource: Resource) -> type[Any]:
    """The class with its description."""
    return extend_schema_view(**Described(resource).view(base))(view)
