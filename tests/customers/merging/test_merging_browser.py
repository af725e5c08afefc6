"""The whole way in a real browser: from a customer's page to the merge, the undo, and the pairs that wait."""

from typing import Any

import pytest

from customers.models import Customer, CustomerMerge, NotTheSame
from tests.factories.merging import fill, make_real

pytestmark = pytest.mark.browser
SIZES = [(1440, "light", "zh-hans"), (390, "dark", "en")]


@pytest.mark.parametrize(("width", "theme", "language"), SIZES)
def test_merging_and_undoing(desk: Any, browser_org: Any, width: int, theme: str, language: str) -> None:
    org = browser_org
    winner = make_real(org, "华新电源有限公司", city="上海")
    loser = make_real(org, "华新电源公司", phone="021-55550001", city="苏州", create_anyway=True)
    fill(org, loser, "contact", "opportunity", "order", "comment", "ERP number")
    page = desk.page(org.people.data_steward, width=width, theme=theme, language=language)
    desk.open(page, f"/customers/{winner.pk}/")
    page.locator(f'a[href="/customers/{winner.pk}/merge/"]').click()
    desk.settle(page)
    desk.assert_accessible(page)
    page.locator(f'a[href="/customers/{winner.pk}/merge/{loser.pk}/"]').click()
    desk.settle(page)
    desk.assert_accessible(page)
    # By keyboard: the city of the other one.
    page.locator('input[name="take-city"][value="winner"]').focus()
    page.locator('input[name="take-city"][value="winner"]').press("ArrowRight")
    page.locator('textarea[name="reason"]').fill("重复录入")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.locator(".savebar button[type=submit]").click()
    page.locator("#moved").wait_for()
    desk.settle(page)
    desk.assert_accessible(page)
    stored = Customer.objects.get(pk=winner.pk)
    assert (stored.city, stored.phone) == ("苏州", "021-55550001")
    desk.open(page, f"/customers/{loser.pk}/")
    assert page.url.endswith(f"/customers/{winner.pk}/")
    merge = CustomerMerge.objects.get()
    desk.open(page, f"/customers/merges/{merge.pk}/")
    page.locator(f'a[href="/customers/merges/{merge.pk}/step/undone/"]').click()
    desk.settle(page)
    page.locator('textarea[name="reason"]').fill("是两家公司")
    page.locator(".savebar button[type=submit]").click()
    page.locator("#moved").wait_for()
    merge.refresh_from_db()
    assert merge.state == "undone"
    desk.open(page, "/customers/duplicates/")
    desk.assert_accessible(page)
    page.locator("summary").last.click()
    page.locator('input[name="reason"]').fill("父子公司")
    page.locator("details[open] button").click()
    desk.settle(page)
    assert NotTheSame.objects.get().reason == "父子公司"
