"""Both sides are compared; differences are listed, told, and repaired. Pitfall 30."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from crm.workflow.models import Notification
from customers.models import Customer
from integrations import tasks
from integrations.domain.reconcile import reconcile
from integrations.domain.rejections import ignore_rows
from integrations.models import Alarm, Reconciliation, RejectedRow
from integrations.sap.mapping import ENTITY_SETS
from integrations.simulator.store import day_ms, moment_ms
from integrations.sync.engine import sync_entity_set
from orders.models import CustomerReturn, Invoice, Receivable, SalesOrder, Shipment
from tests.factories.organisation import Organisation
from tests.integrations.conftest import NOW, TODAY, Erp
from tests.integrations.test_strategy import read

pytestmark = pytest.mark.django_db
Opener = Any


@pytest.fixture
def connected(erp: Erp, buyer: Customer, settings: Any) -> Erp:
    settings.ERP_URL, settings.ERP_USER, settings.ERP_PASSWORD = erp.url, "demo", "demo"
    for number in range(1, 5):
        order = f"450000000{number}"
        erp.order(order, currency="USD" if number == 4 else "CNY", ordered_on=TODAY - dt.timedelta(days=number % 2))
        erp.delivery(f"800000000{number}", erp.part(order, 100), planned_on=TODAY)
        erp.invoice(f"900000000{number}", "-500" if number == 3 else "1000")
        erp.account(f"180000000{number}", 1130, invoice=f"900000000{number}")
    read(erp)
    return erp


def compared(erp: Erp, name: str) -> Reconciliation:
    with erp.client() as client:
        return reconcile(ENTITY_SETS[name], client=client)


def found(made: Reconciliation) -> list[tuple[str, str, Any, Any]]:
    return list(made.differences.values_list("number", "kind", "theirs", "ours"))


def test_30_counts_and_sums_agree_per_day_organisation_and_currency(connected: Erp) -> None:
    orders = compared(connected, "A_SalesOrder")
    assert (orders.compared, orders.differing) == (4, 0)
    groups = {(row["day"], row["org"], row["group"]): row for row in orders.groups}
    yesterday = (TODAY - dt.timedelta(days=1)).isoformat()
    row = groups[yesterday, "1010", "CNY"]
    assert (row["their_count"], row["our_count"]) == (2, 2)
    assert Decimal(row["their_sum"]) == Decimal(row["our_sum"]) == 2000
    assert {key[2] for key in groups} == {"CNY", "USD"}
    invoices = compared(connected, "A_BillingDocument")
    assert [Decimal(row["our_sum"]) for row in invoices.groups] == [2500]
    items = compared(connected, "A_OperationalAcctgDocItemCube")
    assert (items.compared, items.differing, items.groups[0]["org"]) == (4, 0, "1000")
    assert Decimal(items.groups[0]["their_sum"]) == 4520
    deliveries = compared(connected, "A_OutbDeliveryHeader")
    assert (deliveries.compared, deliveries.differing) == (4, 0)
    assert sum(Decimal(row["our_sum"]) for row in deliveries.groups) == 400
    assert not any("inlinecount" in target for target in connected.server.requests)


def give_back(erp: Erp, name: str, number: str, **values: Any) -> None:
    row = {name: number, "SoldToParty": "1000001", f"{name}Date": day_ms(TODAY), "TotalNetAmount": "300.00"}
    row |= {"TransactionCurrency": "CNY", "SalesOrganization": "1010", "OverallSDProcessStatus": "A"}
    row |= {"LastChangeDateTime": moment_ms(NOW), "CreationDate": day_ms(TODAY)}
    erp.store.put(f"A_{name}", [{**row, **values}])


def test_30_returns_and_credit_requests_are_compared_each_with_its_own(connected: Erp) -> None:
    for name in ("CustomerReturn", "CreditMemoRequest"):
        for number in ("1", "2", "3"):
            give_back(connected, name, ("65" if name == "CustomerReturn" else "60") + number)
    read(connected)
    for name in ("A_CustomerReturn", "A_CreditMemoRequest"):
        made = compared(connected, name)
        assert (made.compared, made.differing) == (3, 0)
        (row,) = made.groups
        assert (row["day"], row["org"], row["group"]) == (TODAY.isoformat(), "1010", "CNY")
        assert (Decimal(row["their_sum"]), Decimal(row["our_sum"])) == (900, 900)
    CustomerReturn.objects.filter(number="651").update(net=1)
    CustomerReturn.objects.filter(number="652").delete()
    with connected.store.writing():
        connected.store.db.execute("DELETE FROM A_CustomerReturn WHERE CustomerReturn = '653'")
    assert found(compared(connected, "A_CustomerReturn")) == [
        ("651", "value", 300, 1),
        ("652", "there", 300, None),
        ("653", "here", None, 300),
    ]
    assert compared(connected, "A_CreditMemoRequest").differing == 0


def test_30_what_somebody_decided_not_to_take_is_no_difference(connected: Erp, org: Organisation) -> None:
    connected.order("4500000008", customer="1000099")
    connected.order("4500000009", customer="1000098")
    connected.account("1800000009", 1130, company="0001", customer="1000099")
    read(connected)
    assert [row[0] for row in found(compared(connected, "A_SalesOrder"))] == ["4500000008", "4500000009"]
    rows = RejectedRow.objects.exclude(external_id="4500000009")
    assert ignore_rows(rows, actor=org.people.administrator, reason="another company's") == 2
    assert [row[0] for row in found(compared(connected, "A_SalesOrder"))] == ["4500000009"]
    assert compared(connected, "A_OperationalAcctgDocItemCube").differing == 0
    SalesOrder.objects.filter(number="4500000001").update(net=1)
    assert compared(connected, "A_SalesOrder").differing == 2


def test_30_a_difference_in_the_third_decimal_can_be_seen(connected: Erp, org: Organisation, client_of: Opener) -> None:
    SalesOrder.objects.filter(number="4500000001").update(net=Decimal("1000.002"))
    made = compared(connected, "A_SalesOrder")
    page = client_of(org.people.administrator).get(reverse("integrations:reconciliation_record", args=[made.pk]))
    assert "1,000.002" in page.content.decode() and "1,000.00<" in page.content.decode()


def test_30_each_kind_of_difference_is_found(connected: Erp) -> None:
    month_ago = {"ordered_on": TODAY - dt.timedelta(days=20), "changed_at": NOW - dt.timedelta(days=20)}
    connected.order("4500000009", **month_ago)  # there only
    SalesOrder.objects.filter(number="4500000001").update(net=999)
    with connected.store.writing():
        connected.store.db.execute("DELETE FROM A_SalesOrder WHERE SalesOrder = '4500000002'")
    Invoice.objects.filter(number="9000000003").update(net=500)  # a lost sign
    Receivable.objects.filter(number__contains="1800000001").update(cleared_on=TODAY)
    Shipment.objects.get(number="8000000004").lines.update(quantity=1)
    assert found(compared(connected, "A_SalesOrder")) == [
        ("4500000009", "there", 1000, None),
        ("4500000001", "value", 1000, 999),
        ("4500000002", "here", None, 1000),
    ]
    assert found(compared(connected, "A_BillingDocument")) == [("9000000003", "value", -500, 500)]
    assert found(compared(connected, "A_OperationalAcctgDocItemCube")) == [
        ("1000/2026/1800000001/1", "open", 1130, 1130)
    ]
    assert found(compared(connected, "A_OutbDeliveryHeader")) == [("8000000004", "value", 100, 1)]


def test_30_what_was_paid_is_compared_too_and_what_has_long_been_open(connected: Erp) -> None:
    paid = {"kind": "DZ", "key": "15", "cleared_on": TODAY, "clearing_document": "1400000001", "clearing_year": "2026"}
    connected.account("1400000001", -500, **paid)
    connected.account("1700000001", 70, posted_on=TODAY - dt.timedelta(days=90))
    with connected.client() as client:
        sync_entity_set(ENTITY_SETS["A_OperationalAcctgDocItemCube"], client=client, full=True)
    assert compared(connected, "A_OperationalAcctgDocItemCube").differing == 0
    Receivable.objects.filter(number__contains="1400000001").update(amount=-5)
    Receivable.objects.filter(number__contains="1700000001").update(cleared_on=TODAY)
    assert found(compared(connected, "A_OperationalAcctgDocItemCube")) == [
        ("1000/2026/1400000001/1", "value", -500, -5),
        ("1000/2026/1700000001/1", "there", 70, None),
    ]


def test_30_a_document_of_another_company_code_differs(connected: Erp) -> None:
    Invoice.objects.filter(number="9000000002").update(company_code="2000")
    assert found(compared(connected, "A_BillingDocument")) == [("9000000002", "value", 1000, 1000)]


def test_30_what_changed_there_since_the_last_run_is_no_difference(connected: Erp) -> None:
    connected.order(
        "4500000001", connected.item(net=Decimal(5)), changed_at=dt.datetime.now(dt.UTC) + dt.timedelta(minutes=1)
    )
    assert compared(connected, "A_SalesOrder").differing == 0


def test_30_what_was_posted_since_the_last_run_is_no_difference_though_it_has_only_a_date(connected: Erp) -> None:
    connected.account("1800000009", 200)
    connected.delivery("8000000009", connected.part("4500000001", 1), planned_on=TODAY)
    Receivable.objects.filter(number__contains="1800000001").update(cleared_on=TODAY)
    tasks.reconcile.apply(throw=True)
    assert found(Reconciliation.objects.get(entity_set="A_OutbDeliveryHeader")) == []
    assert found(Reconciliation.objects.get(entity_set="A_OperationalAcctgDocItemCube")) == [
        ("1000/2026/1800000001/1", "open", 1130, 1130)
    ], "what was lost is told all the same"


def test_the_night_tells_of_a_difference_once_and_repair_mends_it(
    connected: Erp, org: Organisation, client_of: Opener, django_capture_on_commit_callbacks: Any
) -> None:
    admin = org.people.administrator
    Invoice.objects.filter(number="9000000001").update(net=1)
    SalesOrder.objects.filter(number="4500000001").delete()
    for _night in range(2):
        tasks.reconcile.apply(throw=True)
    alarms = Alarm.objects.filter(kind="different", mended_at=None)
    assert {alarm.entity_set for alarm in alarms} == {"A_BillingDocument", "A_SalesOrder"}
    told = Notification.objects.filter(recipient=admin, kind="erp.different")
    assert told.count() == 2
    assert (
        not Notification.objects.filter(kind="erp.different").exclude(recipient__roles__code="administrator").exists()
    )
    client: Client = client_of(admin)
    page = client.get(told.order_by("pk").first().url).content.decode()  # type: ignore[union-attr]
    assert "1 document differs" in page
    for alarm in alarms:
        made = Reconciliation.objects.filter(entity_set=alarm.entity_set).first()
        assert made is not None
        shown = client.get(reverse("integrations:reconciliation_record", args=[made.pk])).content.decode()
        assert "Repair" in shown and ("9000000001" in shown or "4500000001" in shown)
        with django_capture_on_commit_callbacks(execute=True):
            client.post(reverse("integrations:reconciliation_step", args=[made.pk, "repair"]))
    assert Invoice.objects.get(number="9000000001").net == 1000
    assert SalesOrder.objects.filter(number="4500000001").exists()
    assert not Alarm.objects.filter(mended_at=None).exists()


def test_a_period_is_compared_and_read_again_from_the_page(
    connected: Erp, org: Organisation, client_of: Opener, django_capture_on_commit_callbacks: Any
) -> None:
    client = client_of(org.people.administrator)
    start = reverse("integrations:sync_start")
    days = {"entity_set": "A_SalesOrder", "first": "2020-01-01", "last": TODAY.isoformat(), "back": "1"}
    Invoice.objects.update(net=1)
    SalesOrder.objects.update(net=1)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(start, {**days, "kind": "compare"}, follow=True)
    assert "The comparison has been queued" in answer.content.decode()
    made = Reconciliation.objects.get()
    assert (made.first_on, made.differing) == (dt.date(2020, 1, 1), 4)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(start, {**days, "kind": "period"})
    assert set(SalesOrder.objects.values_list("net", flat=True)) == {1000}
    for wrong in ({"first": "2026-02-30"}, {"first": "2026-02-02", "last": "2026-02-01"}, {"kind": "nonsense"}):
        page = client.post(start, {**days, "kind": "period", **wrong}, follow=True).content.decode()
        assert "Enter two dates" in page or "cannot be read" in page
