"""A record on a phone in a real browser: what is current can be seen, a card is opened by a tap anywhere on it."""

from typing import Any

import pytest

from tests.factories.records import day, make_customer, make_opportunity, make_order, make_shipment

pytestmark = pytest.mark.browser


def in_view(page: Any, inner: str, outer: str) -> bool:
    """Whether an element lies wholly inside the visible part of the row that holds it."""
    box, row = page.locator(inner).bounding_box(), page.locator(outer).bounding_box()
    return bool(row["x"] <= box["x"] and box["x"] + box["width"] <= row["x"] + row["width"] + 1)


def test_the_current_tab_and_today_are_scrolled_into_view(desk: Any, browser_org: Any) -> None:
    customer = make_customer(browser_org, name="宁波甲级密封有限公司")
    page = desk.page(browser_org.people.sales_rep, width=390, language="en")
    desk.open(page, f"/customers/{customer.pk}/tab/history/")
    assert page.locator(".rec .tabs").evaluate("box => box.scrollWidth > box.clientWidth")
    assert in_view(page, ".rec .tabs .active", ".rec .tabs")
    desk.open(page, f"/customers/{customer.pk}/")
    assert in_view(page, ".rec .tabs .active", ".rec .tabs")
    order = make_order(browser_org, customer=customer, ordered_on=day(-110))
    make_shipment(browser_org, order=order, planned_on=day(-100), shipped_on=day(-100), received_on=day(-90))
    desk.open(page, f"/orders/{order.pk}/")
    assert in_view(page, ".swim .now-l", ".bd:has(>.swim)")
    desk.assert_accessible(page)


def test_a_tap_on_a_card_opens_it_but_not_on_its_other_links(desk: Any, browser_org: Any) -> None:
    customer = make_customer(browser_org, name="宁波甲级密封有限公司", grade="A")
    other = make_opportunity(browser_org, customer=customer, name="门框密封条")
    page = desk.page(browser_org.people.sales_rep, width=390, language="en")
    desk.open(page, "/opportunities/")
    card = page.locator(".cards-m tbody tr").first
    box = card.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] - 4)
    page.wait_for_url(f"**/opportunities/{other.pk}/")
    desk.open(page, "/opportunities/")
    page.locator(".cards-m tbody tr input[type=checkbox]").first.check()
    assert page.url.endswith("/opportunities/")
