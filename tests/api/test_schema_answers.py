"""What the API answers is what its description says, and so are the description's own examples."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.conf import settings
from jsonschema import Draft202012Validator, FormatChecker

from crm.models import User
from customers.models import Contact
from integrations.api.resources import BY_NAME, RESOURCES
from integrations.api.schema import schema
from tests.access_matrix.api import MAKERS
from tests.api.conftest import Program, grant
from tests.factories.organisation import Organisation
from tests.factories.records import make_customer

pytestmark = pytest.mark.django_db


def as_json_schema(said: Any) -> Any:
    """OpenAPI 3.0 as JSON Schema: `nullable` is a type there, and an enum names null itself."""
    if isinstance(said, list):
        return [as_json_schema(one) for one in said]
    if not isinstance(said, dict):
        return said
    found = {name: as_json_schema(inner) for name, inner in said.items()}
    if found.pop("nullable", False) is True:
        return {"anyOf": [found, {"type": "null"}]}
    return found


class Check:
    """Compares values with the description in force."""

    def __init__(self) -> None:
        self.schema = schema()
        self.components = as_json_schema(deepcopy(self.schema["components"]))

    def errors(self, said: dict[str, Any], value: Any) -> list[str]:
        """What does not fit."""
        whole = {**as_json_schema(said), "components": self.components}
        found = Draft202012Validator(whole, format_checker=FormatChecker()).iter_errors(value)
        return [f"{'.'.join(map(str, error.absolute_path))}: {error.message[:200]}" for error in found]

    def answer(self, method: str, path: str, answer: Any) -> list[str]:
        """What does not fit in an answer of that operation, its status and its field names included."""
        said = self.schema["paths"][f"/api/v1/{path}"][method]["responses"].get(str(answer.status_code))
        if said is None:
            return [f"{answer.status_code} is not described"]
        if "$ref" in said:
            said = self.schema["components"]["responses"][said["$ref"].rpartition("/")[2]]
        (content,) = said["content"].values()
        told = [f"no header {name}" for name in said.get("headers", ()) if name == "Retry-After" and name not in answer]
        return told + self.errors(content["schema"], answer.json())


@pytest.fixture
def check(db: Any) -> Check:
    """The description, and how to compare with it."""
    return Check()


def examples(found: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], Any]]:
    """Where each of a kind of record stands, its schema, and the example."""
    for path, methods in found["paths"].items():
        for method, said in methods.items():
            if said["tags"][0] not in BY_NAME:
                continue
            places = {"request": said.get("requestBody", {}), **said["responses"]}
            for place, one in places.items():
                for kind, content in one.get("content", {}).items():
                    for example in content.get("examples", {}).values() if "json" in kind else ():
                        yield f"{method} {path} {place}", content["schema"], example["value"]


def test_each_example_keeps_its_own_schema(org: Organisation, check: Check) -> None:
    wrong = {}
    for place, said, value in examples(check.schema):
        if told := check.errors(said, value):
            wrong[place] = told
    assert not wrong, wrong


def test_real_answers_keep_the_schema(org: Organisation, program: Any, check: Check) -> None:
    boss = User.objects.create(username="admin17", is_superuser=True, business_unit=org.silicones)
    without_costs = org.people.sales_rep
    grant(without_costs, *filter(None, (resource.permission("view") for resource in RESOURCES)))
    wrong = {}
    records = {resource.name: MAKERS[resource.name](org) for resource in RESOURCES}
    for person in (boss, without_costs):
        speaks = program(person)
        for resource in RESOURCES:
            record = records[resource.name]
            for path in (f"{resource.name}/", f"{resource.name}/{{id}}/", f"{resource.name}/{{id}}/transitions/"):
                if f"/api/v1/{path}" in check.schema["paths"]:
                    answer = speaks.get(path.replace("{id}", str(record.pk)))
                    if told := check.answer("get", path, answer):
                        wrong[f"{person} {path}"] = told
    assert not wrong, wrong


def test_a_contact_without_an_address_and_errors_keep_the_schema(org: Organisation, program: Any, check: Check) -> None:
    speaks = program(org.people.sales_rep)
    contact = Contact.objects.create(customer=make_customer(org), name="王芳", email="")
    path = "contacts/{id}/"
    told = [
        *check.answer("get", path, speaks.get(f"contacts/{contact.pk}/")),
        *check.answer("get", path, speaks.get("contacts/99999/")),
        *check.answer("get", path, Program().get(f"contacts/{contact.pk}/")),
        *check.answer("get", "contacts/", speaks.get("contacts/?sort=no")),
        *check.answer("patch", path, speaks.patch(f"contacts/{contact.pk}/", {"name": "x"})),
        *check.answer("patch", path, speaks.patch(f"contacts/{contact.pk}/", {"name": "x"}, If_Match='"99"')),
        *check.answer("post", "contacts/", speaks.post("contacts/", {})),
        *check.answer("post", "contacts/", speaks.post("contacts/", "[")),
    ]
    assert told == []


def test_choices_are_those_there_are_and_records_say_their_kind(org: Organisation, check: Check) -> None:
    schemas = check.schema["components"]["schemas"]
    report = schemas["PriceReportInput"]["properties"]
    assert {"CNY", "USD", "JPY"} <= set(report["currency"]["enum"])
    assert report["reliability"]["enum"] == ["confirmed", "probable", "rumour"]
    assert "rumour: hearsay" in report["reliability"]["description"]
    assert report["unit"]["x-kind"] == "units" and "/api/v1/units/" in report["unit"]["description"]
    assert report["unit"]["oneOf"][1] == {"$ref": "#/components/schemas/Reference"}
    assert schemas["TaskInput"]["properties"]["priority"]["enum"] == [1, 2, 3]
    assert "enum" in schemas["LeadInput"]["properties"]["source"]
    assert {"converted", "registered", "finished", "disqualified"} <= set(
        schemas["LeadStep"]["properties"]["to"]["enum"]
    )
    assert "disqualified" not in schemas["CustomerStep"]["properties"]["to"]["enum"]


def test_each_filter_takes_what_its_description_says(
    org: Organisation, program: Any, check: Check, settings: Any
) -> None:
    settings.API_REQUESTS_PER_MINUTE = 10_000
    values = {"boolean": "true", "integer": "1", "number": "1.5", "string": "x"}
    boss = program(User.objects.create(username="admin17", is_superuser=True, business_unit=org.silicones))
    wrong, seen = [], set()
    for resource in RESOURCES:
        for said in check.schema["paths"][f"/api/v1/{resource.name}/"]["get"]["parameters"]:
            one = said["schema"].get("items", said["schema"])
            seen.add(said["name"])
            if "enum" in one:
                assert None not in one["enum"]
                wanted, other = one["enum"][0], "none-of-these"
                if boss.get(f"{resource.name}/?{said['name']}={other}").status_code != 400:
                    wrong.append(f"{resource.name} {said['name']} takes {other}")
            elif said["schema"]["type"] == "boolean" or one.get("format") == "date":
                wanted = "2026-11-25" if one.get("format") == "date" else values["boolean"]
            else:
                continue
            if (answer := boss.get(f"{resource.name}/?{said['name']}={wanted}")).status_code != 200:
                wrong.append(f"{resource.name} {said['name']}={wanted}: {answer.json()}")
    assert not wrong, "\n".join(wrong)
    assert {"owner", "state", "created_at_from", "q"} <= seen


def test_filters_name_their_choices(org: Organisation, check: Check) -> None:
    found = {one["name"]: one for one in check.schema["paths"]["/api/v1/tasks/"]["get"]["parameters"]}
    assert found["state"]["schema"]["items"]["enum"][:1] == ["open"]


def test_what_is_set_once_or_never_is_not_offered(org: Organisation, check: Check) -> None:
    schemas = check.schema["components"]["schemas"]
    assert "business_unit" not in schemas["CustomerInput"]["properties"]
    assert {"city", "contact_phone"} <= set(schemas["CustomerRegistrationInput"]["required"])
    for kind in ("Contact", "Sample", "Admission"):
        name = {"Sample": "SampleRequest"}.get(kind, kind)
        assert "customer" in schemas[f"{name}Input"]["required"]
        assert "customer" not in schemas[f"Patched{name}Input"]["properties"]
    guarded = {"unit_cost", "currency"}
    assert guarded <= set(schemas["SampleLineRecord"]["properties"])
    assert not guarded & set(schemas["SampleLineRecord"]["required"])
    assert "lines" not in schemas["PatchedOrderRequestInput"]["properties"]
    assert {"lines", "remark"} <= set(schemas["PatchedQuoteInput"]["properties"])
    assert {"opportunity", "remark"} <= set(schemas["QuoteInput"]["properties"])
    assert schemas["OrderRequestInput"]["required"] == ["quote"]


def test_it_says_where_it_is_and_how_it_answers(org: Organisation, check: Check) -> None:
    assert check.schema["servers"] == [{"url": settings.SITE_URL.rstrip("/")}]
    paths = check.schema["paths"]
    statuses = {
        ("put", "leads/by-key/{system}/{key}/"): {"200", "201"},
        ("post", "quotes/"): {"200", "201", "409"},
        ("post", "leads/{id}/transitions/"): {"200", "202", "412"},
        ("patch", "leads/{id}/"): {"200", "400", "401", "403", "404", "409", "412", "413", "422", "428", "429"},
        ("get", "leads/"): {"200", "400", "401", "403", "429"},
    }
    for (method, path), wanted in statuses.items():
        assert wanted <= set(paths[f"/api/v1/{path}"][method]["responses"]), path
    made = paths["/api/v1/leads/"]["post"]["responses"]["201"]
    assert set(made["headers"]) == {"ETag", "Location"}
    assert "Retry-After" in check.schema["components"]["responses"]["Error429"]["headers"]
    assert not {"401", "403"} & set(paths["/api/v1/approvals/decide/{token}/"]["post"]["responses"])
    assert BY_NAME.keys() <= {said["tags"][0] for methods in paths.values() for said in methods.values()}
