"""The reference of the API as pages: what the OpenAPI description says, one kind of record at a time."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.generic import View

from integrations.api.schema import schema
from integrations.api.token_form import kinds

METHODS = ("get", "post", "patch", "put")
TONES = {"get": "info", "post": "ok", "patch": "warn", "put": "warn"}


class ApiReference(View):
    """The operations of a kind of record, with their parameters, fields and examples."""

    def get(self, request: HttpRequest, kind: str = "customers") -> HttpResponse:
        """The page."""
        names = {**dict(kinds()), "files": _("Files and comments")}
        if kind not in names:
            raise Http404
        found = schema()
        operations = [
            operation(found, path, method, said)
            for path, methods in found["paths"].items()
            for method, said in methods.items()
            if method in METHODS and said.get("tags") == [kind]
        ]
        context = {
            "kinds": [{"key": key, "label": label, "active": key == kind} for key, label in names.items()],
            "label": names[kind],
            "operations": operations,
            "nav": "settings",
            "crumbs": [(_("API reference"), None)],
        }
        return render(request, "integrations/api_reference.html", context)


def operation(found: dict[str, Any], path: str, method: str, said: dict[str, Any]) -> dict[str, Any]:
    """An operation as the page shows it."""
    sent = (said.get("requestBody") or {}).get("content", {}).get("application/json", {})
    answers = [(code, answer.get("content", {})) for code, answer in said["responses"].items()]
    status, content = next((code, content) for code, content in answers if code.startswith("2"))
    return {
        "id": said["operationId"],
        "method": method.upper(),
        "tone": TONES[method],
        "path": path,
        "summary": said.get("summary", ""),
        "parameters": [{**field(one, one["schema"]), "place": one["in"]} for one in said.get("parameters", [])],
        "fields": fields(found, sent.get("schema", {})),
        "request": example(sent),
        "status": status,
        "answer": example(content.get("application/json", {})),
    }


def fields(found: dict[str, Any], schema_of: dict[str, Any]) -> list[dict[str, Any]]:
    """What may be sent."""
    named = schema_of.get("$ref", "").rpartition("/")[2]
    whole = found["components"]["schemas"].get(named, schema_of)
    needed = whole.get("required", [])
    return [
        field({"name": name, "required": name in needed, "description": said.get("description")}, said)
        for name, said in whole.get("properties", {}).items()
    ]


def field(named: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    """A field or a parameter: its name, its kind ("[]" for several), whether it must be there, what it is."""
    one = said.get("items", said)
    kind = "id" if "oneOf" in one else one.get("format") or one.get("type", "")
    return {
        "name": named["name"],
        "kind": kind if one is said else f"{kind}[]",
        "required": named.get("required", False),
        "text": named.get("description") or one.get("description", ""),
        "choices": [value for value in one.get("enum", []) if value is not None],
    }


def example(content: dict[str, Any]) -> str:
    """The first example as text."""
    values = [found["value"] for found in content.get("examples", {}).values()]
    return json.dumps(values[0], ensure_ascii=False, indent=2) if values else ""
