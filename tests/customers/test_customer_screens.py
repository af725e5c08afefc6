"""The list and the pages of customers and contacts."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from customers.models import Customer, CustomerFigures
from customers.views.contact import contact_entity
from customers.views.customer import customer_entity
from opportunities.views.opportunity import opportunity_entity
from tests.entity_suite import EntitySuite
from tests.factories.archive import direct
from tests.factories.records import day, make_contact, make_customer, make_opportunity

LIST = "/customers/"


def customer_form(org, record):
    return {"name": record.name, "short_name": "改名", "kind": "direct", "state": "active", "region": org.south.pk}


class TestCustomer(EntitySuite):
    daily = True
    entity = customer_entity
    make = staticmethod(make_customer)
    refused = (
        ({"annual_demand_kg": "-1"}, "The yearly demand must not be negative."),
        ({"credit_limit": "-1"}, "The credit limit must not be negative."),
    )
    form_data = staticmethod(customer_form)


def make_own_contact(org, *, owner=None):
    return make_contact(org, customer=make_customer(org, owner=owner))


class TestContact(EntitySuite):
    entity = contact_entity
    make = staticmethod(make_own_contact)
    form_data = staticmethod(lambda org, record: {"name": record.name, "role": "technical", "title": "技术部部长"})


def figures(customer, **values):
    CustomerFigures.objects.filter(customer=customer).update(**values)


def names_in_order(page, customers):
    places = {page.index(f'href="/customers/{customer.pk}/"'): customer for customer in customers}
    return [places[place] for place in sorted(places)]


@pytest.mark.parametrize("sort", ["figures__sales_12m", "figures__overdue", "figures__last_order_on", "next_step_on"])
def test_rows_without_a_value_come_last_both_ways(org, client_of, sort):
    low, high = make_customer(org), make_customer(org)
    bare = make_customer(org)
    CustomerFigures.objects.filter(customer=bare).delete()
    for customer, days in ((low, 9), (high, 2)):
        day = dt.date(2026, 11, 20) - dt.timedelta(days=days)
        figures(customer, sales_12m=Decimal(100 - days), overdue=Decimal(50 - days), last_order_on=day)
        Customer.objects.filter(pk=customer.pk).update(next_step_on=day)
    client = client_of(org.people.sales_rep)
    up = client.get(LIST, {"sort": sort}).content.decode()
    down = client.get(LIST, {"sort": f"-{sort}"}).content.decode()
    assert names_in_order(up, [low, high, bare]) == [low, high, bare]
    assert names_in_order(down, [low, high, bare]) == [high, low, bare]


def many(org, count):
    place = {"owner": org.people.sales_rep, "team": org.sub_team, "business_unit": org.silicones}
    rows = Customer.objects.bulk_create(
        Customer(code=f"C-{100000 + n}", name=f"客户{n:03d}", search_text=f"客户{n:03d}", grade="SABCD"[n % 5], **place)
        for n in range(count)
    )
    now = timezone.now()
    CustomerFigures.objects.bulk_create(
        CustomerFigures(
            customer=row,
            sales_12m=n % 7,
            overdue=n % 3,
            last_order_on=dt.date(2026, 1, 1) + dt.timedelta(days=n) if n % 4 else None,
            refreshed_at=now,
        )
        for n, row in enumerate(rows)
        if n < 70
    )
    return rows


@pytest.mark.parametrize("sort", [column.sort for column in customer_entity.table.columns if column.sort])
@pytest.mark.parametrize("sign", ["", "-"])
def test_two_pages_of_any_sort_show_every_row_once(org, client_of, sort, sign):
    rows = many(org, 83)
    client = client_of(org.people.sales_rep)
    seen = []
    for page in (1, 2):
        body = client.get(LIST, {"sort": sign + sort, "page": page}).content.decode()
        seen += [row.pk for row in rows if f'<tr data-href="/customers/{row.pk}/"' in body]
        assert body.count("<tr data-href=") == (50 if page == 1 else 33)
    assert sorted(seen) == sorted(row.pk for row in rows)


def shown(client, **params):
    body = client.get(LIST, params).content.decode()
    return {pk for pk in Customer.objects.values_list("pk", flat=True) if f'data-href="/customers/{pk}/"' in body}


def test_filters_and_presets(org, client_of):
    today = timezone.localdate()
    key = make_customer(org, grade="S", kind="direct", industry="汽车密封", state="active")
    quiet = make_customer(org, grade="C", kind="distributor", industry="电子", state="dormant", region=org.south)
    colleague = make_customer(org, owner=org.people.colleague, grade="A", industry="汽车密封")
    figures(key, overdue=Decimal("128400.00"), last_order_on=today)
    figures(quiet, last_order_on=today - dt.timedelta(days=120))
    client = client_of(org.people.bu_head)
    assert shown(client) == {key.pk, quiet.pk, colleague.pk}
    assert shown(client, grade=["S", "A"]) == {key.pk, colleague.pk}
    assert shown(client, owner=org.people.colleague.pk) == {colleague.pk}
    assert shown(client, owner="me") == set()
    assert shown(client, overdue="1") == {key.pk}
    assert shown(client, no_order_days="90") == {quiet.pk}
    assert shown(client, kind="distributor") == {quiet.pk}
    assert shown(client, state="active") == {key.pk}
    assert shown(client, industry="汽车") == {key.pk, colleague.pk}
    assert shown(client, region=org.south.pk) == {quiet.pk}
    assert shown(client, team=org.other_team.pk) == set()
    assert shown(client, business_unit=org.silicones.pk) == {key.pk, quiet.pk, colleague.pk}
    assert shown(client_of(org.people.colleague), owner="me") == {colleague.pk}


def test_search_by_pinyin_initials_in_the_list_and_the_global_search(org, client_of):
    wanted = make_customer(org, name="宁波华信股份有限公司", short_name="华信股份", phone="0574-63261234")
    other = make_customer(org, name="苏州启芯电子材料有限公司")
    foreign = make_customer(org, owner=org.people.stranger, name="杭州华信股份有限公司", short_name="华信股份")
    client = client_of(org.people.sales_rep)
    assert shown(client, q="hxgf") == {wanted.pk}
    for text in ("hxgf", "华信", "huaxin", wanted.code, wanted.credit_code, "63261234"):
        hits = client.get("/search/", {"q": text}).content.decode()
        assert f'href="/customers/{wanted.pk}/"' in hits, text
        assert f"/customers/{other.pk}/" not in hits
        assert f"/customers/{foreign.pk}/" not in hits


def test_search_finds_contacts_by_name_and_by_four_digits_of_the_phone(org, client_of):
    mine = make_contact(org, customer=make_customer(org), name="陈立群", phone="13805742206")
    foreign = make_contact(
        org, customer=make_customer(org, owner=org.people.stranger), name="陈立新", phone="13805742206"
    )
    client = client_of(org.people.sales_rep)
    for text in ("陈立", "chenliqun", "clq", "2206", "138-0574-2206", "+86 138 0574 2206", "１３８０５７４２２０６"):
        hits = client.get("/search/", {"q": text}).content.decode()
        assert f'href="/customers/contacts/{mine.pk}/"' in hits, text
        assert f"/customers/contacts/{foreign.pk}/" not in hits
    assert "陈立群" not in client.get("/search/", {"q": "206"}).content.decode()


def test_a_phone_number_is_found_however_it_was_written(org, client_of):
    client = client_of(direct(org.people.sales_rep))
    form = {"name": "宁波固话硅胶有限公司", "kind": "direct", "state": "prospect", "owner": org.people.sales_rep.pk}
    assert client.post("/customers/new/", {**form, "phone": "0574-8800 1234"}).status_code == 302
    customer = Customer.objects.get()
    contact = {"customer": customer.pk, "name": "周一", "role": "other", "phone": "139 0000 4321"}
    assert client.post("/customers/contacts/new/", contact).status_code == 302
    for text in ("057488001234", "8800-1234", "(0574) 88001234"):
        assert customer.name in client.get("/customers/", {"q": text}).content.decode(), text
    for text in ("13900004321", "139-0000-4321"):
        assert "周一" in client.get("/customers/contacts/", {"q": text}).content.decode(), text


def test_create_by_form_gives_number_owner_team_and_unit(org, client_of):
    client = client_of(direct(org.people.sales_rep))
    data = {
        "name": "浙江欣禾密封科技股份有限公司",
        "kind": "direct",
        "state": "prospect",
        "owner": org.people.sales_rep.pk,
    }
    response = client.post("/customers/new/", {**data, "credit_code": " 91330200ma0000007 "})
    assert response.status_code == 422
    assert "18" in response.content.decode()
    assert client.post("/customers/new/", data).status_code == 302
    customer = Customer.objects.get()
    assert customer.code == "C-100001"
    assert (customer.owner, customer.team, customer.business_unit) == (
        org.people.sales_rep,
        org.sub_team,
        org.silicones,
    )
    assert customer.figures.sales_12m == 0
    assert list(Customer.objects.search("xhmf")) == [customer]


def test_an_owner_of_another_kind_than_a_colleague_is_refused(org, client_of):
    client = client_of(direct(org.people.sales_rep))
    data = {"name": "某公司", "kind": "direct", "state": "prospect", "owner": 999999}
    assert client.post("/customers/new/", data).status_code == 422
    assert not Customer.objects.exists()


def test_same_name_is_refused_with_its_number_and_nothing_else_until_confirmed(org, client_of):
    foreign = make_customer(org, owner=org.people.stranger, name="浙江欣禾（密封）科技有限公司", city="宁波机密")
    client = client_of(direct(org.people.sales_rep))
    data = {
        "name": "浙江欣禾(密封) 科技有限公司",
        "kind": "direct",
        "state": "prospect",
        "owner": org.people.sales_rep.pk,
    }
    response = client.post("/customers/new/", data)
    page = response.content.decode()
    assert response.status_code == 422
    assert foreign.code in page
    assert "宁波机密" not in page
    assert "农化业务员" not in page
    assert f"/customers/{foreign.pk}/" not in page
    assert 'name="create_anyway"' in page
    assert client.post("/customers/new/", {**data, "create_anyway": "on"}).status_code == 302
    assert Customer.objects.filter(owner=org.people.sales_rep).count() == 1


def test_same_credit_code_names_the_field_and_not_the_other_customer(org, client_of):
    foreign = make_customer(org, owner=org.people.stranger)
    client = client_of(direct(org.people.sales_rep))
    data = {
        "name": "完全另一家公司",
        "kind": "direct",
        "state": "prospect",
        "owner": org.people.sales_rep.pk,
        "credit_code": foreign.credit_code.lower(),
    }
    response = client.post("/customers/new/", data)
    assert response.status_code == 422
    page = response.content.decode()
    assert "Another customer has this credit code" in page
    assert foreign.name not in page
    assert not Customer.objects.filter(name="完全另一家公司").exists()


def test_stale_edit_shows_both_values_and_loses_neither(org, client_of):
    customer = make_customer(org, city="宁波")
    first, second = client_of(org.people.sales_rep), client_of(org.people.bu_head)
    base = {"name": customer.name, "kind": "direct", "state": "active", "version_read": customer.version}
    edit = f"/customers/{customer.pk}/edit/"
    assert first.post(edit, {**base, "city": "慈溪"}).status_code == 302
    response = second.post(edit, {**base, "city": "余姚"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "慈溪" in page
    assert "余姚" in page
    customer.refresh_from_db()
    assert customer.city == "慈溪"
    assert second.post(edit, {**base, "city": "余姚", "version_read": customer.version}).status_code == 302
    customer.refresh_from_db()
    assert customer.city == "余姚"


def test_bulk_transfer_touches_own_rows_only(org, client_of):
    own = [make_customer(org), make_customer(org)]
    foreign = make_customer(org, owner=org.people.stranger)
    client = client_of(org.people.sales_manager)
    data = {
        "ids": [row.pk for row in [*own, foreign]],
        "confirmed": "1",
        "owner": org.people.colleague.pk,
        "reason": "调整片区",
    }
    assert client.post("/customers/bulk/transfer/", data).status_code == 302
    assert {Customer.objects.get(pk=row.pk).owner for row in own} == {org.people.colleague}
    foreign.refresh_from_db()
    assert foreign.owner == org.people.stranger
    assert client_of(org.people.sales_rep).post("/customers/bulk/transfer/", data).status_code == 403


def test_bulk_next_step_of_everything_found(org, client_of):
    hit, other = make_customer(org, grade="A"), make_customer(org, grade="B")
    client = client_of(org.people.sales_rep)
    data = {
        "everything": "1",
        "query": "grade=A",
        "confirmed": "1",
        "next_step": "季度回访",
        "next_step_on": "2026-12-01",
    }
    assert client.post("/customers/bulk/next_step/", data).status_code == 302
    hit.refresh_from_db()
    other.refresh_from_db()
    assert (hit.next_step, hit.next_step_on) == ("季度回访", dt.date(2026, 12, 1))
    assert other.next_step == ""


def test_workbench_card_lists_my_customers_with_a_step_due(org, client_of):
    today = timezone.localdate()
    due = make_customer(org, short_name="到期客户", next_step="季度评审", next_step_on=today - dt.timedelta(days=2))
    make_customer(org, short_name="以后客户", next_step_on=today + dt.timedelta(days=30))
    make_customer(org, owner=org.people.colleague, short_name="别人客户", next_step_on=today)
    page = client_of(org.people.sales_rep).get("/").content.decode()
    assert f'href="/customers/{due.pk}/"' in page
    assert "季度评审" in page
    assert "以后客户" not in page
    assert "别人客户" not in page


def test_markup_in_a_name_is_escaped_everywhere(org, client_of):
    customer = make_customer(org, name="<b>甲</b>&乙", short_name="<i>甲", city="<u>宁波", next_step="<s>催")
    make_contact(org, customer=customer, name="<em>陈", title="<h1>总监")
    client = client_of(org.people.sales_rep)
    for url in (LIST, f"/customers/{customer.pk}/", f"/customers/{customer.pk}/tab/contacts/", "/customers/contacts/"):
        page = client.get(url).content.decode()
        for tag in ("<b>甲", "<i>甲", "<u>宁波", "<s>催", "<em>陈", "<h1>总监"):
            assert tag not in page, (url, tag)


def test_the_head_of_the_list_says_how_many_are_in_reach(org, client_of):
    for state in ("active", "active", "prospect"):
        make_customer(org, state=state)
    make_customer(org, owner=org.people.colleague, state="active")
    page = client_of(org.people.sales_rep).get(LIST).content.decode()
    assert "3 customers, 2 of them active" in page


def test_a_customer_without_a_next_step_asks_for_one(org, client_of):
    customer = make_customer(org, next_step="", next_step_on=None)
    page = client_of(org.people.sales_rep).get(f"/customers/{customer.pk}/").content.decode()
    assert "Nothing is planned yet" in page
    assert f'href="/customers/{customer.pk}/edit/">Plan it</a>' in page
    read_only = client_of(org.people.executive).get(f"/customers/{customer.pk}/").content.decode()
    assert "Plan it" not in read_only


def test_a_rule_about_one_field_is_told_beside_it_and_one_about_two_on_top(org, client_of):
    agreed = {"next_step": "寄样", "next_step_on": day(3)}
    opportunity, customer = make_opportunity(org, **agreed), make_customer(org)
    client = client_of(org.people.sales_rep)
    alone = client.post(
        customer_entity.url("edit", customer.pk), {**customer_form(org, customer), "credit_limit": "-1"}
    )
    assert list(alone.context["form"].errors) == ["credit_limit"]
    form = client.get(opportunity_entity.url("edit", opportunity.pk)).context["form"]
    data = {name: value for name in form.fields if (value := form[name].value()) is not None}
    both = client.post(opportunity_entity.url("edit", opportunity.pk), {**data, "demand_kg": "5", "our_volume_kg": "6"})
    assert list(both.context["form"].errors) == ["__all__"]
