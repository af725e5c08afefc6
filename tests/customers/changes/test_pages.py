"""The screens of changes of protected fields: form, customer's page, request's page, bulk edit, import, settings."""

import datetime as dt

import pytest
from django.http import QueryDict
from django.utils import timezone

from crm.bulk.domain.edits import Selection, start_edit
from crm.bulk.forms import BulkEditForm
from crm.generic.lists import list_view
from crm.importing.messages import message_of
from crm.importing.resources import resource_of
from crm.models import ApprovalRequest, Role, User
from customers.domain.customer_changes import DOCUMENT
from customers.domain.protected import protected_fields, set_protected_fields
from customers.models import Customer
from customers.views.customer import customer_entity
from tests.factories.approvals import make_policy, named
from tests.factories.configured import make_field
from tests.factories.records import make_customer
from tests.importing.sheets import imported, rows_of, xlsx


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


def test_the_settings_offer_the_business_unit_and_extra_fields_and_the_form_asks_for_them(org, client_of, policy):
    field = make_field(org, key="rating", name="信用评级", name_en="Credit rating")
    customer = make_customer(org, extra={"rating": "BB"})
    edit = customer_entity.url("edit", customer.pk)
    rep, admin = client_of(org.people.sales_rep), client_of(org.people.administrator)
    assert 'name="business_unit"' not in rep.get(edit).content.decode()
    page = admin.get("/customers/protected-fields/").content.decode()
    for text in ('value="business_unit"', f'value="{field.form_name}"', "Credit rating"):
        assert text in page
    chosen = {"fields_held": ["business_unit", field.form_name]}
    assert admin.post("/customers/protected-fields/", chosen).status_code == 302
    assert protected_fields() == {"business_unit", field.form_name}
    page = rep.get(edit).content.decode()
    assert page.count("Protected: a change is sent for approval.") == 2
    assert 'name="business_unit"' in page
    data = typed(customer, business_unit=org.agro.pk, x_rating="AA", city="宁波", change_reason="重新评级")
    page = rep.post(edit, data, follow=True).content.decode()
    for text in ("Credit rating", "BB", "AA", org.agro.label):
        assert text in page
    request = ApprovalRequest.objects.get()
    assert set(request.new_values()) == {"business_unit", field.form_name}
    customer.refresh_from_db()
    assert (customer.city, customer.extra, customer.business_unit) == ("宁波", {"rating": "BB"}, org.silicones)
    own = f"/approvals/{request.pk}/"
    assert "Credit rating" in client_of(org.people.sales_manager).get(own).content.decode()


def test_an_import_refuses_a_protected_field_says_so_and_keeps_the_row(org, client_of, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    field = make_field(org, key="rating", name="信用评级", name_en="Credit rating")
    set_protected_fields(fields=["credit_limit", field.form_name], actor=org.people.administrator)
    first, second, third = (make_customer(org, credit_limit=1000, extra={"rating": "BB"}) for _ in range(3))
    head = ["客户编号", "客户名称", "信用额度", "市", "信用评级"]
    rows = [
        [first.code, first.name, 5000, "宁波", ""],
        [second.code, second.name, "", "苏州", "AA"],
        [third.code, third.name, 1000, "台州", "BB"],
    ]
    rep = org.people.sales_rep
    batch = imported(rep, xlsx(rows, head))
    kept = rows_of(batch)
    assert [row.outcome for row in kept] == ["rejected", "rejected", "updated"]
    assert [row.errors[0]["key"] for row in kept[:2]] == ["credit_limit", field.form_name]
    said = {message_of(resource_of("customers"), row.errors[0]) for row in kept[:2]}
    assert all("by request only" in text for text in said), said
    for customer, city in ((first, ""), (second, ""), (third, "台州")):
        customer.refresh_from_db()
        assert (customer.credit_limit, customer.city, customer.extra) == (1000, city, {"rating": "BB"})
    rep.roles.add(Role.objects.create(code="importer", name="x", permissions=["crm.add_importbatch"]))
    answer = client_of(User.objects.get(pk=rep.pk)).get(f"/imports/{batch.pk}/rows.csv")
    body = answer.content.decode("utf-8-sig")
    for text in (first.code, second.code, "by request only"):
        assert text in body
    assert third.code not in body
