"""The 360 view in a real browser: a representative and a manager walk through its tabs, go back, and open it on a phone."""

from decimal import Decimal
from typing import Any

import pytest

from analytics.domain.customer_figures import refresh_figures
from tests.factories.records import day, make_contact, make_customer, make_invoice, make_opportunity, make_order

pytestmark = pytest.mark.browser


@pytest.fixture
def customer(browser_org: Any) -> Any:
    made = make_customer(
        browser_org, name="宁波甲级密封有限公司", grade="A", state="active", credit_limit=Decimal(4300000)
    )
    for offset in range(12):
        make_invoice(browser_org, order=make_order(browser_org, customer=made, ordered_on=day(-offset)))
    make_contact(browser_org, customer=made, name="陈立群")
    make_opportunity(browser_org, customer=made, name="门框密封条", competitors="W 牌")
    refresh_figures()
    return made


def walk(page: Any, customer: Any) -> None:
    """Each tab by a press: its address, its mark, its content, without loading the page again."""
    url = f"/customers/{customer.pk}/"
    page.evaluate("window.stayed = true")
    for key, text in (
        ("people", "陈立群"),
        ("sales", "W 牌"),
        ("money", "Order to payment"),
        ("service", "Complaints"),
        ("value", "Certificates demanded"),
        ("profile", "Legal facts"),
        ("files", "Timeline"),
        ("overview", "This year against last"),
    ):
        page.locator(f"#tab-{key}").click()
        page.locator(f"#tab-{key}[aria-current=page]").wait_for()
        page.wait_for_url(f"**{url}" if key == "overview" else f"**{url}tab/{key}/")
        page.mouse.wheel(0, 4000)
        page.locator("#part").get_by_text(text).first.wait_for()
    assert page.evaluate("window.stayed")


@pytest.mark.parametrize("person", ["sales_rep", "sales_manager"])
def test_tabs_are_walked_and_the_back_button_works(desk: Any, browser_org: Any, customer: Any, person: str) -> None:
    page = desk.page(browser_org.user(person), language="en")
    desk.open(page, f"/customers/{customer.pk}/")
    assert page.locator("#record-tabs").evaluate("box => box.scrollWidth <= box.clientWidth")
    walk(page, customer)
    page.locator("#tab-money").click()
    page.locator("#held-orders").click()
    page.locator("#held-orders[aria-current=page]").wait_for()
    page.go_back()
    page.locator("#held-chain[aria-current=page]").wait_for()
    page.locator("[rel=next]").click()
    page.get_by_text("Page 2").wait_for()
    assert page.locator(".chains > li").count() == 2
    page.reload()
    page.get_by_text("Page 2").wait_for()
    page.go_back()
    page.locator(".chains > li").nth(9).wait_for()
    desk.settle(page)
    desk.assert_accessible(page)


def test_the_year_can_be_seen_as_a_table_and_by_another_measure(desk: Any, browser_org: Any, customer: Any) -> None:
    page = desk.page(browser_org.people.sales_rep, language="en")
    desk.open(page, f"/customers/{customer.pk}/tab/year/")
    page.locator("#year canvas").wait_for()
    page.get_by_role("link", name="Ordered").click()
    page.locator("#year .seg-ctl .on", has_text="Ordered").wait_for()
    page.locator("#year [data-act=chart-table]").click()
    assert page.locator("#year table tbody tr").count() == 12
    desk.assert_accessible(page)


def test_a_part_that_fails_says_so_and_can_be_asked_for_again(desk: Any, browser_org: Any, customer: Any) -> None:
    page = desk.page(browser_org.people.sales_rep, language="en")
    page.route("**/?panel=flow", lambda route: route.abort())
    page.goto(f"{desk.url}/customers/{customer.pk}/")
    failed = page.locator("[data-lazy]", has_text="This part could not be loaded.")
    failed.wait_for()
    page.unroute("**/?panel=flow")
    failed.get_by_role("button").click()
    page.locator("#flow").wait_for()
    desk.complaints.clear()  # the browser told of the request that was broken off


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_on_a_phone_the_tabs_scroll_and_nothing_is_cut(desk: Any, browser_org: Any, customer: Any, theme: str) -> None:
    page = desk.page(browser_org.people.sales_rep, width=390, theme=theme, language="en")
    for part in ("", "tab/files/", "tab/money/", "tab/value/", "tab/sales/"):
        desk.open(page, f"/customers/{customer.pk}/{part}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), part
        box, row = page.locator("#record-tabs .active").bounding_box(), page.locator("#record-tabs").bounding_box()
        assert row["x"] <= box["x"], part
        assert box["x"] + box["width"] <= row["x"] + row["width"] + 1, part
        desk.assert_accessible(page)
    page.locator("#tab-files").click()
    page.locator("#tab-files[aria-current=page]").wait_for()
