"""From a lead to an opportunity in a real browser: the company is registered on the way, a manager approves."""

import pytest

from crm.models import ApprovalRequest
from crm.workflow.domain import approval_decisions as decide
from customers.models import CustomerRegistration
from opportunities.models import Opportunity
from tests.factories.approvals import make_policy, named
from tests.factories.records import make_customer, make_lead

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "theme", "language"), [(1440, "light", "zh-hans"), (390, "dark", "en")])
def test_a_lead_waits_for_its_company_and_becomes_an_opportunity(desk, browser_org, width, theme, language):
    org = browser_org
    make_policy(org, named(org.people.sales_manager), document="customer_registration")
    make_customer(org, name="宁波远景密封件厂", city="慈溪")
    make_customer(org, owner=org.people.stranger, name="宁波远景密封材料股份有限公司", city="宁波")
    lead = make_lead(
        org,
        state="qualified",
        company_name="宁波远景密封材料有限公司",
        contact_name="陈志远",
        phone="13800001234",
        need="低温开裂",
    )
    page = desk.page(org.people.sales_rep, width=width, theme=theme, language=language)
    desk.open(page, f"/leads/{lead.pk}/")
    page.locator("a[href*='/from-lead/']").first.click()
    page.locator(".hits").wait_for()
    desk.settle(page)
    desk.assert_accessible(page)
    page.locator("#none-of-these").click()
    page.locator("#id_opportunity").wait_for()
    desk.settle(page)
    desk.assert_accessible(page)
    assert page.locator("#id_name").input_value() == lead.company_name
    page.locator("#id_city").fill("宁波")
    page.locator(".savebar .btn-primary").click()
    page.locator("#lead-opp").wait_for()
    desk.settle(page)
    desk.assert_accessible(page)
    registration = CustomerRegistration.objects.get()
    assert page.locator(f"a:has-text('{registration.code}')").count() == 1
    request = ApprovalRequest.objects.get(object_id=registration.pk, document="customer_registration")
    decide.approve(request=request, actor=org.people.sales_manager)
    desk.open(page, f"/leads/{lead.pk}/")
    opportunity = Opportunity.objects.get()
    assert (opportunity.lead, opportunity.customer.name) == (lead, lead.company_name)
    assert page.locator(f"#lead-opp >> xpath=../.. >> a[href$='/opportunities/{opportunity.pk}/']").count() == 1
    desk.open(page, f"/customers/registrations/{registration.pk}/")
    desk.assert_accessible(page)
