"""The trail's pages and a merge in a real browser."""

import pytest

from crm.acting import acting
from crm.models import TrailEntry
from customers.domain.transfer import transfer_owner
from customers.models import Customer
from tests.factories.records import make_contact, make_customer

pytestmark = pytest.mark.browser
SIZES = [(1440, "light", "zh-hans"), (390, "dark", "en")]


@pytest.mark.parametrize(("width", "theme", "language"), SIZES)
def test_reading_the_trail(desk, browser_org, width, theme, language):
    people = browser_org.people
    customer = make_customer(browser_org, owner=people.sales_rep, city="宁波")
    with acting(user=people.sales_manager.pk, address="10.1.2.3", request="r-1"):
        transfer_owner(
            Customer.objects.filter(pk=customer.pk), owner=people.colleague, actor=people.sales_manager, reason="调整"
        )
        make_contact(browser_org, customer=customer)
    page = desk.page(people.auditor, width=width, theme=theme, language=language)
    desk.open(page, "/settings/trail/?kind=customers.customer")
    desk.assert_accessible(page)
    page.locator("#list tbody tr").first.locator("a.ttl").click()
    page.locator("#together").wait_for()
    desk.settle(page)
    desk.assert_accessible(page)
    page.locator("section[aria-labelledby=together] .bd a").first.click()
    desk.settle(page)
    desk.open(page, f"/customers/{customer.pk}/tab/history/")
    desk.assert_accessible(page)
    assert page.locator("section[aria-labelledby=history] li").count() >= 2


@pytest.mark.parametrize(("width", "theme", "language"), SIZES)
def test_merging_by_keyboard(desk, browser_org, width, theme, language):
    people = browser_org.people
    customer = make_customer(browser_org, owner=people.sales_rep, city="宁波", industry="密封", notes="甲")
    page = desk.page(people.sales_rep, width=width, theme=theme, language=language)
    desk.open(page, f"/customers/{customer.pk}/edit/")
    with acting(user=people.sales_manager.pk):
        Customer.objects.filter(pk=customer.pk).update(city="杭州", industry="电子", notes="乙", version=2)
    page.locator("[name=industry]").fill("汽车")
    page.locator("[name=phone]").fill("0574-9")
    page.locator(".savebar [type=submit]").click()
    page.locator("[name=merge-industry]").first.wait_for()
    desk.assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.locator("[name=merge-city][value=theirs]").is_checked()
    assert page.locator("[name=merge-phone][value=mine]").is_checked()
    page.locator(".savebar [type=submit]").click()  # the clash is not decided yet
    page.locator("[aria-invalid=true]").first.wait_for()
    desk.settle(page)
    page.locator("[name=merge-industry][value=theirs]").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")  # to mine, as with all radio buttons
    assert page.locator("[name=merge-industry][value=mine]").is_checked()
    page.locator("[name=notes]").fill("甲乙")  # typing over it takes it
    assert page.locator("[name=merge-notes][value=mine]").is_checked()
    page.keyboard.press("Tab")
    page.locator(".savebar [type=submit]").press("Enter")
    page.wait_for_url(f"**/customers/{customer.pk}/")
    customer.refresh_from_db()
    assert (customer.city, customer.industry, customer.phone, customer.notes) == ("杭州", "汽车", "0574-9", "甲乙")
    assert TrailEntry.objects.filter(kind="customers.customer", record_id=customer.pk, label="update").count() == 2
