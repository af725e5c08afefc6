"""What people see of messages, on their records and in the administrators' list, and what they may press."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from integrations.domain.outbox.areas import switch
from integrations.enums import MessageKind
from integrations.models import ErpCode, ExternalRef, OutboxMessage, OutboxSwitch, SalesArea
from tests.factories.records import make_customer
from tests.integrations.conftest import Erp
from tests.integrations.outbox.conftest import AREA, erp_orders, put_product, rounds, the_message

pytestmark = pytest.mark.django_db


def page_of(request: Any, client: Any) -> str:
    found: str = client.get(reverse("orders:orderrequest_record", args=[request.pk])).content.decode()
    return found


def press(request: Any, client: Any, step: str, **data: str) -> Any:
    return client.post(reverse("integrations:order_step", args=[request.pk, step]), data)


def test_the_order_request_says_what_the_erp_says_and_what_to_do(submitted: Any, erp: Erp, client_of: Any) -> None:
    request = submitted()
    client = client_of(request.owner)
    assert "On its way to the ERP" in page_of(request, client)
    erp.store.db.execute("DELETE FROM master_product")
    rounds()
    page = page_of(request, client)
    assert "Material 3000000001 does not exist" in page
    assert "does not know the product" in page
    for step in ("send", "correct", "give-up"):
        assert reverse("integrations:order_step", args=[request.pk, step]) in page
    put_product(erp)
    assert press(request, client, "send").status_code == 302
    rounds()
    page = page_of(request, client)
    assert f"In the ERP as {erp_orders(erp)[0]['SalesOrder']}" in page
    assert reverse("integrations:order_step", args=[request.pk, "send"]) not in page


def test_the_customer_says_whether_it_is_in_the_erp(ready: Any, erp: Erp, client_of: Any) -> None:
    customer = make_customer(ready, region=ready.east)
    client = client_of(customer.owner)
    tab = reverse("customers:customer_tab", args=[customer.pk, "erp"])
    assert "It was not handed over to the ERP." in client.get(tab).content.decode()
    assert client.post(reverse("integrations:partner_step", args=[customer.pk, "send"])).status_code == 302
    assert "On its way to the ERP" in client.get(tab).content.decode()
    rounds()
    assert f"In the ERP as {the_message(customer).erp_number}" in client.get(tab).content.decode()


def test_a_customer_that_another_system_knows_is_handed_over_all_the_same(ready: Any, erp: Erp, client_of: Any) -> None:
    customer = make_customer(ready, region=ready.east)
    ExternalRef.objects.create(system="MES", entity="customer", external_id="4711", object_id=customer.pk)
    client = client_of(customer.owner)
    tab = reverse("integrations:partner_step", args=[customer.pk, "send"])
    assert tab in client.get(reverse("customers:customer_tab", args=[customer.pk, "erp"])).content.decode()
    assert client.post(tab).status_code == 302
    rounds()
    assert the_message(customer).state == "confirmed"


@pytest.mark.parametrize("on", [True, False])
def test_what_was_not_handed_over_is_taken_back_and_corrected(
    ready: Any, submitted: Any, client_of: Any, on: bool
) -> None:
    switch(kind=MessageKind.ORDER, on=False, actor=ready.people.administrator)
    request = submitted()
    switch(kind=MessageKind.ORDER, on=on, actor=ready.people.administrator)
    client = client_of(request.owner)
    page = page_of(request, client)
    assert reverse("integrations:order_step", args=[request.pk, "correct"]) in page
    assert (reverse("integrations:order_step", args=[request.pk, "send"]) in page) == on
    assert press(request, client, "correct").status_code == 422
    assert press(request, client, "correct", reason="wrong reference").status_code == 302
    request.refresh_from_db()
    assert request.state == "draft"
    assert "It was not handed over" not in page_of(request, client)


def test_what_is_lacking_is_named_in_the_readers_language(ready: Any, submitted: Any, client_of: Any) -> None:
    unit = ready.people.sales_rep.business_unit
    type(unit).objects.filter(pk=unit.pk).update(name="有机硅", name_en="Silicones")
    SalesArea.objects.all().delete()
    with translation.override("zh-hans"):
        request = submitted()
        rounds()
    for language, said in (("en", "where Silicones sells"), ("zh-hans", "有机硅")):
        request.owner.language = language
        request.owner.save()
        assert said in page_of(request, client_of(request.owner))


def test_giving_up_and_taking_back_ask_why(submitted: Any, erp: Erp, client_of: Any) -> None:
    request = submitted(payment_terms="lc_sight")
    client = client_of(request.owner)
    rounds()
    assert press(request, client, "correct").status_code == 422
    assert press(request, client, "correct", reason="wrong terms").status_code == 302
    request.refresh_from_db()
    assert request.state == "draft"
    assert press(request, client, "give-up", reason="not wanted").status_code == 302
    assert the_message(request).state == "given_up"
    assert OutboxMessage.objects.get().state_changes.filter(actor=request.owner, reason="not wanted").exists()


def test_only_whoever_may_change_the_record_presses(ready: Any, submitted: Any, client_of: Any) -> None:
    request = submitted()
    assert press(request, client_of(ready.people.stranger), "send").status_code == 404
    assert press(request, client_of(ready.people.auditor), "send").status_code == 403
    page = page_of(request, client_of(ready.people.auditor))
    assert "On its way to the ERP" in page
    assert reverse("integrations:order_step", args=[request.pk, "give-up"]) not in page


def test_administrators_see_what_went_out_and_send_what_was_chosen_again(
    ready: Any, submitted: Any, erp: Erp, client_of: Any
) -> None:
    refused, fine = submitted(payment_terms="lc_sight"), submitted()
    rounds()
    client = client_of(ready.people.administrator)
    url = reverse("integrations:outboxmessage_list")
    stopped = client.get(f"{url}?state=refused&state=dead").content.decode()
    assert refused.code in stopped
    assert fine.code not in stopped
    record = client.get(reverse("integrations:outboxmessage_record", args=[the_message(fine).pk])).content.decode()
    assert "PurchaseOrderByCustomer" in record
    assert the_message(fine).erp_number in record
    ErpCode.objects.create(list_key="payment_terms", item="lc_sight", code="ZL00")
    ids = [the_message(refused).pk, the_message(fine).pk]
    asked = client.post(reverse("integrations:outboxmessage_bulk", args=["again"]), {"ids": ids})
    assert asked.status_code == 200
    client.post(reverse("integrations:outboxmessage_bulk", args=["again"]), {"ids": ids, "confirmed": "1"})
    rounds()
    assert the_message(refused).state == "confirmed"
    assert len(erp_orders(erp)) == 2
    assert client_of(ready.people.sales_rep).get(url).status_code == 403


def test_administrators_say_what_is_handed_over_and_where(org: Any, client_of: Any) -> None:
    client, looker = client_of(org.people.administrator), client_of(org.people.auditor)
    url = reverse("integrations:handing_over")
    assert looker.get(url).status_code == 200
    assert looker.post(url, {}).status_code == 403
    wrong = client.post(url, {"order": "on", "payment_terms_0": "zb-é"})
    assert wrong.status_code == 422
    assert not OutboxSwitch.objects.exists()
    client.post(url, {"order": "on", "payment_terms_0": "ZB00"})
    assert OutboxSwitch.objects.get(is_on=True).kind == "order"
    assert ErpCode.objects.get().code == "ZB00"
    client.post(url, {"payment_terms_0": ""})
    assert not OutboxSwitch.objects.filter(is_on=True).exists()
    assert not ErpCode.objects.exists()
    area = reverse("integrations:sales_area", args=[org.silicones.pk])
    assert client.post(area, {**AREA, "currency": "CNY", "country": "China"}).status_code == 422
    assert client.post(area, {**AREA, "currency": "CNY"}).status_code == 302
    stored = SalesArea.objects.get()
    assert str(stored) == "1000/10/00"
    stale = {**AREA, "currency": "CNY", "plant": "1010", "version_read": stored.version}
    assert client.post(area, stale).status_code == 302
    assert client.post(area, {**stale, "plant": "1020"}).status_code == 409  # somebody else saved meanwhile
    assert SalesArea.objects.get().plant == "1010"
