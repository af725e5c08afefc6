"""From a lead to an opportunity: nothing is typed again, nothing is half done."""

import pytest
from django.urls import reverse

from crm.errors import DomainError, NotAllowed, StaleVersion, TransitionError
from customers.models import Customer
from leads.domain.lead import move_lead
from leads.models import Lead
from opportunities.domain.conversion import convert_lead
from opportunities.models import Opportunity
from tests.factories.records import make_customer, make_lead

pytestmark = pytest.mark.django_db


def qualified(org, **values):
    return make_lead(
        org, **{"state": "qualified", "need": "低温开裂\n返修率高", "source": "website", "phone": "0574-8888", **values}
    )


def url_of(lead):
    return reverse("opportunities:lead_convert", args=[lead.pk])


def test_a_new_customer_and_the_opportunity_take_over_what_the_lead_knows(org):
    lead = qualified(org, owner=org.people.colleague)
    opportunity = convert_lead(lead=lead, actor=org.people.sales_manager)
    lead.refresh_from_db()
    customer = Customer.objects.get()
    assert (customer.name, customer.phone, customer.region) == (lead.company_name, "0574-8888", org.east)
    assert (customer.owner, opportunity.owner) == (org.people.colleague, org.people.colleague)
    assert (opportunity.customer, opportunity.lead, opportunity.name) == (customer, lead, "低温开裂")
    assert (opportunity.need, opportunity.source, opportunity.product_line) == (lead.need, "website", org.sealant)
    assert (lead.state, lead.customer) == ("converted", customer)
    assert lead.state_changes.get().actor == org.people.sales_manager


def test_an_existing_customer_is_used(org):
    customer = make_customer(org)
    opportunity = convert_lead(lead=qualified(org, customer=customer), actor=org.people.sales_rep)
    assert opportunity.customer == customer
    assert Customer.objects.count() == 1


@pytest.mark.parametrize("state", ["new", "assigned", "followed_up", "converted", "disqualified"])
def test_only_a_qualified_lead(org, state):
    with pytest.raises(TransitionError):
        convert_lead(lead=make_lead(org, state=state), actor=org.people.sales_rep)
    assert not Opportunity.objects.exists()


def test_a_customer_of_that_name_stops_it_and_nothing_is_left_behind(org):
    lead = qualified(org)
    make_customer(org, name=lead.company_name)
    with pytest.raises(DomainError) as error:
        convert_lead(lead=lead, actor=org.people.sales_rep)
    assert error.value.field == "name"
    assert (Customer.objects.count(), Opportunity.objects.count()) == (1, 0)
    convert_lead(lead=lead, actor=org.people.sales_rep, create_anyway=True)
    assert Customer.objects.count() == 2


def test_a_lead_that_somebody_moved_meanwhile_stays_and_nothing_is_made(org):
    lead = qualified(org)
    move_lead(lead=Lead.objects.get(pk=lead.pk), target="disqualified", actor=org.people.sales_manager, reason="误")
    with pytest.raises(StaleVersion):
        convert_lead(lead=lead, actor=org.people.sales_rep)
    assert (Customer.objects.count(), Opportunity.objects.count()) == (0, 0)


def test_without_the_right_to_add_customers_one_must_be_chosen(org):
    role = org.people.sales_rep.roles.get()
    role.permissions = [name for name in role.permissions if name != "customers.add_customer"]
    role.save()
    lead = qualified(org)
    with pytest.raises(NotAllowed):
        convert_lead(lead=lead, actor=org.people.sales_rep)
    assert convert_lead(lead=lead, actor=org.people.sales_rep, customer=make_customer(org)).lead == lead


def test_the_way_on_the_pages(org, client_of):
    lead = qualified(org)
    client = client_of(org.people.sales_rep)
    record = reverse("leads:lead_record", args=[lead.pk])
    assert url_of(lead) in client.get(record).content.decode()
    page = client.get(url_of(lead)).content.decode()
    assert 'value="低温开裂"' in page
    data = {"name": "低温密封胶", "product_line": org.liquid.pk, "expected_close_on": "2026-12-20"}
    response = client.post(url_of(lead), data)
    opportunity = Opportunity.objects.get()
    assert response.url == reverse("opportunities:opportunity_record", args=[opportunity.pk])
    assert (opportunity.name, opportunity.product_line) == ("低温密封胶", org.liquid)
    after = client.get(record).content.decode()
    assert "低温密封胶" in after
    assert url_of(lead) not in after


def test_a_similar_customer_is_offered_and_the_same_name_asked_about(org, client_of):
    lead = qualified(org)
    there = make_customer(org, name=lead.company_name, short_name="在册")
    foreign = make_customer(org, name=f"{lead.company_name}外", owner=org.people.stranger)
    client = client_of(org.people.sales_rep)
    page = client.get(url_of(lead)).content.decode()
    assert f"?customer={there.pk}" in page
    assert foreign.name not in page
    response = client.post(url_of(lead), {"name": "x"})
    assert response.status_code == 422
    assert 'type="checkbox" name="create_anyway"' in response.content.decode()
    assert client.post(url_of(lead), {"name": "x", "customer": there.pk}).status_code == 302


def test_rights_and_scope(org, client_of):
    lead = qualified(org)
    foreign = qualified(org, owner=org.people.stranger)
    assert client_of(org.people.sales_rep).get(url_of(foreign)).status_code == 404
    assert client_of(org.people.sales_rep).post(url_of(foreign), {"name": "x"}).status_code == 404
    assert client_of(org.people.marketing).get(url_of(lead)).status_code == 403
    assert client_of(org.people.executive).post(url_of(lead), {"name": "x"}).status_code == 403
