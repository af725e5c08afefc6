"""The funnel's pages in a real browser."""

import pytest

from opportunities.domain.key_projects import mark
from tests.factories.records import day, make_opportunity
from tests.factories.samples import approved, dispatched, make_sample
from tests.opportunities.funnel.history import write_history

pytestmark = pytest.mark.browser
PAGES = (
    "/opportunities/calendar/",
    "/opportunities/funnel/?by=product_line&span=quarter",
    "/opportunities/funnel/key/",
    "/opportunities/funnel/slipped/",
    "/opportunities/funnel/changes/",
)


def look_at_all(desk, org, width, theme, language):
    write_history(org, 3, 30, days=60)
    row = make_opportunity(
        org, slip_count=2, next_step="送样", next_step_on=day(-2), expected_close_on=day(-1), amount_base=5_000_000
    )
    mark(opportunity=row, actor=org.people.sales_manager)
    dispatched(org, approved(org, make_sample(org, opportunity=row, customer=row.customer)))
    page = desk.page(org.people.sales_manager, width=width, theme=theme, language=language)
    for url in PAGES:
        desk.open(page, url)
        desk.settle(page)
        desk.assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, url
    desk.open(page, f"/opportunities/{row.pk}/")
    desk.settle(page)
    desk.assert_accessible(page)
    assert page.locator("#standing").count() == 1
    return page, row


def test_the_funnel_is_looked_at(desk, browser_org):
    page, row = look_at_all(desk, browser_org, 1440, "light", "en")
    desk.open(page, "/opportunities/funnel/slipped/")
    page.locator(".fn-reasons a", has_text="put off").click()
    page.locator(f"a.ttl[href='/opportunities/{row.pk}/']").wait_for()
    page.locator(f"a.ttl[href='/opportunities/{row.pk}/']").click()
    page.get_by_role("button", name="No longer a key project").click()
    page.get_by_role("button", name="Mark as key project").wait_for()


def test_the_funnel_is_looked_at_390(desk, browser_org):
    look_at_all(desk, browser_org, 390, "dark", "zh-hans")
