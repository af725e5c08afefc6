"""New products in a real browser, at the desk and on the phone."""

import pytest

from opportunities.models import DevelopmentRequest
from opportunities.views.development import development_entity
from tests.factories.developments import begun, new_product, submitted, tried
from tests.factories.records import day

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("width", "theme", "language"),
    [(1440, "light", "zh-hans"), pytest.param(390, "dark", "en", id="390")],
)
def test_research_answers_a_milestone_is_done_and_the_product_is_released(desk, browser_org, width, theme, language):
    org = browser_org
    asked, running = submitted(org), begun(org)
    page = desk.page(org.people.research, width=width, theme=theme, language=language)
    desk.open(page, development_entity.url("list"))
    desk.assert_accessible(page)
    address = development_entity.record_url(asked)
    desk.open(page, address)
    page.locator("#requirements").wait_for()
    desk.settle(page)
    desk.assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.locator(f"form[action*='{address}step/feasibility/'] button").click()
    page.locator("#requirements").wait_for()
    desk.open(page, f"{address}step/answer/")
    page.locator("#id_promised_on").fill(day(60).isoformat())
    page.locator("#id_feasibility").fill("可行")
    desk.assert_accessible(page)
    page.locator(".savebar .btn-primary").click()
    page.locator("#requirements").wait_for()
    assert DevelopmentRequest.objects.get(pk=asked.pk).state == "assessed"
    milestone = running.milestones.order_by("position")[0]
    desk.open(page, f"{development_entity.record_url(running)}milestone/{milestone.pk}/")
    page.locator("#id_done_on").fill(day().isoformat())
    desk.assert_accessible(page)
    page.locator(".savebar .btn-primary").click()
    page.locator("#milestones").wait_for()
    milestone.refresh_from_db()
    assert milestone.done_on == day()


def test_the_sheet_and_the_release_at_the_desk(desk, browser_org):
    org = browser_org
    trial = tried(org)
    page = desk.page(org.people.product_manager, width=1440)
    desk.open(page, f"{development_entity.record_url(trial)}release/")
    desk.assert_accessible(page)
    values = new_product(org)
    page.locator("#id_code").fill(values["code"])
    page.locator(".savebar .btn-primary").click()
    page.locator("#milestones").wait_for()
    trial.refresh_from_db()
    assert (trial.state, trial.product.code) == ("released", values["code"])
    rep = desk.page(org.people.sales_rep, width=1440)
    desk.open(rep, development_entity.url("create"))
    desk.assert_accessible(rep)
