"""Registering a company in a real browser: from the list to submitted in three clicks and seven typed fields."""

import pytest

from crm.models import Task
from customers.domain.customer import update_customer
from customers.models import Customer, CustomerRegistration
from tests.factories.approvals import make_policy, named
from tests.factories.archive import make_address, make_report
from tests.factories.records import make_customer

pytestmark = [pytest.mark.browser, pytest.mark.daily]


class Counted:
    """A person at the page who counts clicks and the fields typed into."""

    def __init__(self, page):
        self.page, self.clicks, self.typed = page, 0, 0

    def click(self, selector):
        self.page.locator(selector).first.click()
        self.clicks += 1

    def fill(self, selector, text):
        self.page.locator(selector).press_sequentially(text)
        self.typed += 1


@pytest.mark.parametrize(("width", "theme", "language"), [(1440, "light", "zh-hans"), (390, "dark", "en")])
def test_from_the_list_to_submitted(desk, browser_org, width, theme, language):
    org = browser_org
    make_policy(org, named(org.people.sales_manager), document="customer_registration")
    foreign = make_customer(org, owner=org.people.stranger, name="宁波远景密封有限公司", city="慈溪", phone="0574-88")
    page = desk.page(org.people.sales_rep, width=width, theme=theme, language=language)
    desk.open(page, "/customers/")
    rep = Counted(page)
    rep.click("main [data-act-key=new]")
    desk.settle(page)
    rep.fill("#company", "宁波远景新材料")
    page.locator("#none-of-these").wait_for()
    desk.settle(page)
    desk.assert_accessible(page)
    rep.click("#none-of-these")
    desk.settle(page)
    desk.assert_accessible(page)
    assert page.locator("#id_name").input_value() == "宁波远景新材料"
    rep.fill("#id_city", "宁波")
    rep.fill("#id_contact_name", "陈志远")
    rep.fill("#id_contact_phone", "13800001234")
    rep.fill("#id_next_step", "寄送样品")
    rep.click(".savebar .btn-primary")
    page.locator(".alertbar[role=note]").wait_for()
    desk.assert_accessible(page)
    registration = CustomerRegistration.objects.get()
    assert (registration.state, registration.name) == ("submitted", "宁波远景新材料")
    assert rep.clicks <= 3
    assert rep.typed <= 7
    # a company that somebody else has: its owner is asked, by keyboard
    desk.open(page, "/customers/register/")
    page.locator("#company").press_sequentially("远景密封")
    page.locator(".hits", has_text=foreign.name).wait_for()
    desk.settle(page)
    desk.assert_accessible(page)
    page.locator("#company").press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator(".hits [role=status]").wait_for()
    assert Task.objects.get().assignee == org.people.stranger
    # does it exist?
    desk.open(page, "/customers/exists/?q=远景密封")
    desk.assert_accessible(page)


@pytest.mark.parametrize(("width", "theme", "language"), [(1440, "dark", "en"), (390, "light", "zh-hans")])
def test_the_archive_on_the_record(desk, browser_org, width, theme, language):
    org = browser_org
    top, customer = make_customer(org), make_customer(org)
    update_customer(instance=customer, expected_version=None, actor=customer.owner, parent=top)
    make_address(org, customer=customer, contact="老李", phone="13800002222")
    head = make_report(org, customer, "总经理")
    make_report(org, customer, "采购经理", head)
    page = desk.page(org.people.sales_rep, width=width, theme=theme, language=language)
    desk.open(page, f"/customers/{customer.pk}/")
    desk.assert_accessible(page)
    for tab in ("archive", "chart", "group"):
        desk.open(page, f"/customers/{customer.pk}/tab/{tab}/")
        desk.assert_accessible(page)
    desk.open(page, f"/customers/{customer.pk}/tab/archive/")
    page.locator("a[href*='/billing/new/']").click()
    desk.settle(page)
    page.locator("#id_invoice_title").fill("宁波开票公司")
    page.locator(".savebar .btn-primary").click()
    page.locator("#billing").wait_for()
    assert Customer.objects.get(pk=customer.pk).billing.invoice_title == "宁波开票公司"
