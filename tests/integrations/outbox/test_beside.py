"""What goes along with an order or a customer beside the bare necessities, and customers that the ERP has already."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from crm.errors import DomainError
from customers.models import CustomerAddress
from integrations.domain.outbox.existing import create_anyway, use_existing
from integrations.domain.outbox.words import in_words
from integrations.models import ErpConnection, ExternalRef, OutboxMessage, SalesArea
from integrations.simulator.store import ms_day
from orders.models import OrderRequestLine
from tests.factories.records import credit_code, make_customer
from tests.integrations.conftest import TODAY, Erp, known_in_erp
from tests.integrations.outbox.conftest import AREA, erp_orders, rounds, the_message

pytestmark = pytest.mark.django_db
CODE = credit_code(4711)


def ship_to(customer: Any, **values: Any) -> CustomerAddress:
    given = {"kind": "ship_to", "street": "江陵路8号", "city": "杭州", "postal_code": "310051", "contact": "王库管"}
    return CustomerAddress.objects.create(customer=customer, is_default=True, **{**given, "phone": "0571-88", **values})


def test_the_remark_the_ship_to_and_days_of_single_items_go_along(submitted: Any, erp: Erp) -> None:
    SalesArea.objects.update(text_type="TX01")
    request = submitted(remark="夜间不收货", requested_on=TODAY + dt.timedelta(days=10))
    ship_to(request.customer)
    day = TODAY + dt.timedelta(days=20)
    OrderRequestLine.objects.filter(request=request).update(requested_on=day)
    rounds()
    (order,) = erp_orders(erp)
    (text,) = erp.store.rows("A_SalesOrderText", "1", [])
    assert (text["SalesOrder"], text["LongTextID"], text["Language"]) == (order["SalesOrder"], "TX01", "ZH")
    assert text["LongText"] == "夜间不收货\n杭州 江陵路8号 310051 王库管 0571-88"
    (line, *_more) = erp.store.rows("A_SalesOrderScheduleLine", "1", [])
    assert ms_day(line["RequestedDeliveryDate"]) == day
    assert ms_day(order["RequestedDeliveryDate"]) == TODAY + dt.timedelta(days=10)


def test_without_a_text_type_no_text_is_sent(submitted: Any, erp: Erp) -> None:
    request = submitted(remark="夜间不收货")
    rounds()
    assert the_message(request).state == "confirmed" and "to_Text" not in the_message(request).payload
    assert not erp.store.rows("A_SalesOrderText", "1", [])


def test_postal_code_and_person_go_along_with_a_customer(ready: Any, erp: Erp, client_of: Any) -> None:
    customer = make_customer(ready, region=ready.east)
    ship_to(customer, city=customer.city)
    send(customer, client_of)
    (address,) = erp.store.rows("A_BusinessPartnerAddress", "1", [])
    assert (address["PostalCode"], address["CareOfName"]) == ("310051", "王库管")


def send(customer: Any, client_of: Any, step: str = "send") -> Any:
    answer = client_of(customer.owner).post(reverse("integrations:partner_step", args=[customer.pk, step]))
    rounds()
    return answer


@pytest.fixture
def twin(ready: Any, erp: Erp) -> Any:
    """A customer whose tax number the ERP has as 1000234."""
    erp.store.put(
        "A_BusinessPartner",
        [{"BusinessPartner": "9000234", "Customer": "0001000234", "BusinessPartnerFullName": "宁波远景"}],
    )
    erp.store.put(
        "A_BusinessPartnerTaxNumber", [{"BusinessPartner": "9000234", "BPTaxType": "CN5", "BPTaxNumber": CODE}]
    )
    return make_customer(ready, region=ready.east, credit_code=CODE)


def partners(erp: Erp) -> int:
    return len(erp.store.rows("A_BusinessPartner", "1", []))


def test_a_customer_that_the_erp_has_by_its_tax_number_is_not_made_twice(
    twin: Any, erp: Erp, client_of: Any, django_capture_on_commit_callbacks: Any
) -> None:
    send(twin, client_of)
    assert partners(erp) == 1 and the_message(twin).problem == "exists"
    tab = reverse("customers:customer_tab", args=[twin.pk, "erp"])
    page = client_of(twin.owner).get(tab).content.decode()
    assert "Use 1000234" in page and "宁波远景" in page
    with django_capture_on_commit_callbacks(execute=True):
        assert send(twin, client_of, "use").status_code == 302
    assert ExternalRef.objects.get(entity="customer").external_id == "1000234"
    assert the_message(twin).state == "given_up" and partners(erp) == 1
    assert "Use 1000234" not in client_of(twin.owner).get(tab).content.decode()
    with pytest.raises(DomainError):
        use_existing(message=the_message(twin), actor=twin.owner)


def test_another_company_with_that_tax_number_is_made_all_the_same(twin: Any, erp: Erp, client_of: Any) -> None:
    send(twin, client_of)
    send(twin, client_of, "anyway")
    message = the_message(twin)
    assert (message.state, message.passed_over, partners(erp)) == ("confirmed", "1000234", 2)
    with pytest.raises(DomainError):
        create_anyway(message=message, actor=twin.owner)


def test_of_two_accounts_with_that_tax_number_it_is_asked_once(twin: Any, erp: Erp, client_of: Any) -> None:
    erp.store.put("A_BusinessPartner", [{"BusinessPartner": "9000235", "Customer": "0001000235"}])
    erp.store.put(
        "A_BusinessPartnerTaxNumber", [{"BusinessPartner": "9000235", "BPTaxType": "CN5", "BPTaxNumber": CODE}]
    )
    send(twin, client_of)
    assert the_message(twin).problem == "exists"
    send(twin, client_of, "anyway")
    assert (the_message(twin).state, partners(erp)) == ("confirmed", 3)


def test_a_number_that_is_another_customers_here_is_told(twin: Any, ready: Any, erp: Erp, client_of: Any) -> None:
    other = known_in_erp(make_customer(ready), "1000234")
    send(twin, client_of)
    tried = client_of(twin.owner).post(reverse("integrations:partner_step", args=[twin.pk, "use"]), follow=True)
    assert f"1000234 is {other.name}" in tried.content.decode()
    assert the_message(twin).state == "refused"


def test_only_whoever_may_change_the_customer_says_that_it_is_the_same(twin: Any, ready: Any, client_of: Any) -> None:
    send(twin, client_of)
    url = reverse("integrations:partner_step", args=[twin.pk, "use"])
    assert client_of(ready.people.auditor).post(url).status_code == 403
    assert client_of(ready.people.stranger).post(url).status_code == 404


def test_when_the_erp_cannot_be_asked_nothing_is_sent(twin: Any, erp: Erp, client_of: Any) -> None:
    erp.server.faults.add({"status": 503, "count": 1})
    send(twin, client_of)
    message = the_message(twin)
    assert (message.state, message.problem, message.posted_at) == ("waiting", "unreachable", None)
    assert partners(erp) == 1
    for language in ("en", "zh-hans"):
        with translation.override(language):
            advice = in_words(message).advice
        assert ("ERP" in advice and "503" in advice) and (language == "en") == advice.isascii()


def test_a_stale_save_of_a_sales_area_keeps_what_was_typed(org: Any, client_of: Any) -> None:
    client = client_of(org.people.administrator)
    url = reverse("integrations:sales_area", args=[org.silicones.pk])
    typed = {**AREA, "currency": "CNY"}
    assert client.post(url, typed).status_code == 302
    version = SalesArea.objects.get().version
    assert client.post(url, {**typed, "plant": "1010", "version_read": version}).status_code == 302
    stale = client.post(url, {**typed, "division": "99", "plant": "1020", "version_read": version})
    page = stale.content.decode()
    assert stale.status_code == 409
    assert all(text in page for text in ("1010", "1020", "99", "Plant"))
    assert SalesArea.objects.get().plant == "1010"
    chosen = {**typed, "division": "99", "plant": "1020", "version_read": version + 1, "base_version": version}
    answer = {"merge": ["plant", "division"], "merge-plant": "theirs", "merge-division": "mine"}
    assert client.post(url, {**chosen, **answer}).status_code == 302
    stored = SalesArea.objects.get()
    assert (stored.plant, stored.division) == ("1010", "99")
    assert not ErpConnection.objects.exists() and not OutboxMessage.objects.exists()
