"""The list in a real browser: the filter form comes when it is opened, and filtering keeps the page."""

from typing import Any

import pytest

from tests.factories.records import day, make_customer, make_opportunity


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 390])
def test_filter_form_is_fetched_and_filters(desk: Any, browser_org: Any, width: int) -> None:
    good = make_customer(browser_org, name="宁波甲级密封有限公司", grade="A")
    other = make_customer(browser_org, name="苏州丁级电缆有限公司", grade="D")
    page = desk.page(browser_org.people.sales_rep, width=width, language="en")
    desk.open(page, "/customers/")
    page.get_by_role("button", name="Add filter").click()
    page.locator("#filter-form input[name=grade][value=A]").check()
    desk.assert_accessible(page)
    page.get_by_role("button", name="Apply").first.click()
    page.locator(f"text={other.name}").wait_for(state="detached")
    page.locator(f"text={good.name}").wait_for()
    assert "grade=A" in page.url
    page.go_back()
    page.locator(f"text={other.name}").wait_for(state="visible")


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 390])
def test_a_view_is_saved_changed_and_opened_with_the_list(desk: Any, browser_org: Any, width: int) -> None:
    make_customer(browser_org, name="宁波甲级密封有限公司", grade="A")
    make_customer(browser_org, name="苏州丁级电缆有限公司", grade="D")
    page = desk.page(browser_org.people.sales_rep, width=width, language="en")
    desk.open(page, "/customers/?grade=A")
    page.get_by_role("button", name="Save as view").click()
    page.locator("#new_view_name").fill("Important")
    desk.assert_accessible(page)
    page.get_by_label("Open this list with it").check()
    page.get_by_role("button", name="Save view").click()
    tab = page.get_by_role("link", name="Important 1")  # with its count
    tab.wait_for()
    assert tab.get_attribute("aria-current") == "page"
    box, row = tab.bounding_box(), page.locator(".view-tabs").bounding_box()
    assert row["x"] <= box["x"] < row["x"] + row["width"]  # scrolled to where it can be seen
    if width > 600:
        page.get_by_role("link", name="Customer", exact=True).last.click()
        page.locator("th[aria-sort]", has_text="Customer").wait_for()
    page.get_by_role("button", name="View Important: more").click()
    page.locator("#view_name").fill("Most important")
    desk.assert_accessible(page)
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="Most important 1").wait_for()
    if width > 600:
        page.locator("[data-check]").first.check()
        for _ in range(2):  # the button can be pressed again after a file has come
            with page.expect_download() as download:
                page.get_by_role("button", name="Export selected").click()
            assert download.value.suggested_filename.endswith(".xlsx")
    desk.open(page, "/")
    desk.open(page, "/customers/")
    assert "view=" in page.url
    page.go_back()
    page.wait_for_url(lambda url: url.endswith("/"))
    assert "/customers" not in page.url


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 390])
def test_conditions_are_built_applied_and_taken_away(desk: Any, browser_org: Any, width: int) -> None:
    make_customer(browser_org, name="宁波甲级密封有限公司", grade="A", city="宁波")
    make_customer(browser_org, name="苏州丁级电缆有限公司", grade="D", city="苏州")
    make_customer(browser_org, name="无锡乙级涂料有限公司", grade="B", city="无锡")
    page = desk.page(browser_org.people.sales_rep, width=width, language="en")
    desk.open(page, "/customers/")
    page.get_by_role("button", name="Add filter").click()
    page.get_by_role("button", name="Conditions with and / or").click()
    desk.settle(page)
    page.wait_for_timeout(300)  # what has come is listened to a moment later
    held: list[Any] = []
    page.route("**/*part=where*", lambda route: held.append(route))  # noqa: PLW0108 -- Playwright marks the function
    page.get_by_label("Field").select_option("city")
    page.locator("#where-all:disabled").wait_for()  # nothing can be chosen that the answer to the field would undo
    for route in held:
        route.continue_()
    page.unroute("**/*part=where*")
    page.locator("#where-all:enabled").wait_for()
    desk.settle(page)
    page.wait_for_timeout(300)
    page.locator("#w-1-op").select_option("is")
    desk.settle(page)
    assert page.locator("#w-1-op").input_value() == "is"
    page.get_by_role("textbox", name="City").fill("宁波")
    page.get_by_label("Rows must match").select_option("any")
    page.get_by_role("button", name="Condition", exact=True).click()
    desk.settle(page)
    page.locator("#w-2-field").select_option("grade")
    desk.settle(page)
    box = page.get_by_role("combobox", name="Grade")
    box.click()
    page.get_by_role("option", name="D", exact=True).click()
    page.get_by_text("Conditions", exact=True).click()  # closes the choices
    desk.assert_accessible(page)
    page.get_by_role("button", name="Apply", exact=True).last.click()
    page.locator("text=无锡乙级").wait_for(state="detached")
    page.locator("text=宁波甲级").wait_for()
    page.locator("text=苏州丁级").wait_for()
    assert page.locator(".chip.on").inner_text().split() == [
        "Any",
        "of",
        "City",
        "is",
        "宁波",
        "or",
        "Grade",
        "is",
        "D",
    ]
    page.reload()
    assert page.locator("text=无锡乙级").count() == 0
    page.get_by_label("Remove filter: Any of").click()
    page.locator("text=无锡乙级").wait_for()


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 390])
def test_days_show_what_their_kind_needs(desk: Any, browser_org: Any, width: int) -> None:
    make_opportunity(browser_org, name="soon", expected_close_on=day(3))
    make_opportunity(browser_org, name="far", expected_close_on=day(300))
    page = desk.page(browser_org.people.sales_rep, width=width, language="en")
    desk.open(page, "/opportunities/")
    page.get_by_role("button", name="Add filter").click()
    kind = page.get_by_label("Expected close", exact=True)
    kind.wait_for()
    number, first = page.locator("input[name=close_n]"), page.locator("input[name=close_a]")
    assert (number.is_visible(), first.is_visible()) == (False, False)
    kind.select_option("between")
    assert (number.is_visible(), first.is_visible()) == (False, True)
    kind.select_option("next-n")
    assert (number.is_visible(), first.is_visible()) == (True, False)
    number.fill("10")
    page.get_by_role("button", name="Apply").first.click()
    page.get_by_role("link", name="far", exact=True).wait_for(state="detached")
    assert page.locator(".chip.on").inner_text().split() == ["Expected", "close", "next", "10", "days"]


@pytest.mark.browser
def test_columns_are_moved_by_buttons_and_by_dragging_and_several_sort(desk: Any, browser_org: Any) -> None:
    for name, grade in (("甲", "A"), ("乙", "B"), ("丙", "A")):
        make_customer(browser_org, name=name, grade=grade)
    page = desk.page(browser_org.people.sales_rep, language="en")
    desk.open(page, "/customers/")

    def heads() -> list[str]:
        return [text.split("\n")[0] for text in page.locator("thead th").all_inner_texts() if text][:3]

    assert heads() == ["Customer", "Grade", "Industry · application"]
    page.get_by_role("button", name="Columns and sort").click()
    desk.settle(page)
    up = page.get_by_role("button", name="Move Industry · application up")
    up.press("Enter")
    assert up.evaluate("button => button === document.activeElement")
    desk.assert_accessible(page)
    page.get_by_role("button", name="Apply").last.click()
    page.get_by_text("The list now looks like this").wait_for()
    assert heads() == ["Customer", "Industry · application", "Grade"]
    page.get_by_role("button", name="Columns and sort").click()
    desk.settle(page)
    handle = page.locator("[data-column]", has_text="Grade").first.locator("svg").first
    handle.drag_to(page.locator("[data-column]", has_text="Industry").first, target_position={"x": 10, "y": 2})
    page.get_by_role("button", name="Apply").last.click()
    page.get_by_text("The list now looks like this").wait_for()
    assert heads() == ["Customer", "Grade", "Industry · application"]
    page.locator(".th-sort", has_text="Grade").click()
    page.wait_for_url("**sort=grade")
    page.locator(".th-sort", has_text="Customer").click(modifiers=["Shift"])
    page.wait_for_url("**sort=grade%2Cname")
    names = page.locator("tbody .ttl").all_inner_texts()
    assert names == [*sorted(["甲", "丙"]), "乙"]
    page.locator(".th-sort", has_text="Customer").click(modifiers=["Shift"])
    page.wait_for_url("**sort=grade%2C-name")
    assert page.locator("th small").all_inner_texts() == ["2", "1"]  # Customer stands before Grade


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 390])
def test_groups_open_and_close_and_totals_come_on_demand(desk: Any, browser_org: Any, width: int) -> None:
    make_customer(browser_org, name="宁波甲级密封有限公司", grade="A")
    make_customer(browser_org, name="苏州丁级电缆有限公司", grade="D")
    page = desk.page(browser_org.people.sales_rep, width=width, language="en")
    desk.open(page, "/customers/?group=grade")
    group = page.get_by_role("button", name="A 1", exact=True)
    group.click()
    row = page.get_by_role("link", name="宁波甲级密封有限公司")
    row.wait_for()
    assert page.locator("text=苏州丁级").count() == 0
    page.locator("[data-check]").first.check()
    assert page.locator("[data-bulk]").is_visible()
    page.get_by_role("button", name="Show totals").click()
    page.get_by_text("Total of 2 rows").wait_for()
    desk.assert_accessible(page)
    group.click()
    assert not row.is_visible()
    assert group.get_attribute("aria-expanded") == "false"
    group.click()
    assert row.is_visible()


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 390])
def test_ticked_rows_are_edited_after_a_confirmation(desk: Any, browser_org: Any, width: int) -> None:
    rows = [make_customer(browser_org, state="active", city="x") for _ in range(2)]
    page = desk.page(browser_org.people.sales_rep, width=width, language="en")
    desk.open(page, "/customers/")
    for box in page.locator("[data-check]").all():
        box.check()
    page.get_by_role("button", name="Edit", exact=True).click()
    page.get_by_role("heading", name="Bulk edit").wait_for()
    assert not page.locator("#bulk_state").is_visible()
    page.get_by_label("Status", exact=True).select_option("set")
    page.locator("#bulk_state").select_option("dormant")
    page.get_by_label("City", exact=True).select_option("empty")
    desk.assert_accessible(page)
    page.get_by_role("button", name="Continue").click()
    page.get_by_text("2 records will be changed.").wait_for()
    desk.assert_accessible(page)
    page.get_by_role("button", name="Change them").click()
    page.get_by_text("2 records were changed.").wait_for()
    for row in rows:
        row.refresh_from_db()
        assert (row.state, row.city) == ("dormant", "")
