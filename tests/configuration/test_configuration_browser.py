"""The screens of the configuration in a real browser."""

from typing import Any

import pytest

from crm.models import ChoiceItem, ExtraField
from tests.factories.configured import make_field, make_list
from tests.factories.records import make_customer


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 390])
def test_a_field_is_defined_and_filled_in(desk: Any, browser_org: Any, width: int) -> None:
    customer = make_customer(browser_org, name="宁波甲级密封有限公司")
    channels = make_list(browser_org, items=("线上", "线下"))
    admin = desk.page(browser_org.people.administrator, width=width, language="en")
    desk.open(admin, "/settings/")
    admin.get_by_role("link", name="Extra fields").click()
    admin.get_by_role("link", name="New extra field").first.click()
    desk.assert_accessible(admin)
    admin.get_by_label("Kind of record").select_option("customers.customer")
    admin.get_by_label("Key", exact=True).fill("channel")
    admin.get_by_label("Chinese name").fill("销售渠道")
    admin.get_by_label("English name").fill("Sales channel")
    admin.get_by_label("Type").select_option("choice")
    admin.get_by_role("button", name="Save").click()
    admin.get_by_text("A choice needs a list of choices, other types have none.").first.wait_for()
    admin.get_by_label("List of choices").select_option(str(channels.pk))
    admin.get_by_role("button", name="Save").click()
    admin.get_by_role("heading", name="Sales channel").wait_for()
    desk.assert_accessible(admin)
    rep = desk.page(browser_org.people.sales_rep, width=width, language="en")
    desk.open(rep, f"/customers/{customer.pk}/edit/")
    rep.get_by_label("Sales channel").select_option(label="线下")
    desk.assert_accessible(rep)
    rep.get_by_role("button", name="Save").click()
    rep.locator("dd", has_text="线下").wait_for()
    desk.open(rep, "/customers/")
    rep.get_by_role("button", name="Add filter").click()
    rep.get_by_label("线上").check()
    rep.get_by_role("button", name="Apply").first.click()
    rep.locator(f"text={customer.name}").wait_for(state="detached")
    assert ExtraField.objects.get().index_ready is False


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 390])
def test_items_are_put_into_order_and_merged(desk: Any, browser_org: Any, width: int) -> None:
    make_customer(browser_org, industry="旧词")
    choices = make_list(browser_org, name_en="Grades of paint", items=("甲", "乙", "丙"))
    page = desk.page(browser_org.people.administrator, width=width, language="en")
    desk.open(page, f"/settings/choices/{choices.pk}/")
    desk.assert_accessible(page)

    def order() -> list[str]:
        return list(ChoiceItem.objects.filter(list=choices).order_by("position").values_list("name", flat=True))

    page.get_by_role("button", name="Move 丙 up").click()
    page.get_by_role("button", name="Move 丙 down").wait_for()
    assert order() == ["甲", "丙", "乙"]
    if width > 600:
        handle = page.locator("tr", has_text="乙").locator("[data-handle]")
        with page.expect_response("**/order/"):
            handle.drag_to(page.locator("tr", has_text="甲").locator("[data-handle]"))
        assert order() == ["乙", "甲", "丙"]
    desk.open(page, "/settings/choices/")
    page.get_by_role("link", name="Industries of customers").click()
    page.get_by_role("link", name="Merge 旧词").click()
    page.get_by_text("1 record holds it").wait_for()
    desk.assert_accessible(page)
    page.get_by_label("Merge into").select_option(label="Lighting")
    page.get_by_role("button", name="Merge").click()
    page.get_by_text("1 record was changed.").wait_for()


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 390])
def test_numbers_are_previewed_as_one_types_and_a_gate_is_changed(desk: Any, browser_org: Any, width: int) -> None:
    page = desk.page(browser_org.people.administrator, width=width, language="en")
    desk.open(page, "/settings/numbers/")
    page.get_by_role("main").get_by_role("link", name="Customers", exact=True).click()
    page.get_by_label("Pattern").fill("KH{seq:6}")
    page.get_by_text("KH100001 · KH100002").wait_for()
    page.get_by_label("Pattern").fill("KH")
    page.get_by_text("The pattern needs the count once").wait_for()
    desk.assert_accessible(page)
    page.get_by_label("Pattern").fill("KH{seq:6}")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("KH100001").wait_for()
    desk.open(page, "/opportunities/gates/")
    desk.assert_accessible(page)
    page.get_by_role("link", name="Edit Customer evaluation").click()
    desk.assert_accessible(page)
    page.get_by_label("Solution: all product lines").select_option("wanted")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("The gate was saved.").wait_for()


@pytest.mark.browser
def test_a_list_can_be_sorted_by_a_field_whose_index_is_ready(desk: Any, browser_org: Any) -> None:
    field = make_field(browser_org, key="temp", type="integer", name_en="Temperature")
    field.refresh_from_db()
    assert field.index_ready
    low, high = (
        make_customer(browser_org, name=name, extra={"temp": value}) for name, value in (("低", 5), ("高", 90))
    )
    page = desk.page(browser_org.people.sales_rep, language="en")
    desk.open(page, "/customers/?cols=x_temp")
    page.get_by_role("link", name="Temperature").click()
    page.locator("th[aria-sort=ascending]", has_text="Temperature").wait_for()
    names = page.locator("tbody tr td a.ttl").all_inner_texts()
    assert names == [low.name, high.name]
