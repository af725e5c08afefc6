"""The pages of the sync in a real browser, on a desk and on a phone."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from integrations.models import Alarm, Difference, ExternalRef, Reconciliation, RejectedRow, SyncRun, SyncState
from integrations.sap.mapping import ENTITY_SETS
from orders.models import SalesOrder, ShipmentLine
from tests.browser import BrowserDesk
from tests.factories.organisation import Organisation
from tests.factories.records import make_customer, make_order, make_shipment
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
    for hour in range(12):
        old = SyncRun.objects.create(entity_set="A_SalesOrder", state="done", read=300 + 40 * hour, written=20 * hour)
        SyncRun.objects.filter(pk=old.pk).update(
            started_at=timezone.now() - dt.timedelta(hours=12 - hour), finished_at=timezone.now()
        )
    Alarm.objects.create(kind="failed", entity_set="A_BillingDocument")
    Alarm.objects.create(kind="different", entity_set="A_SalesOrder")
    day = timezone.localdate()
    group = {"org": "1010", "group": "CNY", "their_count": 12, "their_sum": "704546.30", "our_count": 12}
    groups = [{**group, "day": str(day - dt.timedelta(days=back)), "our_sum": "704546.30"} for back in range(4)]
    groups[1]["our_sum"] = "704000.00"
    made = Reconciliation.objects.create(
        entity_set="A_SalesOrder", first_on=day, last_on=day, compared=48, differing=2, groups=groups
    )
    Difference.objects.create(
        reconciliation=made, number="4500000017", kind="value", day=day, org="1010", group="CNY", theirs=1546, ours=1000
    )
    Difference.objects.create(
        reconciliation=made, number="4500000018", kind="there", day=day, org="1010", group="CNY", theirs=1
    )
    order = make_order(browser_org)
    make_shipment(browser_org, customer=order.customer, order=order)
    ShipmentLine.objects.update(order_line=None, order_number="4500000099", order_item=10)
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
    addresses += [reverse("integrations:entity_set", args=["A_SalesOrder"]), reverse("integrations:waiting")]
    made = Reconciliation.objects.get()
    addresses += [reverse("integrations:reconciliation_list")]
    addresses += [reverse("integrations:reconciliation_record", args=[made.pk])]
    addresses += [reverse("integrations:unknown_numbers"), reverse("integrations:outboxmessage_list")]
    addresses += [reverse("integrations:unknown_number", args=["customer", "1000099"])]
    addresses += [reverse("integrations:entity_set", args=["A_BusinessPartner"]), reverse("integrations:handing_over")]
    addresses += [reverse("orders:salesorder_record", args=[SalesOrder.objects.get().pk])]
    for address in addresses:
        assert desk.open(page, address).status == 200
        desk.assert_accessible(page)


def test_a_connection_is_entered_and_tested(desk: BrowserDesk, browser_org: Organisation, erp: Erp) -> None:
    page: Any = desk.page(browser_org.people.administrator, language="en")
    desk.open(page, reverse("integrations:connection"))
    page.get_by_label("Address", exact=True).fill(erp.url)
    page.get_by_label("User name or client id").fill("demo")
    page.get_by_label("Password or client secret").fill("demo")
    erp.server.change_schema("A_BillingDocument", {"TotalNetAmount": "NetTotal"})
    page.get_by_role("button", name="Save").click()
    desk.settle(page)
    page.locator("#findings .pill").nth(len(ENTITY_SETS) - 1).wait_for()  # it was tested without being asked to
    assert page.locator("#findings .pill").all_inner_texts().count("does not work") == 1
    assert "A_BillingDocument.TotalNetAmount" in page.locator("#findings").inner_text()
    erp.server.change_schema("A_BillingDocument", {})
    page.get_by_role("button", name="Test the connection").click()
    page.locator("#findings .pill", has_text="does not work").wait_for(state="detached")
    assert page.locator("#findings .pill").all_inner_texts() == ["ready"] * len(ENTITY_SETS)


def test_a_data_steward_says_whose_a_number_is(
    desk: BrowserDesk, browser_org: Organisation, history: RejectedRow
) -> None:
    customer = make_customer(browser_org, name="宁波远景密封材料有限公司")
    page: Any = desk.page(browser_org.people.data_steward, language="en")
    desk.open(page, reverse("integrations:unknown_numbers"))
    page.get_by_role("link", name="1000099").click()
    desk.settle(page)
    page.locator("#id_record-ts-control").fill(customer.code)
    page.locator(".ts-dropdown .option").filter(has_text=customer.code).first.click()
    page.get_by_role("button", name="Give it the number").click()
    desk.settle(page)
    assert "1 row is being tried again" in page.locator("body").inner_text()
    assert ExternalRef.objects.get(entity="customer", external_id="1000099").object_id == customer.pk
    assert page.get_by_role("link", name="1000099").count() == 0
