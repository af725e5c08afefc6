"""Share of wallet and improvement plans in a real browser."""

import pytest

from customers.models import CustomerDemand, ImprovementPlan
from tests.factories.records import day, make_customer
from tests.factories.wallet import ship

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "theme", "language"), [(1440, "light", "zh-hans"), (390, "dark", "en")])
def test_state_a_demand_then_plan(desk, browser_org, width, theme, language):
    rep = browser_org.people.sales_rep
    customer = make_customer(browser_org, owner=rep)
    ship(browser_org, customer, 2500)
    page = desk.page(rep, width=width, theme=theme, language=language)
    desk.open(page, f"/customers/demands/new/?customer={customer.pk}&product_line={browser_org.sealant.pk}")
    page.locator("[name=kg_per_year]").fill("10000")
    page.locator("[name=source]").evaluate(
        "(e) => { (e.tomselect || e).setValue ? e.tomselect.setValue('tender') : (e.value = 'tender'); }"
    )
    page.locator("main form [type=submit]").first.click()
    page.wait_for_url("**/customers/demands/*/")
    assert CustomerDemand.objects.get().source == "tender"
    desk.assert_accessible(page)
    desk.open(page, f"/customers/{customer.pk}/tab/value/")
    heading = page.locator("#wallet")
    page.locator("#wallet, [hx-get$='panel=wallet']").first.scroll_into_view_if_needed()
    heading.wait_for()
    page.locator("[aria-labelledby=wallet] td", has_text="25.0%").first.wait_for()
    desk.assert_accessible(page)

    desk.open(page, f"/customers/plans/new/?customer={customer.pk}")
    page.locator("[name=title]").fill("Share up")
    page.locator("[name=starts_on]").fill(str(day()))
    page.locator("[name=ends_on]").fill(str(day(100)))
    page.locator("main form [type=submit]").first.click()
    page.wait_for_url("**/customers/plans/*/")
    assert ImprovementPlan.objects.get().owner == rep
    desk.assert_accessible(page)
