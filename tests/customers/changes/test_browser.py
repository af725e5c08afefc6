"""In a real browser: a form with a free and a protected field, its approval; an extension that asks only what is new."""

import pytest

from crm.models import ApprovalRequest
from crm.workflow.domain.approval_decisions import approve
from customers.domain.admission.admissions import DOCUMENT as ADMISSION
from customers.domain.admission.admissions import start_admission, submit_admission
from customers.domain.customer_changes import DOCUMENT
from customers.models import Admission
from tests.factories.admission import answer, make_admission, make_checklist, question
from tests.factories.approvals import make_policy, named
from tests.factories.records import make_customer

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "theme", "language"), [(1440, "light", "zh-hans"), (390, "dark", "en")])
def test_a_protected_field_is_asked_for_approved_and_written(desk, browser_org, width, theme, language):
    rep, manager = browser_org.people.sales_rep, browser_org.people.sales_manager
    make_policy(browser_org, named(manager), document=DOCUMENT)
    customer = make_customer(browser_org, payment_terms_days=30)
    page = desk.page(rep, width=width, theme=theme, language=language)
    desk.open(page, f"/customers/{customer.pk}/edit/")
    desk.assert_accessible(page)
    page.locator("[name=payment_terms_days]").fill("60")
    page.locator("[name=city]").fill("宁波")
    page.locator(".savebar .btn-primary").click()
    page.locator("#id_change_reason_error").wait_for()
    assert page.locator("[name=payment_terms_days]").input_value() == "60"
    page.locator("[name=change_reason]").fill("年度协议")
    page.locator(".savebar .btn-primary").click()
    page.locator("#waiting-change").wait_for()
    desk.settle(page)
    desk.assert_accessible(page)
    customer.refresh_from_db()
    assert (customer.city, customer.payment_terms_days) == ("宁波", 30)
    other = desk.page(manager, width=width, theme=theme, language=language)
    desk.open(other, f"/approvals/{ApprovalRequest.objects.get().pk}/")
    desk.assert_accessible(other)
    other.locator(".savebar .btn-primary").click()
    other.locator("#toasts .toast2").wait_for()
    customer.refresh_from_db()
    assert customer.payment_terms_days == 60


@pytest.mark.parametrize(("width", "theme", "language"), [(1440, "dark", "en"), (390, "light", "zh-hans")])
def test_an_extension_asks_only_what_is_new(desk, browser_org, width, theme, language):
    rep, manager = browser_org.people.sales_rep, browser_org.people.sales_manager
    make_policy(browser_org, named(manager), document=ADMISSION)
    make_checklist(browser_org, question("licence"))
    make_checklist(browser_org, question("licence"), question("ghs", "text"), business_unit=browser_org.agro)
    customer = make_customer(browser_org)
    first = answer(browser_org, make_admission(browser_org, customer=customer), licence="yes")
    approve(request=submit_admission(admission=first, actor=rep), actor=manager)
    extension = start_admission(actor=rep, customer=customer, business_unit=browser_org.agro)
    page = desk.page(rep, width=width, theme=theme, language=language)
    desk.open(page, f"/customers/admissions/{extension.pk}/")
    desk.assert_accessible(page)
    page.locator("a[href$='/answers/']").click()
    page.locator("#taken").wait_for()
    desk.assert_accessible(page)
    assert page.locator("[name^=answer_]").count() == 1
    page.locator("[name^=answer_]").fill("GHS 标签齐全")
    page.locator(".savebar .btn-primary").click()
    page.locator("#questions").wait_for()
    page.locator("a[href$='/step/submitted/']").first.click()
    page.locator(".savebar .btn-primary").click()
    page.locator(".alertbar[role=note]").wait_for()
    assert Admission.objects.get(pk=extension.pk).state == "submitted"
