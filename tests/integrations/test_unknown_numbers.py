"""Numbers of the ERP that nobody has: shown with what waits for them, given to a customer or product, and taken back."""

from contextlib import suppress
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from crm.errors import DomainError, NotAllowed
from crm.models import Product, User
from crm.records.trail import history_of
from crm.workflow.links import address_of
from customers.models import Customer, CustomerRegistration
from integrations import tasks
from integrations.domain.numbers import give_number, take_number_away
from integrations.domain.unknown import ask_erp, facts_of, unknown_numbers
from integrations.models import (
    ErpCustomer,
    ExternalRef,
    NumberLink,
    OutboxMessage,
    ReadRequest,
    RejectedRow,
    SyncRun,
)
from integrations.sap.mapping import ENTITY_SETS
from integrations.sync.engine import sync_all, sync_entity_set
from orders.models import SalesOrder, SalesOrderLine
from tests.customers.archive.test_registration import VALUES
from tests.factories.organisation import Organisation
from tests.factories.records import make_customer
from tests.integrations.conftest import Erp, known_in_erp
from tests.integrations.test_master_data import partner
from tests.integrations.test_strategy import read

pytestmark = pytest.mark.django_db
CODE = VALUES["credit_code"]
LIST = "integrations:unknown_numbers"


@pytest.fixture
def connected(erp: Erp, buyer: Customer, settings: Any) -> Erp:
    settings.ERP_URL, settings.ERP_USER, settings.ERP_PASSWORD = erp.url, "demo", "demo"
    return erp


@pytest.fixture
def steward(org: Organisation) -> User:
    return org.people.data_steward


@pytest.fixture
def client(steward: User, client_of: Any) -> Client:
    found: Client = client_of(steward)
    return found


@pytest.fixture
def waiting(connected: Erp) -> Erp:
    """Two orders and the account itself wait for 1000099, an order for 1000098."""
    partner(connected, "9000099", "1000099")
    tax = {"BusinessPartner": "0009000099", "BPTaxType": "CN5", "BPTaxNumber": CODE}
    connected.store.put("A_BusinessPartnerTaxNumber", [tax])
    connected.order("4500000001", customer="0001000099")
    connected.order("4500000002", customer="1000099")
    connected.order("4500000003", customer="1000098")
    connected.order("4500000004")
    read(connected)
    return connected


def page_of(number: str, kind: str = "customer") -> str:
    return reverse("integrations:unknown_number", args=[kind, number])


def said(customer: Customer, reader: User, verb: str) -> Any:
    """What the customer's history says under that verb."""
    return next(entry for entry in history_of(customer, user=reader)[0] if entry.verb == verb)


def text_of(client: Client, address: str, *, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return str(answer.content.decode())


def test_numbers_are_listed_with_what_waits_and_what_the_erp_says(waiting: Erp, client: Client) -> None:
    found, count = unknown_numbers("customer")
    assert [(one.number, one.rows, one.entity_sets) for one in found] == [
        ("1000099", 3, ["A_BusinessPartner", "A_SalesOrder"]),
        ("1000098", 1, ["A_SalesOrder"]),
    ]
    assert count == 2
    page = text_of(client, reverse(LIST))
    assert "苏州恒谱" in page and "苏州" in page and "not known yet" in page and "1000001" not in page
    assert "1000098" not in text_of(client, f"{reverse(LIST)}?q=1000099")
    assert CODE not in page  # the mapping does not read tax numbers: the ERP is asked for it
    answer = client.post(
        reverse("integrations:ask_erp", args=["customer"]), {"number": ["1000099", "1000098"]}, follow=True
    )
    assert "The ERP knows 1 of them" in answer.content.decode() and CODE in answer.content.decode()


def test_the_number_is_given_to_the_customer_with_the_same_tax_number_and_the_rows_are_taken(
    waiting: Erp, org: Organisation, client: Client, steward: User, django_capture_on_commit_callbacks: Any
) -> None:
    right = make_customer(org, name="完全不同的名称有限公司", credit_code=CODE)
    make_customer(org, name="苏州恒谱")
    client.post(reverse("integrations:ask_erp", args=["customer"]), {"number": "1000099", "back": "1"})
    page = text_of(client, page_of("1000099"))
    assert page.index("完全不同的名称有限公司") < page.index("It is this one")
    assert f'name="record" value="{right.pk}"' in page and "the same company" in page
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(page_of("1000099"), {"record": right.pk}, follow=True)
    assert "3 rows are being tried again" in answer.content.decode()
    assert set(SalesOrder.objects.filter(customer=right).values_list("number", flat=True)) == {
        "4500000001",
        "4500000002",
    }
    assert ErpCustomer.objects.get(number="1000099").customer == right
    assert RejectedRow.objects.exclude(state="resolved").get().partner == "1000098"
    entry = said(right, steward, "ERP number given")
    assert entry.who == str(steward)
    assert "1000099" not in text_of(client, reverse(LIST))
    numbers = text_of(client, reverse("customers:customer_tab", args=[right.pk, "external_numbers"]))
    assert reverse("integrations:take_number", args=["customer", "1000099"]) in numbers


def test_a_number_that_another_one_has_is_refused_with_its_name(
    waiting: Erp, buyer: Customer, org: Organisation, client: Client, steward: User
) -> None:
    other = make_customer(org)
    answer = client.post(page_of("1000001"), {"record": other.pk})
    assert answer.status_code == 422
    assert f"1000001 is {buyer.name} ({buyer.code}) already" in answer.content.decode()
    assert ExternalRef.objects.get(entity="customer", external_id="1000001").object_id == buyer.pk
    assert give_number(kind="customer", number="0001000001", record=buyer, actor=steward) == 0  # nothing to do
    assert ExternalRef.objects.filter(entity="customer").count() == 1


def test_who_may_give_numbers(waiting: Erp, org: Organisation, buyer: Customer, client_of: Any) -> None:
    for person in (org.people.sales_rep, org.people.auditor, org.people.executive):
        sees = client_of(person)
        assert sees.get(reverse(LIST)).status_code == 403
        assert sees.post(page_of("1000099"), {"record": buyer.pk}).status_code == 403
        with pytest.raises(NotAllowed):
            give_number(kind="customer", number="1000099", record=buyer, actor=person)
        with pytest.raises(NotAllowed):
            take_number_away(kind="customer", number="1000001", actor=person, reason="x")
        with pytest.raises(NotAllowed):
            ask_erp("customer", ["1000099"], actor=person)
    assert client_of(org.people.administrator).get(reverse(LIST)).status_code == 200
    row = RejectedRow.objects.filter(partner="1000099").first()
    shown = reverse("integrations:rejectedrow_record", args=[row.pk])
    assert page_of("1000099") in text_of(client_of(org.people.administrator), shown)
    seen = text_of(client_of(org.people.auditor), shown)
    assert "1000099" in seen and page_of("1000099") not in seen


def test_a_customer_out_of_reach_cannot_be_chosen(waiting: Erp, org: Organisation, client_of: Any) -> None:
    person = org.people.sales_rep
    role = person.roles.first()
    role.permissions = [*role.permissions, "integrations.link_numbers"]
    role.save()
    stranger = make_customer(org, owner=org.people.stranger, name="苏州恒谱")
    sees = client_of(User.objects.get(pk=person.pk))
    page = text_of(sees, page_of("1000099"))
    assert "苏州恒谱" in page and f'value="{stranger.pk}"' not in page and stranger.code not in page
    assert sees.post(page_of("1000099"), {"record": stranger.pk}).status_code == 422
    known_in_erp(stranger, "1000077")
    assert sees.get(reverse("integrations:take_number", args=["customer", "1000077"])).status_code == 404


def test_a_wrong_word_is_taken_back_and_the_documents_move_to_the_right_one(
    waiting: Erp,
    buyer: Customer,
    org: Organisation,
    client: Client,
    steward: User,
    django_capture_on_commit_callbacks: Any,
) -> None:
    wrong, right = make_customer(org), make_customer(org, owner=org.people.stranger)
    with django_capture_on_commit_callbacks(execute=True):
        give_number(kind="customer", number="1000099", record=wrong, actor=steward)
    assert SalesOrder.objects.filter(customer=wrong).count() == 2
    take = reverse("integrations:take_number", args=["customer", "1000099"])
    assert client.post(take, {"reason": ""}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(take, {"reason": "typed the wrong one"}, follow=True)
    assert "2 documents are read again" in answer.content.decode()
    assert RejectedRow.objects.filter(state="open", partner="1000099").count() == 2
    assert said(wrong, steward, "ERP number taken away").reason == "typed the wrong one"
    read(waiting, "open")  # the unchanged rows are not taken for taken
    assert RejectedRow.objects.filter(state="open", partner="1000099").count() == 2
    with django_capture_on_commit_callbacks(execute=True):
        give_number(kind="customer", number="1000099", record=right, actor=steward)
    orders = SalesOrder.objects.filter(number__in=["4500000001", "4500000002"])
    assert {(order.customer, order.owner) for order in orders} == {(right, right.owner)}
    assert set(SalesOrderLine.objects.filter(order__in=orders).values_list("customer", flat=True)) == {right.pk}
    assert ErpCustomer.objects.get(number="1000099").customer == right


def test_what_depends_on_a_number_keeps_it(waiting: Erp, buyer: Customer, steward: User) -> None:
    values = {
        "kind": "partner",
        "object_id": buyer.pk,
        "title": "x",
        "reference": "CRM-1",
        "state_since": "2026-01-01T00:00Z",
    }
    message = OutboxMessage.objects.create(
        **values, next_try_at="2026-01-01T00:00Z", state="confirmed", erp_number="1000001"
    )
    with pytest.raises(DomainError, match="handed over from here"):
        take_number_away(kind="customer", number="1000001", actor=steward, reason="x")
    message.delete()
    with pytest.raises(DomainError, match="Nobody here"):
        take_number_away(kind="customer", number="1000098", actor=steward, reason="x")
    assert take_number_away(kind="customer", number="1000001", actor=steward, reason="x") == 1


@pytest.mark.parametrize("stops", [False, True])
def test_a_number_taken_away_while_a_run_goes_on_does_not_come_back(
    erp: Erp, buyer: Customer, steward: User, stops: bool
) -> None:
    """The run has looked the customer up before; what it writes afterwards is read once more, though it should stop."""
    for number in range(1, 4):
        erp.order(f"450000000{number}")
    taken = iter([True])

    def between() -> None:
        if SalesOrder.objects.exists() and next(taken, False):
            take_number_away(kind="customer", number="1000001", actor=steward, reason="x")
        if stops and SalesOrder.objects.count() > 1:
            raise DomainError("stopped")

    with erp.client() as client:
        with suppress(DomainError):
            sync_entity_set(ENTITY_SETS["A_SalesOrder"], client=client, between=between, page_size=1)
        assert SalesOrder.objects.count() > 1
        assert set(ReadRequest.objects.values_list("number", flat=True)) == set(
            SalesOrder.objects.values_list("number", flat=True)
        )
        list(sync_all(client=client))
    assert not ExternalRef.objects.filter(entity="sales_order").exclude(row_hash="").exists()
    assert RejectedRow.objects.filter(state="open").count() == 3


def test_what_a_killed_run_wrote_after_a_number_was_taken_away_is_read_again(
    erp: Erp, buyer: Customer, steward: User
) -> None:
    erp.order("4500000001")
    read(erp)
    hashes = dict(ExternalRef.objects.filter(entity="sales_order").values_list("pk", "row_hash"))
    killed = SyncRun.objects.create(entity_set="A_SalesOrder")
    take_number_away(kind="customer", number="1000001", actor=steward, reason="x")
    # The killed run had looked the customer up before, and has written its page afterwards.
    ReadRequest.objects.all().delete()
    for pk, row_hash in hashes.items():
        ExternalRef.objects.filter(pk=pk).update(row_hash=row_hash)
    read(erp)
    killed.refresh_from_db()
    assert killed.state == "failed"
    assert RejectedRow.objects.get(state="open", entity_set="A_SalesOrder").external_id == "4500000001"
    read(erp)
    assert not ReadRequest.objects.exists()


def test_a_registration_begins_with_what_the_erp_knows_and_its_customer_gets_the_number(
    waiting: Erp, client: Client, steward: User, django_capture_on_commit_callbacks: Any
) -> None:
    client.post(reverse("integrations:ask_erp", args=["customer"]), {"number": "1000099"})
    address = reverse("integrations:register_number", args=["1000099"])
    assert address in text_of(client, page_of("1000099"))
    page = text_of(client, address)
    assert 'value="苏州恒谱"' in page and 'value="苏州"' in page and CODE in page.replace(" ", "")
    typed = {"name": "苏州恒谱", "credit_code": CODE, "city": "苏州", "kind": "end_user", "contact_name": "李工"}
    typed |= {"contact_phone": "13800000000"}
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(address, typed)
    assert answer.status_code == 302, answer.content.decode()
    customer = CustomerRegistration.objects.get().customer
    assert ExternalRef.objects.get(entity="customer", external_id="1000099").object_id == customer.pk
    assert SalesOrder.objects.filter(customer=customer).count() == 2
    assert NumberLink.objects.get().customer == customer
    assert not OutboxMessage.objects.exists()  # it is in the ERP: nothing is handed over


def test_two_registrations_for_one_number_are_refused(waiting: Erp, client: Client) -> None:
    typed = {"name": "苏州恒谱", "city": "苏州", "kind": "end_user", "contact_name": "李工", "draft": "1"}
    typed |= {"contact_phone": "13800000000"}
    address = reverse("integrations:register_number", args=["1000099"])
    assert client.post(address, typed).status_code == 302
    again = client.post(address, {**typed, "name": "另一家公司"})
    assert again.status_code == 422 and "is being registered already" in again.content.decode()
    assert CustomerRegistration.objects.count() == 1


def test_the_same_for_products(
    waiting: Erp, org: Organisation, client: Client, steward: User, django_capture_on_commit_callbacks: Any
) -> None:
    item = waiting.item(product="000000003000000077", text="新胶")
    waiting.order("4500000009", item, waiting.item(20))
    read(waiting)
    found, _count = unknown_numbers("product")
    assert [(one.number, one.rows) for one in found] == [("3000000077", 1)]
    assert "3000000077" in text_of(client, f"{reverse(LIST)}?kind=product")
    product = Product.objects.create(
        code="HY-77", name="新胶", product_line=org.sealant, base_unit=org.product.base_unit
    )
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(page_of("3000000077", "product"), {"record": product.pk}).status_code == 302
    order = SalesOrder.objects.get(number="4500000009")
    assert set(order.lines.values_list("product", flat=True)) == {product.pk, org.product.pk}
    record = text_of(client, address_of(product))
    assert reverse("integrations:take_number", args=["product", "3000000077"]) in record
    with django_capture_on_commit_callbacks(execute=True):
        assert take_number_away(kind="product", number="3000000077", actor=steward, reason="another one") == 1
    assert RejectedRow.objects.get(state="open", external_id="4500000009")


def test_what_is_no_number_breaks_no_page(waiting: Erp, org: Organisation, client: Client, client_of: Any) -> None:
    row = RejectedRow.objects.filter(partner="1000098").get()
    RejectedRow.objects.filter(pk=row.pk).update(payload={"SoldToParty": "12\n34", "to_Item": [{"Material": "a/b?c"}]})
    assert "1000099" in text_of(client, reverse(LIST))
    assert "a/b?c" in text_of(client, f"{reverse(LIST)}?kind=product")
    assert client.get(page_of("a/b?c", "product")).status_code == 200
    assert client.get(f"{reverse(LIST)}?q=%00").status_code == 200
    assert client.get(page_of("a\x00b", "product")).status_code == 404
    shown = reverse("integrations:rejectedrow_record", args=[row.pk])
    assert page_of("a/b?c", "product") in text_of(client_of(org.people.administrator), shown)


def test_an_erp_that_does_not_answer_is_said_and_nothing_is_lost(waiting: Erp, client: Client) -> None:
    waiting.server.faults.add({"status": 500, "count": 1})
    answer = client.post(
        reverse("integrations:ask_erp", args=["customer"]), {"number": "1000099", "back": "1"}, follow=True
    )
    assert "500" in answer.content.decode()
    assert facts_of("customer", ["1000099"])["1000099"].name == "苏州恒谱"


def test_the_list_takes_the_same_queries_for_one_number_and_for_five(
    connected: Erp, client: Client, django_assert_num_queries: Any
) -> None:
    for count in (1, 5):
        for number in range(count):
            connected.order(f"450000010{number}", customer=f"100020{number}")
        read(connected)
        text_of(client, reverse(LIST))
        with django_assert_num_queries(4):
            text_of(client, reverse(LIST))


def test_the_job_is_safe_to_run_twice(waiting: Erp, buyer: Customer, org: Organisation, steward: User) -> None:
    give_number(kind="customer", number="1000099", record=make_customer(org), actor=steward)
    job = RejectedRow.objects.filter(partner="1000099").values_list("tried_by", flat=True)[0]
    for _twice in range(2):
        tasks.retry_rows.apply(args=[job], throw=True)
    assert SalesOrder.objects.count() == 3
