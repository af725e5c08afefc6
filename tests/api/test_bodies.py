"""How a body is read: whole, exact, and with a clear answer where it is not."""

import json
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from integrations.api.errors import AT_ONCE, refuse_large
from integrations.api.errors import Problem as Told
from leads.models import Lead
from opportunities.models import Opportunity
from orders.models import SalesOrder
from tests.api.conftest import grant, secret_of
from tests.api.test_documents import order
from tests.factories.organisation import Organisation
from tests.factories.records import make_customer, make_lead, make_opportunity

pytestmark = pytest.mark.django_db
GOOD = {"company_name": "好公司", "contact_name": "王", "source": "website", "received_on": "2026-11-01"}


def test_a_body_in_chunks_is_refused_and_nothing_is_lost_in_silence(org: Organisation) -> None:
    lead = make_lead(org, need="before")
    headers = {"Authorization": f"Bearer {secret_of(org.people.sales_rep)}", "Accept-Language": "en", "If-Match": "*"}
    chunked = {"CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_TYPE": "application/json"}
    for method, path in (("PATCH", f"leads/{lead.pk}/"), ("POST", "leads/"), ("PUT", "leads/by-key/MES/1/")):
        answer = Client().generic(method, f"/api/v1/{path}", b"", headers=headers, **chunked)
        assert answer.status_code == 411, (method, answer.content)
        assert (answer.headers["Content-Type"], answer.json()["title"]) == (
            "application/problem+json",
            "Send Content-Length.",
        )


def test_an_empty_body_changes_nothing_and_is_told(org: Organisation, program: Any) -> None:
    lead = make_lead(org)
    rep = program(org.people.sales_rep)
    for method, path in (
        ("PATCH", f"leads/{lead.pk}/"),
        ("POST", "leads/"),
        ("PUT", "leads/by-key/MES/1/"),
        ("POST", "leads/bulk/"),
        ("POST", f"leads/{lead.pk}/transitions/"),
        ("POST", f"leads/{lead.pk}/comments/"),
    ):
        grant(org.people.sales_rep, "crm.add_comment")
        answer = rep.ask(method, path, "", If_Match="*")
        assert (answer.status_code, answer.json()["detail"]) == (400, "The body is empty: send a JSON object."), path
    assert rep.patch(f"leads/{lead.pk}/", {}, If_Match="*").status_code == 200, "nothing named is no mistake"


def test_what_is_too_large_is_read_away_so_that_the_connection_goes_on() -> None:
    class Sent:
        META = {"CONTENT_LENGTH": str(5 * AT_ONCE + 7)}
        body = BytesIO(b"x" * (5 * AT_ONCE + 7) + b"GET /next")

        def read(self, size: int) -> bytes:
            return self.body.read(size)

    sent = Sent()
    with pytest.raises(Told) as told:
        refuse_large(sent, 100)
    assert (told.value.status, sent.body.read()) == (413, b"GET /next")


def test_numbers_are_kept_as_they_were_written(org: Organisation, program: Any) -> None:
    deal = make_opportunity(org)
    grant(org.people.sales_rep, "integrations.feed_documents")
    rep = program(org.people.sales_rep)
    body = '{"our_volume_kg": 123456789012345.678, "next_step": "x", "next_step_on": "2030-01-01"}'
    answer = rep.ask("PATCH", f"opportunities/{deal.pk}/", body, If_Match="*")
    assert answer.status_code == 200, answer.content
    assert Opportunity.objects.get(pk=deal.pk).our_volume_kg == Decimal("123456789012345.678")
    body = json.dumps(order(org, make_customer(org)) | {"lines": [{"item": 1, "net": 0.5, "text": "T"}]})
    fed = rep.ask("PUT", "orders/by-key/MES/1/", body.replace("0.5", "12345678901234.567").replace('"T"', "12.50"))
    assert fed.status_code == 201, fed.content
    line = SalesOrder.objects.get().lines.get()
    assert (line.net, line.text) == (Decimal("12345678901234.567"), "12.50")


def test_the_same_number_with_the_same_key_is_the_same_request(org: Organisation, program: Any) -> None:
    rep = program(org.people.sales_rep)
    body = {**GOOD, "need": 1.5}
    first = rep.post("leads/", body, Idempotency_Key="k")
    again = rep.post("leads/", body, Idempotency_Key="k")
    assert (first.status_code, again.status_code, again.json()) == (201, 201, first.json())


@pytest.mark.parametrize("field", ["company_name", "need"])
@pytest.mark.parametrize("value", [True, False])
def test_true_is_no_text(org: Organisation, program: Any, field: str, value: bool) -> None:
    answer = program(org.people.sales_rep).post("leads/", {**GOOD, field: value})
    assert (answer.status_code, list(answer.json()["errors"])) == (422, [field]), answer.content
    assert not Lead.objects.exists()


def test_a_number_may_be_a_text(org: Organisation, program: Any) -> None:
    made = program(org.people.sales_rep).post("leads/", {**GOOD, "need": 12.50, "phone": 13900008899})
    assert (made.status_code, made.json()["need"]) == (201, "12.5"), made.content


@pytest.mark.parametrize("text", ["{bad", '{"need": NaN}', "{"])
def test_what_is_no_json_is_told_in_the_readers_language(org: Organisation, program: Any, text: str) -> None:
    answer = program(org.people.sales_rep).ask("POST", "leads/", text)
    assert answer.status_code == 400
    assert answer.json()["detail"].startswith("It is no JSON")
    assert "parse error" not in answer.json()["detail"]


def test_a_file_wants_a_form(org: Organisation, program: Any) -> None:
    answer = program(org.people.sales_rep).post(f"leads/{make_lead(org).pk}/files/", {"file": "x"})
    assert answer.status_code == 415
    assert "multipart/form-data" in answer.json()["detail"] and "JSON" not in answer.json()["title"]


def test_an_address_without_its_slash_is_told(org: Organisation, program: Any) -> None:
    rep = program(org.people.sales_rep)
    for path in ("leads", "leads/by-key/MES/1"):
        answer = rep.post(path, GOOD)
        assert (answer.status_code, answer.json()["detail"]) == (
            404,
            f"Addresses end with a slash: /api/v1/{path}/",
        )
    assert rep.get("nothing").json()["detail"] == ""


def test_an_error_that_nobody_expected_is_a_problem_too(org: Organisation, program: Any, monkeypatch: Any) -> None:
    from integrations.api import views

    def breaks(*_args: Any) -> Any:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(views.ListApi, "shown", breaks)
    answer = program(org.people.sales_rep).get("leads/")
    assert (answer.status_code, answer.headers["Content-Type"]) == (500, "application/problem+json")
    assert answer.json()["type"] == "urn:hengpu:problem:internal"
    assert "secret detail" not in answer.content.decode()


def test_a_choice_out_of_reach_and_a_day_are_told_in_words_for_programs(org: Organisation, program: Any) -> None:
    foreign = make_customer(org, owner=org.people.stranger)
    rep = program(org.people.sales_rep)
    none = ["There is none of that name within your reach."]
    for named in (foreign.pk, 99999999, {"system": "MES", "key": "x"}):
        assert rep.post("contacts/", {"customer": named, "name": "王芳"}).json()["errors"]["customer"] == none
    wrong = rep.post("leads/", {**GOOD, "received_on": "27.11.2026"})
    assert wrong.json()["errors"] == {"received_on": ["Send a day as YYYY-MM-DD."]}
