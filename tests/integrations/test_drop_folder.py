"""A company without SAP: sheets in a folder become the same documents, and what cannot be taken is told."""

import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from crm.models import Product, ProductLine
from customers.models import Customer
from integrations.domain.alarms import look
from integrations.domain.handed_in import handed_in_as_of
from integrations.files.folder import take_folder
from integrations.models import Alarm, ErpCustomer, RejectedRow, SyncRun
from integrations.tasks import drop_folder
from orders.models import CustomerReturn, Invoice, Receivable, SalesOrder, SalesOrderLine, Settlement, Shipment
from tests.factories.organisation import Organisation
from tests.factories.records import make_customer
from tests.importing.sheets import xlsx
from tests.integrations.conftest import known_in_erp

pytestmark = pytest.mark.django_db

ORDERS = """order,customer,currency,ordered_on,net,status,item,product,quantity,unit,promised_on,line_net,customer_reference
SO-1,1000001,CNY,2026-11-02,"3,000.00",part_delivered,10,3000000001,10,DR,2026-12-01,2000,PO-1
SO-1,1000001,CNY,2026-11-02,"3,000.00",part_delivered,20,3000000001,100,KG,2026/12/5,1000,PO-1
SO-2,1000001,USD,2026-11-03,10,open,10,3000000001,1,KG,,10,
"""
SHIPMENTS = """shipment,customer,currency,planned_on,shipped_on,status,item,product,quantity,unit,order,order_item
LF-1,1000001,CNY,2026-11-20,2026-11-21,shipped,10,3000000001,100,KG,SO-1,20
"""
INVOICES = """invoice,company,customer,currency,type,invoiced_on,net,tax,gross,item,product,quantity,unit,\
order,order_item,line_net,line_tax
IV-1,1000,1000001,CNY,invoice,2026-11-22,1000,130,1130,10,3000000001,100,KG,SO-1,20,1000,130
IV-2,1000,1000001,CNY,credit_memo,2026-11-23,100,13,113,10,3000000001,10,KG,SO-1,20,100,13
"""
RECEIVABLES = """document,company,year,item,customer,currency,type,invoice,posted_on,due_on,cleared_on,clearing_document,amount
180001,1000,2026,1,1000001,CNY,invoice,IV-1,2026-11-22,2026-12-22,2026-11-25,140001,1130
"""


def put(folder: Path, name: str, content: str, encoding: str = "utf-8-sig") -> Path:
    path = folder / name
    path.write_bytes(content.encode(encoding))
    return path


def take(folder: Path) -> list[SyncRun]:
    return take_folder(folder, settled=-1)


def test_documents_of_all_kinds_in_their_order(tmp_path: Path, buyer: Customer, org: Organisation) -> None:
    for name, content in (("receivables-1", RECEIVABLES), ("invoices-1", INVOICES), ("shipments-1", SHIPMENTS)):
        put(tmp_path, f"{name}.csv", content)
    put(tmp_path, "orders-1.csv", ORDERS, "gb18030")
    assert handed_in_as_of() is None
    runs = take(tmp_path)
    assert handed_in_as_of() is not None
    assert [(run.message, run.written, run.rejected) for run in runs] == [
        ("orders-1.csv", 2, 0),
        ("shipments-1.csv", 1, 0),
        ("invoices-1.csv", 2, 0),
        ("receivables-1.csv", 1, 0),
    ]
    order = SalesOrder.objects.get(number="SO-1")
    assert (order.net, order.status, order.customer, order.customer_reference) == (
        3000,
        "part_delivered",
        buyer,
        "PO-1",
    )
    line = SalesOrderLine.objects.get(order=order, item=20)
    assert (line.quantity_base, str(line.promised_on), line.shipped_base) == (100, "2026-12-05", 100)
    assert SalesOrderLine.objects.get(order=order, item=10).quantity_base == 2000
    assert SalesOrder.objects.get(number="SO-2").net_base == Decimal("71.00")
    assert Shipment.objects.get().status == "shipped"
    assert {row.number: row.net for row in Invoice.objects.all()} == {"IV-1": 1000, "IV-2": -100}
    assert Receivable.objects.get().invoice.number == "IV-1" and Settlement.objects.count() == 1
    assert sorted(path.name for path in (tmp_path / "done").iterdir())[0] == "invoices-1.csv"
    assert not [path for path in tmp_path.iterdir() if path.is_file()]


def test_a_workbook_and_the_same_file_again_which_changes_nothing(tmp_path: Path, buyer: Customer) -> None:
    head, *rows = [line.split(",") for line in ORDERS.replace('"3,000.00"', "3000").splitlines()]
    (tmp_path / "orders-1.xlsx").write_bytes(xlsx(rows, head))
    assert take(tmp_path)[0].written == 2
    put(tmp_path, "orders-1.csv", ORDERS)
    (run,) = take(tmp_path)
    assert (run.written, run.unchanged) == (0, 2)
    put(tmp_path, "orders-1.csv", ORDERS)
    take(tmp_path)
    assert len(list((tmp_path / "done").glob("orders-1*.csv"))) == 2


def test_what_cannot_be_taken_waits_with_its_reason_beside_the_file(
    tmp_path: Path, buyer: Customer, org: Organisation
) -> None:
    bad = ORDERS.replace("SO-2,1000001,USD,2026-11-03", "SO-2,1000099,USD,2026-11-03")
    put(tmp_path, "orders-1.csv", bad + "SO-3,1000001,CNY,31.12.2026,5,open,10,3000000001,1,KG,,5,\n")
    (run,) = take(tmp_path)
    assert (run.read, run.written, run.rejected) == (3, 1, 2)
    report = (tmp_path / "rejected" / "orders-1.csv.report.txt").read_text()
    assert "SO-2" in report and "1000099" in report and "SalesOrderDate" in report and "31.12.2026" in report
    assert RejectedRow.objects.filter(state="open").count() == 2
    known_in_erp(make_customer(org), "1000099")
    put(tmp_path, "orders-2.csv", ORDERS)
    take(tmp_path)
    assert SalesOrder.objects.count() == 2 and RejectedRow.objects.get(external_id="SO-2").state == "resolved"


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ("order,customer\n1,2\n", "currency"),
        (ORDERS.replace("line_net", "line_nett"), "line_nett"),
        ("", ""),
    ],
)
def test_a_sheet_that_is_none_is_refused_as_a_whole(tmp_path: Path, buyer: Customer, content: str, word: str) -> None:
    put(tmp_path, "orders-1.csv", content, "utf-8")
    (run,) = take(tmp_path)
    assert run.state == "failed" and word in run.message and not SalesOrder.objects.exists()
    assert word in (tmp_path / "rejected" / "orders-1.csv.report.txt").read_text()


def test_files_of_others_and_files_still_written_are_left_alone(tmp_path: Path, buyer: Customer, settings: Any) -> None:
    settings.ERP_DROP_FOLDER = str(tmp_path)
    put(tmp_path, "readme.txt", "x")
    put(tmp_path, "prices-1.csv", "x")
    fresh = put(tmp_path, "orders-1.csv", ORDERS)
    drop_folder()
    assert fresh.exists() and not SyncRun.objects.exists()
    os.utime(fresh, (0, 0))
    drop_folder()
    assert not fresh.exists() and SyncRun.objects.get().written == 2
    assert {path.name for path in tmp_path.iterdir()} == {"done", "readme.txt", "prices-1.csv"}


def test_the_page_says_what_came_of_the_files_and_where_the_folder_is(
    tmp_path: Path,
    buyer: Customer,
    org: Organisation,
    settings: Any,
    client_of: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    admin, auditor = client_of(org.people.administrator), client_of(org.people.auditor)
    page, button = reverse("integrations:sync"), reverse("integrations:take_folder")
    assert "ERP_DROP_FOLDER" in admin.get(page).content.decode()  # how it is set
    assert "No drop folder is set" in admin.post(button, follow=True).content.decode()
    settings.ERP_DROP_FOLDER = str(tmp_path)
    put(tmp_path, "orders-1.csv", ORDERS.replace("SO-2,1000001", "SO-2,1000099"))
    put(tmp_path, "orders-2.csv", "order,customer\n1,2\n")
    assert "orders-1.csv · orders-2.csv" in admin.get(page).content.decode()
    for path in tmp_path.iterdir():
        os.utime(path, (0, 0))
    assert auditor.post(button).status_code == 403
    with django_capture_on_commit_callbacks(execute=True):
        assert "being looked at" in admin.post(button, follow=True).content.decode()
    shown = admin.get(page).content.decode()
    run = SyncRun.objects.get(rejected=1)
    assert "Columns that are missing: currency" in shown
    assert f"{reverse('integrations:rejectedrow_list')}?run={run.pk}" in shown
    listed = admin.get(reverse("integrations:rejectedrow_list"), {"run": run.pk}).content.decode()
    assert "SO-2" in listed and "1000099" in listed
    assert "Take now" in shown and "Take now" not in auditor.get(page).content.decode()
    settings.ERP_DROP_FOLDER = str(tmp_path / "elsewhere")
    assert "cannot be seen from here" in admin.get(page).content.decode()


@pytest.mark.parametrize("amount", ["12,50", "1.234,56", "0,5", "1,2345", "12,34,567"])
def test_a_decimal_comma_is_never_taken_for_a_thousand(tmp_path: Path, buyer: Customer, amount: str) -> None:
    put(tmp_path, "orders-1.csv", ORDERS.replace("USD,2026-11-03,10,", f'USD,2026-11-03,"{amount}",'))
    (run,) = take(tmp_path)
    assert (run.written, run.rejected) == (1, 1)
    assert amount in RejectedRow.objects.get(external_id="SO-2").reason


def test_a_file_whose_name_came_in_another_encoding_holds_up_no_other(
    tmp_path: Path, buyer: Customer, org: Organisation, settings: Any, client_of: Any
) -> None:
    name = os.fsdecode("orders-订单.csv".encode("gb18030"))
    put(tmp_path, name, ORDERS)
    put(tmp_path, "shipments-1.csv", SHIPMENTS)
    settings.ERP_DROP_FOLDER = str(tmp_path)
    page = client_of(org.people.administrator).get(reverse("integrations:sync"))
    assert page.status_code == 200 and "shipments-1.csv" in page.content.decode()
    assert [run.written for run in take(tmp_path)] == [2, 1]
    assert (tmp_path / "done" / name).exists()


def test_why_a_sheet_was_refused_is_told_in_the_readers_language(
    tmp_path: Path, buyer: Customer, org: Organisation, settings: Any, client_of: Any
) -> None:
    settings.ERP_DROP_FOLDER = str(tmp_path)
    put(tmp_path, "orders-1.csv", "order,customer\n1,2\n")
    take(tmp_path)
    for language, said in (("en", "Columns that are missing"), ("zh-hans", "缺少的列")):
        org.people.administrator.language = language
        org.people.administrator.save()
        page = client_of(org.people.administrator).get(reverse("integrations:sync")).content.decode()
        assert said in page and "orders-1.csv" in page


def test_a_shipment_that_left_has_left_whether_a_word_says_so_or_not(tmp_path: Path, buyer: Customer) -> None:
    put(tmp_path, "orders-1.csv", ORDERS)
    put(
        tmp_path,
        "shipments-1.csv",
        SHIPMENTS.replace("shipped_on,status,", "shipped_on,").replace(",shipped,10", ",10"),
    )
    take(tmp_path)
    shipment = Shipment.objects.get()
    assert (shipment.status, str(shipment.shipped_on)) == ("shipped", "2026-11-21")
    assert SalesOrderLine.objects.get(order__number="SO-1", item=20).shipped_base == 100


@pytest.mark.parametrize("word", ["cancellation", "credit_memo_cancellation"])
@pytest.mark.parametrize("together", [False, True])
def test_what_cancels_a_credit_memo_is_owed_again(tmp_path: Path, buyer: Customer, word: str, together: bool) -> None:
    head, *before = INVOICES.splitlines()
    undone = before[-1].replace("IV-2", "IV-3").replace("credit_memo", word) + ",IV-2"
    rows = [*(f"{row}," for row in before), undone]
    for sheet, part in enumerate([rows] if together else [rows[:-1], rows[-1:]]):
        put(tmp_path, f"invoices-{sheet}.csv", "\n".join([f"{head},cancels", *part, ""]))
        (run,) = take(tmp_path)
        assert (run.written, run.rejected) == (len(part), 0)
    assert {row.number: row.net for row in Invoice.objects.all()} == {"IV-1": 1000, "IV-2": -100, "IV-3": 100}
    assert Invoice.objects.get(number="IV-3").kind == "cancellation"


def test_without_a_folder_nothing_happens(settings: Any, tmp_path: Path) -> None:
    drop_folder()
    settings.ERP_DROP_FOLDER = str(tmp_path / "gone")
    drop_folder()
    assert not SyncRun.objects.exists()


CUSTOMERS = """customer,name,city,country,orders_blocked,organization,channel,division,currency,terms
1000001,苏州恒谱,苏州,CN,是,1010,10,01,CNY,ZB30
1000001,苏州恒谱,苏州,CN,是,1010,20,01,EUR,ZB60
1000099,无人,,,,1010,10,01,CNY,ZB30
"""
PRODUCTS = """product,group,base_unit,name,name_en,unit,numerator,denominator
3000000001,SEAL,KG,密封胶 801,Sealant 801,DR,180,1
3000000009,SEAL,KG,密封胶 809,Sealant 809,,,
"""
RETURNS = """return,customer,currency,requested_on,net,status,goes_back_to,\
item,product,quantity,unit,line_net,document,document_item
RE-1,1000001,CNY,2026-11-24,300,in_work,IV-1,10,3000000001,2,DR,300,IV-1,10
"""
REQUESTS = """request,customer,currency,requested_on,net,reason,item,product,quantity,unit,line_net
CR-1,1000001,CNY,2026-11-25,50,004,10,3000000001,5,KG,50
"""


def test_customers_products_and_returns_come_by_sheets_too(tmp_path: Path, buyer: Customer, org: Organisation) -> None:
    ProductLine.objects.filter(pk=org.sealant.pk).update(code="SEAL")
    for name, content in (("returns-1", RETURNS), ("credit_requests-1", REQUESTS), ("orders-1", NEW_PRODUCT)):
        put(tmp_path, f"{name}.csv", content)
    put(tmp_path, "products-1.csv", PRODUCTS)
    put(tmp_path, "customers-1.csv", CUSTOMERS)
    assert [(run.message, run.written, run.rejected) for run in take(tmp_path)] == [
        ("customers-1.csv", 1, 1),
        ("products-1.csv", 2, 0),
        ("orders-1.csv", 1, 0),
        ("returns-1.csv", 1, 0),
        ("credit_requests-1.csv", 1, 0),
    ]
    account = ErpCustomer.objects.get()
    assert (account.customer, account.number, account.partner, account.name) == (
        buyer,
        "1000001",
        "1000001",
        "苏州恒谱",
    )
    assert (account.address, account.blocks) == ("苏州, CN", ["order"])
    assert [(area["area"], area["currency"], area["terms"]) for area in account.areas] == [
        ("1010/10/01", "CNY", "ZB30"),
        ("1010/20/01", "EUR", "ZB60"),
    ]
    made = Product.objects.get(code="3000000009")
    assert (made.name, made.name_en, made.product_line) == ("密封胶 809", "Sealant 809", org.sealant)
    known = Product.objects.get(pk=org.product.pk)
    assert (known.name, known.units.get(unit__code="DR").numerator) == ("密封胶 801", 180)
    assert SalesOrderLine.objects.get(order__number="SO-9").product == made
    back, asked = CustomerReturn.objects.get(number="RE-1"), CustomerReturn.objects.get(number="CR-1")
    assert (back.kind, back.status, back.net, back.reference) == ("return", "in_work", 300, "IV-1")
    line = back.lines.get()
    assert (line.quantity_base, line.reference_number, line.reference_item) == (360, "IV-1", 10)
    assert (asked.kind, asked.status, asked.reason, asked.lines.get().quantity_base) == ("credit", "open", "004", 5)
    for name, content in (("customers-2", CUSTOMERS), ("products-2", PRODUCTS), ("returns-2", RETURNS)):
        put(tmp_path, f"{name}.csv", content)
    assert [run.written for run in take(tmp_path)] == [0, 0, 0]


NEW_PRODUCT = """order,customer,currency,ordered_on,net,item,product,quantity,unit,line_net
SO-9,1000001,CNY,2026-11-03,10,10,3000000009,1,KG,10
"""


def test_a_wrong_sheet_that_comes_again_is_reported_again(tmp_path: Path, buyer: Customer, org: Organisation) -> None:
    bad = ORDERS.replace("1000001", "1999999")
    first = set()
    for number in (1, 2):
        put(tmp_path, f"orders-{number}.csv", bad)
        (run,) = take(tmp_path)
        assert (run.rejected, RejectedRow.objects.filter(run=run).count()) == (2, 2)
        assert handed_in_as_of() is None  # nothing of it is here
        first.add(RejectedRow.objects.earliest("at").at)
        assert "1999999" in (tmp_path / "rejected" / f"orders-{number}.csv.report.txt").read_text()
    assert len(first) == 1, "its rows wait since they came first"


def test_a_sheet_whose_take_was_killed_does_not_stay_running(tmp_path: Path, buyer: Customer) -> None:
    killed = SyncRun.objects.create(entity_set="A_SalesOrder", message="orders-0.csv")
    put(tmp_path, "orders-1.csv", ORDERS)
    take(tmp_path)
    killed.refresh_from_db()
    assert killed.state == "failed"
    assert killed.finished_at is not None


def test_a_file_that_cannot_be_moved_is_told_and_holds_up_no_other(tmp_path: Path, buyer: Customer) -> None:
    put(tmp_path, "orders-1.csv", ORDERS)
    put(tmp_path, "shipments-1.csv", SHIPMENTS)
    (tmp_path / "done").write_text("not a folder")
    orders, shipments = take(tmp_path)
    assert (orders.state, orders.written, shipments.state, shipments.written) == ("failed", 2, "failed", 1)
    assert "orders-1.csv: The file cannot be moved to the folder done" in orders.messages["en"]
    look()
    alarms = Alarm.objects.filter(kind="failed")
    assert {alarm.entity_set for alarm in alarms} == {"A_SalesOrder", "A_OutbDeliveryHeader"}
    (tmp_path / "done").unlink()
    assert [(run.state, run.written) for run in take(tmp_path)] == [("done", 0), ("done", 0)]
    look()
    assert not Alarm.objects.filter(mended_at=None).exists()
    assert (tmp_path / "done" / "orders-1.csv").exists()


def test_a_document_of_a_sheet_says_when_it_came_and_when_its_kind_was_handed_in_last(
    tmp_path: Path, buyer: Customer, client_of: Any
) -> None:
    put(tmp_path, "orders-1.csv", ORDERS)
    take(tmp_path)
    order = SalesOrder.objects.get(number="SO-1")
    page = client_of(buyer.owner).get(f"/orders/{order.pk}/").content.decode()
    assert "its kind was last handed in" in page and "all changes up to" not in page and "Refresh now" not in page
