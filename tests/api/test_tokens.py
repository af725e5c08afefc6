"""Tokens: what they may do, how long, and that they die with the account."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from crm.models import Role, SignInEvent
from integrations.models import ApiToken
from leads.models import Lead
from tests.api.conftest import RIGHT, Program, grant, secret_of
from tests.factories.organisation import PASSWORD, Organisation
from tests.factories.records import day, make_lead

pytestmark = pytest.mark.django_db

PAGE = "/integrations/tokens/"


def form(**values: Any) -> dict[str, Any]:
    return {"name": "MES", "expires_on": day(30).isoformat(), "_password": PASSWORD, **values}


def test_a_token_is_made_on_the_page_and_shown_once(org: Organisation, client_of: Any) -> None:
    rep = org.people.sales_rep
    grant(rep, RIGHT)
    client: Client = client_of(rep)
    session = client.session
    session["confirmed_at"] = 0
    session.save()
    asked = client.post(PAGE, {"name": "MES", "expires_on": day(30).isoformat()})
    assert not ApiToken.objects.exists(), "the password is asked for first"
    assert b"_password" in asked.content
    made = client.post(PAGE, form(writes="on", records=["leads"]))
    secret = re.search(r"hpt_[\w-]+", made.content.decode()).group()  # type: ignore[union-attr]
    assert "no-store" in made.headers["Cache-Control"]
    assert secret not in client.get(PAGE).content.decode()
    token = ApiToken.objects.get()
    assert secret not in (token.digest, token.start)
    assert (token.writes, token.records) == (True, ["leads"])
    assert SignInEvent.objects.filter(user=rep, kind="token_made").exists()
    make_lead(org)
    program = Program(secret)
    assert len(program.get("leads/").json()["results"]) == 1
    refused = program.get("customers/")
    assert (refused.status_code, refused.json()["detail"]) == (403, "This token is not for this kind of record.")
    token.refresh_from_db()
    assert token.last_used_at is not None
    assert token.last_used_from == "127.0.0.1"


def test_a_token_has_an_end(org: Organisation, client_of: Any, settings: Any) -> None:
    grant(org.people.sales_rep, RIGHT)
    client: Client = client_of(org.people.sales_rep)
    for wrong, told in ((-1, "This day is past"), (settings.API_TOKEN_MAX_DAYS + 1, "days from now")):
        answer = client.post(PAGE, form(expires_on=day(wrong).isoformat()), headers={"Accept-Language": "en"})
        assert (answer.status_code, told in answer.content.decode()) == (422, True)
    program = Program(secret_of(org.people.sales_rep))
    assert program.get("leads/").status_code == 200
    ApiToken.objects.update(expires_on=day(-1))
    assert program.get("leads/").status_code == 401


def test_a_token_that_reads_does_not_write(org: Organisation, program: Any) -> None:
    lead = make_lead(org)
    reader = program(org.people.sales_rep, writes=False)
    assert reader.get("leads/").status_code == 200
    assert reader.post("leads/", {"company_name": "X"}).status_code == 403
    assert reader.patch(f"leads/{lead.pk}/", {"need": "X"}, If_Match="*").status_code == 403
    assert reader.post(f"leads/{lead.pk}/transitions/", {"to": "disqualified", "reason": "x"}).status_code == 403
    assert Lead.objects.get().need == lead.need


def test_a_token_dies_with_the_account_the_right_and_by_hand(org: Organisation, program: Any, client_of: Any) -> None:
    rep = org.people.sales_rep
    speaks = program(rep)
    assert speaks.get("leads/").status_code == 200
    rep.must_change_password = True
    rep.save()
    assert speaks.get("leads/").status_code == 401
    rep.must_change_password, rep.is_active = False, False
    rep.save()
    assert speaks.get("leads/").status_code == 401
    rep.is_active = True
    rep.save()
    assert speaks.get("leads/").status_code == 200
    role = Role.objects.get(code="sales_rep")
    role.permissions = [right for right in role.permissions if right != RIGHT]
    role.save()
    assert speaks.get("leads/").status_code == 401
    grant(rep, RIGHT)
    assert speaks.get("leads/").status_code == 200
    token = ApiToken.objects.get()
    address = reverse("integrations:token_revoke", args=[token.pk])
    assert client_of(org.people.colleague).post(address).status_code == 404
    client_of(org.people.administrator).post(address)
    assert speaks.get("leads/").status_code == 401
    token.refresh_from_db()
    assert token.revoked_by == org.people.administrator
    assert SignInEvent.objects.filter(user=rep, kind="token_revoked", actor=org.people.administrator).exists()


def test_a_token_that_is_none_is_401(org: Organisation) -> None:
    answer = Program("hpt_nothing").get("leads/")
    assert answer.status_code == 401
    assert answer.json()["detail"] == "This token is unknown, expired or revoked."


def test_requests_are_limited_for_each_token(org: Organisation, program: Any, settings: Any) -> None:
    settings.API_REQUESTS_PER_MINUTE = 2
    first, second = program(org.people.sales_rep), program(org.people.sales_rep)
    codes = [first.get("users/").status_code for _number in range(4)]
    assert 429 in codes
    refused = next(answer for answer in (first.get("users/") for _n in range(3)) if answer.status_code == 429)
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert refused.json()["type"].endswith("too_many_requests")
    assert second.get("users/").status_code == 200


def test_the_trail_names_the_person_of_the_token(org: Organisation, program: Any) -> None:
    lead = make_lead(org)
    speaks = program(org.people.sales_rep)
    assert speaks.patch(f"leads/{lead.pk}/", {"need": "B"}, If_Match="*").status_code == 200
    entry = lead.events.order_by("-pgh_id").first()
    assert entry.pgh_context.metadata["user"] == org.people.sales_rep.pk


def test_the_session_of_somebody_who_must_settle_something_gets_nothing(org: Organisation) -> None:
    rep = org.people.sales_rep
    rep.must_change_password = True
    rep.save()
    client = Client()
    client.force_login(rep, backend="crm.organisation.backends.RoleBackend")
    assert client.get("/api/v1/leads/").status_code == 403


def test_all_tokens_are_listed_for_administrators(org: Organisation, client_of: Any) -> None:
    secret_of(org.people.sales_rep)
    page = client_of(org.people.administrator).get(reverse("integrations:apitoken_list")).content.decode()
    assert "hpt_" in page and org.people.sales_rep.display_name in page
