"""Grading in a real browser: build a model, see who would move, put it into force, approve the review with an exception."""

import pytest

from customers.domain.grading.runs import compute_month
from customers.models import Customer, GradeException, GradeRun, GradingModel
from customers.views.grades import proposal_entity
from customers.views.grading import grading_entity
from tests.factories.approvals import make_policy, step
from tests.factories.grading import criterion, graded, make_grading, make_grading_draft
from tests.factories.records import day

pytestmark = pytest.mark.browser


def test_a_steward_builds_a_model_previews_it_and_puts_it_into_force(desk, browser_org):
    graded(browser_org, 20_000, grade="C")
    steward = browser_org.people.data_steward
    page = desk.page(steward, language="zh-hans")
    desk.open(page, grading_entity.url("create"))
    page.locator("#id_name").fill("集团评级模型")
    page.locator(".savebar .btn-primary").click()
    page.locator("#id_criteria-0-measure").wait_for()
    desk.assert_accessible(page)
    page.locator("#id_criteria-0-measure").select_option("annual_demand")
    for name, value in (("weight", "90"), ("points_0", "0"), ("from_1", "1000"), ("points_1", "85")):
        page.locator(f"#id_criteria-0-{name}").fill(value)
    page.locator(".savebar .btn-primary").click()
    page.get_by_text("权重合计为 90 %").first.wait_for()
    desk.assert_accessible(page)
    page.locator("#id_criteria-0-weight").fill("100")
    page.locator(".savebar .btn-primary").click()
    page.locator("form[action*='/do/preview/'] button").click()
    page.locator("#whatif").wait_for()
    page.get_by_text("得分 85").first.wait_for()
    desk.assert_accessible(page)
    page.locator("form[action*='/do/publish/'] button").click()
    page.locator("#toasts .toast2").wait_for()
    assert GradingModel.objects.get().state == "in_force"


@pytest.mark.parametrize(("width", "theme", "language"), [(1440, "dark", "en"), (390, "light", "zh-hans")])
def test_the_save_bar_of_the_builder_covers_no_field_that_is_in_use(desk, browser_org, width, theme, language):
    draft = make_grading_draft(browser_org, criteria=[criterion()])
    page = desk.page(browser_org.people.data_steward, width=width, theme=theme, language=language)
    desk.open(page, grading_entity.url("edit", draft.pk))
    desk.assert_accessible(page)
    bar = page.locator(".savebar").bounding_box()["y"]
    for field in page.locator("form.card input[type=number]").all():
        page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
        field.focus()
        box = field.bounding_box()
        assert box["y"] + box["height"] <= bar
    page.evaluate("scrollTo({top: document.body.scrollHeight, behavior: 'instant'})")
    end = page.locator("form.card fieldset").last.bounding_box()
    assert end["y"] + end["height"] <= bar


@pytest.mark.parametrize(("width", "theme", "language"), [(1440, "light", "zh-hans"), (390, "dark", "en")])
def test_a_head_approves_a_review_with_an_exception(desk, browser_org, width, theme, language):
    head, steward = browser_org.people.bu_head, browser_org.people.data_steward
    moving, excepted = graded(browser_org, 20_000, grade="B"), graded(browser_org, 10, grade="B")
    make_grading(browser_org)
    make_policy(browser_org, step("role", role="bu_head"), document="grade_review")
    compute_month()
    run = GradeRun.objects.get()
    page = desk.page(steward)
    desk.open(page, f"/customers/grade-reviews/{run.pk}/")
    desk.assert_accessible(page)
    page.locator("a[href*='/approvals/ask/']").click()
    page.locator(".savebar .btn-primary").click()
    page.locator(".alertbar[role=note]").wait_for()
    page = desk.page(head, width=width, theme=theme, language=language)
    desk.open(page, f"{proposal_entity.url('list')}?run={run.pk}&moved=on")
    desk.assert_accessible(page)
    row = page.locator("tbody tr", has_text=excepted.name)
    row.locator("input[name=ids]").check()
    page.locator("#bulk button[formaction*=exception]").click()
    page.locator("select[name=grade]").wait_for()
    page.locator("select[name=grade]").select_option("A")
    page.locator("textarea[name=reason]").fill("示范客户")
    page.locator("input[name=until]").fill(day(90).isoformat())
    desk.assert_accessible(page)
    page.locator(".savebar .btn-primary, form .btn-primary[type=submit]").last.click()
    page.locator("#toasts .toast2").wait_for()
    assert GradeException.objects.get().customer == excepted
    desk.open(page, f"/customers/grade-reviews/{run.pk}/")
    desk.assert_accessible(page)
    page.locator(".alertbar[role=note] a").click()
    page.locator(".savebar .btn-primary").click()
    page.locator("#toasts .toast2").wait_for()
    assert [Customer.objects.get(pk=c.pk).grade for c in (moving, excepted)] == ["A", "A"]
    desk.open(page, f"/customers/{excepted.pk}/tab/grade/")
    page.get_by_text("示范客户").first.wait_for()
    desk.assert_accessible(page)
