"""What nobody should send: an answer that says so, nothing written, and never an error of ours."""

import json
from typing import Any

import pytest
from django import forms
from django.test import Client

from crm.models import Role
from customers.models import Contact
from integrations.api.errors import Problem
from integrations.api.filling import sent
from integrations.models import ExternalRef
from leads.models import Lead
from orders.models import SalesOrder
from tests.api.conftest import grant
from tests.api.test_documents import order
from tests.factories.organisation import Organisation
from tests.factories.quotes import make_deal
from tests.factories.records import make_campaign, make_customer, make_lead, make_order

pytestmark = pytest.mark.django_db
GOOD = {"company_name": "好公司", "contact_name": "王", "source": "website", "received_on": "2026-11-01"}


@pytest.mark.parametrize(
    "text",
    [
        "[" * 200_000,
        '{"company_name": ' + "[" * 100_000,
        "{",
        '{"need": NaN}',
        '"text"',
        "[1]",
        "null",
        json.dumps({**GOOD, "need": "half \ud83d"}),
    ],
)
def test_a_body_that_cannot_be_read_is_400(org: Organisation, program: Any, text: str) -> None:
    answer = program(org.people.sales_rep).ask("POST", "leads/", text)
    assert (answer.status_code, answer.json()["type"]) == (400, "urn:hengpu:problem:malformed"), answer.content
    assert not Lead.objects.exists()


@pytest.mark.parametrize("key", ["a%00b", "a%0Ab"])
def test_keys_are_plain_text(org: Organisation, program: Any, key: str) -> None:
    rep = program(org.people.sales_rep)
    assert rep.get(f"leads/by-key/MES/{key}/").status_code == 404
    assert rep.put(f"leads/by-key/MES/{key}/", GOOD).status_code in (404, 422)
    rows = [{"key": "a\x00b", **GOOD}, {"key": "c", **GOOD, "customer": {"system": "M\x00", "key": "\x00"}}]
    found = rep.post("leads/bulk/", {"system": "MES", "rows": rows}).json()["results"]
    assert [row["result"] for row in found] == ["failed", "failed"]
    assert rep.post("leads/bulk/", {"system": "M\x00S", "rows": [{"key": "d", **GOOD}]}).json()["results"][0][
        "result"
    ] == ("failed")
    assert not Lead.objects.exists() and not ExternalRef.objects.exists()


@pytest.mark.parametrize("pk", ["0", "99999999999999999999999999"])
def test_a_number_that_is_no_key_is_404(org: Organisation, program: Any, pk: str) -> None:
    rep = program(org.people.sales_rep)
    assert rep.get(f"leads/{pk}/").status_code == 404
    assert rep.patch(f"leads/{pk}/", {}, If_Match="*").status_code == 404
    assert rep.get(f"leads/{pk}/transitions/").status_code == 404
    assert rep.get(f"leads/{pk}/files/").status_code == 404
    assert rep.post("contacts/", {"customer": int(pk), "name": "王芳"}).status_code == 422


@pytest.mark.parametrize("named", [True, 1.5, [1], {"system": 1, "key": 2}, {"pk": 1}, "' OR 1=1"])
def test_another_record_is_named_by_its_key_only(org: Organisation, program: Any, named: Any) -> None:
    make_customer(org)
    grant(org.people.sales_rep, "integrations.feed_documents")
    rep = program(org.people.sales_rep)
    assert rep.post("contacts/", {"customer": named, "name": "王芳"}).status_code == 422
    fed = rep.put("orders/by-key/MES/1/", {**order(org, make_customer(org)), "customer": named})
    assert (fed.status_code, "customer" in fed.json()["errors"]) == (422, True)
    assert not Contact.objects.exists() and not SalesOrder.objects.exists()


@pytest.mark.parametrize("value", [["x"], [], [{"from": 1, "price": 2}], [5]])
def test_a_list_is_no_single_value(org: Organisation, program: Any, value: Any) -> None:
    lead = make_lead(org, need="密封胶", campaign=make_campaign(org))
    rep = program(org.people.sales_rep)
    for field in ("need", "campaign"):
        answer = rep.patch(f"leads/{lead.pk}/", {field: value}, If_Match="*")
        assert (answer.status_code, list(answer.json()["errors"])) == (422, [field]), answer.content
    ExternalRef.objects.create(system="MES", entity="lead", external_id="1", object_id=lead.pk)
    rows = rep.post("leads/bulk/", {"system": "MES", "rows": [{"key": "1", "need": value}]}).json()["results"]
    assert [row["result"] for row in rows] == ["failed"]
    lead.refresh_from_db()
    assert (lead.need, lead.campaign_id is None) == ("密封胶", False)


@pytest.mark.parametrize(
    "steps", [["1000: 30"], [{"from": 1000}], [{"von": 1, "price": 2}], [{"from": [1], "price": 2}]]
)
def test_steps_of_a_price_are_whole(org: Organisation, program: Any, steps: Any) -> None:
    rep = program(org.people.sales_rep)
    made = rep.post("quotes/", {"opportunity": make_deal(org).pk})
    lines = [{"product": org.product.pk, "quantity": "500", "price": "30.5", "breaks": steps}]
    answer = rep.patch(f"quotes/{made.json()['id']}/", {"lines": lines}, If_Match="*")
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["lines.0.breaks"]), answer.content


@pytest.mark.parametrize("item", [{"system": "A", "key": "b"}, {}, ["x"]])
def test_an_item_of_several_is_a_single_value(item: Any) -> None:
    class Several(forms.Form):
        marks = forms.MultipleChoiceField(choices=[("x", "X")])

    with pytest.raises(Problem) as told:
        sent(Several(), {"marks": ["x", item]})
    assert (told.value.status, list(told.value.errors)) == (422, ["marks"])


@pytest.mark.parametrize("to", ["é", "²", "a\n", "", None, ["x"]])
def test_a_step_is_named_as_in_addresses(org: Organisation, program: Any, to: Any) -> None:
    answer = program(org.people.sales_rep).post(f"leads/{make_lead(org).pk}/transitions/", {"to": to})
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["to"])


def test_a_nul_breaks_nothing(org: Organisation, program: Any, client_of: Any) -> None:
    grant(org.people.sales_rep, "integrations.feed_documents", "crm.add_comment")
    rep, lead, good = program(org.people.sales_rep), make_lead(org), order(org, make_customer(org))
    rows = [
        {**good, "key": "1", "customer": "a\x00"},
        {**good, "key": "2", "customer": {"system": "a\x00", "key": "b"}},
    ]
    results = rep.post("orders/bulk/", {"system": "MES", "rows": [*rows, {**good, "key": "3"}]}).json()["results"]
    assert [row["result"] for row in results] == ["failed", "failed", "created"]
    told = rep.post(f"leads/{lead.pk}/comments/", {"text": "a\x00b"})
    assert (told.status_code, told.json()["text"]) == (201, "ab")
    assert rep.post(f"leads/{lead.pk}/comments/", {"text": "\x00"}).status_code == 422
    assert rep.get("leads/?q=%00").status_code < 500
    assert client_of(org.people.sales_rep).get("/leads/?q=%00").status_code < 500
    assert list(Lead.objects.search("\x00")) == list(Lead.objects.all()), "no word is no condition"


def test_nobody_sorts_or_filters_by_what_is_hidden(org: Organisation, program: Any) -> None:
    rep = program(org.people.sales_rep)
    for query in ("sort=floor_price", "sort=-amount_base__x", "floor_price_from=1", "where=[]", "owner__password=x"):
        assert rep.get(f"quotes/?{query}").status_code == 400, query
    assert rep.get("prices/?sort=floor_price").status_code == 400


def test_a_document_out_of_reach_is_not_fed_over(org: Organisation, program: Any) -> None:
    foreign = make_order(org, customer=make_customer(org, owner=org.people.stranger), number="SO-1")
    ExternalRef.objects.create(system="MES", entity="sales_order", external_id="SO-1", object_id=foreign.pk)
    grant(org.people.sales_rep, "integrations.feed_documents")
    rep = program(org.people.sales_rep)
    fed = rep.put("orders/by-key/MES/SO-1/", order(org, make_customer(org)))
    assert fed.status_code == 422, fed.content
    assert SalesOrder.objects.get().customer_id == foreign.customer_id


def test_a_token_ends_with_its_person(org: Organisation, program: Any) -> None:
    rep = program(org.people.sales_rep)
    lead = make_lead(org)
    assert rep.get(f"leads/{lead.pk}/").status_code == 200
    user = org.people.sales_rep
    for field, value in (("must_change_password", True), ("is_active", False)):
        setattr(user, field, value)
        user.save()
        assert rep.get(f"leads/{lead.pk}/").status_code == 401, field
        assert rep.post("leads/", GOOD).status_code == 401, field
        setattr(user, field, not value)
        user.save()
    for role in Role.objects.filter(users=user):
        role.permissions = [name for name in role.permissions if name != "integrations.add_apitoken"]
        role.save()
    assert rep.get(f"leads/{lead.pk}/").status_code == 401


def test_what_visitors_may_send_is_bounded(settings: Any) -> None:
    settings.API_MAX_BYTES = 1000
    address = f"/api/v1/approvals/decide/{'x' * 43}/"
    body = {"decision": "approve", "user": "x" * 2000}
    assert Client().post(address, json.dumps(body), content_type="application/json").status_code == 413
    codes = {Client().post(address, "{}", content_type="application/json").status_code for _number in range(130)}
    assert codes == {422, 429}


def test_an_error_of_ours_tells_nothing(org: Organisation, program: Any, settings: Any, monkeypatch: Any) -> None:
    from integrations.api import views

    def breaks(*_args: Any) -> Any:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(views.ListApi, "shown", breaks)
    settings.DEBUG = False
    rep = program(org.people.sales_rep)
    rep.client.raise_request_exception = False
    answer = rep.get("leads/")
    assert answer.status_code == 500
    assert "secret detail" not in answer.content.decode()


def test_a_nul_in_a_query_is_no_error_of_ours(org: Organisation, client_of: Any) -> None:
    person = client_of(org.people.administrator)
    for address in ("/search?q=%00", "/integrations/unknown/?q=a%00", "/customers/?sort=%00", "/customers/?q=%00"):
        assert person.get(address, follow=True).status_code < 500, address
