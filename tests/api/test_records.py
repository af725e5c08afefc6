"""Records by the API: the same rows, fields, forms and rules as on the pages."""

from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.models import RecordShare
from customers.models import Contact, Customer
from leads.models import Lead
from opportunities.models import Opportunity
from tests.api.conftest import Program, grant
from tests.factories.organisation import Organisation
from tests.factories.quotes import make_accepted, make_deal, make_quote
from tests.factories.records import (
    make_complaint,
    make_contact,
    make_customer,
    make_invoice,
    make_lead,
    make_opportunity,
    make_order,
    make_receivable,
    make_shipment,
    make_task,
)
from tests.factories.samples import make_sample

pytestmark = pytest.mark.django_db


def test_rows_are_those_in_reach(org: Organisation, program: Any) -> None:
    mine, foreign = make_customer(org), make_customer(org, owner=org.people.stranger)
    rep = program(org.people.sales_rep)
    found = rep.get("customers/").json()
    assert [row["id"] for row in found["results"]] == [mine.pk]
    assert found["next"] is None
    assert rep.get(f"customers/{mine.pk}/").json()["name"] == mine.name
    gone = rep.get(f"customers/{foreign.pk}/")
    assert gone.status_code == 404
    assert gone.headers["Content-Type"] == "application/problem+json"
    assert gone.json()["type"] == "urn:hengpu:problem:not_found"


def test_a_right_that_is_lacking_is_403(org: Organisation, program: Any) -> None:
    answer = program(org.people.research).get("complaints/")
    assert answer.status_code == 403
    assert answer.json()["title"] == "You may not do this."


def test_filters_sorts_and_pages_are_the_lists_own(org: Organisation, program: Any) -> None:
    names = [f"客户{number}" for number in range(5)]
    for name in names:
        make_customer(org, name=name)
    make_customer(org, name="别的", grade="D")
    rep = program(org.people.sales_rep)
    seen, address = [], "customers/?page_size=2&sort=-name&q=客户"
    while address:
        page = rep.get(address).json()
        assert len(page["results"]) <= 2
        seen += [row["name"] for row in page["results"]]
        address = page["next"]
    assert seen == sorted(names, reverse=True)
    by_key, address = [], "customers/?page_size=4"
    while address:
        page = rep.get(address).json()
        by_key += [row["id"] for row in page["results"]]
        address = page["next"]
    assert by_key == sorted(by_key) and len(by_key) == 6
    assert [row["name"] for row in rep.get("customers/?grade=D").json()["results"]] == ["别的"]
    assert set(rep.get("customers/?fields=name").json()["results"][0]) == {"id", "name"}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("colour=red", "colour"),
        ("grade=Z", "grade"),
        ("sort=notes", "sort"),
        ("page_size=0", "page_size"),
        ("page_size=100000", "page_size"),
        ("cursor=!!!", "cursor"),
        ("cursor=abc&sort=name", "cursor"),
        ("changed_since=yesterday", "changed_since"),
        ("fields=nosuch", "fields"),
    ],
)
def test_what_a_list_cannot_be_asked_is_told(org: Organisation, program: Any, query: str, field: str) -> None:
    answer = program(org.people.sales_rep).get(f"customers/?{query}")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [field]


def test_changed_since_gives_what_was_saved_later(org: Organisation, program: Any) -> None:
    old, new = make_lead(org), make_lead(org)
    Lead.objects.filter(pk=old.pk).update(updated_at="2020-01-01T00:00:00Z")
    found = program(org.people.sales_rep).get("leads/?changed_since=2021-01-01T00:00:00Z").json()
    assert [row["id"] for row in found["results"]] == [new.pk]


def test_contact_data_is_masked_as_on_the_page(org: Organisation, program: Any) -> None:
    contact = make_contact(org, phone="13812345678", email="zhang@example.com")
    assert program(org.people.sales_rep).get(f"contacts/{contact.pk}/").json()["phone"] == "13812345678"
    seen = program(org.people.executive).get(f"contacts/{contact.pk}/").json()
    assert (seen["phone"], seen["email"]) == ("138****5678", "z****@example.com")


def test_guarded_fields_are_left_out(org: Organisation, program: Any) -> None:
    quote = make_quote(org)
    line = program(org.people.sales_rep).get(f"quotes/{quote.pk}/").json()["lines"][0]
    assert "price" in line and "floor_price" not in line and "unit_cost" not in line
    seen = program(org.people.bu_head).get(f"quotes/{quote.pk}/").json()["lines"][0]
    assert "floor_price" in seen and "unit_cost" in seen


def test_a_record_is_made_by_the_form_of_its_page(org: Organisation, program: Any) -> None:
    customer = make_customer(org)
    rep = program(org.people.sales_rep)
    wrong = rep.post("contacts/", {"customer": customer.pk, "phone": "no"})
    assert wrong.status_code == 422
    assert wrong.json()["errors"]["phone"] == ["Not a phone number."]
    assert "name" in wrong.json()["errors"]
    made = rep.post("contacts/", {"customer": customer.pk, "name": "王芳", "role": "purchasing"})
    assert made.status_code == 201, made.content
    contact = Contact.objects.get(name="王芳")
    assert made.headers["Location"] == f"/api/v1/contacts/{contact.pk}/"
    assert made.json()["id"] == contact.pk
    assert contact.customer == customer


def test_messages_are_in_the_readers_language(org: Organisation, program: Any) -> None:
    rep = program(org.people.sales_rep)
    answer = rep.post("contacts/", {"phone": "no"}, Accept_Language="zh-hans").json()
    assert answer["errors"]["phone"] == ["不是电话号码。"]


def test_what_the_form_does_not_have_cannot_be_set(org: Organisation, program: Any) -> None:
    customer = make_customer(org)
    rep = program(org.people.sales_rep)
    wrong = rep.patch(f"customers/{customer.pk}/", {"code": "X", "version_read": 9}, If_Match='"1"')
    assert wrong.status_code == 422
    assert set(wrong.json()["errors"]) == {"code", "version_read"}


def test_a_foreign_record_cannot_be_named(org: Organisation, program: Any) -> None:
    foreign = make_customer(org, owner=org.people.stranger)
    wrong = program(org.people.sales_rep).post("contacts/", {"customer": foreign.pk, "name": "王芳"})
    assert wrong.status_code == 422
    assert "customer" in wrong.json()["errors"]


def test_a_change_names_the_version_it_was_meant_for(org: Organisation, program: Any) -> None:
    lead = make_lead(org, need="A")
    rep = program(org.people.sales_rep)
    tag = rep.get(f"leads/{lead.pk}/").headers["ETag"]
    assert rep.get(f"leads/{lead.pk}/", If_None_Match=tag).status_code == 304
    assert rep.patch(f"leads/{lead.pk}/", {"need": "B"}).status_code == 428
    done = rep.patch(f"leads/{lead.pk}/", {"need": "B"}, If_Match=tag)
    assert done.status_code == 200, done.content
    assert done.json()["need"] == "B"
    assert done.json()["company_name"] == lead.company_name
    assert done.headers["ETag"] != tag
    stale = rep.patch(f"leads/{lead.pk}/", {"need": "C"}, If_Match=tag)
    assert stale.status_code == 412
    assert stale.json()["yours"] == {"need": "C"}
    assert stale.json()["current"]["need"] == "B"
    same = rep.patch(f"leads/{lead.pk}/", {"need": "B"}, If_Match=done.headers["ETag"])
    assert same.headers["ETag"] == done.headers["ETag"], "nothing differs, nothing is written"


def test_what_is_shared_for_reading_is_not_changed(org: Organisation, program: Any) -> None:
    lead = make_lead(org, owner=org.people.stranger)
    RecordShare.objects.create(
        content_type=ContentType.objects.get_for_model(Lead),
        object_id=lead.pk,
        user=org.people.sales_rep,
        level=RecordShare.Level.READ,
    )
    rep = program(org.people.sales_rep)
    tag = rep.get(f"leads/{lead.pk}/").headers["ETag"]
    assert rep.patch(f"leads/{lead.pk}/", {"need": "B"}, If_Match=tag).status_code == 403
    assert rep.get(f"leads/{lead.pk}/transitions/").json() == {"results": []}
    assert rep.post(f"leads/{lead.pk}/transitions/", {"to": "disqualified", "reason": "x"}).status_code == 403


def test_a_quote_begins_at_its_opportunity_and_takes_lines(org: Organisation, program: Any) -> None:
    deal = make_deal(org)
    rep = program(org.people.sales_rep)
    made = rep.post("quotes/", {"opportunity": deal.pk, "remark": "按月交货"})
    assert made.status_code == 201, made.content
    assert made.json()["remark"] == "按月交货"
    assert rep.post("quotes/", {"opportunity": deal.pk}).status_code == 200, "the draft that is there"
    more = rep.post("quotes/", {"opportunity": deal.pk, "remark": "按季交货"})
    assert (more.status_code, more.json()["id"]) == (409, made.json()["id"]), "nothing that was sent is lost in silence"
    quote, tag = made.json(), made.headers["ETag"]
    lines = [{"product": org.product.pk, "quantity": "500", "price": "30.5", "breaks": [{"from": 1000, "price": "29"}]}]
    changed = rep.patch(f"quotes/{quote['id']}/", {"lines": lines}, If_Match=tag)
    assert changed.status_code == 200, changed.content
    (line,) = changed.json()["lines"]
    assert (line["quantity"], line["price"]) == ("500.000", "30.5000")
    again = [{"id": line["id"], "quantity": 500}]
    same = rep.patch(f"quotes/{quote['id']}/", {"lines": again}, If_Match=changed.headers["ETag"])
    assert same.headers["ETag"] == changed.headers["ETag"]
    wrong = rep.patch(f"quotes/{quote['id']}/", {"lines": [{"product": org.product.pk}]}, If_Match=same.headers["ETag"])
    assert wrong.json()["errors"] == {"lines.0.quantity": ["Say how much."]}


def test_an_order_request_begins_at_an_accepted_quote(org: Organisation, program: Any) -> None:
    quote = make_accepted(org)
    made = program(org.people.sales_rep).post("order-requests/", {"quote": quote.pk, "customer_reference": "PO-1"})
    assert made.status_code == 201, made.content
    assert made.json()["customer_reference"] == "PO-1"
    assert len(made.json()["lines"]) == quote.lines.count()


def test_customers_are_registered_by_those_who_must(org: Organisation, program: Any) -> None:
    answer = program(org.people.sales_rep).post("customers/", {"name": "新客户有限公司"})
    assert (answer.status_code, "registrations/" in answer.json()["detail"]) == (403, True)
    assert not Customer.objects.filter(name="新客户有限公司").exists()


def test_people_are_reduced_to_who_they_are(org: Organisation, program: Any) -> None:
    rows = program(org.people.sales_rep).get("users/").json()["results"]
    assert set(rows[0]) == {"id", "username", "display_name", "title", "business_unit", "is_active"}


MAKERS = {
    "customers": make_customer,
    "contacts": lambda org: make_contact(org, customer=make_customer(org)),
    "leads": make_lead,
    "opportunities": make_opportunity,
    "quotes": make_quote,
    "samples": make_sample,
    "orders": make_order,
    "shipments": make_shipment,
    "invoices": make_invoice,
    "receivables": make_receivable,
    "complaints": make_complaint,
    "tasks": make_task,
}


@pytest.mark.parametrize("name", MAKERS)
def test_five_rows_cost_the_queries_of_one(org: Organisation, program: Any, name: str) -> None:
    rep = program(org.people.sales_rep)
    make = MAKERS[name]
    make(org)
    rep.get(f"{name}/")
    with CaptureQueriesContext(connection) as first:
        assert len(rep.get(f"{name}/").json()["results"]) == 1
    for _number in range(4):
        make(org)
    with CaptureQueriesContext(connection) as second:
        assert len(rep.get(f"{name}/").json()["results"]) == 5
    assert len(second) == len(first)


def test_the_body_is_limited_and_json(org: Organisation, program: Any, settings: Any) -> None:
    rep = program(org.people.sales_rep)
    settings.API_MAX_BYTES = 100
    assert rep.post("leads/", {"need": "x" * 200}).status_code == 413
    assert rep.post("leads/", "{").status_code == 400
    assert rep.post("leads/", [1]).status_code == 400
    answer = rep.client.post("/api/v1/leads/", {"need": "x"}, headers=rep.headers)
    assert answer.status_code == 415
    assert rep.get("nothing/").status_code == 404
    assert rep.get("nothing/").json()["type"].endswith("not_found")
    assert rep.ask("DELETE", "leads/").status_code == 405


def test_the_browsers_session_needs_the_proof_against_forgery(org: Organisation, client_of: Any) -> None:
    program = Program()
    assert program.get("leads/").status_code == 401
    assert program.get("leads/").headers["WWW-Authenticate"].startswith("Bearer")
    program.client = type(program.client)(enforce_csrf_checks=True)
    program.client.force_login(org.people.sales_rep, backend="crm.organisation.backends.RoleBackend")
    assert program.get("leads/").status_code == 200
    assert program.post("leads/", {"company_name": "X"}).status_code == 403
    assert not Lead.objects.exists()


def test_nothing_is_open_to_other_origins(org: Organisation, program: Any) -> None:
    answer = program(org.people.sales_rep).get("leads/", Origin="https://elsewhere.example")
    assert not [name for name in answer.headers if name.lower().startswith("access-control")]


def test_every_kind_reads_its_own_row(org: Organisation, program: Any) -> None:
    assert Opportunity.objects.count() == 0
    for name, make in MAKERS.items():
        row = make(org)
        grant(org.people.sales_rep)
        answer = program(org.people.sales_rep).get(f"{name}/{row.pk}/")
        assert answer.status_code == 200, (name, answer.content)
        assert answer.json()["id"] == row.pk


def test_a_day_that_cannot_be_is_told_of_its_field(org: Organisation, program: Any) -> None:
    lead, rep = make_lead(org), program(org.people.sales_rep)
    told = ["Enter a date from 1900-01-01 to 2199-12-31."]
    refused = rep.patch(f"leads/{lead.pk}/", {"received_on": "9999-12-31"}, If_Match=f'"{lead.version}"')
    assert (refused.status_code, refused.json()["errors"]) == (422, {"received_on": told})
    refused = rep.post("tasks/", {"title": "x", "assignee": lead.owner_id, "due_at": "9999-12-31T23:59:59Z"})
    assert (refused.status_code, refused.json()["errors"]) == (422, {"due_at": told})
