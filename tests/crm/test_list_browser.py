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
