"""Registering companies and converting leads by the API: the candidates first, as on the pages."""

from typing import Any

import pytest

from customers.models import Customer, CustomerRegistration
from opportunities.models import LeadConversion, Opportunity
from tests.factories.approvals import make_policy, named
from tests.factories.organisation import Organisation
from tests.factories.records import credit_code, make_customer, make_qualified_lead

pytestmark = pytest.mark.django_db
CODE = credit_code(4711)
COMPANY = {
    "name": "宁波海达密封材料有限公司",
    "industry": "",
    "city": "宁波",
    "kind": "end_user",
    "contact_name": "王芳",
    "contact_phone": "13900008899",
}


@pytest.fixture
def decided(org: Organisation) -> Any:
    """Somebody decides about registrations."""
    return make_policy(org, named(org.people.sales_manager), document="customer_registration")


def test_candidates_are_answered_first_and_passed_over_with_the_seal(org: Organisation, program: Any) -> None:
    mine = make_customer(org, name="宁波海达密封材料有限责任公司")
    foreign = make_customer(org, owner=org.people.stranger, name="宁波海达密封材料股份有限公司")
    rep = program(org.people.sales_rep)
    asked = rep.post("registrations/", {**COMPANY, "draft": True})
    assert asked.status_code == 409, asked.content
    assert asked.json()["type"] == "urn:hengpu:problem:candidates"
    told = {one["name"]: one["customer"] for one in asked.json()["candidates"]}
    assert told == {mine.name: mine.pk, foreign.name: None}, "out of reach without its key"
    assert not CustomerRegistration.objects.exists()
    made = rep.post("registrations/", {**COMPANY, "draft": True, "shown": asked.json()["shown"]})
    assert made.status_code == 201, made.content
    row = CustomerRegistration.objects.get()
    assert {entry["customer"] for entry in row.passed_over} == {mine.pk, foreign.pk}
    assert (row.state, row.owner, made.json()["id"]) == ("draft", org.people.sales_rep, row.pk)


def test_a_seal_of_somebody_else_counts_for_nothing(org: Organisation, program: Any) -> None:
    make_customer(org, name="宁波海达密封材料有限责任公司")
    seal = program(org.people.sales_manager).post("registrations/", {**COMPANY, "draft": True}).json()["shown"]
    again = program(org.people.sales_rep).post("registrations/", {**COMPANY, "draft": True, "shown": seal})
    assert again.status_code == 409
    assert not CustomerRegistration.objects.exists()


def test_a_customer_that_is_there_is_never_registered(org: Organisation, program: Any) -> None:
    make_customer(org, name=COMPANY["name"], credit_code=CODE)
    rep = program(org.people.sales_rep)
    body = {**COMPANY, "credit_code": CODE}
    seal = rep.post("registrations/", body).json()["shown"]
    refused = rep.post("registrations/", {**body, "shown": seal})
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["credit_code"])
    assert not CustomerRegistration.objects.exists()


def test_one_is_made_by_its_key_and_the_same_again_writes_nothing(org: Organisation, program: Any) -> None:
    make_customer(org, name="宁波海达密封材料有限责任公司")
    rep, address = program(org.people.sales_rep), "registrations/by-key/MES/7/"
    seal = rep.put(address, {**COMPANY, "draft": True}).json()["shown"]
    body = {**COMPANY, "draft": True, "shown": seal}
    made = rep.put(address, body)
    assert made.status_code == 201, made.content
    again = rep.put(address, body)
    assert (again.status_code, again.json()["version"]) == (200, made.json()["version"]), again.content
    assert CustomerRegistration.objects.count() == 1


def test_it_needs_the_right_and_the_forms_fields(org: Organisation, program: Any) -> None:
    assert program(org.people.finance).post("registrations/", COMPANY).status_code == 403
    wrong = program(org.people.sales_rep).post("registrations/", {"name": "某某公司", "draft": "yes"})
    assert list(wrong.json()["errors"]) == ["draft"]
    wrong = program(org.people.sales_rep).post("registrations/", {"name": "某某公司", "owner": 1})
    assert list(wrong.json()["errors"]) == ["owner"]
    wrong = program(org.people.sales_rep).post("registrations/", {"name": "某某公司"})
    assert {"city", "contact_name", "contact_phone"} <= set(wrong.json()["errors"])


def test_a_draft_is_sent_and_waits_where_somebody_decides(org: Organisation, program: Any, decided: Any) -> None:
    rep = program(org.people.sales_rep)
    made = rep.post("registrations/", {**COMPANY, "draft": True})
    path = f"registrations/{made.json()['id']}/transitions/"
    assert [step["to"] for step in rep.get(path).json()["results"]] == ["send", "give-up"]
    sent = rep.post(path, {"to": "send"})
    assert (sent.status_code, sent.json()["state"]) == (202, "submitted"), sent.content
    assert rep.get(path).json()["results"] == []
    assert not Customer.objects.filter(name=COMPANY["name"]).exists()


def test_where_nobody_decides_sending_makes_the_customer(org: Organisation, program: Any) -> None:
    rep = program(org.people.sales_rep)
    made = rep.post("registrations/", {**COMPANY, "draft": True})
    sent = rep.post(f"registrations/{made.json()['id']}/transitions/", {"to": "send"})
    customer = Customer.objects.get(name=COMPANY["name"])
    assert sent.json()["made"] == {"kind": "customers", "id": customer.pk}, sent.content
    assert (sent.status_code, customer.owner) == (200, org.people.sales_rep)


def test_a_lead_becomes_an_opportunity_of_its_customer(org: Organisation, program: Any) -> None:
    customer, lead = make_customer(org), make_qualified_lead(org)
    rep = program(org.people.sales_rep)
    path = f"leads/{lead.pk}/transitions/"
    steps = {step["to"]: step for step in rep.get(path).json()["results"]}
    assert {"converted", "registered"} <= set(steps) and "finished" not in steps
    assert "customer" in [field["name"] for field in steps["converted"]["fields"]]
    assert list(rep.post(path, {"to": "converted"}).json()["errors"]) == ["customer"]
    foreign = make_customer(org, owner=org.people.stranger)
    assert rep.post(path, {"to": "converted", "customer": foreign.pk}).status_code == 422
    done = rep.post(path, {"to": "converted", "customer": customer.pk, "name": "密封胶"})
    deal = Opportunity.objects.get(lead=lead)
    assert done.json()["made"] == {"kind": "opportunities", "id": deal.pk}, done.content
    assert (done.json()["state"], deal.customer, deal.name) == ("converted", customer, "密封胶")
    assert rep.post(path, {"to": "converted", "customer": customer.pk}).status_code == 422, "once only"
    assert Opportunity.objects.filter(lead=lead).count() == 1


def test_a_leads_company_is_registered_and_the_lead_waits(org: Organisation, program: Any, decided: Any) -> None:
    near = make_customer(org, name="好公司的姊妹", owner=org.people.stranger)
    lead = make_qualified_lead(org, company_name="好公司的姊妹公司", contact_name="王芳", phone="13900008899")
    rep = program(org.people.sales_rep)
    path, body = f"leads/{lead.pk}/transitions/", {"to": "registered", "city": "宁波", "kind": "end_user"}
    asked = rep.post(path, body)
    assert (asked.status_code, [one["name"] for one in asked.json()["candidates"]]) == (409, [near.name]), asked.content
    done = rep.post(path, {**body, "shown": asked.json()["shown"]})
    conversion = LeadConversion.objects.get(lead=lead)
    assert (done.status_code, done.json()["state"]) == (202, "qualified"), done.content
    assert done.json()["made"] == {"kind": "registrations", "id": conversion.registration_id}
    assert "registered" not in [step["to"] for step in rep.get(path).json()["results"]]
    assert rep.post(path, {"to": "finished"}).status_code == 404


def test_converting_needs_the_right_to_make_opportunities(org: Organisation, program: Any) -> None:
    from crm.models import Role

    lead = make_qualified_lead(org)
    role = Role.objects.get(code="sales_rep")
    role.permissions = [name for name in role.permissions if name != "opportunities.add_opportunity"]
    role.save()
    rep = program(org.people.sales_rep)
    path = f"leads/{lead.pk}/transitions/"
    assert not {"converted", "registered"} & {step["to"] for step in rep.get(path).json()["results"]}
    assert rep.post(path, {"to": "converted", "customer": make_customer(org).pk}).status_code == 403
    assert not Opportunity.objects.filter(lead=lead).exists()


def test_a_token_must_be_for_what_a_step_makes(org: Organisation, program: Any) -> None:
    customer, lead = make_customer(org), make_qualified_lead(org)
    path = f"leads/{lead.pk}/transitions/"
    only = program(org.people.sales_rep, records=("leads",))
    assert not {"converted", "registered"} & {step["to"] for step in only.get(path).json()["results"]}
    refused = only.post(path, {"to": "converted", "customer": customer.pk})
    told = "This step makes records that the token is not for: opportunities."
    assert (refused.status_code, refused.json()["detail"]) == (403, told)
    refused = only.post(path, {"to": "registered", "city": "宁波", "kind": "end_user"})
    assert refused.json()["detail"].endswith("registrations, customers, opportunities.")
    assert not Opportunity.objects.exists() and not CustomerRegistration.objects.exists()
    both = program(org.people.sales_rep, records=("leads", "opportunities"))
    assert both.post(path, {"to": "converted", "customer": customer.pk}).status_code == 200
