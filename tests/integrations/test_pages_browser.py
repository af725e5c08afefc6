"""The pages of the sync in a real browser, on a desk and on a phone."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from integrations.models import RejectedRow, SyncRun, SyncState
from tests.browser import BrowserDesk
from tests.factories.organisation import Organisation
from tests.integrations.conftest import Erp

pytestmark = pytest.mark.browser


@pytest.fixture
def history(browser_org: Organisation) -> RejectedRow:
    """A run that left a rejected row, and one that failed."""
    sums = {"CNY": {"count": 1199, "sum": "70454600.30"}}
    run = SyncRun.objects.create(
        entity_set="A_SalesOrder",
        state="done",
        finished_at=timezone.now(),
        read=1200,
        written=7,
        unchanged=1192,
        rejected=1,
        control_sums=sums,
    )
    SyncRun.objects.create(
        entity_set="A_BillingDocument", state="failed", message="The ERP answered with an error (500)."
    )
    SyncState.objects.create(entity_set="A_SalesOrder", last_success_at=timezone.now())
    payload = {"SalesOrder": "4500000002", "SoldToParty": "1000099", "to_Item": [{"Material": "3000000001" * 4}]}
    return RejectedRow.objects.create(
        run=run,
        entity_set="A_SalesOrder",
        external_id="4500000002",
        reason="没有客户的 ERP 编号是 1000099。",
        payload=payload,
    )


@pytest.mark.gate
@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (1440, "dark"), (390, "light")])
def test_pages_are_accessible_and_fit(
    desk: BrowserDesk, browser_org: Organisation, history: RejectedRow, width: int, theme: str
) -> None:
    page = desk.page(browser_org.people.administrator, width=width, theme=theme)
    addresses = [reverse(f"integrations:{name}") for name in ("sync", "syncrun_list", "rejectedrow_list", "connection")]
    addresses += [reverse("integrations:syncrun_record", args=[history.run_id])]
    addresses += [reverse("integrations:rejectedrow_record", args=[history.pk])]
    for address in addresses:
        assert desk.open(page, address).status == 200
        desk.assert_accessible(page)


def test_a_connection_is_entered_and_tested(desk: BrowserDesk, browser_org: Organisation, erp: Erp) -> None:
    page: Any = desk.page(browser_org.people.administrator, language="en")
    desk.open(page, reverse("integrations:connection"))
    page.get_by_label("Address").fill(erp.url)
    page.get_by_label("User name").fill("demo")
    page.get_by_label("Password").fill("demo")
    page.get_by_role("button", name="Save").click()
    desk.settle(page)
    page.get_by_role("button", name="Test the connection").click()
    page.locator("#findings .pill").nth(3).wait_for()
    assert page.locator("#findings .pill").all_inner_texts() == ["ready"] * 4
