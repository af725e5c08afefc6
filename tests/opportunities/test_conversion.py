"""From a lead to an opportunity: nothing is typed again, nothing is half done."""

import pytest
from django.urls import reverse

from crm.errors import DomainError, StaleVersion, TransitionError
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


def test_an_existing_customer_is_used(org):
    customer = make_customer(org)
    lead = qualified(org, customer=customer, owner=org.people.colleague)
    opportunity = convert_lead(lead=lead, actor=org.people.sales_manager)
    lead.refresh_from_db()
    assert (opportunity.customer, opportunity.lead, opportunity.name) == (customer, lead, "低温开裂")
    assert (opportunity.need, opportunity.source, opportunity.product_line) == (lead.need, "website", org.sealant)
    assert opportunity.owner == org.people.colleague
    assert (lead.state, lead.customer) == ("converted", customer)
    assert lead.state_changes.get().actor == org.people.sales_manager
    assert Customer.objects.count() == 1


@pytest.mark.parametrize("state", ["new", "assigned", "followed_up", "converted", "disqualified"])
def test_only_a_qualified_lead(org, state):
    with pytest.raises(TransitionError):
        convert_lead(lead=make_lead(org, state=state), actor=org.people.sales_rep, customer=make_customer(org))
    assert not Opportunity.objects.exists()


def test_a_lead_that_somebody_moved_meanwhile_stays_and_nothing_is_made(org):
    lead = qualified(org)
    move_lead(lead=Lead.objects.get(pk=lead.pk), target="disqualified", actor=org.people.sales_manager, reason="误")
    with pytest.raises(StaleVersion):
        convert_lead(lead=lead, actor=org.people.sales_rep, customer=make_customer(org))
    assert not Opportunity.objects.exists()


def test_without_a_customer_there_is_no_opportunity(org):
    with pytest.raises(DomainError) as error:
        convert_lead(lead=qualified(org), actor=org.people.sales_rep)
    assert error.value.field == "customer"
    assert (Customer.objects.count(), Opportunity.objects.count()) == (0, 0)


def test_an_existing_customer_on_the_pages(org, client_of):
    lead, customer = qualified(org), make_customer(org)
    client = client_of(org.people.sales_rep)
    record = reverse("leads:lead_record", args=[lead.pk])
    assert url_of(lead) in client.get(record).content.decode()
    page = client.get(f"{url_of(lead)}?customer={customer.pk}").content.decode()
    assert 'value="低温开裂"' in page
    assert f'value="{customer.pk}" selected' in page
    data = {
        "name": "低温密封胶",
        "customer": customer.pk,
        "product_line": org.liquid.pk,
        "expected_close_on": "2026-12-20",
    }
    response = client.post(url_of(lead), data)
    opportunity = Opportunity.objects.get()
    assert response.url == reverse("opportunities:opportunity_record", args=[opportunity.pk])
    assert (opportunity.name, opportunity.product_line) == ("低温密封胶", org.liquid)
    after = client.get(record).content.decode()
    assert "低温密封胶" in after
    assert url_of(lead) not in after
    assert client.post(url_of(lead), data).url == record
    assert Opportunity.objects.count() == 1


def test_the_candidates_are_those_of_the_recognition(org, client_of):
    lead = qualified(org, company_name="宁波远景密封材料有限公司", phone="0574-87654321")
    there = make_customer(org, name="宁波远景密封材料股份有限公司")
    by_phone = make_customer(org, name="台州明达贸易有限公司", phone="0574-87654321")
    foreign = make_customer(org, name="宁波市远景密封材料有限公司", owner=org.people.stranger, phone="0574-11112222")
    client = client_of(org.people.sales_rep)
    page = client.get(url_of(lead)).content.decode()
    for customer in (there, by_phone):
        assert f"?customer={customer.pk}" in page
    assert foreign.name in page  # as the registration tells it: that it exists, and whose it is
    assert f"?customer={foreign.pk}" not in page
    assert foreign.code not in page
    assert "0574-11112222" not in page
    assert "customers/register/ask" in page or reverse("customers:ask_owner") in page
    response = client.post(url_of(lead), {"name": "x"})
    assert response.status_code == 422
    assert not Opportunity.objects.exists()


def test_rights_and_scope(org, client_of):
    lead = qualified(org)
    foreign = qualified(org, owner=org.people.stranger)
    assert client_of(org.people.sales_rep).get(url_of(foreign)).status_code == 404
    assert client_of(org.people.sales_rep).post(url_of(foreign), {"name": "x"}).status_code == 404
    assert client_of(org.people.marketing).get(url_of(lead)).status_code == 403
    assert client_of(org.people.executive).post(url_of(lead), {"name": "x"}).status_code == 403
