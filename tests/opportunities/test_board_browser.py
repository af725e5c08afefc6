"""The board in a real browser: dragging, the keyboard, the dialog of what is missing, accessibility."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from opportunities.domain.funnel import advance
from opportunities.models import Opportunity
from tests.factories.records import make_opportunity
from tests.opportunities.support import answered, stage

pytestmark = [pytest.mark.browser, pytest.mark.daily]
BOARD = "/opportunities/board/"


def lane(page, code):
    return page.locator(f'[data-lane="{stage(code).pk}"]')


def drag(page, card, target):
    """By hand: press, move in steps, let go."""
    start, end = card.bounding_box(), target.bounding_box()
    page.mouse.move(start["x"] + 20, start["y"] + start["height"] - 60)
    page.mouse.down()
    page.mouse.move(start["x"] + 60, start["y"] + 40, steps=4)
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + 20, steps=12)
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + 24, steps=2)
    page.mouse.up()


def test_a_dragged_card_asks_for_what_is_missing_and_moves_when_it_is_given(desk, browser_org):
    org = browser_org
    record = make_opportunity(org, **answered(org, need="", certification=""))
    make_opportunity(org, stage="solution", **answered(org))
    page = desk.page(org.people.sales_rep, language="en")
    desk.open(page, BOARD)
    drag(page, page.locator(f"#card-{record.pk}"), lane(page, "solution"))
    dialog = page.get_by_role("dialog", name=re.compile("Move to “Solution confirmed”"))
    dialog.wait_for()
    fields = dialog.locator("[name^=move-]")
    assert [fields.nth(index).get_attribute("name") for index in range(fields.count())] == [
        "move-need",
        "move-certification",
    ]
    desk.assert_accessible(page)
    dialog.get_by_label("Customer's problem and need").fill("低温开裂")
    dialog.get_by_role("button", name="Save and move").click()
    dialog.get_by_text("1 field needs a change").wait_for()
    dialog.get_by_label("Certification required").fill("UL94 V-0")
    dialog.get_by_role("button", name="Save and move").click()
    lane(page, "solution").locator(f"#card-{record.pk}").wait_for()
    dialog.wait_for(state="hidden")
    assert page.locator(f"#card-{record.pk}").count() == 1
    assert page.locator(f"#lane-head-{stage('solution').pk} .n").inner_text() == "2"
    record.refresh_from_db()
    assert (record.stage.code, record.need, record.certification) == ("solution", "低温开裂", "UL94 V-0")


def test_a_refused_card_goes_back_with_the_reason(desk, browser_org):
    org = browser_org
    record = make_opportunity(org, **answered(org))
    make_opportunity(org, stage="evaluation", **answered(org))
    page = desk.page(org.people.sales_rep, language="en")
    desk.open(page, BOARD)
    drag(page, page.locator(f"#card-{record.pk}"), lane(page, "evaluation"))
    page.get_by_role("dialog").get_by_text("This step needs an approval").wait_for()
    page.keyboard.press("Escape")
    lane(page, "requirement").locator(f"#card-{record.pk}").wait_for()
    assert Opportunity.objects.get(pk=record.pk).stage.code == "requirement"


def test_a_card_that_somebody_else_moved_goes_back_with_who_it_was(desk, browser_org):
    org = browser_org
    record = make_opportunity(org, **answered(org))
    make_opportunity(org, stage="solution", **answered(org))
    page = desk.page(org.people.sales_rep, language="en")
    desk.open(page, BOARD)
    advance(opportunity=record, target=stage("solution"), actor=org.people.sales_manager)
    drag(page, page.locator(f"#card-{record.pk}"), lane(page, "solution"))
    page.get_by_role("dialog").get_by_text("周启明 moved").wait_for()
    page.keyboard.press("Escape")
    lane(page, "requirement").locator(f"#card-{record.pk}").wait_for()


def test_the_keyboard_alone_loses_a_card(desk, browser_org):
    org = browser_org
    record = make_opportunity(org, competitors="D 牌")
    page = desk.page(org.people.sales_rep, language="en")
    desk.open(page, BOARD)
    page.locator(f"#card-{record.pk} .t").focus()
    page.keyboard.press("m")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("link", name="Lost").press("Enter")
    dialog.get_by_label("Reason of loss").select_option("price")
    dialog.get_by_role("button", name="Save and move").press("Enter")
    page.locator(f"#card-{record.pk}").wait_for(state="detached")
    record.refresh_from_db()
    assert (record.stage.code, record.loss_reason, record.lost_to) == ("lost", "price", "D 牌")
    assert page.locator("#board-drops [data-drop] b").nth(1).inner_text() == "1"


def test_dropping_on_won_takes_the_card_off_the_board(desk, browser_org):
    org = browser_org
    record = make_opportunity(org, stage="negotiation", **answered(org, proposed_price="33", support_needed="无"))
    page = desk.page(org.people.sales_rep, language="en")
    desk.open(page, BOARD)
    drag(page, page.locator(f"#card-{record.pk}"), page.locator(f'[data-drop="{stage("won").pk}"]'))
    page.locator(f"#card-{record.pk}").wait_for(state="detached")
    assert Opportunity.objects.get(pk=record.pk).stage.code == "won"


@pytest.mark.gate
@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (1440, "dark"), (390, "light")])
def test_board_and_record_are_accessible(desk, browser_org, width, theme):
    org = browser_org
    today = timezone.localdate()
    late = make_opportunity(
        org, **answered(org, expected_close_on=today - dt.timedelta(days=3), need="", next_step="送样")
    )
    make_opportunity(org, stage="solution", stage_since=timezone.now() - dt.timedelta(days=35), category="share")
    make_opportunity(org, stage="evaluation", category="replacement")
    page = desk.page(org.people.sales_manager, width=width, theme=theme)
    for path in (BOARD, f"/opportunities/{late.pk}/", f"/opportunities/{late.pk}/edit/", "/opportunities/", "/"):
        desk.open(page, path)
        desk.assert_accessible(page)
