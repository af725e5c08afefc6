"""Quotes in a real browser: the grid works out figures while one types; the customer's page on a phone."""

from decimal import Decimal

import pytest
from django.urls import reverse

from opportunities.domain.quotes.sending import new_version
from opportunities.models import Quote
from tests.factories.catalogue import make_cost, make_price
from tests.factories.quotes import make_index, make_quote, make_request, make_sent, make_value

pytestmark = pytest.mark.browser


def test_figures_follow_what_is_typed_and_the_quote_is_released(desk, browser_org):
    org = browser_org
    make_price(org, floor_price=Decimal(30))
    make_cost(org)
    quote = make_quote(org)
    page = desk.page(org.people.bu_head, language="en")
    desk.open(page, f"/opportunities/quotes/{quote.pk}/edit/")
    figures = page.locator("#fig-0")
    figures.get_by_text("20.2%").wait_for()
    desk.assert_accessible(page)
    page.locator("[name=lines-0-price]").fill("29")
    figures.get_by_text("below the floor price").wait_for()
    assert "5.9%" in figures.inner_text()  # what 27.28 leaves of 29
    page.locator("[name=lines-0-price]").fill("33")
    page.locator("#fig-sum").get_by_text("17.3%").wait_for()
    page.get_by_role("button", name="Save and release").click()
    page.get_by_text("Send it to the customer").wait_for()
    desk.assert_accessible(page)
    assert Quote.objects.get().state == "approved"
    page.get_by_role("link", name="Send", exact=True).click()
    page.get_by_role("button", name="Send").click()
    link = page.get_by_label("Link", exact=True).input_value()
    desk.assert_accessible(page)
    assert "/opportunities/q/" in link


@pytest.mark.parametrize("width", [1440, 390])
def test_the_pages_of_a_quote(desk, browser_org, width):
    org = browser_org
    make_price(org, floor_price=Decimal(30))
    make_cost(org)
    first = make_sent(org, remark="以上价格含税。")
    second = new_version(quote=first, actor=first.owner)
    index = make_index(org)
    make_value(org, index=index)
    make_value(org, index=index, starts_on=first.quoted_on)
    request = make_request(org)
    head = org.people.administrator
    head.roles.add(*org.people.bu_head.roles.all())
    page = desk.page(head, width=width, theme="dark" if width == 390 else "light")
    for url in (
        "/opportunities/quotes/",
        f"/opportunities/quotes/{first.pk}/",
        f"/opportunities/quotes/{second.pk}/edit/",
        f"/opportunities/quotes/{second.pk}/versions/?with={first.pk}",
        f"/opportunities/indexes/{index.pk}/",
        "/orders/requests/",
        f"/orders/requests/{request.pk}/",
        f"/opportunities/quotes/{request.quote_id}/",
    ):
        desk.open(page, url)
        desk.assert_accessible(page)


@pytest.mark.parametrize("width", [1440, 390])
def test_the_customer_asks_and_accepts_without_signing_in(desk, browser_org, width):
    quote = make_sent(browser_org)
    page = desk.page(None, width=width)
    desk.open(page, reverse("opportunities:quote_open", args=[quote.token]))
    desk.assert_accessible(page)
    page.locator("#ask_name").fill("王工")
    page.get_by_label("您的问题").fill("能否分两批交货？")
    page.get_by_role("button", name="发送问题").click()
    page.get_by_text("您的问题已收到").wait_for()
    page.locator("#accept_name").fill("王工")
    page.get_by_role("button", name="接受报价").click()
    page.get_by_text("您已接受本报价单").wait_for()
    desk.assert_accessible(page)
    assert Quote.objects.get().state == "accepted"
    assert page.locator("#accept_name").count() == 0
