"""A stale save: read, stored and typed side by side, a choice for each field, nothing lost, nothing decided silently."""

import re

import pytest
from django.urls import reverse

from crm.acting import acting
from crm.models import ApprovalRequest, Role
from customers.domain.customer_changes import DOCUMENT
from customers.models import Customer
from integrations.models import ErpConnection
from tests.factories.approvals import make_policy, named
from tests.factories.records import day, make_customer, make_opportunity


def form_data(client, url):
    """What the form of the page would post, as it stands."""
    form = client.get(url).context["form"]
    data = {}
    for name in form.fields:
        value = form[name].value()
        if isinstance(value, list):
            data[name] = [str(getattr(one, "pk", one)) for one in value]
        elif value is True:
            data[name] = "on"
        elif value not in (None, False):
            data[name] = form.fields[name].widget.format_value(value) if not hasattr(value, "pk") else value.pk
            if isinstance(data[name], list):
                data[name] = data[name][0] if data[name] else ""
            data[name] = "" if data[name] is None else data[name]
    return data


def sent(page, **chosen):
    """What the merge page would post with these radios chosen besides those that are already."""
    merge = page.context["merge"]
    data = {}
    for key, value in merge.carried:
        data.setdefault(key, []).append(value)
    data |= {"version_read": merge.version_read, "base_version": merge.base_version}
    data["merge"] = [line.name for line in merge.lines]
    for line in merge.lines:
        data[f"merge-{line.name}"] = chosen.get(line.name, line.choice)
        if line.mine is not None:
            data[line.name] = line.mine.value() or ""
    return data


def lines(page):
    return {line.name: (line.read, line.theirs, line.mine_text, line.choice) for line in page.context["merge"].lines}


@pytest.fixture
def desk_of(org, client_of):
    """A customer, the address of its edit page, and a client whose form was read before somebody else saved."""
    customer = make_customer(org, owner=org.people.sales_rep, city="宁波", industry="密封", phone="0574-1", notes="甲")
    client = client_of(org.people.sales_rep)
    url = reverse("customers:customer_edit", args=[customer.pk])
    return customer, client, url, form_data(client, url)


def elsewhere(org, customer, **values):
    """Somebody else saves."""
    with acting(user=org.people.sales_manager.pk):
        row = Customer.objects.get(pk=customer.pk)
        Customer.objects.filter(pk=customer.pk).update(**values, version=row.version + 1)


def test_each_side_keeps_what_only_it_changed_and_a_clash_must_be_decided(org, desk_of):
    customer, client, url, read = desk_of
    elsewhere(org, customer, city="杭州", industry="电子")
    page = client.post(url, {**read, "industry": "汽车", "phone": "0574-9"})
    assert page.status_code == 409
    assert lines(page) == {
        "city": ("宁波", "杭州", "宁波", "theirs"),
        "industry": ("密封", "电子", "汽车", ""),
        "phone": ("0574-1", "0574-1", "0574-9", "mine"),
    }
    who = {line.name: line.changed and line.changed.who for line in page.context["merge"].lines}
    assert who == {"city": str(org.people.sales_manager), "industry": str(org.people.sales_manager), "phone": None}
    customer.refresh_from_db()
    assert (customer.city, customer.phone, customer.version) == ("杭州", "0574-1", 2)

    undecided = client.post(url, sent(page))
    assert undecided.status_code == 422
    assert [line.name for line in undecided.context["merge"].lines if line.missing] == ["industry"]
    assert lines(undecided)["phone"] == ("0574-1", "0574-1", "0574-9", "mine")

    assert client.post(url, sent(undecided, industry="mine")).status_code == 302
    customer.refresh_from_db()
    assert (customer.city, customer.industry, customer.phone, customer.version) == ("杭州", "汽车", "0574-9", 3)


def test_a_text_can_be_put_together_on_the_page(org, desk_of):
    customer, client, url, read = desk_of
    elsewhere(org, customer, notes="甲乙")
    page = client.post(url, {**read, "notes": "甲丙"})
    data = sent(page, notes="mine") | {"notes": "甲乙丙"}
    assert client.post(url, data).status_code == 302
    customer.refresh_from_db()
    assert customer.notes == "甲乙丙"


def test_a_second_stale_save_asks_again_and_keeps_what_was_decided(org, desk_of):
    customer, client, url, read = desk_of
    elsewhere(org, customer, city="杭州", industry="电子")
    page = client.post(url, {**read, "industry": "汽车", "phone": "0574-9"})
    elsewhere(org, customer, city="苏州")
    again = client.post(url, sent(page, industry="mine"))
    assert again.status_code == 409
    assert lines(again) == {
        "city": ("杭州", "苏州", "杭州", "theirs"),  # theirs was taken before, so it is nothing of mine
        "industry": ("电子", "电子", "汽车", "mine"),
        "phone": ("0574-1", "0574-1", "0574-9", "mine"),
    }
    assert client.post(url, sent(again)).status_code == 302
    customer.refresh_from_db()
    assert (customer.city, customer.industry, customer.phone, customer.version) == ("苏州", "汽车", "0574-9", 4)


def test_the_same_change_on_both_sides_is_no_question(org, desk_of):
    customer, client, url, read = desk_of
    elsewhere(org, customer, city="杭州")
    page = client.post(url, {**read, "city": "杭州"})
    assert (page.status_code, lines(page)) == (409, {})
    assert client.post(url, sent(page)).status_code == 302


def test_without_a_trail_of_what_was_read_every_difference_must_be_decided(org, desk_of):
    customer, client, url, read = desk_of
    elsewhere(org, customer, city="杭州")
    page = client.post(url, {**read, "version_read": "0"})
    assert lines(page) == {"city": (None, "杭州", "宁波", "")}


def test_wrong_input_on_the_merge_page_comes_back_in_the_form_with_all_that_was_chosen(org, desk_of):
    customer, client, url, read = desk_of
    elsewhere(org, customer, city="杭州")
    page = client.post(url, {**read, "annual_demand_kg": "30"})
    data = sent(page) | {"annual_demand_kg": "many"}
    answer = client.post(url, data)
    assert answer.status_code == 422
    form = answer.context["form"]
    assert (form["annual_demand_kg"].value(), form["city"].value()) == ("many", "杭州")
    fixed = {**data, "annual_demand_kg": "45"}
    assert client.post(url, fixed).status_code == 302
    customer.refresh_from_db()
    assert (customer.annual_demand_kg, customer.city) == (45, "杭州")


def test_what_somebody_else_changed_in_a_protected_field_is_merged_without_a_reason(org, desk_of):
    customer, client, url, read = desk_of
    elsewhere(org, customer, payment_terms_days=60)
    page = client.post(url, {**read, "payment_terms_days": "", "phone": "0574-9"})
    assert page.status_code == 409
    assert lines(page) == {
        "payment_terms_days": ("—", "60", "—", "theirs"),
        "phone": ("0574-1", "0574-1", "0574-9", "mine"),
    }
    assert client.post(url, sent(page)).status_code == 302
    customer.refresh_from_db()
    assert (customer.payment_terms_days, customer.phone) == (60, "0574-9")


def test_a_stale_change_of_a_protected_field_is_merged_and_then_asked_for(org, desk_of):
    customer, client, url, read = desk_of
    make_policy(org, named(org.people.sales_manager), document=DOCUMENT)
    elsewhere(org, customer, city="杭州", payment_terms_days=60)
    page = client.post(url, {**read, "payment_terms_days": "30", "change_reason": "新合同"})
    assert page.status_code == 409
    assert client.post(url, sent(page, payment_terms_days="mine")).status_code == 302
    customer.refresh_from_db()
    assert (customer.payment_terms_days, customer.city) == (60, "杭州")
    request = ApprovalRequest.objects.get()
    assert (request.reason, request.new_values()) == ("新合同", {"payment_terms_days": "30"})


def test_markup_in_a_value_is_shown_as_text(org, desk_of):
    customer, client, url, read = desk_of
    elsewhere(org, customer, notes="<script>alert(1)</script>")
    page = client.post(url, {**read, "notes": "<b>x</b>"}).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_nobody_merges_into_a_record_out_of_reach(org, desk_of, client_of):
    customer, client, url, read = desk_of
    elsewhere(org, customer, city="杭州")
    data = sent(client.post(url, read))
    assert client_of(org.people.stranger).post(url, data).status_code == 404


def test_a_roles_rights_and_reaches_are_merged(org, client_of):
    admin = org.people.administrator
    role = Role.objects.create(code="x", name="试", permissions=["customers.view_customer"])
    client, url = client_of(admin), reverse("organisation:role_edit", args=[role.pk])
    read = form_data(client, url)
    role.permissions = ["customers.view_customer", "crm.export_lists"]
    role.version = 2
    role.save()
    page = client.post(url, {**read, "reach__customers__customer": "team"})
    assert lines(page) == {
        "permissions": ("—", "Export lists", "—", "theirs"),
        "reach__customers__customer": ("as the role", "as the role", "own team", "mine"),
    }
    assert client.post(url, sent(page)).status_code == 302
    role.refresh_from_db()
    assert role.permissions == ["crm.export_lists", "customers.view_customer"]
    assert role.reaches == {"customers.customer": "team"}


def test_roles_of_a_user_are_never_decided_silently(org, client_of):
    user, client = org.people.colleague, client_of(org.people.administrator)
    url = reverse("organisation:user_edit", args=[user.pk])
    read = form_data(client, url)
    user.roles.set(Role.objects.filter(code="finance"))
    user.version = 2
    user.save()
    page = client.post(url, {**read, "title": "主管"})
    assert lines(page)["roles"] == (None, "Finance and credit", "Sales representative", "")
    assert client.post(url, sent(page)).status_code == 422
    assert client.post(url, sent(page, roles="theirs")).status_code == 302
    user.refresh_from_db()
    assert ([role.code for role in user.roles.all()], user.title) == (["finance"], "主管")


def test_the_entries_of_a_specification_are_merged_one_by_one(org, client_of):
    agreed = {"next_step": "寄样", "next_step_on": day(3)}
    opportunity = make_opportunity(org, owner=org.people.sales_rep, **agreed)
    client, url = client_of(org.people.sales_rep), reverse("opportunities:opportunity_edit", args=[opportunity.pk])
    form = client.get(url).context["form"]
    names = list(form.items)
    assert len(names) >= 2
    keys = [form.items[name].key for name in names[:2]]
    read = form_data(client, url)
    type(opportunity).objects.filter(pk=opportunity.pk).update(
        specification={keys[0]: "theirs"}, version=opportunity.version + 1
    )
    page = client.post(url, {**read, names[1]: "mine"})
    assert {name: line[3] for name, line in lines(page).items()} == {names[0]: "theirs", names[1]: "mine"}
    assert client.post(url, sent(page)).status_code == 302
    opportunity.refresh_from_db()
    assert opportunity.specification == {keys[0]: "theirs", keys[1]: "mine"}


def test_the_erp_connection_is_merged_and_no_password_stands_in_the_page(org, client_of):
    client, url = client_of(org.people.administrator), reverse("integrations:connection")
    data = {
        "name": "SAP",
        "base_url": "https://erp.example.com",
        "sign_in": "basic",
        "username": "crm",
        "password": "hidden-word",
        "per_second": "50",
        "is_active": "on",
    }
    assert client.post(url, data).status_code == 302
    stored = ErpConnection.objects.get()
    read = form_data(client, url)
    ErpConnection.objects.update(name="SAP 2", version=stored.version + 1)
    page = client.post(url, {**read, "username": "crm2", "password": "other-word"})
    assert (page.status_code, lines(page)) == (409, {
        "name": ("SAP", "SAP 2", "SAP", "theirs"), "username": ("crm", "crm", "crm2", "mine"),
    })  # fmt: skip
    assert not re.search("hidden-word|other-word", page.content.decode())
    assert client.post(url, sent(page) | {"password": "other-word"}).status_code == 302
    stored.refresh_from_db()
    assert (stored.name, stored.username) == ("SAP 2", "crm2")
