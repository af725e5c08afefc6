"""What a sheet says wrongly: the document is refused with words that say what to mend, the rest of the sheet is taken."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from crm.errors import DomainError
from customers.models import Customer
from integrations.domain.rejections import retry_rows
from integrations.files.folder import take_folder
from integrations.models import RejectedRow, SyncRun
from orders.models import Invoice, Receivable, SalesOrder, SalesOrderLine
from tests.factories.organisation import Organisation
from tests.integrations.test_drop_folder import INVOICES, ORDERS, RECEIVABLES, RETURNS, SHIPMENTS, put, take

pytestmark = pytest.mark.django_db


def rejected() -> dict[str, str]:
    """In English: the site's own language is another."""
    return {row.external_id: row.reasons["en"] for row in RejectedRow.objects.filter(state="open")}


def items_of(number: str) -> dict[int, Any]:
    return dict(SalesOrderLine.objects.filter(order__number=number).values_list("item", "net"))


def taken(folder: Path, name: str, content: str) -> tuple[int, int]:
    """A sheet is taken: how many documents of it were written, and how many rejected."""
    put(folder, f"{name}-1.csv", content)
    (run,) = take(folder)
    return run.written, run.rejected


def break_writes(table: str, condition: str) -> None:
    """The database refuses rows of a table with an error that counts as one of programming."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION refuse_it() RETURNS trigger AS $$ BEGIN"
            " RAISE EXCEPTION 'not this one' USING ERRCODE = 'cardinality_violation'; END $$ LANGUAGE plpgsql"
        )
        cursor.execute(
            f"CREATE TRIGGER refuse_it BEFORE INSERT ON {table} FOR EACH ROW WHEN ({condition}) EXECUTE FUNCTION refuse_it()"
        )


# ---- items that come twice


@pytest.mark.parametrize("again", ["10", "0010"])
def test_an_item_that_comes_twice_is_refused_and_the_other_documents_are_taken(
    tmp_path: Path, buyer: Customer, again: str
) -> None:
    twice = ORDERS.replace("part_delivered,20,", f"part_delivered,{again},")
    assert taken(tmp_path, "orders", twice) == (1, 1)
    assert rejected() == {"SO-1": "Item 10 comes twice."}
    assert set(RejectedRow.objects.get().reasons) == {"en", "zh-hans"}
    assert "SO-1: " in (tmp_path / "rejected" / "orders-1.csv.report.txt").read_text()


def test_an_item_that_comes_twice_on_an_update_loses_no_line(tmp_path: Path, buyer: Customer) -> None:
    taken(tmp_path, "orders", ORDERS)
    twice = ORDERS.replace("part_delivered,20,", "part_delivered,10,")
    assert taken(tmp_path, "orders", twice) == (0, 1)
    assert items_of("SO-1") == {10: 2000, 20: 1000}


def test_an_item_of_the_erp_that_comes_twice_is_refused(tmp_path: Path, buyer: Customer, org: Organisation) -> None:
    taken(tmp_path, "orders", ORDERS.replace("2026/12/5", "5.12.2026"))
    row = RejectedRow.objects.get()
    first, _second = row.payload["to_Item"]
    row.payload["to_Item"] = [first, first]
    row.save()
    with pytest.raises(DomainError, match="Item 10 comes twice"):
        retry_rows([row], actor=org.people.administrator)


def test_what_the_database_refuses_as_wrongly_asked_is_that_row_only(tmp_path: Path, buyer: Customer) -> None:
    break_writes("orders_salesorder", "NEW.number = 'SO-2'")
    assert taken(tmp_path, "orders", ORDERS) == (1, 1)
    assert "not this one" in rejected()["SO-2"] and SalesOrder.objects.get().number == "SO-1"


def test_a_sheet_at_which_the_database_stumbles_holds_up_no_other(tmp_path: Path, buyer: Customer) -> None:
    break_writes("integrations_rejectedrow", "NEW.external_id = 'SO-2'")
    put(tmp_path, "orders-1.csv", ORDERS.replace("USD", "XXX"))
    put(tmp_path, "shipments-1.csv", SHIPMENTS)
    orders, shipments = take(tmp_path)
    assert (orders.state, shipments.state, shipments.written) == ("failed", "done", 1)
    assert (tmp_path / "rejected" / "orders-1.csv").exists() and not SyncRun.objects.filter(state="running").exists()


# ---- signs


@pytest.mark.parametrize(
    ("was", "wrong", "said"),
    [
        ("credit_memo,2026-11-23,100,13,113", "credit_memo,2026-11-23,-100,-13,-113", "negative: net, tax, gross"),
        ("credit_memo,2026-11-23,100,13,113", "invoice,2026-11-23,-100,13,113", "negative: net."),
        ("20,100,13", "20,-100,-13", "another sign"),
        ("10,KG,SO-1,20,100,13", "-10,KG,SO-1,20,100,13", "another sign"),
    ],
)
def test_amounts_of_invoices_with_a_sign_are_refused(
    tmp_path: Path, buyer: Customer, was: str, wrong: str, said: str
) -> None:
    assert was in INVOICES
    assert taken(tmp_path, "invoices", INVOICES.replace(was, wrong)) == (1, 1)
    assert said in rejected()["IV-2"] and Invoice.objects.get().number == "IV-1"


def test_a_deduction_among_the_lines_of_an_invoice_is_taken(tmp_path: Path, buyer: Customer) -> None:
    less = "IV-1,1000,1000001,CNY,invoice,2026-11-22,1000,130,1130,20,,0,KG,,,-50,0\n"
    assert taken(tmp_path, "invoices", INVOICES + less) == (2, 0)
    assert Invoice.objects.get(number="IV-1").lines.get(item=20).net == -50


ROW = "180001,1000,2026,1,1000001,CNY,invoice,IV-1,2026-11-22,2026-12-22,2026-11-25,140001,1130\n"


@pytest.mark.parametrize("kind", ["payment", "credit_memo", "invoice", "remainder"])
def test_an_amount_whose_sign_does_not_fit_its_type_is_refused(tmp_path: Path, buyer: Customer, kind: str) -> None:
    amount = "1130" if kind in ("payment", "credit_memo") else "-1130"
    wrong = ROW.replace("180001", "180002").replace(",invoice,", f",{kind},").replace(",1130", f",{amount}")
    assert taken(tmp_path, "receivables", RECEIVABLES + wrong) == (1, 1)
    assert ("remainder" if amount == "1130" else "credit_memo") in rejected()["1000/2026/180002/1"]
    assert Receivable.objects.get().number == "1000/2026/180001/1"


@pytest.mark.parametrize(
    ("kind", "amount"),
    [("payment", -5), ("credit_memo", -5), ("remainder", 5), ("down_payment", -5), ("other", -5), ("other", 5)],
)
def test_every_kind_of_an_item_of_an_account_can_be_told(
    tmp_path: Path, buyer: Customer, kind: str, amount: int
) -> None:
    sheet = RECEIVABLES.replace(ROW, ROW.replace(",invoice,", f",{kind},").replace(",1130", f",{amount}"))
    assert taken(tmp_path, "receivables", sheet) == (1, 0)
    item = Receivable.objects.get()
    assert (item.kind, item.amount) == (kind, amount)


def test_what_was_refused_stays_so_when_its_rows_are_tried_again(
    tmp_path: Path, buyer: Customer, org: Organisation
) -> None:
    taken(tmp_path, "invoices", INVOICES.replace("credit_memo,2026-11-23,100,13", "credit_memo,2026-11-23,-100,13"))
    with pytest.raises(DomainError, match="negative: net"):
        retry_rows([RejectedRow.objects.get()], actor=org.people.administrator)
    assert not Invoice.objects.filter(number="IV-2").exists()
    taken(tmp_path, "invoices", INVOICES)
    assert Invoice.objects.get(number="IV-2").net == -100 and RejectedRow.objects.get().state == "resolved"


# ---- numbers and headers


def test_two_spellings_of_a_number_are_one_document(tmp_path: Path, buyer: Customer) -> None:
    first, second, other = ORDERS.splitlines()[1:]
    rows = [first.replace("SO-1", "0012345"), second.replace("SO-1", "12345"), other]
    assert taken(tmp_path, "orders", "\n".join([ORDERS.splitlines()[0], *rows])) == (2, 0)
    assert items_of("12345") == {10: 2000, 20: 1000}


@pytest.mark.parametrize("known", [False, True])
def test_rows_that_contradict_each_other_are_refused_by_the_names_of_their_columns(
    tmp_path: Path, buyer: Customer, known: bool
) -> None:
    if known:
        taken(tmp_path, "orders", ORDERS)
    wrong = ORDERS.replace('CNY,2026-11-02,"3,000.00",part_delivered,20', "USD,2026-11-02,5000,part_delivered,20")
    assert taken(tmp_path, "orders", wrong) == (0 if known else 1, 1)
    assert rejected() == {"SO-1": "Its rows contradict each other in the columns: currency, net."}
    assert SalesOrder.objects.filter(number="SO-1").count() == known


def test_another_spelling_and_an_empty_cell_are_no_contradiction(tmp_path: Path, buyer: Customer) -> None:
    other = "01000001,CNY,2026/11/2,3000,,20"
    sheet = ORDERS.replace('1000001,CNY,2026-11-02,"3,000.00",part_delivered,20', other)
    assert other in sheet and taken(tmp_path, "orders", sheet) == (2, 0)
    assert (SalesOrder.objects.get(number="SO-1").status, items_of("SO-1")) == ("part_delivered", {10: 2000, 20: 1000})


def test_items_of_an_account_of_one_key_that_differ_are_refused_and_the_same_once_more_is_not(
    tmp_path: Path, buyer: Customer
) -> None:
    assert taken(tmp_path, "receivables", RECEIVABLES + ROW) == (1, 0)
    other = ROW.replace("180001,1000,2026,1,", "0180001,1000,2026,001,").replace(",1130", ",1131")
    assert taken(tmp_path, "receivables", RECEIVABLES + other) == (0, 1)
    assert "columns: amount." in rejected()["1000/2026/180001/1"]
    assert Receivable.objects.get().amount == 1130


def test_a_row_without_the_number_of_its_document_is_refused(tmp_path: Path, buyer: Customer) -> None:
    assert taken(tmp_path, "orders", ORDERS.replace("SO-2,", ",")) == (1, 1)
    assert rejected() == {"": "Columns that are empty: order."}


@pytest.mark.parametrize(
    ("heading", "right", "wrong", "why"),
    [
        ("status", "open", "opne", "Column status: opne is none of: open, on_hold,"),
        ("rejected", "", "maybe", "Column rejected: maybe is none of: yes, no."),
    ],
)
def test_a_word_that_is_none_of_a_columns_refuses_its_document_alone(
    tmp_path: Path, buyer: Customer, heading: str, right: str, wrong: str, why: str
) -> None:
    rows = list(csv.DictReader(ORDERS.splitlines()))
    rows = [{**row, heading: wrong if row["order"] == "SO-2" else row.get(heading, right)} for row in rows]
    sheet = io.StringIO()
    writer = csv.DictWriter(sheet, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    assert taken(tmp_path, "orders", sheet.getvalue()) == (1, 1)
    assert list(rejected()) == ["SO-2"] and why in rejected()["SO-2"]
    assert wrong in str(RejectedRow.objects.get().payload)


@pytest.mark.parametrize(
    ("right", "wrong", "heading"), [(",300,in_work", ",-300,in_work", "net"), (",2,DR", ",-2,DR", "quantity")]
)
def test_a_return_with_a_sign_of_its_own_is_refused(
    tmp_path: Path, buyer: Customer, right: str, wrong: str, heading: str
) -> None:
    assert taken(tmp_path, "returns", RETURNS.replace(right, wrong)) == (0, 1)
    assert rejected() == {"RE-1": f"Write amounts and quantities positive; these are negative: {heading}."}
    assert taken(tmp_path, "returns", RETURNS) == (1, 0)


@pytest.mark.parametrize("word", ["NaN", "Infinity", "sNaN"])
def test_what_other_programs_write_for_no_number_refuses_its_document_alone(
    tmp_path: Path, buyer: Customer, word: str
) -> None:
    assert taken(tmp_path, "invoices", INVOICES.replace("100,13,113,", f"100,13,{word},")) == (1, 1)
    assert rejected() == {"IV-2": f"TotalGrossAmount cannot be read: {word}"}


@pytest.mark.parametrize(
    ("name", "sheet", "right", "wrong", "told"),
    [
        ("orders", ORDERS, "3000000001,10,DR,2026-12-01", "3000000001,,DR,2026-12-01", {"SO-1": "quantity"}),
        ("orders", ORDERS, ",KG,,10,", ",KG,,,", {"SO-2": "line_net"}),
        ("invoices", INVOICES, "2026-11-23,100,13,113,", "2026-11-23,,13,,", {"IV-2": "net, gross"}),
    ],
)
def test_an_empty_amount_is_not_taken_for_none(
    tmp_path: Path, buyer: Customer, name: str, sheet: str, right: str, wrong: str, told: dict[str, str]
) -> None:
    assert right in sheet
    assert taken(tmp_path, name, sheet.replace(right, wrong)) == (1, 1)
    assert rejected() == {key: f"Columns that are empty: {columns}." for key, columns in told.items()}


# ---- sheets that are refused as a whole


@pytest.mark.parametrize(
    ("content", "english", "chinese"),
    [
        (b"PK\x03\x04 broken", "damaged", "损坏"),
        (ORDERS.replace("status", "net", 1).encode(), "Columns that come twice: net.", "net"),
        (ORDERS.replace('"3,000.00"', "3,000.00").encode(), "Row 2 goes on behind the last heading", "2"),
        (("," * 300).encode(), "More than 200 columns", "200"),
    ],
)
def test_a_refused_sheet_is_read_once_and_told_in_each_language(
    tmp_path: Path, buyer: Customer, monkeypatch: pytest.MonkeyPatch, content: bytes, english: str, chinese: str
) -> None:
    (tmp_path / "orders-1.csv").write_bytes(content)
    reads: list[Path] = []
    read_bytes = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: (reads.append(path), read_bytes(path))[1])
    (run,) = take_folder(tmp_path, settled=-1)
    assert run.state == "failed" and len(reads) == 1
    assert english in run.messages["en"] and chinese in run.messages["zh-hans"]
    assert run.messages["en"] != run.messages["zh-hans"]
