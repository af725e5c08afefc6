"""The screens of changes of protected fields: form, customer's page, request's page, bulk edit, import, settings."""

import datetime as dt

import pytest
from django.http import QueryDict
from django.utils import timezone

from crm.bulk.domain.edits import Selection, start_edit
from crm.bulk.forms import BulkEditForm
from crm.generic.lists import list_view
from crm.models import ApprovalRequest
from customers.domain.customer_changes import DOCUMENT
from customers.domain.protected import protected_fields
from customers.models import Customer
from customers.views.customer import customer_entity
from tests.factories.approvals import make_policy, named
from tests.factories.records import make_customer


def typed(customer, **values):
    return {
        "name": customer.name,
        "short_name": customer.short_name,
        "credit_code": customer.credit_code,
        "kind": customer.kind,
        "state": customer.state,
        "version_read": customer.version,
        **values,
    }


@pytest.fixture
def policy(org):
    return make_policy(org, named(org.people.sales_manager), document=DOCUMENT)


def test_the_form_marks_protected_fields_for_those_who_ask(org, client_of):
    customer = make_customer(org)
    url = customer_entity.url("edit", customer.pk)
    page = client_of(org.people.sales_rep).get(url).content.decode()
    assert page.count("Protected: a change is sent for approval.") == 5
    assert 'name="change_reason"' in page
    page = client_of(org.people.data_steward).get(url).content.decode()
    assert "Protected: a change" not in page
    assert "change_reason" not in page
    assert "change_reason" not in client_of(org.people.sales_rep).get("/customers/new/").content.decode()


def test_the_form_saves_asks_and_loses_nothing(org, client_of, policy):
    customer = make_customer(org)
    client, url = client_of(org.people.sales_rep), customer_entity.url("edit", customer.pk)
    data = typed(customer, name="新名字有限公司", city="宁波")
    answer = client.post(url, data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="新名字有限公司"' in page
    assert 'value="宁波"' in page
    assert "Say why protected fields shall change" in page
    answer = client.post(url, {**data, "change_reason": "执照已更新"}, follow=True)
    request = ApprovalRequest.objects.get()
    page = answer.content.decode()
    assert request.code in page
    customer.refresh_from_db()
    assert (customer.city, request.new_values()) == ("宁波", {"name": "新名字有限公司"})
    for text in ("新名字有限公司", "执照已更新", str(org.people.sales_manager), "everything else can be changed"):
        assert text in page
    # while it waits: protected fields are shown as they are, and free ones go on
    page = client.get(url).content.decode()
    assert page.count(f"{request.code} waits for a decision.") == 5
    data = {"short_name": "短", "state": "active", "version_read": customer.version, "change_reason": ""}
    assert client.post(url, data).status_code == 302
    customer.refresh_from_db()
    assert customer.short_name == "短"
    # what was typed before the request began is kept in the form that refuses it
    answer = client.post(url, typed(customer, kind="agent", change_reason="代理"))
    assert answer.status_code == 422
    assert '<option value="agent" selected>' in answer.content.decode()


def test_others_do_not_see_the_change_of_a_customer_out_of_reach(org, client_of, policy):
    customer = make_customer(org)
    url = customer_entity.url("edit", customer.pk)
    client_of(org.people.sales_rep).post(url, typed(customer, name="只有自己人看得到", change_reason="更名"))
    assert client_of(org.people.stranger).get(customer_entity.record_url(customer)).status_code == 404
    assert (
        "只有自己人看得到" in client_of(org.people.bu_head).get(customer_entity.record_url(customer)).content.decode()
    )


def test_the_request_shows_what_was_changed_meanwhile(org, client_of, policy):
    customer = make_customer(org, payment_terms_days=30)
    client = client_of(org.people.sales_rep)
    url = customer_entity.url("edit", customer.pk)
    client.post(url, typed(customer, payment_terms_days="60", change_reason="年度协议"))
    Customer.objects.filter(pk=customer.pk).update(payment_terms_days=45)
    request = ApprovalRequest.objects.get()
    address = f"/approvals/{request.pk}/"
    manager = client_of(org.people.sales_manager)
    assert "meanwhile: 45" in manager.get(address).content.decode()
    assert "Compare anew" not in client.get(address).content.decode()
    manager.post(f"{address}do/approve/", {})
    assert ApprovalRequest.objects.get().state == "pending"
    page = manager.post(f"{address}do/compare/", follow=True).content.decode()
    assert "meanwhile" not in page
    manager.post(f"{address}do/approve/", {})
    customer.refresh_from_db()
    assert customer.payment_terms_days == 60


def bulk(org, who, customer, query):
    view = list_view("customers.customer", who, "")
    form = BulkEditForm(view.entity, who, QueryDict(query))
    assert form.is_valid(), form.errors
    selection = Selection(view, [customer.pk])
    return start_edit(
        actor=who, selection=selection, kept=form.kept(), asked_at=timezone.now() + dt.timedelta(seconds=1)
    ).result


def test_bulk_edit_of_a_protected_field_is_refused_to_those_who_ask(org):
    customer = make_customer(org, payment_terms_days=30)
    query = "how_payment_terms_days=set&payment_terms_days=90&how_city=set&city=苏州"
    outcome = bulk(org, org.people.sales_rep, customer, query)
    assert (outcome["changed"], outcome["failed"]) == (0, 1)
    assert "is protected" in outcome["failures"][0][2]
    customer.refresh_from_db()
    assert (customer.payment_terms_days, customer.city) == (30, "")
    assert bulk(org, org.people.data_steward, customer, query)["changed"] == 1
    customer.refresh_from_db()
    assert (customer.payment_terms_days, customer.city) == (90, "苏州")


def test_an_administrator_chooses_the_protected_fields(org, client_of):
    client, url = client_of(org.people.administrator), "/customers/protected-fields/"
    assert url in client.get("/settings/").content.decode()
    assert client.post(url, {"fields_held": ["phone", "name"]}).status_code == 302
    assert protected_fields() == {"phone", "name"}
    assert client.get(url).context["form"].initial == {"fields_held": ["name", "phone"]}
    assert client.post(url, {"fields_held": ["next_step"]}).status_code == 422
    assert client_of(org.people.sales_manager).get(url).status_code == 403
