"""Pages of competitors, their products and their prices."""

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from crm.models import (
    PriceReport,
)
from crm.products.views.market import competitor_entity, competitor_product_entity, report_entity
from crm.products.views.product import product_entity
from tests.entity_suite import EntitySuite
from tests.factories import catalogue as make
from tests.factories.records import day, make_customer, make_opportunity, make_order

FLOOR_TEXT = "34.25"


class TestCompetitor(EntitySuite):
    entity, role, scoped = competitor_entity, "data_steward", False
    make = staticmethod(make.make_competitor)
    form_data = staticmethod(lambda org, row: {"code": row.code, "name": "改名", "is_active": "on"})


class TestCompetitorProduct(EntitySuite):
    entity, role, scoped = competitor_product_entity, "data_steward", False
    make = staticmethod(make.make_rival)
    form_data = staticmethod(
        lambda org, row: {"competitor": row.competitor_id, "name": "改名", "comparable": [org.product.pk]}
    )


class TestReport(EntitySuite):
    entity, role, scoped = report_entity, "data_steward", False
    make = staticmethod(make.make_report)
    form_data = staticmethod(
        lambda org, row: {
            "competitor_product": row.competitor_product_id,
            "price": "35",
            "currency": "CNY",
            "unit": row.unit_id,
            "observed_on": row.observed_on,
            "source": "tender",
            "reliability": "confirmed",
        }
    )


def text_of(client: Any, url: str, data: Any = None) -> str:
    return client.get(url, data).content.decode()


@pytest.fixture
def steward(org: Any, client_of: Any) -> Any:
    return client_of(org.people.data_steward)


def test_a_rep_reports_a_price_about_a_customer_who_is_named_to_those_only_who_see_it(org: Any, client_of: Any) -> None:
    make.kilogram()
    rival, customer = make.make_rival(org), make_customer(org)
    rep = client_of(org.people.sales_rep)
    create = f"{report_entity.url('create')}?party_customers={customer.pk}"
    page = text_of(rep, create)
    assert str(customer) in page
    data = {"competitor_product": rival.pk, "price": "35.5", "currency": "CNY", "unit": org.product.base_unit_id}
    data |= {"observed_on": day(), "source": "customer", "reliability": "probable", "party_customers": customer.pk}
    assert rep.post(create, data | {"observed_on": day(1)}).status_code == 422
    stranger = make_customer(org, owner=org.people.stranger)
    assert rep.post(create, data | {"party_customers": stranger.pk}).status_code == 422
    assert rep.post(create, data).status_code == 302
    report = PriceReport.objects.get()
    assert (report.reporter, report.reference[1]) == (org.people.sales_rep, customer.pk)
    assert rep.get(report_entity.url("edit", report.pk)).status_code == 403
    outsider = client_of(org.people.stranger)
    for client, named in ((rep, True), (outsider, False)):
        pages = [
            text_of(client, report_entity.record_url(report)),
            text_of(client, report_entity.url("list"), {"cols": ["about"]}),
        ]
        assert [str(customer) in page for page in pages] == [named, named]
        assert "35.50" in pages[0]
    tab = text_of(rep, reverse("customers:customer_tab", args=[customer.pk, "market"]))
    assert report_entity.record_url(report) in tab


def test_a_competitors_page_shows_products_ours_and_the_course_of_prices(org: Any, client_of: Any) -> None:
    make.kilogram()
    rival = make.make_rival(org)
    for offset, price in ((-20, 30), (-10, 33), (0, 31)):
        make.make_report(org, competitor_product=rival, price=Decimal(price), observed_on=day(offset))
    client = client_of(org.people.sales_rep)
    page = text_of(client, competitor_entity.record_url(rival.competitor))
    assert "CNY 31.00/kg" in page
    assert 'class="spark' in page
    assert product_entity.record_url(org.product) in page
    assert "CNY 31.00/kg" in text_of(client, product_entity.record_url(org.product))
    assert "CNY 33.00/kg" in text_of(client, competitor_product_entity.record_url(rival))
    listed = text_of(client, report_entity.url("list"), {"product": org.product.pk, "competitor": rival.competitor_id})
    assert listed.count('data-href="/catalogue/competitor-prices/') == 3


def test_pages_say_where_a_product_and_a_competitor_come_up_within_reach(org: Any, client_of: Any) -> None:
    competitor = make.make_competitor(org, short_name="D 牌")
    mine = make_opportunity(org, product=org.product, competitors="D 牌、W 牌")
    other = make_opportunity(org, owner=org.people.stranger, product=org.product, competitors="D 牌")
    order = make_order(org)
    client = client_of(org.people.sales_rep)
    product_page = product_entity.record_url(org.product)
    deals = text_of(client, product_page, {"panel": "opportunities"})
    assert f"/opportunities/{mine.pk}/" in deals
    assert f"/opportunities/{other.pk}/" not in deals
    assert order.number in text_of(client, product_page, {"panel": "orders"})
    against = text_of(client, competitor_entity.record_url(competitor), {"panel": "opportunities"})
    assert f"/opportunities/{mine.pk}/" in against
    assert f"/opportunities/{other.pk}/" not in against
