"""Each example of a request in the description is sent as it stands there, with keys of records that are there, and is taken."""

from typing import Any

import pytest
from django.db import transaction

from crm.models import User
from integrations.api.resources import BY_NAME
from integrations.api.schema import schema
from tests.access_matrix.api import MAKERS
from tests.api.conftest import Program
from tests.factories.admission import make_checklist
from tests.factories.organisation import Organisation, make_person
from tests.factories.pool import make_draft_pack
from tests.factories.quotes import make_accepted
from tests.factories.records import day, make_contact, make_customer, make_opportunity
from tests.factories.wecom import make_checkin

pytestmark = pytest.mark.django_db


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    """Those of kinds of record that take JSON, with what they take."""
    return [
        (path, method, said)
        for path, methods in schema()["paths"].items()
        for method, said in methods.items()
        if "application/json" in said.get("requestBody", {}).get("content", {}) and said["tags"][0] in BY_NAME
    ]


def _opportunity(org: Organisation, *, owner: User) -> Any:
    return make_opportunity(org, owner=owner, next_step="call", next_step_on=day(7))


# Where what an example does asks for more than any record of the kind.
READY: dict[str, Any] = {
    "opportunities": _opportunity,
    "handovers": make_draft_pack,
    "check-ins": lambda org, owner: make_checkin(org, owner, customer=make_customer(org, owner=owner)),
}
TOLD_BY_RULE = ("/transitions/", "/decide/")  # a step that this record cannot take now is a step all the same


class Records:
    """Makes the records that an example names."""

    def __init__(self, org: Organisation, owner: User) -> None:
        self.org, self.owner = org, owner
        self.made: dict[str, Any] = {}

    def of(self, kind: str) -> Any:
        """A record of the kind, the same for all of an example."""
        if kind not in self.made:
            self.made[kind] = self.new(kind)
        return self.made[kind]

    def new(self, kind: str) -> Any:
        """One that fits the others."""
        if kind == "contacts" and "opportunities" in self.made:
            return make_contact(self.org, customer=self.made["opportunities"].customer)
        if kind == "users":
            person = make_person(self.org)
            make_customer(self.org, owner=person)  # what could be handed over
            return person
        return {**MAKERS, **READY}[kind](self.org, owner=self.owner)

    def put(self, said: dict[str, Any], value: Any) -> Any:
        """The value with the keys of such records."""
        name = said.get("$ref", "").rpartition("/")[2]
        said = schema()["components"]["schemas"][name] if name else said
        if kind := said.get("x-kind"):
            return (self.new(kind) if kind == "users" else self.of(kind)).pk
        if isinstance(value, list):
            return [self.put(said["items"], one) for one in value]
        if isinstance(value, dict):
            return {key: self.put(said["properties"][key], inner) for key, inner in value.items()}
        return value


def answered(speaks: Program, records: Records, path: str, method: str, said: dict[str, Any]) -> str:
    """What is wrong with the answer; "" when the example was taken."""
    kind, content = said["tags"][0], said["requestBody"]["content"]["application/json"]
    value = records.put(content["schema"], next(iter(content["examples"].values()))["value"])
    if "{id}" in path:
        path = path.replace("{id}", str(records.of(kind).pk))
    path = path.replace("{system}", "MES").replace("{key}", "MES-17")
    answer = speaks.ask(method, path, value, **({"If-Match": "*"} if method == "patch" else {}))
    body = answer.json()
    failed = [row for row in body.get("results", []) if row.get("result") == "failed"]
    if answer.status_code < 300 and not failed:
        return "" if str(answer.status_code) in said["responses"] else f"{answer.status_code} is not described"
    if body.get("type", "").endswith(":rule") and any(part in path for part in TOLD_BY_RULE):
        return ""
    return f"{answer.status_code} {value} {failed or body}"


def test_examples_are_taken(org: Organisation, program: Any) -> None:
    person = User.objects.create(username="admin17", is_superuser=True, business_unit=org.silicones)
    speaks = program(person)
    make_checklist(org)
    wrong = {}
    for path, method, said in operations():
        with transaction.atomic():
            records = Records(org, person)
            if said["operationId"] in ("order_requests_create", "order_requests_upsert"):
                records.made["quotes"] = make_accepted(org)
            if told := answered(speaks, records, path, method, said):
                wrong[said["operationId"]] = told
            transaction.set_rollback(True)
    assert not wrong, "\n".join(f"{name}: {told}" for name, told in wrong.items())
