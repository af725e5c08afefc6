"""Documents fed by the API: the same writers as the ERP sync, another system's name."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from integrations.models import ExternalRef
from integrations.sync.documents import brought_by
from orders.models import CustomerReturn, Invoice, Receivable, SalesOrder, Settlement, Shipment
from tests.api.conftest import grant
from tests.factories.organisation import Organisation
from tests.factories.records import make_customer, make_order

pytestmark = pytest.mark.django_db


@pytest.fixture
def feeder(org: Organisation, program: Any) -> Any:
    """A program that may feed documents."""
    grant(org.people.sales_rep, "integrations.feed_documents")
    return program(org.people.sales_rep)


def order(org: Organisation, customer: Any, **values: Any) -> dict[str, Any]:
    """An order of two lines, one of them rejected."""
    lines = [
        {"item": 10, "product": org.product.code, "quantity": "500", "unit": "KG", "net": "15000.00"},
        {"item": 20, "text": "样品", "quantity": "1", "unit": "KG", "net": "10.00", "rejected": True},
    ]
    head = {"key": "SO-1", "customer": customer.code, "currency": "CNY", "ordered_on": "2026-11-02", "lines": lines}
    return {**head, **values}


def test_an_order_is_fed_changed_and_the_same_again_writes_nothing(org: Organisation, feeder: Any) -> None:
    customer = make_customer(org)
    body = {"system": "KINGDEE", "rows": [order(org, customer)]}
    assert [row["result"] for row in feeder.post("orders/bulk/", body).json()["results"]] == ["created"]
    made = SalesOrder.objects.get()
    assert (made.number, made.net, made.net_base) == ("SO-1", Decimal("15000"), Decimal("15000"))
    assert (made.customer, made.owner) == (customer, customer.owner)
    assert made.lines.get(item=10).quantity_base == 500
    assert [row["result"] for row in feeder.post("orders/bulk/", body).json()["results"]] == ["unchanged"]
    changed = feeder.put("orders/by-key/KINGDEE/SO-1/", order(org, customer, status="completed", lines=[]))
    assert (changed.status_code, changed.json()["status"], changed.json()["lines"]) == (200, "completed", [])
    assert feeder.get("orders/by-key/KINGDEE/SO-1/").json()["id"] == made.pk


def test_what_another_system_brought_is_left_alone(org: Organisation, feeder: Any) -> None:
    customer = make_customer(org)
    theirs = make_order(org, customer=customer, number="4500000001")
    ExternalRef.objects.create(system="SAP", entity="sales_order", external_id="4500000001", object_id=theirs.pk)
    body = {"system": "KINGDEE", "rows": [order(org, customer, key="4500000001"), order(org, customer)]}
    results = feeder.post("orders/bulk/", body).json()["results"]
    assert [row["result"] for row in results] == ["failed", "created"]
    theirs.refresh_from_db()
    assert theirs.customer_reference != "x"
    refused = feeder.post("orders/bulk/", {"system": "sap", "rows": [order(org, customer)]})
    assert refused.status_code == 422


def test_each_row_says_what_is_wrong(org: Organisation, feeder: Any) -> None:
    customer, foreign = make_customer(org), make_customer(org, owner=org.people.stranger)
    line = {"item": 10, "product": "nothing", "net": "1"}
    rows: list[Any] = [
        order(org, customer, key="1", lines=[line]),
        order(org, foreign, key="2"),
        order(org, customer, key="3", currency="XXX"),
        order(org, customer, key="4", lines=[{**line, "product": org.product.code, "unit": "BARREL"}]),
        order(org, customer, key="5", lines=[{"item": 1, "net": "1"}, {"item": 1, "net": "1"}]),
        "no object",
        order(org, customer, key="7"),
        order(org, customer, key="7"),
    ]
    results = feeder.post("orders/bulk/", {"system": "KINGDEE", "rows": rows}).json()["results"]
    assert [list(row.get("errors", {})) for row in results[:3]] == [["lines.0.product"], ["customer"], ["currency"]]
    assert "BARREL" in results[3]["detail"]
    assert list(results[4]["errors"]) == ["lines"]
    assert [row["result"] for row in results[5:]] == ["failed", "created", "failed"]
    assert SalesOrder.objects.count() == 1


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"])
def test_a_document_of_a_day_that_cannot_be_is_a_failed_row(org: Organisation, feeder: Any, day: str) -> None:
    customer = make_customer(org)
    line = {"item": 10, "net": "1", "promised_on": day}
    rows = [
        order(org, customer, key="1", ordered_on=day),
        order(org, customer, key="2", requested_on=day),
        order(org, customer, key="3", source_changed_at=f"{day}T12:00:00Z"),
        order(org, customer, key="4", lines=[line]),
        order(org, customer, key="5"),
    ]
    results = feeder.post("orders/bulk/", {"system": "KINGDEE", "rows": rows}).json()["results"]
    told = ["Enter a date from 1900-01-01 to 2199-12-31."]
    names = ["ordered_on", "requested_on", "source_changed_at", "lines.0.promised_on"]
    assert [row.get("errors") for row in results] == [*({name: told} for name in names), None]
    assert SalesOrder.objects.get().number == "5"
    item = {"customer": customer.pk, "currency": "CNY", "amount": "1", "posted_on": "2026-11-06", "cleared_on": day}
    assert feeder.put("receivables/by-key/K/R-1/", item).json()["errors"] == {"cleared_on": told}


def test_the_chain_is_joined(org: Organisation, feeder: Any) -> None:
    customer = make_customer(org)
    assert feeder.put("orders/by-key/K/SO-1/", order(org, customer)).status_code == 201
    head = {"customer": customer.pk, "currency": "CNY"}
    line = {"item": 1, "product": org.product.pk, "quantity": "500", "unit": "KG"}
    line |= {"order_number": "SO-1", "order_item": 10}
    shipped = {**head, "shipped_on": "2026-11-05", "status": "shipped", "lines": [line]}
    assert feeder.put("shipments/by-key/K/D-1/", shipped).status_code == 201
    money = {"net": "15000", "gross": "16950"}
    billed = {**head, **money, "tax": "1950", "invoiced_on": "2026-11-06", "lines": [{**line, **money}]}
    assert feeder.put("invoices/by-key/K/I-1/", billed).status_code == 201
    item = {**head, "posted_on": "2026-11-06", "due_on": "2026-12-06", "amount": "16950", "invoice_number": "I-1"}
    assert feeder.put("receivables/by-key/K/R-1/", item).status_code == 201
    assert SalesOrder.objects.get().lines.get(item=10).shipped_base == 500
    assert Shipment.objects.get().lines.get().order_line is not None
    assert Receivable.objects.get().invoice == Invoice.objects.get()
    wrong = feeder.put("invoices/by-key/K/I-2/", {**billed, "kind": "credit_memo"})
    assert list(wrong.json()["errors"]) == ["net"]


def test_signs_that_would_turn_a_figure_around_are_refused(org: Organisation, feeder: Any) -> None:
    customer = make_customer(org)
    head = {"customer": customer.pk, "currency": "CNY", "tax": "-13", "gross": "-113", "invoiced_on": "2026-11-06"}
    line = {"item": 1, "product": org.product.pk, "quantity": "-5", "unit": "KG", "net": "-100", "gross": "-113"}
    memo = {**head, "kind": "credit_memo", "net": "-100", "lines": [line]}
    for wrong in ({"net": "100"}, {"quantity": "5"}):
        refused = feeder.put("invoices/by-key/K/C-1/", {**memo, "lines": [{**line, **wrong}]})
        assert (refused.status_code, list(refused.json()["errors"])) == (422, ["lines"]), refused.content
    assert feeder.put("invoices/by-key/K/C-1/", memo).status_code == 201
    undone = {**head, "kind": "cancellation", "net": "100", "tax": "13", "gross": "113", "lines": []}
    assert list(feeder.put("invoices/by-key/K/C-2/", undone).json()["errors"]) == ["net"]
    assert feeder.put("invoices/by-key/K/C-2/", {**undone, "cancels_number": "C-1"}).status_code == 201
    both = [{**memo, "key": "C-3"}, {**undone, "key": "C-4", "cancels_number": "C-3"}]
    results = feeder.post("invoices/bulk/", {"system": "K", "rows": both}).json()["results"]
    assert [row["result"] for row in results] == ["created", "created"]
    item = {"customer": customer.pk, "currency": "CNY", "posted_on": "2026-11-06", "amount": "50"}
    for kind in ("payment", "credit_memo"):
        assert list(feeder.put("receivables/by-key/K/R-1/", {**item, "kind": kind}).json()["errors"]) == ["amount"]
    assert feeder.put("receivables/by-key/K/R-1/", {**item, "kind": "payment", "amount": "-50"}).status_code == 201


def test_a_shipment_whose_order_is_corrected_leaves_the_order_of_before(org: Organisation, feeder: Any) -> None:
    customer = make_customer(org)
    feeder.put("orders/by-key/K/SO-1/", order(org, customer))
    line = {"item": 1, "product": org.product.pk, "quantity": "500", "unit": "KG", "order_item": 10}
    shipped = {"customer": customer.pk, "currency": "CNY", "shipped_on": "2026-11-05", "status": "shipped"}

    def ship(number: str) -> None:
        lines = [{**line, "order_number": number}] if number else [{**line, "order_item": None}]
        assert feeder.put("shipments/by-key/K/D-1/", {**shipped, "lines": lines}).status_code in (200, 201)

    ship("SO-1")
    assert SalesOrder.objects.get().lines.get(item=10).shipped_base == 500
    ship("SO-2")
    assert Shipment.objects.get().lines.get().order_line is None
    assert SalesOrder.objects.get().lines.get(item=10).shipped_base == 0
    feeder.put("orders/by-key/K/SO-2/", order(org, customer, key="SO-2"))
    assert SalesOrder.objects.get(number="SO-2").lines.get(item=10).shipped_base == 500
    ship("")
    assert SalesOrder.objects.get(number="SO-2").lines.get(item=10).shipped_base == 0


def test_it_takes_a_right(org: Organisation, program: Any) -> None:
    rep = program(org.people.sales_rep)
    assert rep.post("orders/bulk/", {"system": "K", "rows": []}).status_code == 403
    assert rep.post("orders/", {}).status_code == 405


def test_a_key_stands_for_one_number(org: Organisation, feeder: Any) -> None:
    body = order(org, make_customer(org))
    assert feeder.put("orders/by-key/MES/1/", {**body, "number": "A"}).status_code == 201
    answer = feeder.put("orders/by-key/MES/1/", {**body, "number": "B"})
    words = "This key stands for document A: send its number, or another key."
    assert (answer.status_code, answer.json()["detail"]) == (422, words)
    foreign = make_order(org, customer=make_customer(org, owner=org.people.stranger), number="C")
    ExternalRef.objects.create(system="MES", entity="sales_order", external_id="2", object_id=foreign.pk)
    for number in "CD":
        answer = feeder.put("orders/by-key/MES/2/", {**body, "number": number})
        assert answer.json()["detail"] == "This key stands for a document out of your reach."
    rows = [{**body, "key": "3", "number": number} for number in "EF"]
    results = feeder.post("orders/bulk/", {"system": "MES", "rows": rows}).json()["results"]
    assert [row["result"] for row in results] == ["created", "failed"]
    assert results[1]["detail"] == "It came twice in this request."


@pytest.mark.parametrize("way", ["pk", "code", "ref"])
def test_names_are_looked_up_once_for_all_rows(org: Organisation, feeder: Any, way: str) -> None:
    ExternalRef.objects.create(system="MES", entity="product", external_id="P", object_id=org.product.pk)
    names = []
    for number in range(6):
        customer = make_customer(org)
        ExternalRef.objects.create(system="MES", entity="customer", external_id=str(number), object_id=customer.pk)
        names.append({"pk": customer.pk, "code": customer.code, "ref": {"system": "MES", "key": str(number)}}[way])
    product = {"pk": org.product.pk, "code": org.product.code, "ref": {"system": "MES", "key": "P"}}[way]
    lines = [{"item": item, "product": product, "quantity": "1", "unit": "KG", "net": "1"} for item in (10, 20, 30)]

    def asked(kind: str, among: list[Any]) -> int:
        head = order(org, make_customer(org), lines=lines)
        rows = [{**head, "key": f"{kind}{place}", "customer": name} for place, name in enumerate(among)]
        with CaptureQueriesContext(connection) as queries:
            results = feeder.post("orders/bulk/", {"system": "MES", "rows": rows}).json()["results"]
        assert [row["result"] for row in results] == ["created"] * len(among), results
        tables = ('FROM "customers_customer"', 'FROM "crm_product"', 'FROM "integrations_externalref"')
        return sum(any(table in query["sql"] for table in tables) for query in queries.captured_queries)

    asked("warm", names[:1])
    assert asked("few", names[:1]) == asked("many", names)


def test_the_lines_of_a_cancelled_order_count_no_more(org: Organisation, feeder: Any) -> None:
    customer = make_customer(org)
    made = feeder.put("orders/by-key/K/SO-1/", order(org, customer, status="cancelled"))
    assert made.status_code == 201, made.content
    stored = SalesOrder.objects.get()
    assert stored.net == 0 and not stored.lines.filter(rejected=False).exists()


def test_a_receivable_whose_invoice_is_corrected_leaves_the_invoice_of_before(org: Organisation, feeder: Any) -> None:
    customer = make_customer(org)
    head = {"customer": customer.pk, "currency": "CNY"}
    money = {"net": "1000", "tax": "130", "gross": "1130"}
    line = {"item": 1, "product": org.product.pk, "quantity": "5", "unit": "KG", "net": "1000", "gross": "1130"}
    for number in ("I-1", "I-2"):
        billed = {**head, **money, "invoiced_on": "2026-11-06", "lines": [line]}
        assert feeder.put(f"invoices/by-key/K/{number}/", billed).status_code == 201
    item = {**head, "posted_on": "2026-11-06", "due_on": "2026-12-06", "amount": "1130", "cleared_on": "2026-11-20"}

    def owe(invoice: str) -> list[str]:
        answer = feeder.put("receivables/by-key/K/R-1/", {**item, "invoice_number": invoice})
        assert answer.status_code in (200, 201), answer.content
        return list(Settlement.objects.values_list("invoice_line__invoice__number", flat=True))

    assert owe("I-1") == ["I-1"]
    assert owe("I-2") == ["I-2"]
    assert owe("I-9") == []
    assert owe("") == [] and Receivable.objects.get().invoice is None


def test_what_a_document_does_not_have_is_refused(org: Organisation, feeder: Any) -> None:
    body = order(org, make_customer(org))
    wrong = feeder.put("orders/by-key/K/SO-1/", {**body, "colour": "red"})
    assert (wrong.status_code, wrong.json()["errors"]) == (422, {"colour": ["This cannot be set here."]})
    lines = [body["lines"][0], {**body["lines"][1], "weight": 1}]
    (row,) = feeder.post("orders/bulk/", {"system": "K", "rows": [{**body, "lines": lines}]}).json()["results"]
    assert row["errors"] == {"lines.1.weight": ["This cannot be set here."]}
    assert not SalesOrder.objects.exists()


def test_a_number_that_is_too_large_is_told_in_our_words(org: Organisation, feeder: Any) -> None:
    lines = [{"item": item, "net": "999999999999999.999"} for item in range(1, 100)]
    answer = feeder.put("orders/by-key/K/SO-1/", order(org, make_customer(org), lines=lines))
    assert answer.status_code == 422
    assert answer.json()["detail"] == (
        "A number of it, or what it comes to in base currency or base unit, is too large."
    )


def test_a_document_that_breaks_something_holds_up_no_other(org: Organisation, feeder: Any, monkeypatch: Any) -> None:
    from integrations.api import document_views

    real = document_views.rows_of

    def breaks(name: str, values: Any, known: Any) -> Any:
        if values["key"] == "2":
            raise RuntimeError("secret detail")
        return real(name, values, known)

    monkeypatch.setattr(document_views, "rows_of", breaks)
    rows = [order(org, make_customer(org), key=key) for key in (1, "2", "3")]
    results = feeder.post("orders/bulk/", {"system": "K", "rows": rows}).json()["results"]
    assert [(row["key"], row["result"]) for row in results] == [("1", "created"), ("2", "failed"), ("3", "created")]
    assert results[1]["status"] == 500 and "secret" not in results[1]["detail"]


def test_a_document_may_be_wanted_as_a_new_one_only(org: Organisation, feeder: Any) -> None:
    body = order(org, make_customer(org))
    assert feeder.put("orders/by-key/K/SO-1/", body, If_None_Match="*").status_code == 201
    assert feeder.put("orders/by-key/K/SO-1/", body, If_None_Match="*").status_code == 412


def test_returns_and_credit_requests_are_fed_too(org: Organisation, feeder: Any) -> None:
    customer = make_customer(org)
    line = {"item": 1, "product": org.product.pk, "quantity": "5", "unit": "KG", "net": "100"}
    line |= {"reference_number": "I-1", "reference_item": 10}
    given = {"customer": customer.pk, "currency": "CNY", "requested_on": "2026-11-06", "net": "100", "lines": [line]}
    for wrong in ({"net": "-100"}, {"lines": [{**line, "quantity": "-5"}]}):
        refused = feeder.put("returns/by-key/K/RE-1/", {**given, **wrong})
        assert (refused.status_code, list(refused.json()["errors"])) == (422, ["net"]), refused.content
    assert feeder.put("returns/by-key/K/RE-1/", given).status_code == 201
    credit = {**given, "key": "RE-2", "kind": "credit", "status": "completed", "reference": "I-1"}
    body = {"system": "K", "rows": [credit]}
    assert [row["result"] for row in feeder.post("returns/bulk/", body).json()["results"]] == ["created"]
    assert [row["result"] for row in feeder.post("returns/bulk/", body).json()["results"]] == ["unchanged"]
    goods, request = CustomerReturn.objects.order_by("number")
    assert (goods.kind, goods.net_base, goods.lines.get().reference_number) == ("return", 100, "I-1")
    assert (request.kind, request.status, request.reference) == ("credit", "completed", "I-1")
    assert brought_by(goods) == brought_by(request) == "K", "no pass of the ERP looks for them there"
