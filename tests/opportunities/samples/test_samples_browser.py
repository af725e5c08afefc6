"""Samples in a real browser: asked for from an opportunity, sent with batch and COA, judged."""

import pytest

from opportunities.models import SampleRequest
from opportunities.views.sample import sample_entity
from tests.factories.records import make_customer, make_opportunity
from tests.factories.samples import approved, dispatched, evaluated, make_sample

pytestmark = pytest.mark.browser


def ask_and_send(desk, org, width, theme, language):
    rep = org.people.sales_rep
    customer = make_customer(org)
    opportunity = make_opportunity(org, customer=customer, product=org.product, stage="evaluation")
    page = desk.page(rep, width=width, theme=theme, language=language)
    desk.open(page, f"/opportunities/{opportunity.pk}/")
    page.locator("a[href*='/samples/new/?customer=']").first.click()
    page.locator("#id_purpose").fill("电池包上盖密封试用")
    page.locator("#id_lines-0-quantity").fill("2")
    desk.assert_accessible(page)
    page.locator(".savebar .btn-primary").click()
    page.locator("#sample-lines").wait_for()
    desk.settle(page)
    desk.assert_accessible(page)
    sample = SampleRequest.objects.get()
    assert (sample.opportunity, sample.lines.get().product) == (opportunity, org.product)
    approved(org, sample)
    desk.open(page, f"/opportunities/samples/{sample.pk}/step/dispatched/")
    desk.assert_accessible(page)
    page.locator("#id_carrier").fill("顺丰速运")
    page.locator("input[name^='batch_']").fill("B2611")
    page.locator("input[name^='coa_number_']").fill("COA-1")
    page.locator(".savebar .btn-primary").click()
    page.locator("#sample-lines").wait_for()
    sample.refresh_from_db()
    assert (sample.state, sample.carrier) == ("dispatched", "顺丰速运")
    judged = evaluated(org, sample, verdict="conditional")
    desk.open(page, sample_entity.record_url(judged))
    desk.settle(page)
    desk.assert_accessible(page)


def test_samples_from_request_to_dispatch(desk, browser_org):
    ask_and_send(desk, browser_org, 1440, "light", "zh-hans")


def test_samples_from_request_to_dispatch_390(desk, browser_org):
    ask_and_send(desk, browser_org, 390, "dark", "en")


def test_the_list_the_evaluation_and_the_costs(desk, browser_org):
    late = dispatched(browser_org, on=-40)
    make_sample(browser_org, customer=late.customer)
    page = desk.page(browser_org.people.bu_head, width=1440, theme="dark", language="zh-hans")
    desk.open(page, f"{sample_entity.url('list')}?late=on")
    desk.settle(page)
    desk.assert_accessible(page)
    assert page.locator(f"a:has-text('{late.code}')").count() >= 1
    for step in ("received", "costs", "due"):
        desk.open(page, f"/opportunities/samples/{late.pk}/step/{step}/")
        desk.assert_accessible(page)
    page = desk.page(browser_org.people.sales_rep, width=390, language="zh-hans")
    desk.open(page, sample_entity.url("create"))
    desk.assert_accessible(page)


def test_the_evaluation_page_390(desk, browser_org):
    sample = dispatched(browser_org, on=-9)
    page = desk.page(browser_org.people.sales_rep, width=390, theme="light", language="zh-hans")
    desk.open(page, f"/opportunities/samples/{sample.pk}/step/received/")
    page.locator(".savebar .btn-primary").click()
    page.locator("#sample-lines").wait_for()
    desk.open(page, f"/opportunities/samples/{sample.pk}/step/evaluated/")
    desk.assert_accessible(page)
    row = sample.lines.get().pk
    page.locator("#id_verdict").select_option("passed")
    page.locator(f"#id_name_1_{row}").fill("硬度")
    page.locator(f"#id_measured_1_{row}").fill("41")
    page.locator(".savebar .btn-primary").click()
    page.locator("#sample-lines").wait_for()
    sample.refresh_from_db()
    assert (sample.state, sample.verdict, sample.criteria.get().measured) == ("evaluated", "passed", "41")
