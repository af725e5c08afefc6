"""A lead whose company is no customer yet: it goes through the registration, and the lead waits for it without being lost."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from crm.errors import DomainError, NotAllowed, TransitionError
from crm.models import ApprovalRequest, Notification
from crm.workflow.domain import approval_decisions as decide
from customers.domain.registration import submit, take_over_registrations
from customers.models import Contact, Customer, CustomerRegistration
from leads.domain.lead import move_lead
from opportunities.domain.conversion import finish_conversion, register_and_convert
from opportunities.models import LeadConversion, Opportunity
from tests.factories.approvals import make_policy, named
from tests.factories.records import make_customer, make_lead

pytestmark = pytest.mark.django_db
COMPANY = {"city": "宁波", "contact_name": "陈志远", "contact_phone": "13800001234"}
CLOSE = dt.date(2026, 12, 20)


def qualified(org, **values):
    """A qualified lead of a company nobody knows."""
    known = {"company_name": "宁波远景密封材料有限公司", "contact_name": "陈志远", "phone": "13800001234"}
    return make_lead(org, **{"state": "qualified", "need": "低温开裂", "email": "chen@yuanjing.cn", **known, **values})


def register(org, lead, actor=None, **values):
    """Register the lead's company, as 'none of these' does."""
    opportunity = {"name": "低温密封胶", "product_line": org.liquid, "expected_close_on": CLOSE}
    company = {"name": lead.company_name, **COMPANY, **values}
    return register_and_convert(lead=lead, actor=actor or org.people.sales_rep, opportunity=opportunity, **company)


def approved_by(org):
    """The sales manager decides about registrations."""
    make_policy(org, named(org.people.sales_manager), document="customer_registration")


def request_of(registration):
    """The running request."""
    return ApprovalRequest.objects.filter(document="customer_registration", object_id=registration.pk).latest("pk")


def page_of(lead):
    return reverse("opportunities:lead_register", args=[lead.pk])


def record_of(lead):
    return reverse("leads:lead_record", args=[lead.pk])


def test_without_a_policy_customer_and_opportunity_exist_at_once(org):
    lead = qualified(org, owner=org.people.colleague)
    conversion = register(org, lead, actor=org.people.sales_manager)
    lead.refresh_from_db()
    customer, opportunity = Customer.objects.get(), Opportunity.objects.get()
    assert (customer.name, customer.city, customer.region) == (lead.company_name, "宁波", org.east)
    assert (customer.owner, opportunity.owner) == (org.people.colleague, org.people.colleague)
    assert (opportunity.name, opportunity.product_line) == ("低温密封胶", org.liquid)
    assert (opportunity.expected_close_on, opportunity.customer, opportunity.lead) == (CLOSE, customer, lead)
    assert (lead.state, lead.customer) == ("converted", customer)
    assert lead.state_changes.get().actor == org.people.sales_manager
    contact = Contact.objects.get(customer=customer)
    assert (contact.name, contact.phone, contact.email) == ("陈志远", "13800001234", "chen@yuanjing.cn")
    assert customer.phone == ""  # a person's number, which is masked, never becomes the company's
    registration = conversion.registration
    assert (registration.state, registration.customer, registration.submissions) == ("approved", customer, 1)
    assert CustomerRegistration.objects.right_first_time().get() == registration


def test_the_lead_waits_for_the_approval_and_the_opportunity_follows(org, django_capture_on_commit_callbacks):
    approved_by(org)
    lead = qualified(org)
    registration = register(org, lead).registration
    lead.refresh_from_db()
    assert (registration.state, lead.state, lead.customer) == ("submitted", "qualified", None)
    assert (Customer.objects.count(), Opportunity.objects.count()) == (0, 0)
    with django_capture_on_commit_callbacks(execute=True):
        decide.approve(request=request_of(registration), actor=org.people.sales_manager)
    lead.refresh_from_db()
    customer, opportunity = Customer.objects.get(), Opportunity.objects.get()
    assert (lead.state, lead.customer, opportunity.customer) == ("converted", customer, customer)
    assert (opportunity.name, opportunity.expected_close_on) == ("低温密封胶", CLOSE)
    assert opportunity.owner == org.people.sales_rep
    assert lead.state_changes.latest("pk").actor == org.people.sales_rep  # who asked, not who approved
    told = Notification.objects.get(kind="lead.converted")
    assert (told.recipient, told.object_id) == (org.people.sales_rep, opportunity.pk)


def test_what_was_rejected_is_corrected_sent_again_and_leads_on(org, django_capture_on_commit_callbacks):
    approved_by(org)
    lead = qualified(org)
    registration = register(org, lead).registration
    with django_capture_on_commit_callbacks(execute=True):
        decide.reject(request=request_of(registration), actor=org.people.sales_manager, reason="名称不全")
    lead.refresh_from_db()
    assert (lead.state, Opportunity.objects.count()) == ("qualified", 0)
    registration.refresh_from_db()
    submit(registration=registration, actor=org.people.sales_rep)
    with django_capture_on_commit_callbacks(execute=True):
        decide.approve(request=request_of(registration), actor=org.people.sales_manager)
    assert Opportunity.objects.get().lead == lead
    registration.refresh_from_db()
    assert (registration.decisions, registration.refusals) == (2, 1)
    assert not CustomerRegistration.objects.right_first_time().exists()


def test_after_a_rejection_another_registration_may_be_tried(org):
    approved_by(org)
    lead = qualified(org)
    first = register(org, lead).registration
    with pytest.raises(DomainError, match=re.escape(first.code)):
        register(org, lead, name="宁波远景")
    decide.reject(request=request_of(first), actor=org.people.sales_manager, reason="无此公司")
    second = register(org, lead, name="宁波远景集团有限公司").registration
    assert LeadConversion.objects.get().registration == second != first


def test_a_lead_disqualified_while_it_waits_becomes_no_opportunity_but_can_be_finished_later(
    org, client_of, django_capture_on_commit_callbacks
):
    approved_by(org)
    lead = qualified(org)
    conversion = register(org, lead)
    move_lead(lead=lead, target="disqualified", actor=org.people.sales_rep, reason="无预算")
    with django_capture_on_commit_callbacks(execute=True):
        decide.approve(request=request_of(conversion.registration), actor=org.people.sales_manager)
    assert (Customer.objects.count(), Opportunity.objects.count()) == (1, 0)
    lead.state = "qualified"
    lead.save()
    client = client_of(org.people.sales_rep)
    finish = reverse("opportunities:lead_finish", args=[lead.pk])
    assert finish in client.get(record_of(lead)).content.decode()
    assert client.post(finish).url == reverse("opportunities:opportunity_record", args=[Opportunity.objects.get().pk])
    assert client.post(finish).url == record_of(lead)
    assert Opportunity.objects.count() == 1


def test_a_known_company_is_refused_unless_it_was_passed_over(org):
    lead = qualified(org)
    there = make_customer(org, name=lead.company_name, owner=org.people.stranger)
    with pytest.raises(DomainError) as error:
        register(org, lead)
    assert error.value.field == "name"
    assert not LeadConversion.objects.exists()
    passed = [{"customer": there.pk, "name": there.name, "certain": True}]
    assert register(org, lead, passed_over=passed).registration.passed_over == passed
    assert Customer.objects.count() == 2


def test_only_qualified_leads_and_only_with_the_right(org):
    with pytest.raises(TransitionError):
        register(org, qualified(org, state="followed_up"))
    role = org.people.sales_rep.roles.get()
    role.permissions = [name for name in role.permissions if name != "customers.add_customerregistration"]
    role.save()
    with pytest.raises(NotAllowed):
        register(org, qualified(org))
    assert (Customer.objects.count(), CustomerRegistration.objects.count()) == (0, 0)


def test_it_cannot_be_finished_before_it_is_approved(org):
    approved_by(org)
    conversion = register(org, qualified(org))
    with pytest.raises(DomainError):
        finish_conversion(conversion=conversion, actor=org.people.sales_rep)
    assert not Opportunity.objects.exists()


def test_a_colleague_who_takes_the_registration_over_loses_nothing(org, django_capture_on_commit_callbacks):
    approved_by(org)
    lead = qualified(org)
    registration = register(org, lead).registration
    take_over_registrations(source=org.people.sales_rep, target=org.people.colleague, actor=org.people.sales_manager)
    with django_capture_on_commit_callbacks(execute=True):
        decide.approve(request=request_of(registration), actor=org.people.sales_manager)
    assert Customer.objects.get().owner == org.people.colleague
    assert Opportunity.objects.get().lead == lead


def test_the_way_on_the_pages(org, client_of):
    approved_by(org)
    lead = qualified(org)
    client = client_of(org.people.sales_rep)
    convert = reverse("opportunities:lead_convert", args=[lead.pk])
    response = client.post(convert, {"none": "1", "name": "低温项目", "product_line": org.liquid.pk})
    assert response.url.startswith(page_of(lead))
    page = client.get(response.url).content.decode()
    for value in (lead.company_name, "低温项目", "陈志远", "13800001234"):
        assert f'value="{value}"' in page
    shown = re.search(r'name="shown" value="([^"]*)"', page)[1]
    data = {"name": lead.company_name, **COMPANY, "kind": "direct", "opportunity": "低温项目", "shown": shown}
    assert client.post(page_of(lead), {**data, "city": ""}).status_code == 422
    response = client.post(page_of(lead), data)
    registration = CustomerRegistration.objects.get()
    assert (response.url, registration.state) == (record_of(lead), "submitted")
    waiting = client.get(record_of(lead)).content.decode()
    assert registration.code in waiting
    assert reverse("customers:customerregistration_record", args=[registration.pk]) in waiting
    assert client.get(page_of(lead)).url == record_of(lead)
    assert "none-of-these" not in client.get(convert).content.decode()
    own = client.get(reverse("customers:customerregistration_record", args=[registration.pk])).content.decode()
    assert record_of(lead) in own
    decide.reject(request=request_of(registration), actor=org.people.sales_manager, reason="请补充信用代码")
    assert "请补充信用代码" in client.get(record_of(lead)).content.decode()


def test_a_candidate_that_was_not_shown_is_shown_first(org, client_of):
    lead = qualified(org)
    client = client_of(org.people.sales_rep)
    page = client.get(page_of(lead)).content.decode()
    shown = re.search(r'name="shown" value="([^"]*)"', page)[1]
    there = make_customer(org, name="宁波远景密封材料股份有限公司")
    data = {"name": lead.company_name, **COMPANY, "kind": "direct", "opportunity": "低温项目", "shown": shown}
    response = client.post(page_of(lead), data)
    body = response.content.decode()
    assert response.status_code == 422
    assert f"?customer={there.pk}" in body
    again = client.post(page_of(lead), {**data, "shown": re.search(r'name="shown" value="([^"]*)"', body)[1]})
    assert again.url == reverse("opportunities:opportunity_record", args=[Opportunity.objects.get().pk])
    assert [entry["customer"] for entry in CustomerRegistration.objects.get().passed_over] == [there.pk]


def test_registering_takes_the_right_to_register(org, client_of):
    lead = qualified(org)
    role = org.people.sales_rep.roles.get()
    role.permissions = [name for name in role.permissions if name != "customers.add_customerregistration"]
    role.save()
    client = client_of(org.people.sales_rep)
    convert = reverse("opportunities:lead_convert", args=[lead.pk])
    assert "none-of-these" not in client.get(convert).content.decode()
    assert client.get(page_of(lead)).status_code == 403
    foreign = qualified(org, owner=org.people.stranger)
    assert client_of(org.people.sales_manager).get(page_of(foreign)).status_code == 404
