"""The list in a real browser: the filter form comes when it is opened, and filtering keeps the page."""

from typing import Any

import pytest

from tests.factories.records import make_customer


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 390])
def test_filter_form_is_fetched_and_filters(desk: Any, browser_org: Any, width: int) -> None:
    good = make_customer(browser_org, name="宁波甲级密封有限公司", grade="A")
    other = make_customer(browser_org, name="苏州丁级电缆有限公司", grade="D")
    page = desk.page(browser_org.people.sales_rep, width=width, language="en")
    desk.open(page, "/customers/")
    page.get_by_role("button", name="Add filter").click()
    page.locator("#filter-form input[name=grade][value=A]").check()
    desk.assert_accessible(page)
    page.get_by_role("button", name="Apply").first.click()
    page.locator(f"text={other.name}").wait_for(state="detached")
    assert page.locator(f"text={good.name}").is_visible()
    assert "grade=A" in page.url
    page.go_back()
    page.locator(f"text={other.name}").wait_for(state="visible")


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 390])
def test_a_view_is_saved_changed_and_opened_with_the_list(desk: Any, browser_org: Any, width: int) -> None:
    make_customer(browser_org, name="宁波甲级密封有限公司", grade="A")
    make_customer(browser_org, name="苏州丁级电缆有限公司", grade="D")
    page = desk.page(browser_org.people.sales_rep, width=width, language="en")
    desk.open(page, "/customers/?grade=A")
    page.get_by_role("button", name="Save as view").click()
    page.locator("#new_view_name").fill("Important")
    desk.assert_accessible(page)
    page.get_by_label("Open this list with it").check()
    page.get_by_role("button", name="Save view").click()
    tab = page.get_by_role("link", name="Important 1")  # with its count
    tab.wait_for()
    assert tab.get_attribute("aria-current") == "page"
    box, row = tab.bounding_box(), page.locator(".view-tabs").bounding_box()
    assert row["x"] <= box["x"] < row["x"] + row["width"]  # scrolled to where it can be seen
    if width > 600:
        page.get_by_role("link", name="Customer", exact=True).last.click()
        page.locator("th[aria-sort]", has_text="Customer").wait_for()
    page.get_by_role("button", name="View Important: more").click()
    page.locator("#view_name").fill("Most important")
    desk.assert_accessible(page)
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="Most important 1").wait_for()
    if width > 600:
        page.locator("[data-check]").first.check()
        for _ in range(2):  # the button can be pressed again after a file has come
            with page.expect_download() as download:
                page.get_by_role("button", name="Export selected").click()
            assert download.value.suggested_filename.endswith(".xlsx")
    desk.open(page, "/")
    desk.open(page, "/customers/")
    assert "view=" in page.url
    page.go_back()
    page.wait_for_url(lambda url: url.endswith("/"))
    assert "/customers" not in page.url
