"""The description of the API is valid OpenAPI, complete, and shown to whoever is signed in."""

from typing import Any

import pytest
from drf_spectacular.validation import validate_schema

from crm.generic.entity import entities
from integrations.api.resources import RESOURCES
from integrations.api.schema import schema
from tests.access_matrix.api import LINES
from tests.api.conftest import Program
from tests.factories.organisation import Organisation

pytestmark = pytest.mark.django_db
BINARY = {"schema": {"type": "string", "format": "binary"}}  # a file: no example says anything of it


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    """All of them."""
    return [(path, method, said) for path, methods in schema()["paths"].items() for method, said in methods.items()]


def test_it_is_valid_and_has_every_address() -> None:
    validate_schema(schema())
    undescribed = {"api:schema", "api:nothing"}
    assert len(schema()["paths"]) == len(set(LINES) - undescribed)
    names = [said["operationId"] for _path, _method, said in operations()]
    assert len(names) == len(set(names))


# docs/api.md says why: settings that are decided once, logs, what somebody looks at before deciding, sheets
NOT_SERVED = {
    "crm.Role", "crm.WorkingCalendar", "crm.ExtraField", "crm.ChoiceList", "crm.SpecificationField", "crm.Currency", "crm.Cost",
    "crm.ApprovalPolicy", "crm.Tag", "customers.ContributionRate", "customers.AdmissionChecklist", "customers.GradingModel",
    "customers.GradePolicy", "customers.CustomerPool", "customers.RecycleRule", "opportunities.PriceIndex",
    "opportunities.PriceIndexValue", "integrations.ApiToken", "integrations.Webhook",
    "crm.SignInEvent", "crm.TrailErasure", "crm.TrailEntry", "crm.ExportLog", "crm.PersonalDataEntry", "integrations.SyncRun",
    "integrations.RejectedRow", "integrations.Reconciliation", "integrations.OutboxMessage", "integrations.WebhookDelivery",
    "customers.GradeRun", "customers.GradeProposal", "customers.CustomerMerge",
    "analytics.Target",
}  # fmt: skip


def test_each_kind_of_record_with_a_page_is_served_or_left_out_for_a_reason() -> None:
    kinds = {entity.model._meta.label for entity in entities()}
    assert kinds - {resource.model._meta.label for resource in RESOURCES} == NOT_SERVED


def test_each_operation_has_its_examples() -> None:
    lacking = []
    for path, method, said in operations():
        answers = [answer["content"] for code, answer in said["responses"].items() if code.startswith("2")]
        if not all(said.get("examples") for content in answers for said in content.values() if said != BINARY):
            lacking.append(f"{method} {path}: answer")
        if method != "get" and not all(one.get("examples") for one in said["requestBody"]["content"].values()):
            lacking.append(f"{method} {path}: request")
        if not said.get("summary"):
            lacking.append(f"{method} {path}: summary")
    assert lacking == []


def test_what_it_names_is_there(org: Organisation, program: Any) -> None:
    """The fields of each kind are those that a record of it shows to somebody who may see all."""
    from tests.access_matrix.api import MAKERS
    from tests.api.conftest import grant

    reader = org.people.executive
    grant(reader, "crm.view_floor_price", "crm.view_cost", "crm.view_task", "customers.view_customerregistration")
    for resource in RESOURCES:
        grant(reader, *filter(None, [resource.permission("view")]))
    speaks = program(reader)
    for resource in RESOURCES:
        record = MAKERS[resource.name](org, owner=reader)
        answer = speaks.get(f"{resource.name}/{record.pk}/")
        assert answer.status_code == 200, (resource.name, answer.content)
        named = schema()["components"]["schemas"][f"{resource.model.__name__}Record"]["properties"]
        assert set(named) == set(answer.json()), resource.name


def test_it_is_served_and_shown(org: Organisation, program: Any, client_of: Any) -> None:
    assert Program().get("schema/").status_code == 401
    served = program(org.people.sales_rep).get("schema/").json()
    assert served["openapi"].startswith("3.")
    assert served["components"]["securitySchemes"]["token"] == {"type": "http", "scheme": "bearer"}
    page = client_of(org.people.sales_rep).get("/integrations/api/leads/").content.decode()
    assert "/api/v1/leads/{id}/transitions/" in page
    assert "company_name" in page
    assert client_of(org.people.sales_rep).get("/integrations/api/nothing/").status_code == 404


def test_the_page_says_what_each_parameter_takes_in_the_readers_language(org: Organisation, client_of: Any) -> None:
    reader = org.people.sales_rep
    page = client_of(reader).get("/integrations/api/tasks/").content.decode()
    assert "Only these fields, separated by commas." in page and "open, done, cancelled" in page
    reader.language = "zh-hans"
    reader.save()
    page = client_of(reader).get("/integrations/api/tasks/").content.decode()
    assert "Only these fields" not in page and "只返回这些字段，以逗号分隔。" in page and "每页行数。" in page
