"""Admissions as a supplier in a real browser, at the desk and on the phone."""

import pytest

from opportunities.views.qualification import supplier_admission_entity
from tests.factories.qualification import make_finding
from tests.factories.records import day

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("width", "theme", "language"),
    [(1440, "light", "zh-hans"), pytest.param(390, "dark", "en", id="390")],
)
def test_a_finding_is_closed_and_we_are_admitted(desk, browser_org, width, theme, language):
    org = browser_org
    finding = make_finding(org, responsible=org.people.sales_rep, due_on=day(4))
    admission = finding.admission
    page = desk.page(org.people.sales_rep, width=width, theme=theme, language=language)
    for address in ("list", "create"):
        desk.open(page, supplier_admission_entity.url(address))
        desk.assert_accessible(page)
    desk.open(page, supplier_admission_entity.record_url(admission))
    page.locator("#findings").wait_for()
    desk.settle(page)
    desk.assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_role("link", name=finding.finding, exact=True).click()
    page.locator("#id_done_on").fill(day().isoformat())
    desk.assert_accessible(page)
    page.locator(".savebar .btn-primary").click()
    page.locator("#findings").wait_for()
    desk.open(page, f"/opportunities/supplier-admissions/{admission.pk}/step/passed/")
    page.locator("#id_valid_until").fill(day(300).isoformat())
    desk.assert_accessible(page)
    page.locator(".savebar .btn-primary").click()
    page.locator("#items").wait_for()
    admission.refresh_from_db()
    assert (admission.state, admission.valid_until) == ("passed", day(300))
