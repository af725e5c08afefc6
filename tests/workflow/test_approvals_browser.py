"""Approvals in a real browser: from the row, on a phone, building a policy, a frozen document."""

import pytest

from crm.models import ApprovalPolicy, ApprovalRequest, WorkingCalendar
from crm.workflow.domain.approvals import request_approval
from leads.models import Campaign
from leads.views.campaign import campaign_entity
from tests.factories.approvals import make_ad_hoc, make_policy, named

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "theme", "language"), [(1440, "light", "zh-hans"), (390, "dark", "en")])
def test_a_manager_decides(desk, browser_org, width, theme, language):
    head, marketing = browser_org.people.bu_head, browser_org.people.marketing
    head.language = language
    head.save()
    make_policy(browser_org, named(head, remind_after=2, escalate_after=8))
    rows = [
        request_approval(document="campaign", record=make_ad_hoc(browser_org), actor=marketing, reason="竞品停产")
        for _ in range(3)
    ]
    page = desk.page(head, width=width, theme=theme, language=language)
    desk.open(page, "/")
    desk.assert_accessible(page)
    page.locator("#my-approvals").wait_for()
    desk.open(page, "/approvals/")
    desk.assert_accessible(page)
    # from the row
    first = rows[0].title
    page.locator("tr", has_text=first).locator("button").click()
    page.locator("#toasts", has_text=first).wait_for()
    assert page.locator("tbody tr").count() == 2
    assert ApprovalRequest.objects.get(pk=rows[0].pk).state == "approved"
    # on the request's page, the buttons within reach of the thumb
    page.goto(f"{desk.url}/approvals/{rows[1].pk}/")
    desk.assert_accessible(page)
    button = page.locator(".savebar .btn-primary")
    box = button.bounding_box()
    assert box["y"] + box["height"] <= page.viewport_size["height"]
    if width < 600:
        assert box["height"] >= 44
    # returning needs a reason: asked for on a page of its own
    page.locator(".savebar button[formaction*=return]").click()
    page.locator("#id_reason").fill("请补充目标")
    desk.assert_accessible(page)
    page.locator(".savebar .btn-primary").click()
    page.locator(".tl", has_text="请补充目标").wait_for()
    assert ApprovalRequest.objects.get(pk=rows[1].pk).state == "returned"
    # several at once
    desk.open(page, "/approvals/")
    page.locator("tbody input[name=ids]").first.check()
    page.locator("#bulk button[formaction*=approve]").click()
    desk.assert_accessible(page)
    page.locator(".savebar .btn-primary").click()
    page.locator("#toasts", has_text="1").wait_for()
    assert Campaign.objects.get(pk=rows[2].object_id).state == "approved"


def test_a_requester_sends_a_campaign_and_finds_it_frozen(desk, browser_org):
    marketing = browser_org.people.marketing
    make_policy(browser_org, named(browser_org.people.bu_head))
    campaign = make_ad_hoc(browser_org)
    page = desk.page(marketing)
    desk.open(page, campaign_entity.record_url(campaign))
    page.locator("a[href*='/approvals/ask/']").click()
    desk.assert_accessible(page)
    page.locator("#id_reason").fill("竞品停产")
    page.locator(".savebar .btn-primary").click()
    page.locator(".alertbar[role=note]").wait_for()
    desk.assert_accessible(page)
    page.locator(".alertbar[role=note] a").click()
    desk.assert_accessible(page)
    page.locator("form[action*=withdraw] button").click()
    page.locator("#toasts .toast2").wait_for()
    assert ApprovalRequest.objects.get().state == "withdrawn"


def test_an_administrator_builds_a_policy_and_sets_the_calendar(desk, browser_org):
    page = desk.page(browser_org.people.administrator, width=390)
    desk.open(page, "/approval-policies/new/")
    page.locator("[name=document]").select_option("campaign")
    page.locator("[name=name]").fill("大额活动")
    page.locator(".savebar .btn-primary").click()
    page.locator("[name=steps-0-approver]").select_option("unit_head")
    page.locator("[name=if__budget__gte]").fill("50000")
    desk.assert_accessible(page)
    page.locator(".savebar .btn-primary").click()
    page.locator("#steps").wait_for()
    page.locator("#preview").wait_for()
    desk.assert_accessible(page)
    page.locator("form[action*=publish] button").click()
    page.locator("form[action*=edition] button").wait_for()
    assert ApprovalPolicy.objects.get().state == "published"
    desk.open(page, "/approval-policies/")
    desk.assert_accessible(page)

    calendar = WorkingCalendar.objects.get(business_unit=None)
    desk.open(page, f"/settings/calendars/{calendar.pk}/")
    page.locator("a[href$='/days/']").click()
    page.locator("[name=first]").fill("2030-10-01")
    page.locator("[name=last]").fill("2030-10-07")
    desk.assert_accessible(page)
    page.locator(".savebar .btn-primary").click()
    page.locator("form[action*=remove]").nth(6).wait_for()
    assert page.locator("form[action*=remove]").count() == 7
    desk.assert_accessible(page)
    desk.open(page, f"/settings/calendars/{calendar.pk}/edit/")
    desk.assert_accessible(page)
