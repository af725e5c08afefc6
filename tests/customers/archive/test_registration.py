"""Registering a company: candidates, approval, what comes back, who is told."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from crm.errors import DomainError, Frozen
from crm.models import Role, Task
from crm.workflow.domain import approval_decisions as decide
from customers.domain.asking import ask_owner
from customers.domain.customer import create_customer, update_customer
from customers.domain.registration import (
    count_owned,
    register_customer,
    submit,
    take_over_registrations,
    update_registration,
)
from customers.domain.registration_candidates import candidates
from customers.models import Contact, Customer, CustomerRegistration
from tests.factories.approvals import make_policy, named
from tests.factories.archive import direct, make_registration
from tests.factories.records import credit_code, make_contact, make_customer

REGISTER, NEW = "/customers/register/", "/customers/register/new/"
VALUES = {
    "name": "宁波远景密封材料有限公司",
    "credit_code": credit_code(77),
    "city": "宁波",
    "contact_name": "陈志远",
    "contact_phone": "13800001234",
    "next_step": "寄送样品",
}


def waiting(org, **values):
    """A registration of the representative's that the manager has to decide, and its request."""
    make_policy(org, named(org.people.sales_manager), document="customer_registration")
    registration = register_customer(actor=org.people.sales_rep, **{**VALUES, **values})
    return registration, registration_request(registration)


def registration_request(registration):
    from crm.models import ApprovalRequest

    return ApprovalRequest.objects.filter(document="customer_registration", object_id=registration.pk).latest("pk")


def test_without_a_policy_it_is_a_customer_at_once_with_its_first_contact(org):
    make_customer(org, city="宁波", region=org.south)
    registration = register_customer(actor=org.people.sales_rep, **VALUES)
    customer = registration.customer
    assert registration.state == "approved"
    assert (customer.name, customer.credit_code, customer.city) == (VALUES["name"], VALUES["credit_code"], "宁波")
    assert (customer.owner, customer.team, customer.business_unit) == (
        org.people.sales_rep,
        org.sub_team,
        org.silicones,
    )
    assert customer.province == "浙江"  # as the credit code says
    assert customer.region == org.south  # as the other customers of the city
    contact = Contact.objects.get(customer=customer)
    assert (contact.name, contact.phone, contact.is_primary) == ("陈志远", "13800001234", True)
    assert customer.next_step == "寄送样品"


def test_with_a_policy_nothing_exists_until_the_manager_approves(org):
    registration, request = waiting(org)
    assert registration.state == "submitted"
    assert not Customer.objects.exists()
    with pytest.raises(Frozen):
        update_registration(
            instance=registration, expected_version=registration.version, actor=org.people.sales_rep, city="台州"
        )
    decide.approve(request=request, actor=org.people.sales_manager)
    registration.refresh_from_db()
    assert registration.state == "approved"
    assert registration.customer == Customer.objects.get()
    assert registration.customer.owner == org.people.sales_rep
    assert (registration.submissions, registration.decisions, registration.refusals) == (1, 1, 0)
    assert CustomerRegistration.objects.right_first_time().get() == registration


@pytest.mark.parametrize(("refuse", "state"), [(decide.reject, "rejected"), (decide.return_for_change, "returned")])
def test_what_comes_back_says_why_keeps_everything_and_is_sent_again(org, client_of, refuse, state):
    registration, request = waiting(org)
    refuse(request=request, actor=org.people.sales_manager, reason="信用代码与名称不符")
    registration.refresh_from_db()
    assert (registration.state, registration.reason) == (state, "信用代码与名称不符")
    assert {name: getattr(registration, name) for name in VALUES} == VALUES
    rep = client_of(org.people.sales_rep)
    url = reverse("customers:customerregistration_record", args=[registration.pk])
    assert "信用代码与名称不符" in rep.get(url).content.decode()
    typed = {**VALUES, "kind": "direct", "credit_code": credit_code(78), "version_read": registration.version}
    assert rep.post(reverse("customers:customerregistration_edit", args=[registration.pk]), typed).status_code == 302
    rep.post(reverse("customers:customerregistration_step", args=[registration.pk, "send"]))
    registration.refresh_from_db()
    assert (registration.state, registration.reason, registration.submissions) == ("submitted", "", 2)
    decide.approve(request=registration_request(registration), actor=org.people.sales_manager)
    registration.refresh_from_db()
    assert registration.customer.credit_code == credit_code(78)
    assert (registration.decisions, registration.refusals) == (2, 1)
    assert not CustomerRegistration.objects.right_first_time().exists()


def test_withdrawn_it_can_be_sent_again(org):
    registration, request = waiting(org)
    decide.withdraw(request=request, actor=org.people.sales_rep)
    registration.refresh_from_db()
    assert registration.state == "withdrawn"
    submit(registration=registration, actor=org.people.sales_rep)
    registration.refresh_from_db()
    assert registration.state == "submitted"


def test_the_approver_is_told_when_somebody_made_the_customer_meanwhile(org):
    registration, request = waiting(org)
    other = make_customer(org, owner=org.people.stranger, credit_code=VALUES["credit_code"])
    with pytest.raises(DomainError, match=re.escape(other.name)):
        decide.approve(request=request, actor=org.people.sales_manager)
    registration.refresh_from_db()
    request.refresh_from_db()
    assert (registration.state, request.state) == ("submitted", "pending")
    assert Customer.objects.get() == other


def test_a_customer_of_that_name_is_refused_unless_it_was_shown_and_passed_over(org):
    other = make_customer(org, owner=org.people.stranger, name="宁波远景（密封材料）有限公司")
    with pytest.raises(DomainError, match="customer already") as refused:
        register_customer(actor=org.people.sales_rep, **VALUES)
    assert refused.value.field == "name"
    assert not CustomerRegistration.objects.exists()
    shown = candidates(actor=org.people.sales_rep, text=VALUES["name"])
    assert [(known.customer, known.certain, known.in_reach) for known in shown] == [(other.pk, True, False)]
    passed = [known.passed_over() for known in shown]
    registration = register_customer(actor=org.people.sales_rep, passed_over=passed, **VALUES)
    assert registration.customer != other
    assert registration.passed_over == [{"customer": other.pk, "name": other.name, "certain": True}]


def test_the_same_credit_code_cannot_be_passed_over(org):
    other = make_customer(org, owner=org.people.stranger, credit_code=VALUES["credit_code"])
    passed = [{"customer": other.pk, "name": other.name, "certain": True}]
    with pytest.raises(DomainError) as refused:
        register_customer(actor=org.people.sales_rep, passed_over=passed, **VALUES)
    assert refused.value.field == "credit_code"


def test_a_second_registration_of_a_company_that_waits_names_the_first(org):
    first, _request = waiting(org)
    with pytest.raises(DomainError, match=first.code) as refused:
        register_customer(actor=org.people.colleague, **{**VALUES, "credit_code": ""})
    assert org.people.sales_rep.label in str(refused.value.message)
    with pytest.raises(DomainError, match=first.code):
        register_customer(actor=org.people.stranger, **{**VALUES, "name": "远景密封"})
    assert CustomerRegistration.objects.count() == 1


def test_what_is_being_registered_is_shown_as_one_types(org, client_of):
    registration, _request = waiting(org)
    page = client_of(org.people.stranger).get(REGISTER, {"q": "远景密封"}).content.decode()
    assert registration.name in page
    assert "waits for approval" in page
    assert org.people.sales_rep.label in page
    assert f"/registrations/{registration.pk}/" not in page
    assert 'name="ask"' not in page


def test_a_leaver_s_unfinished_registrations_go_to_the_colleague(org):
    mine, done = make_registration(org), register_customer(actor=org.people.sales_rep, **VALUES)
    assert count_owned(org.people.sales_rep) == 1
    take_over_registrations(source=org.people.sales_rep, target=org.people.stranger, actor=org.people.administrator)
    mine.refresh_from_db()
    done.refresh_from_db()
    assert (mine.owner, mine.team, mine.business_unit) == (org.people.stranger, org.other_team, org.agro)
    assert done.owner == org.people.sales_rep


def test_candidates_out_of_reach_show_name_place_owner_and_nothing_else(org, client_of):
    foreign = make_customer(
        org, owner=org.people.stranger, name="宁波远景密封有限公司", city="慈溪", phone="0574-8888", next_step="机密"
    )
    make_contact(org, customer=foreign, name="张机密", phone="13911112222")
    mine = make_customer(org, name="宁波远景贸易有限公司")
    page = client_of(org.people.sales_rep).get(REGISTER, {"q": "宁波远景"}).content.decode()
    assert f'href="/customers/{mine.pk}/"' in page
    assert "慈溪" in page
    assert org.people.stranger.label in page
    for secret in (
        f"/customers/{foreign.pk}/",
        foreign.code,
        foreign.credit_code,
        "0574",
        "张机密",
        "13911112222",
        "机密",
    ):
        assert secret not in page, secret
    found = client_of(org.people.sales_rep).get(REGISTER, {"q": foreign.credit_code}, headers={"HX-Request": "true"})
    assert foreign.name in found.content.decode()
    assert "<html" not in found.content.decode()


def typed(page, **values):
    """A post of the form that a page shows, with what it carries hidden."""
    shown = re.search(r'name="shown" value="([^"]*)"', page)[1]
    return {**VALUES, "kind": "direct", "shown": shown, **values}


def test_the_form_carries_what_was_shown_and_shows_what_is_new(org, client_of):
    rep = client_of(org.people.sales_rep)
    page = rep.get(NEW, {"name": VALUES["name"]}).content.decode()
    assert f'value="{VALUES["name"]}"' in page
    form = page[page.index("form-card") :]
    form = form[: form.index("</form>")]
    visible = re.findall(r'<(?:input|select)(?![^>]*type="hidden")[^>]* name="(\w+)"', form)
    assert len(visible) - 1 == 7  # besides the name, which is carried over
    late = make_customer(org, owner=org.people.stranger, name="宁波远景(密封材料)有限公司")
    answer = rep.post(NEW, typed(page))
    assert answer.status_code == 422
    assert late.name in answer.content.decode()
    assert VALUES["contact_phone"] in answer.content.decode()
    assert not CustomerRegistration.objects.exists()
    answer = rep.post(NEW, typed(answer.content.decode()))
    assert answer.status_code == 302
    assert CustomerRegistration.objects.get().passed_over[0]["customer"] == late.pk


def test_a_phone_without_digits_is_a_typing_error(org, client_of):
    rep = client_of(org.people.sales_rep)
    page = rep.get(NEW, {"name": VALUES["name"]}).content.decode()
    answer = rep.post(NEW, typed(page, contact_phone="abc"))
    assert answer.status_code == 422
    assert "Not a phone number." in answer.content.decode()
    assert not CustomerRegistration.objects.exists()
    assert rep.post(NEW, typed(page, contact_phone="+86 574-8765")).status_code == 302


def test_what_was_shown_cannot_be_made_up(org, client_of):
    make_customer(org, owner=org.people.stranger, name=VALUES["name"])
    rep = client_of(org.people.sales_rep)
    others = client_of(org.people.colleague).get(NEW, {"name": VALUES["name"]}).content.decode()
    assert rep.post(NEW, typed(others)).status_code == 422
    assert not CustomerRegistration.objects.exists()


def test_a_draft_is_kept_and_sent_later(org, client_of):
    rep = client_of(org.people.sales_rep)
    page = rep.get(NEW, {"name": VALUES["name"]}).content.decode()
    assert rep.post(NEW, typed(page, draft="1")).status_code == 302
    registration = CustomerRegistration.objects.get()
    assert (registration.state, registration.submissions) == ("draft", 0)
    rep.post(reverse("customers:customerregistration_step", args=[registration.pk, "send"]))
    registration.refresh_from_db()
    assert registration.customer == Customer.objects.get()


def test_representatives_register_and_stewards_enter(org, client_of):
    rep = client_of(org.people.sales_rep)
    answer = rep.get("/customers/new/")
    assert (answer.status_code, answer.url) == (302, REGISTER)
    rep.post("/customers/new/", {"name": "直接", "kind": "direct", "state": "active", "owner": org.people.sales_rep.pk})
    assert not Customer.objects.exists()
    assert client_of(direct(org.people.colleague)).get("/customers/new/").status_code == 200
    steward = Role.objects.get(code="data_steward")
    assert "customers.skip_registration" in steward.permissions


def test_asking_the_owner_gives_a_to_do_once_a_day(org, client_of):
    foreign = make_customer(org, owner=org.people.stranger, name="宁波远景密封有限公司")
    rep = client_of(org.people.sales_rep)
    page = rep.get(REGISTER, {"q": "宁波远景"}).content.decode()
    token = re.search(r'name="ask" value="([^"]*)"', page)[1]
    assert client_of(org.people.colleague).post("/customers/register/ask/", {"ask": token}).status_code == 404
    answer = rep.post("/customers/register/ask/", {"ask": token}, headers={"HX-Request": "true"})
    assert org.people.stranger.label in answer.content.decode()
    task = Task.objects.get()
    assert (task.assignee, task.creator, task.object_id) == (org.people.stranger, org.people.sales_rep, foreign.pk)
    rep.post("/customers/register/ask/", {"ask": token}, headers={"HX-Request": "true"})
    assert Task.objects.count() == 1
    with pytest.raises(DomainError, match="asked already"):
        ask_owner(customer=foreign.pk, actor=org.people.sales_rep)


def test_does_it_exist_answers_everybody_and_only_so_often(org, client_of, monkeypatch):
    foreign = make_customer(org, owner=org.people.stranger, name="宁波远景密封有限公司", city="慈溪")
    nobody = client_of(org.people.nobody)
    page = nobody.get("/customers/exists/", {"q": "远景密封"}).content.decode()
    assert foreign.name in page
    assert f"/customers/{foreign.pk}/" not in page
    assert foreign.code not in page
    from customers.views import register

    monkeypatch.setattr(register, "LOOK_UPS", register.Throttle("exists", 2, 3600))
    assert foreign.name in nobody.get("/customers/exists/", {"q": "远景密封"}).content.decode()
    assert foreign.name not in nobody.get("/customers/exists/", {"q": "远景密封"}).content.decode()


@pytest.mark.parametrize(
    ("field", "days", "right"), [("name", 0, False), ("credit_code", 30, False), ("name", 31, True), ("city", 0, True)]
)
def test_a_correction_of_name_or_code_within_30_days_was_not_right_the_first_time(org, field, days, right):
    registration = register_customer(actor=org.people.sales_rep, **VALUES)
    day = timezone.localdate() - dt.timedelta(days=days)
    CustomerRegistration.objects.filter(pk=registration.pk).update(decided_on=day)
    new = {"name": "宁波远景新材料有限公司", "credit_code": credit_code(79), "city": "台州"}[field]
    customer = registration.customer
    update_customer(instance=customer, expected_version=None, actor=org.people.data_steward, **{field: new})
    assert CustomerRegistration.objects.right_first_time().exists() is right


def test_a_customer_entered_directly_has_no_registration(org):
    create_customer(actor=org.people.data_steward, owner=org.people.sales_rep, name="直接公司")
    assert not CustomerRegistration.objects.exists()


def test_a_manager_sees_the_registrations_of_the_team_and_a_stranger_does_not(org, client_of):
    registration = make_registration(org)
    url = reverse("customers:customerregistration_record", args=[registration.pk])
    assert client_of(org.people.sales_manager).get(url).status_code == 200
    assert client_of(org.people.stranger).get(url).status_code == 404
