"""A price list from a product to an answer of the price finder, and a price reported on a phone, in a real browser."""

from decimal import Decimal

import pytest
from django.urls import reverse

from crm.models import PriceItem, PriceReport, Product
from crm.products.views.market import report_entity
from crm.products.views.price import list_entity
from crm.products.views.product import product_entity
from tests.factories import catalogue as make
from tests.factories.records import day, make_customer

pytestmark = pytest.mark.browser


def pick(page, name, text):
    """Choose in a select that fetches its choices as one types; as a person would, who waits for what opens and closes."""
    wrapper = f"select[name={name}] + .ts-wrapper"
    page.locator(f"{wrapper} .ts-control").click()
    page.locator(f"{wrapper}.dropdown-active").wait_for()
    page.keyboard.type(text)
    page.locator(f"{wrapper} .option", has_text=text).first.click()
    page.locator(f"{wrapper}:not(.dropdown-active) .item", has_text=text).wait_for()


def test_from_the_specification_of_a_product_to_its_price(desk, browser_org):
    org = browser_org
    make.kilogram()
    Product.objects.filter(pk=org.product.pk).update(search_text="sf-820")
    make.make_field(org, key="viscosity", name="粘度", unit="mPa·s", maximum=1000000, group="物性")
    make.make_field(org, key="hardness", name="硬度", product_line=org.liquid)
    price_list = make.make_list(org, customer_grade="A")
    page = desk.page(org.people.data_steward)

    desk.open(page, product_entity.url("create"))
    page.fill("[name=code]", "N-100")
    page.fill("[name=name]", "新品 N-100")
    page.select_option("[name=base_unit]", str(org.product.base_unit_id))
    page.select_option("[name=product_line]", str(org.liquid.pk))
    page.locator("[name=spec_hardness]").wait_for()
    page.select_option("[name=product_line]", str(org.sealant.pk))
    page.locator("[name=spec_viscosity]").fill("15000")
    assert page.locator("[name=spec_hardness]").count() == 0
    desk.assert_accessible(page)
    page.locator("main button[type=submit]").click()
    page.locator("main .kv dd", has_text="15,000 mPa·s").wait_for()
    desk.settle(page)
    desk.assert_accessible(page)

    desk.open(page, list_entity.record_url(price_list))
    page.locator("a.btn[href*='prices/new/']").click()
    pick(page, "product", "N-100")
    page.select_option("[name=unit]", str(org.product.base_unit_id))
    page.fill("[name=guide_price]", "38.5")
    page.fill("[name=floor_price]", "39")
    page.locator("main button[type=submit]").click()
    page.locator(".alertbar.is-bad").wait_for()
    desk.assert_accessible(page)
    page.fill("[name=floor_price]", "34")
    page.locator("main button[type=submit]").click()
    page.locator("#prices").wait_for()
    assert PriceItem.objects.get().floor_price == 34
    desk.assert_accessible(page)


@pytest.mark.parametrize(("width", "theme", "language"), [(1440, "light", "zh-hans"), (390, "dark", "en")])
def test_a_rep_finds_a_price_for_a_customer_and_reports_another(desk, browser_org, width, theme, language):
    org = browser_org
    make.kilogram()
    Product.objects.filter(pk=org.product.pk).update(search_text="sf-820")
    price_list = make.make_list(org, customer_grade="S")
    make.make_price(org, price_list=price_list, guide_price=Decimal("36.6"), floor_price=Decimal("33.3"))
    make.make_price(org, guide_price=Decimal("38.8"), floor_price=None)
    rival = make.make_rival(org, name="A100")
    customer = make_customer(org, grade="S", name="宁波华信密封", short_name="华信")
    page = desk.page(org.people.sales_rep, width=width, theme=theme, language=language)

    desk.open(page, reverse("catalogue:finder"))
    desk.assert_accessible(page)
    pick(page, "product", "SF-820")
    pick(page, "party_customers", "华信")
    page.fill("[name=quantity]", "500")
    page.locator("main form button[type=submit]").click()
    page.locator("#found").wait_for()
    text = page.locator("#answer").inner_text()
    assert "36.60" in text
    assert "38.80" in text
    assert "33.30" not in text
    desk.assert_accessible(page)

    desk.open(page, f"{report_entity.url('create')}?competitor_product={rival.pk}&party_customers={customer.pk}")
    page.fill("[name=price]", "35.2")
    desk.assert_accessible(page)
    page.locator("main button[type=submit]").click()
    page.locator(".rec-h").wait_for()
    desk.settle(page)
    desk.assert_accessible(page)
    report = PriceReport.objects.get()
    assert (report.price, report.observed_on, report.object_id) == (Decimal("35.2"), day(), customer.pk)
    for url in (reverse("catalogue:competitor_list"), report_entity.url("list"), product_entity.url("list")):
        desk.open(page, url)
        desk.assert_accessible(page)
