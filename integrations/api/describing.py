"""What the addresses of a kind of record say of themselves, for OpenAPI: made of the pages' forms and filters."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import serializers

from integrations.api import document_views, views
from integrations.api.documents import FORMS
from integrations.api.examples import example_of
from integrations.api.paging import names_of
from integrations.api.reading import serializer_for
from integrations.api.registering import DRAFT
from integrations.api.resources import Resource

Fields = dict[str, serializers.Field]


def serializer(name: str, fields: Fields) -> type[serializers.Serializer]:
    """A serializer that only describes."""
    return type(name, (serializers.Serializer,), fields)


PROBLEM = serializer(
    "Problem",
    {
        "type": serializers.CharField(),
        "title": serializers.CharField(),
        "status": serializers.IntegerField(),
        "detail": serializers.CharField(allow_blank=True),
        "errors": serializers.DictField(child=serializers.ListField(child=serializers.CharField())),
    },
)
PROBLEM_EXAMPLE = {
    "type": "urn:hengpu:problem:invalid",
    "title": "Some values are not right.",
    "status": 422,
    "detail": "",
    "errors": {"name": ["This field is required."]},
}
STEP = serializer(
    "Step",
    {
        "to": serializers.CharField(),
        "label": serializers.CharField(),
        "fields": serializers.ListField(child=serializers.DictField()),
    },
)
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
    description="The same key with the same body within 24 hours gives the first answer again and does nothing.",
)
MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, required=True, description="The ETag of the version you have read."
)
FIELDS = OpenApiParameter("fields", str, description="Only these fields, separated by commas.")


class Described:
    """The descriptions of one kind of record."""

    def __init__(self, resource: Resource) -> None:
        self.resource = resource
        self.record = serializer_for(resource.model, resource.hidden, resource.lines, resource.only)
        self.shown = example_of(self.record())
        self.input = self._input()
        self.made_of = self._made_of()
        self.sent = self._sent()

    def _input(self) -> type[serializers.Serializer] | None:
        kind = self.resource
        if kind.documents:
            return FORMS[kind.name]
        if kind.entity.form is None or not (kind.creates or kind.changes):
            return None
        return form_serializer(f"{kind.model.__name__}Input", kind.entity.form, lines=kind.lines)

    def _made_of(self) -> type[serializers.Serializer] | None:
        """What a new one is made of, where that is not what changes it."""
        making = self.resource.making
        if making is None:
            return self.input
        made = form_serializer(f"{self.resource.model.__name__}New", making.form)
        made._declared_fields[DRAFT] = serializers.BooleanField(required=False)
        return made

    def _sent(self) -> dict[str, Any]:
        if self.made_of is None:
            return {}
        if self.resource.starts is not None:
            return {self.resource.starts.field: 17, "remark": "…"}
        fields = self.made_of().fields
        found = {name: example_of(field, name) for name, field in fields.items() if field.required}
        return found or {name: example_of(field, name) for name, field in list(fields.items())[:3]}

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

    def _say(self, action: str, summary: Any, ok: Any, example: Any, **more: Any) -> Any:
        """One operation: its answer with an example, and how errors look."""
        status = more.pop("status", 200)
        request = more.pop("sent", None)
        examples = [OpenApiExample("Answer", example, response_only=True, status_codes=[str(status)])]
        if request is not None:
            examples.append(OpenApiExample("Request", request, request_only=True))
        problem = OpenApiResponse(PROBLEM, description=_("An error"), examples=[_problem()])
        return extend_schema(
            operation_id=f"{self.resource.name.replace('-', '_')}_{action}",
            tags=[self.resource.name],
            summary=summary,
            responses={status: ok, (422, "application/problem+json"): problem},
            examples=examples,
            **more,
        )

    def list(self) -> Any:
        """GET of the list."""
        name = f"{self.resource.model.__name__}Page"
        page = serializer(name, {"results": self.record(many=True), "next": serializers.URLField(allow_null=True)})
        example = {"results": [self.shown], "next": None}
        return self._say("list", _("List, filter and page through"), page, example, parameters=list(self._query()))

    def _query(self) -> Iterator[OpenApiParameter]:
        kind = self.resource
        if not kind.open:
            for name, found in kind.entity.filterset.base_filters.items():
                if name == "q" and not kind.entity.filterset.can_search():
                    continue
                for full in names_of(name, found.extra.get("widget") or found.field_class.widget):
                    yield OpenApiParameter(full, str, description=found.label or "")
            sorts = sorted({column.sort for column in kind.entity.table.columns if column.sort})
            words = f"{', '.join(sorts)}; -x: falling; several: x,-y"
            yield OpenApiParameter("sort", str, description=words)
            yield OpenApiParameter("changed_since", str, description="2027-03-01T00:00:00Z")
        yield OpenApiParameter("page_size", int)
        yield OpenApiParameter("cursor", str, description="Part of “next”; nothing to make yourself.")
        yield FIELDS

    def create(self) -> Any:
        """POST to the list."""
        more: dict[str, Any] = {"request": self.made_of, "sent": self.sent, "status": 201, "parameters": [ONCE]}
        if self.resource.starts is not None:
            start = serializer(
                f"{self.resource.model.__name__}Start", {self.resource.starts.field: serializers.IntegerField()}
            )
            more["request"] = start
        return self._say("create", _("Make one"), self.record, self.shown, **more)

    def get(self) -> Any:
        """GET of a record."""
        return self._say("get", _("Read one"), self.record, self.shown, parameters=[FIELDS])

    def patch(self) -> Any:
        """PATCH of a record."""
        sent = dict(list(self.sent.items())[-1:])
        if self.resource.starts is not None or not self.resource.creates:
            assert self.input is not None
            name, field = next(iter(self.input().fields.items()))
            sent = {name: example_of(field, name)}
        more = {"request": self.input, "sent": sent, "parameters": [MATCH]}
        return self._say("change", _("Change what is named"), self.record, self.shown, **more)

    def steps(self) -> Any:
        """GET of the transitions."""
        listed = serializer("Steps", {"results": STEP(many=True)})
        field = {"name": "reason", "label": "Reason", "required": True}
        example = {"results": [{"to": "disqualified", "label": "Disqualify", "fields": [field]}]}
        return self._say("steps", _("The steps it could take now, and what they ask for"), listed, example)

    def step(self) -> Any:
        """POST of a transition."""
        asked = serializer("StepTaken", {"to": serializers.CharField()})
        sent = {"to": "disqualified", "reason": "…"}
        more = {"request": asked, "sent": sent, "parameters": [ONCE]}
        words = _("Take a step; 202 when it was sent for approval")
        return self._say("take_step", words, self.record, self.shown, **more)

    def by_key(self) -> Any:
        """GET by the key elsewhere."""
        words = _("Read one by its key in another system")
        return self._say("get_by_key", words, self.record, self.shown, parameters=[FIELDS])

    def put(self) -> Any:
        """PUT by the key elsewhere."""
        sent = {name: value for name, value in self.sent.items() if name != "key"}
        more = {"request": self.made_of, "sent": sent, "parameters": [ONCE]}
        words = _("Make or change one by its key in another system")
        return self._say("upsert", words, self.record, self.shown, **more)

    def bulk(self) -> Any:
        """POST of many."""
        assert self.input is not None
        rows = serializer(
            f"{self.resource.model.__name__}Rows",
            {"system": serializers.CharField(), "rows": self.input(many=True)},
        )
        sent = {"system": "MES", "rows": [{"key": "MES-17", **self.sent}]}
        more = {"request": rows, "sent": sent, "parameters": [ONCE]}
        words = _("Make or change up to 1,000 by their keys in another system")
        return self._say("bulk", words, RESULTS, RESULTS_EXAMPLE, **more)


def _problem() -> OpenApiExample:
    return OpenApiExample("Error", PROBLEM_EXAMPLE, response_only=True, status_codes=["422"])


def described(view: type[Any], base: type[Any], resource: Resource) -> type[Any]:
    """The class with its description."""
    return extend_schema_view(**Described(resource).view(base))(view)


def form_serializer(name: str, form: Any, *, lines: str = "") -> type[serializers.Serializer]:
    """What a form takes, as a serializer that only describes: fields that depend on the record are not in it."""
    fields: Fields = {
        key: form_field(field)
        for key, field in form.base_fields.items()
        if key != "version_read" and not isinstance(field, forms.FileField)
    }
    if lines:
        fields[lines] = serializers.ListField(child=serializers.DictField(), required=False)
    return serializer(name, fields)


def form_field(field: forms.Field) -> serializers.Field:
    """A field of a form."""
    more: dict[str, Any] = {"required": field.required, "help_text": field.label or ""}
    if not field.required:
        more["allow_null"] = True
    if isinstance(field, forms.ModelMultipleChoiceField):
        return serializers.ListField(child=serializers.IntegerField(), **more)
    if isinstance(field, forms.ModelChoiceField):
        return serializers.IntegerField(**more)
    if isinstance(field, forms.BooleanField):
        more.pop("allow_null", None)
        return serializers.BooleanField(**more)
    if isinstance(field, forms.DecimalField):
        return serializers.DecimalField(
            max_digits=field.max_digits or 18, decimal_places=field.decimal_places or 0, **more
        )
    if isinstance(field, forms.IntegerField):
        return serializers.IntegerField(**more)
    if isinstance(field, forms.DateTimeField):
        return serializers.DateTimeField(**more)
    if isinstance(field, forms.DateField):
        return serializers.DateField(**more)
    return serializers.CharField(**more)
