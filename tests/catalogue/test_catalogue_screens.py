"""Lists, forms and pages of the catalogue; floor prices show to those only who may see them."""

import csv
import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from crm.models import (
    Competitor,
    CompetitorProduct,
    PriceItem,
    PriceList,
    Product,
    ProductUnit,
    Role,
    SpecificationField,
)
from crm.products.views.market import competitor_entity, competitor_product_entity
from crm.products.views.price import list_entity, price_entity
from crm.products.views.product import field_entity, line_entity, product_entity, unit_entity
from tests.entity_suite import EntitySuite
from tests.factories import catalogue as make
from tests.factories.records import day, make_customer

FLOOR_TEXT = "34.25"


class TestProduct(EntitySuite):
    entity, role, scoped = product_entity, "data_steward", False
    make = staticmethod(make.make_product)
    form_data = staticmethod(
        lambda org, p: {"code": p.code, "name": "改名", "product_line": org.sealant.pk, "base_unit": p.base_unit_id}
    )


class TestLine(EntitySuite):
    entity, role, scoped = line_entity, "data_steward", False
    make = staticmethod(make.make_line)
    form_data = staticmethod(lambda org, line: {"code": line.code, "name": "改名", "business_unit": org.agro.pk})


class TestField(EntitySuite):
    entity, role, scoped = field_entity, "data_steward", False
    make = staticmethod(make.make_field)
    form_data = staticmethod(
        lambda org, field: {"name": "改名", "kind": "number", "unit": "%", "position": 5, "is_active": "on"}
    )


class TestUnit(EntitySuite):
    entity, role, scoped = unit_entity, "data_steward", False
    make = staticmethod(make.make_unit)
    form_data = staticmethod(lambda org, unit: {"code": unit.code, "name": "改名", "dimension": "package"})


class TestPriceList(EntitySuite):
    entity, role, scoped = list_entity, "data_steward", False
    make = staticmethod(make.make_list)
    form_data = staticmethod(
        lambda org, row: {"code": row.code, "name": "改名", "currency": "CNY", "starts_on": "2020-01-01", "priority": 3}
    )


class TestPrice(EntitySuite):
    entity, role, scoped = price_entity, "data_steward", False
    make = staticmethod(make.make_price)
    form_data = staticmethod(
        lambda org, item: {
            "price_list": item.price_list_id,
            "product": item.product_id,
            "unit": item.unit_id,
            "quantity_from": "0",
            "guide_price": "40",
            "floor_price": "35",
        }
    )


def text_of(client: Any, url: str, data: Any = None) -> str:
    return client.get(url, data).content.decode()


# ---- floor prices


def export(client: Any, query: str) -> list[list[str]]:
    response = client.post(reverse("exporting:start", args=["catalogue.priceitem"]), {"form": "csv", "query": query})
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(text.splitlines(keepends=True)))


@pytest.mark.parametrize(("role", "sees"), [("sales_rep", False), ("sales_manager", True), ("finance", True)])
def test_the_floor_price_shows_to_those_only_who_may_see_it(org: Any, client_of: Any, role: str, sees: bool) -> None:
    item = make.make_price(org)
    item.refresh_from_db()
    admin = client_of(org.people.administrator)
    data = TestPrice.form_data(org, item) | {"floor_price": FLOOR_TEXT, "version_read": item.version}
    admin.post(price_entity.url("edit", item.pk), data | {"floor_price": "33.11"})
    item.refresh_from_db()
    admin.post(price_entity.url("edit", item.pk), data | {"version_read": item.version})
    client = client_of(org.user(role))
    everything = {"cols": [column.key for column in price_entity.table.columns]}
    pages = [
        text_of(client, price_entity.url("list"), everything),
        text_of(client, price_entity.record_url(item)),
        text_of(client, price_entity.url("tab", item.pk, "history")),
        text_of(client, list_entity.record_url(item.price_list)),
        text_of(client, product_entity.record_url(org.product)),
        text_of(client, reverse("catalogue:finder"), {"product": org.product.pk, "quantity": 5, "on": day()}),
    ]
    assert [(FLOOR_TEXT in page) for page in pages] == [sees] * len(pages)
    assert ["40.00" in page for page in pages][:2] == [True, True]
    assert ("33.11" in pages[2]) is sees
    rows = export(client, "cols=guide&cols=floor")
    assert ("Floor price" in rows[0]) is sees
    assert any(FLOOR_TEXT in cell for cell in rows[1]) is sees
    assert FLOOR_TEXT not in text_of(client, reverse("search"), {"q": org.product.code})


def test_who_may_not_see_floor_prices_cannot_set_one_and_keeps_those_there_are(org: Any, client_of: Any) -> None:
    role = Role.objects.create(
        code="keeper", name="x", permissions=["crm.view_priceitem", "crm.change_priceitem", "crm.view_product"]
    )
    org.people.nobody.roles.add(role)
    item = make.make_price(org)
    client = client_of(org.people.nobody)
    assert "floor" not in text_of(client, price_entity.url("edit", item.pk)).lower()
    data = TestPrice.form_data(org, item) | {"floor_price": "1", "version_read": item.version}
    assert client.post(price_entity.url("edit", item.pk), data).status_code == 302
    stored = PriceItem.objects.get(pk=item.pk)
    assert (stored.guide_price, stored.floor_price) == (40, Decimal(FLOOR_TEXT))


# ---- products and their specification


@pytest.fixture
def steward(org: Any, client_of: Any) -> Any:
    return client_of(org.people.data_steward)


@pytest.fixture
def fields(org: Any) -> None:
    make.make_field(org, key="viscosity", name="粘度", name_en="Viscosity", unit="mPa·s", maximum=1000000, position=1)
    make.make_field(
        org, key="parts", name="组份", name_en="Parts", kind="choice", choices=["单组份", "双组份"], position=2
    )
    make.make_field(org, key="ul", name="UL", kind="yes_no", position=3)
    make.make_field(org, key="hardness", name="硬度", name_en="Hardness", product_line=org.liquid)


def product_form(org: Any, **values: Any) -> dict[str, Any]:
    unit = org.product.base_unit_id
    return {"code": "N-1", "name": "新品", "product_line": org.sealant.pk, "base_unit": unit, **values}


def test_the_form_asks_for_what_the_line_asks_for(org: Any, steward: Any, fields: Any) -> None:
    create = product_entity.url("create")
    assert "spec_viscosity" not in text_of(steward, create)
    part = text_of(steward, create, {"part": "specification", "product_line": org.liquid.pk})
    assert "spec_hardness" in part
    assert "spec_viscosity" not in part
    assert "<html" not in part
    data = product_form(org, spec_viscosity="15000", spec_parts="双组份", spec_ul="False", is_active="on")
    wrong = steward.post(create, data | {"spec_viscosity": "2000000"})
    assert wrong.status_code == 422
    assert "at most 1,000,000" in wrong.content.decode()
    assert 'value="2000000"' in wrong.content.decode()
    assert steward.post(create, data).status_code == 302
    product = Product.objects.get(code="N-1")
    assert product.specification == {"viscosity": 15000, "parts": "双组份", "ul": False}
    page = text_of(steward, product_entity.record_url(product))
    assert "15,000 mPa·s" in page
    edit = text_of(steward, product_entity.url("edit", product.pk))
    assert 'value="15000"' in edit
    stale = steward.post(product_entity.url("edit", product.pk), data | {"spec_viscosity": "7", "version_read": 0})
    assert stale.status_code == 409
    assert ("15000", "7") in [(line.theirs, line.mine_text) for line in stale.context["merge"].lines]


def test_products_of_a_line_are_found_by_their_values(org: Any, client_of: Any, fields: Any) -> None:
    thin = make.make_product(org, specification={"viscosity": 900.5, "parts": "单组份", "ul": True})
    thick = make.make_product(org, specification={"viscosity": 15000, "parts": "双组份", "ul": False})
    bare = make.make_product(org)
    client, line = client_of(org.people.sales_rep), {"product_line": org.sealant.pk}

    def found(**query: Any) -> set[int]:
        page = text_of(client, product_entity.url("list"), line | query)
        return {p.pk for p in (thin, thick, bare) if f'href="{product_entity.record_url(p)}"' in page}

    assert found() == {thin.pk, thick.pk, bare.pk}
    assert found(spec_viscosity_min="900.5", spec_viscosity_max="14999") == {thin.pk}
    assert found(spec_viscosity_min="1000") == {thick.pk}
    assert found(spec_parts=["双组份"]) == {thick.pk}
    assert found(spec_parts=["双组份", "单组份"]) == {thin.pk, thick.pk}
    assert found(spec_ul="true") == {thin.pk}
    assert found(spec_ul="false") == {thick.pk}
    form = text_of(client, product_entity.url("list"), line | {"part": "filters"})
    assert "spec_viscosity_min" in form
    assert "spec_" not in text_of(client, product_entity.url("list"), {"part": "filters"})
    assert "mPa·s" in text_of(client, product_entity.url("list"), line | {"spec_viscosity_min": "1000"})
    for wrong in ("x", "99999999999999999999", "-1"):
        assert client.get(product_entity.url("list"), {"product_line": wrong}).status_code == 200


def test_a_product_is_found_by_pinyin_in_search_and_choices(org: Any, client_of: Any) -> None:
    product = make.make_product(org, name="导热凝胶 TG-300", code="TG-300")
    client = client_of(org.people.sales_rep)
    assert product_entity.record_url(product) in text_of(client, reverse("search"), {"q": "drnj"})
    choices = client.get(reverse("choices", args=["crm.product"]), {"q": "daore"}).json()
    assert [choice["value"] for choice in choices] == [product.pk]
    competitor = make.make_competitor(org, name="迈图高新材料", short_name="M 厂")
    rival = make.make_rival(org, competitor=competitor, name="RTV-7")
    make.make_rival(org, name="RTV-8")
    for sought in ("rtv 迈图", "M 厂 7"):
        found = client.get(reverse("choices", args=["crm.competitorproduct"]), {"q": sought}).json()
        assert [choice["text"] for choice in found] == [rival.label]
    listed = text_of(client, competitor_product_entity.url("list"), {"q": "迈图"})
    assert listed.count('data-href="/catalogue/competitor-products/') == 1
    assert competitor_entity.record_url(competitor) in text_of(client, reverse("search"), {"q": "maitu"})


def test_units_of_a_product_are_set_and_removed_on_its_page(org: Any, steward: Any) -> None:
    drum = make.make_unit(org, code="DR", name="桶", name_en="drum")
    url = reverse("catalogue:product_unit_set", args=[org.product.pk])
    steward.post(url, {"amount": "3", "unit": drum.pk, "base_amount": "20"})
    row = ProductUnit.objects.get(product=org.product)
    assert "3 drum = 20 kg" in text_of(steward, product_entity.record_url(org.product))
    answer = steward.post(url, {"amount": "1", "unit": org.product.base_unit_id, "base_amount": "2"}, follow=True)
    assert "valid choice" in answer.content.decode()
    remove = reverse("catalogue:product_unit_remove", args=[org.product.pk, row.pk])
    assert steward.post(remove).status_code == 302
    assert steward.post(remove).status_code == 404
    assert not ProductUnit.objects.exists()


def test_a_line_shows_its_fields_and_leads_to_the_next(org: Any, steward: Any, client_of: Any, fields: Any) -> None:
    page = text_of(steward, line_entity.record_url(org.sealant))
    assert "0 – 1,000,000 mPa·s" in page
    data = {"product_line": org.sealant.pk, "key": "solids", "name": "固含量", "kind": "choice", "position": 50}
    data |= {"choices": "高\n低\n\n高", "is_active": "on"}
    answer = steward.post(field_entity.url("create"), data)
    assert answer.url == line_entity.record_url(org.sealant)
    assert SpecificationField.objects.get(key="solids").choices == ["高", "低"]
    assert "Viscosity" in text_of(client_of(org.people.sales_rep), line_entity.record_url(org.sealant))


# ---- prices


def test_prices_are_entered_one_after_another_and_taken_out(org: Any, steward: Any) -> None:
    price_list = make.make_list(org)
    create = f"{price_entity.url('create')}?price_list={price_list.pk}"
    assert f'value="{price_list.pk}" selected' in text_of(steward, create)
    data = {"price_list": price_list.pk, "product": org.product.pk, "unit": org.product.base_unit_id}
    data |= {"quantity_from": 0, "guide_price": "38.5", "floor_price": "39"}
    assert "not above the guide" in steward.post(create, data).content.decode()
    answer = steward.post(create, data | {"floor_price": "34"})
    assert answer.url == list_entity.record_url(price_list)
    item = PriceItem.objects.get()
    assert "38.50/kg" in text_of(steward, answer.url)
    remove = reverse("catalogue:priceitem_remove", args=[item.pk])
    assert steward.post(remove).url == answer.url
    assert steward.post(remove).status_code == 404
    assert PriceItem.pgh_event_model.objects.filter(pgh_label="delete").count() == 1


def test_a_new_version_is_made_from_the_page(org: Any, steward: Any) -> None:
    item = make.make_price(org)
    url = reverse("catalogue:pricelist_copy", args=[item.price_list_id])
    assert "New version of" in text_of(steward, url)
    data = {"code": "V2", "name": "第二版", "starts_on": day(5), "percent": "10", "decimals": "2", "end_source": "on"}
    assert steward.post(url, data | {"starts_on": "2019-01-01"}).status_code == 422
    answer = steward.post(url, data)
    new = PriceList.objects.get(code="V2")
    assert answer.url == list_entity.record_url(new)
    assert new.items.get().guide_price == Decimal("42.35")
    assert steward.post(url, data | {"starts_on": day(9)}).status_code == 422, "the code is taken"
    assert item.price_list.label in text_of(steward, answer.url)


def test_lists_of_prices_are_narrowed_by_what_is_valid_on_a_day(org: Any, steward: Any) -> None:
    over = make.make_price(org, price_list=make.make_list(org, ends_on=dt.date(2026, 1, 31)))
    open_list = make.make_list(org)
    early = make.make_price(org, price_list=open_list, ends_on=dt.date(2026, 1, 31))
    late = make.make_price(org, price_list=open_list, starts_on=dt.date(2026, 2, 1))

    def found(on: str) -> set[int]:
        page = text_of(steward, price_entity.url("list"), {"valid_on": on, "q": "密封"})
        return {item.pk for item in (over, early, late) if price_entity.record_url(item) in page}

    PriceItem.objects.get(pk=late.pk).product.save()
    Product.objects.filter(pk=org.product.pk).update(search_text="密封胶 sf-820")
    assert found("2026-01-31") == {over.pk, early.pk}
    assert found("2026-02-01") == {late.pk}


# ---- the price finder


def test_the_finder_takes_the_terms_of_the_customer(org: Any, client_of: Any) -> None:
    make.kilogram()
    make.make_price(org, guide_price=Decimal(40), floor_price=None)
    make.make_price(
        org, price_list=make.make_list(org, customer_grade="S"), guide_price=Decimal(36), floor_price=Decimal(33)
    )
    customer = make_customer(org, grade="S")
    client, url = client_of(org.people.sales_rep), reverse("catalogue:finder")
    query = {"product": org.product.pk, "quantity": "100", "on": day()}
    assert "Ask for a price" in text_of(client, url)
    assert "CNY 40.00/kg" in text_of(client, url, query)
    page = text_of(client, url, query | {"party_customers": customer.pk})
    assert "CNY 36.00/kg" in page
    assert "The list is for customers of grade S." in page
    assert "for all grades" in page
    assert "CNY 40.00/kg" in text_of(client, url, query | {"party_customers": customer.pk, "grade": "B"})
    stranger = make_customer(org, owner=org.people.stranger, grade="S")
    assert client.get(url, query | {"party_customers": stranger.pk}).status_code == 422
    assert "No price found" in text_of(client, url, query | {"on": "2019-06-01"})
    for wrong in ({"quantity": "0"}, {"quantity": "x"}, {"product": ""}, {"on": "soon"}):
        assert client.get(url, query | wrong).status_code == 422
    dollar = text_of(client, url, query | {"currency": "USD"})
    assert "There is no exchange rate for USD" in dollar


# ---- the market


@pytest.mark.parametrize("kind", ["product", "pricelist", "competitor", "productline"])
def test_a_record_takes_the_same_queries_for_few_parts_and_many(
    org: Any, client_of: Any, django_assert_max_num_queries: Any, kind: str
) -> None:
    price_list, rival = make.make_list(org), make.make_rival(org)
    url = {
        "product": product_entity.record_url(org.product),
        "pricelist": list_entity.record_url(price_list),
        "competitor": competitor_entity.record_url(rival.competitor),
        "productline": line_entity.record_url(org.sealant),
    }[kind]
    client = client_of(org.people.data_steward)

    def more() -> None:
        number = PriceItem.objects.count()
        make.make_price(org, price_list=price_list, quantity_from=number)
        make.make_field(org)
        one = make.make_rival(org, competitor=rival.competitor)
        make.make_report(org, competitor_product=one)
        make.make_product_unit(org.product)

    more()
    client.get(url)
    with django_assert_max_num_queries(30) as few:
        assert client.get(url).status_code == 200
    for _ in range(4):
        more()
    with django_assert_max_num_queries(len(few)):
        assert client.get(url).status_code == 200
    assert Competitor.objects.count() == 1
    assert CompetitorProduct.objects.count() == 6
