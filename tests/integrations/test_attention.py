"""What needs somebody: rejected rows, alarms, links that wait, and freshness."""

import datetime as dt
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from crm.errors import DomainError, NotAllowed
from crm.workflow.models import Notification
from customers.models import Customer
from integrations import tasks
from integrations.domain.alarms import look
from integrations.domain.handed_in import handed_in_as_of, late_kinds, note_handed_in
from integrations.domain.rejections import ignore_rows, reopen_rows, retry_rows
from integrations.domain.runs import forget_old_runs
from integrations.models import Alarm, RejectedRow, SyncRun, SyncState
from integrations.sap.mapping import ENTITY_SETS
from integrations.sync.engine import sync_all
from integrations.sync.run import require_properties
from orders.models import SalesOrder, ShipmentLine
from tests.factories.organisation import Organisation
from tests.factories.records import make_customer
from tests.integrations.conftest import NOW, TODAY, Erp, known_in_erp
from tests.integrations.test_strategy import read

pytestmark = pytest.mark.django_db
Opener = Any


@pytest.fixture
def connected(erp: Erp, buyer: Customer, settings: Any) -> Erp:
    settings.ERP_URL, settings.ERP_USER, settings.ERP_PASSWORD = erp.url, "demo", "demo"
    return erp


@pytest.fixture
def admin(org: Organisation, client_of: Opener) -> Client:
    client: Client = client_of(org.people.administrator)
    return client


def bulk(client: Client, action: str, *keys: int, **values: str) -> str:
    url = reverse("integrations:rejectedrow_bulk", args=[action])
    return client.post(url, {"ids": list(keys), "confirmed": "1", **values}, follow=True).content.decode()


def test_rejected_rows_are_tried_again_one_some_or_all(
    connected: Erp, org: Organisation, admin: Client, django_capture_on_commit_callbacks: Any
) -> None:
    for number in range(1, 4):
        connected.order(f"450000000{number}", customer=f"100009{number}")
    read(connected)
    first, second, third = RejectedRow.objects.order_by("external_id")
    page = admin.get(reverse("integrations:rejectedrow_record", args=[first.pk])).content.decode()
    assert "TotalNetAmount" in page and "customer" in page and TODAY.isoformat() in page  # readable, not ticks
    known_in_erp(make_customer(org), "1000091")
    step = reverse("integrations:rejectedrow_step", args=[first.pk, "retry"])
    assert admin.post(step).status_code == 302
    assert SalesOrder.objects.get().number == "4500000001"
    still = admin.post(
        reverse("integrations:rejectedrow_step", args=[second.pk, "retry"]), follow=True
    ).content.decode()
    assert "Still not taken" in still and "1000092" in still
    known_in_erp(make_customer(org), "1000092")
    with django_capture_on_commit_callbacks(execute=True):
        assert "2 rows are being tried again" in bulk(admin, "retry", second.pk, third.pk)
    assert SalesOrder.objects.count() == 2
    assert RejectedRow.objects.get(state="open").pk == third.pk


def test_an_ignored_row_rests_until_it_changes_there(connected: Erp, org: Organisation, admin: Client) -> None:
    connected.order("4500000001", customer="1000099")
    read(connected)
    row = RejectedRow.objects.get()
    step = reverse("integrations:rejectedrow_step", args=[row.pk, "ignore"])
    assert admin.post(step, {"reason": ""}).status_code == 422
    assert admin.post(step, {"reason": "A test order"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.note, row.decided_by) == ("ignored", "A test order", org.people.administrator)
    read(connected)
    row.refresh_from_db()
    assert row.state == "ignored"
    connected.order("4500000001", customer="1000099", reference="another")
    read(connected)
    row.refresh_from_db()
    assert row.state == "open"
    ignore_rows(RejectedRow.objects.all(), actor=org.people.administrator, reason="again")
    assert reopen_rows(RejectedRow.objects.all(), actor=org.people.administrator) == 1
    known_in_erp(make_customer(org), "1000099")
    read(connected)
    assert RejectedRow.objects.get().state == "resolved" and SalesOrder.objects.exists()


def test_who_may_decide_on_rejected_rows(connected: Erp, org: Organisation) -> None:
    rows = RejectedRow.objects.all()
    for call in (retry_rows, reopen_rows, lambda rows, actor: ignore_rows(rows, actor=actor, reason="x")):
        with pytest.raises(NotAllowed):
            call(rows, actor=org.user("auditor"))
    with pytest.raises(DomainError):
        ignore_rows(rows, actor=org.people.administrator, reason=" ")


def test_a_set_that_lost_a_property_stops_and_the_others_go_on(connected: Erp, org: Organisation) -> None:
    connected.order("4500000001")
    connected.invoice("9000000001")
    read(connected)
    row = dict.fromkeys(("SalesOrder", *ENTITY_SETS["A_SalesOrder"].header.select), "")
    with pytest.raises(DomainError, match="to_Item"):
        require_properties(ENTITY_SETS["A_SalesOrder"], [row])


def test_alarms_are_told_once_and_closed_when_mended(connected: Erp, org: Organisation, admin: Client) -> None:
    person = org.people.administrator
    connected.order("4500000001", customer="1000099")
    connected.server.change_schema("A_OutbDeliveryHeader", {"SoldToParty": ""})
    tasks.sync.apply(throw=True)
    tasks.sync.apply(kwargs={"entity_sets": ["A_SalesOrder"]}, throw=True)
    kinds = set(Alarm.objects.filter(mended_at=None).values_list("kind", "entity_set"))
    assert kinds == {("rejected", "A_SalesOrder"), ("failed", "A_OutbDeliveryHeader")}
    assert Notification.objects.filter(recipient=person, kind__startswith="erp.").count() == 2
    overview = admin.get(reverse("integrations:sync")).content.decode()
    assert "The sync fails" in overview and "Rows are rejected" in overview and "SoldToParty" in overview
    connected.server.change_schema("A_OutbDeliveryHeader", {})
    known_in_erp(make_customer(org), "1000099")
    tasks.sync.apply(throw=True)
    assert not Alarm.objects.filter(mended_at=None).exists()
    SyncState.objects.filter(pk="A_BillingDocument").update(last_success_at=timezone.now() - dt.timedelta(minutes=40))
    for _twice in range(2):
        tasks.watch.apply(throw=True)
    assert Alarm.objects.get(mended_at=None).kind == "late"
    assert Notification.objects.filter(recipient=person, kind="erp.late").count() == 1
    tasks.sync.apply(throw=True)
    assert not Alarm.objects.filter(mended_at=None).exists()
    SyncState.objects.filter(pk="A_BillingDocument").update(last_success_at=timezone.now() - dt.timedelta(minutes=40))
    look()  # once more: it is another one
    assert Notification.objects.filter(recipient=person, kind="erp.late").count() == 2


def test_links_that_wait_are_listed_and_joined(
    connected: Erp, buyer: Customer, admin: Client, django_capture_on_commit_callbacks: Any
) -> None:
    old = {"ordered_on": TODAY - dt.timedelta(days=30), "changed_at": NOW - dt.timedelta(days=30)}
    connected.order("4500000009")
    connected.delivery("8000000009", connected.part("4500000009", 1))
    read(connected)
    connected.order("4500000001", **old)  # too old for changes to find
    connected.delivery("8000000001", connected.part("4500000001", 100), connected.part("4500000002", 1, 20))
    connected.account("1800000001", 1130, invoice="9000000001")
    with connected.client() as client:
        list(sync_all(client=client, names=["A_OutbDeliveryHeader"]))  # and the orders it names are asked for
        list(sync_all(client=client, names=["A_OperationalAcctgDocItemCube"]))
    assert ShipmentLine.objects.get(item=10, shipment__number="8000000001").order_line is not None
    page = admin.get(reverse("integrations:waiting")).content.decode()
    assert "4500000002" in page and "9000000001" in page and "4500000001" not in page
    connected.order("4500000002", customer="1000055", **old)
    with django_capture_on_commit_callbacks(execute=True):
        answer = admin.post(reverse("integrations:read_missing"), follow=True)
    assert "2 documents are being read" in answer.content.decode()
    assert "1000055" in admin.get(reverse("integrations:waiting")).content.decode()  # rejected: that is why
    connected.invoice("9000000001", items=[])
    read(connected)
    assert "9000000001" not in admin.get(reverse("integrations:waiting")).content.decode()


def test_what_is_delivered_for_no_sales_order_or_long_ago_waits_for_none(
    connected: Erp, buyer: Customer, admin: Client
) -> None:
    ago = {"planned_on": TODAY - dt.timedelta(days=500)}
    connected.delivery("8000000001", connected.part("4500000071", 1))
    connected.delivery("8000000002", connected.part("4500000072", 1), **ago)
    connected.delivery("8000000003", connected.part("4500000073", 1))
    connected.store.change("A_OutbDeliveryItem", ["8000000003", "000010"], ReferenceSDDocumentCategory="I")
    read(connected)
    page = admin.get(reverse("integrations:waiting")).content.decode()
    assert "4500000071" in page and "4500000072" not in page and "4500000073" not in page
    assert ShipmentLine.objects.get(shipment__number="8000000003").order_item is None


def test_pages_say_up_to_when_the_erp_was_read(
    connected: Erp, buyer: Customer, admin: Client, org: Organisation
) -> None:
    cache.clear()
    dashboard = reverse("analytics:dashboard")
    assert "ERP data as of" not in admin.get(dashboard).content.decode()
    cache.clear()
    read(connected)
    for address in (dashboard, reverse("analytics:indicators"), reverse("customers:customer_record", args=[buyer.pk])):
        assert "ERP data as of" in admin.get(address).content.decode()
    SyncState.objects.filter(pk="A_SalesOrder").update(last_success_at=timezone.now() - dt.timedelta(hours=2))
    cache.clear()
    assert 'class="warn">ERP data as of' in admin.get(dashboard).content.decode()


def test_a_run_is_stopped_from_the_page(connected: Erp, admin: Client) -> None:
    assert "Nothing is running" in admin.post(reverse("integrations:sync_stop"), follow=True).content.decode()
    admin.post(reverse("integrations:sync_start"), {"kind": "open"})
    assert "1 run stops" in admin.post(reverse("integrations:sync_stop"), follow=True).content.decode()


def test_old_runs_are_forgotten_but_not_what_they_rejected(connected: Erp) -> None:
    connected.order("4500000001", customer="1000099")
    read(connected)
    SyncRun.objects.update(started_at=timezone.now() - dt.timedelta(days=100))
    forget_old_runs()
    assert SyncRun.objects.count() == 1 and RejectedRow.objects.count() == 1


def test_what_is_handed_in_has_a_time_of_its_own_and_is_missed(org: Organisation, admin: Client) -> None:
    cache.clear()
    dashboard = reverse("analytics:dashboard")
    assert handed_in_as_of() is None and "data as of" not in admin.get(dashboard).content.decode()
    note_handed_in(["A_SalesOrder", "A_BillingDocument", "A_CustomerReturn"])
    earlier = timezone.now() - dt.timedelta(minutes=5)
    SyncState.objects.filter(pk="A_BillingDocument").update(handed_in_at=earlier)
    SyncState.objects.filter(pk="A_CustomerReturn").update(
        handed_in_at=earlier - dt.timedelta(days=30)
    )  # there are few
    assert handed_in_as_of() == earlier  # that of the kind that lags behind
    cache.clear()
    page = admin.get(dashboard).content.decode()
    assert 'class="">Other systems&#x27; data as of' in page and "ERP data" not in page
    look()
    assert not Alarm.objects.exists()

    SyncState.objects.filter(pk="A_BillingDocument").update(handed_in_at=earlier - dt.timedelta(days=12))
    cache.clear()
    assert 'class="warn">Other systems&#x27; data as of' in admin.get(dashboard).content.decode()
    look()
    alarm = Alarm.objects.get()
    assert (alarm.kind, alarm.entity_set) == ("missed", "A_BillingDocument")
    note = Notification.objects.get(recipient=org.people.administrator, kind="erp.missed")
    assert note.url == reverse("integrations:sync") and "Billing documents" in note.title
    page = admin.get(note.url).content.decode()
    assert "Nothing new is handed in: Billing documents" in page and "by drop folder or API</span>" in page
    note_handed_in(["A_BillingDocument"])
    look()
    assert not Alarm.objects.filter(mended_at=None).exists()


def test_what_comes_by_night_is_missed_on_the_second_working_day_and_not_at_the_weekend(org: Organisation) -> None:
    friday = timezone.make_aware(dt.datetime(2026, 11, 27, 2))
    SyncState.objects.create(entity_set="A_SalesOrder", handed_in_at=friday)
    monday = timezone.make_aware(dt.datetime(2026, 11, 30, 11))
    assert not late_kinds(now=monday - dt.timedelta(minutes=5))
    assert late_kinds(now=monday + dt.timedelta(hours=2)) == {"A_SalesOrder": friday}
