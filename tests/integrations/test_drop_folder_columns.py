"""Columns by which a company without SAP tells as much as one with it: joins of documents, parts of an item, master data."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from crm.models import ProductLine
from customers.models import Customer
from integrations.models import ErpCredit, ErpCustomer, ErpProduct
from orders.domain.details import conditions_of, schedule_of
from orders.models import InvoiceLine, OrderDetail, Receivable, SalesOrderLine
from tests.factories.organisation import Organisation
from tests.integrations.test_drop_folder import INVOICES, RECEIVABLES, put, take
from tests.integrations.test_drop_folder_refusals import rejected, taken

pytestmark = pytest.mark.django_db


def with_columns(sheet: str, headings: str, *cells: str) -> str:
    """The sheet with more columns at its end."""
    head, *rows = sheet.splitlines()
    return "\n".join([f"{head},{headings}", *(f"{row},{more}" for row, more in zip(rows, cells, strict=True)), ""])


def test_a_line_of_an_invoice_names_the_delivery_that_it_bills(tmp_path: Path, buyer: Customer) -> None:
    sheet = with_columns(INVOICES, "delivery,delivery_item", "0080000001,10", ",")
    assert taken(tmp_path, "invoices", sheet) == (2, 0)
    billed = InvoiceLine.objects.order_by("invoice__number").values_list("delivery_number", "delivery_item")
    assert list(billed) == [("80000001", 10), ("", None)]


@pytest.mark.parametrize(("year", "reference"), [("", "1000/2026/900001"), ("2025", "1000/2025/900001")])
def test_an_item_of_an_account_names_its_invoice_by_the_accounting_document(
    tmp_path: Path, buyer: Customer, year: str, reference: str
) -> None:
    sheet = RECEIVABLES.replace(",invoice,IV-1,", ",payment,,").replace(",1130", ",-1130")
    assert taken(tmp_path, "receivables", with_columns(sheet, "invoice_document,invoice_year", f"900001,{year}")) == (
        1,
        0,
    )
    assert Receivable.objects.get().invoice_reference == reference


PARTED = """order,customer,currency,ordered_on,net,item,product,quantity,unit,line_net,\
schedule_line,promised_on,scheduled,confirmed,condition,rate,rate_currency,per,per_unit,condition_amount
SO-1,1000001,CNY,2026-11-02,3000,10,3000000001,100,KG,2000,1,2026-12-01,60,,PR00,21,CNY,1,KG,2100
SO-1,1000001,CNY,2026-11-02,3000,10,3000000001,100,KG,2000,2,2026-12-09,40,25,,,,,,
SO-1,1000001,CNY,2026-11-02,3000,10,3000000001,100,KG,2000,,,,,K007,-5,%,,,-100
SO-1,1000001,CNY,2026-11-02,3000,20,3000000001,50,KG,1000,,2026-12-05,,,,,,,,
"""


def test_an_item_is_told_in_parts_with_its_price_conditions(tmp_path: Path, buyer: Customer) -> None:
    assert taken(tmp_path, "orders", PARTED) == (1, 0)
    lines = SalesOrderLine.objects.order_by("item").values_list("item", "quantity", "net", "promised_on")
    assert list(lines) == [(10, 100, 2000, dt.date(2026, 12, 9)), (20, 50, 1000, dt.date(2026, 12, 5))]
    detail = OrderDetail.objects.get()
    parts = [(row.item, row.number, row.confirmed_on, row.quantity, row.confirmed) for row in schedule_of(detail)]
    assert parts == [(10, 1, dt.date(2026, 12, 1), 60, 60), (10, 2, dt.date(2026, 12, 9), 40, 25)]
    conditions = [
        (row.item, row.kind, row.rate, row.currency, row.per, row.unit, row.amount) for row in conditions_of(detail)
    ]
    assert conditions == [(10, "PR00", 21, "CNY", 1, "KG", 2100), (10, "K007", -5, "", 1, "", -100)]
    assert taken(tmp_path, "orders", PARTED) == (0, 0)


@pytest.mark.parametrize(
    ("was", "wrong", "said"),
    [
        ("2000,2,2026-12-09", "2000,01,2026-12-09", "columns: promised_on, scheduled."),
        ("2000,2,2026-12-09", "2000,,2026-12-09", "Item 10 comes twice."),
        ("2026-12-09,40,25", "2026-12-09,,", "Item 10 comes in several schedule lines"),
        ("100,KG,2000,2,", "90,KG,2000,2,", "columns: quantity."),
    ],
)
def test_parts_of_an_item_that_do_not_fit_are_refused(
    tmp_path: Path, buyer: Customer, was: str, wrong: str, said: str
) -> None:
    assert was in PARTED and taken(tmp_path, "orders", PARTED.replace(was, wrong)) == (0, 1)
    assert said in rejected()["SO-1"] and not SalesOrderLine.objects.exists()


def test_a_part_that_is_not_promised_yet_is_not_confirmed(tmp_path: Path, buyer: Customer) -> None:
    assert taken(tmp_path, "orders", PARTED.replace("2026-12-09,40,25", ",40,")) == (1, 0)
    assert [(row.number, row.confirmed) for row in schedule_of(OrderDetail.objects.get())] == [(1, 60), (2, 0)]
    assert SalesOrderLine.objects.get(item=10).promised_on == dt.date(2026, 12, 1)


CUSTOMERS = """customer,name,organization,channel,division,currency,company,company_terms,payment_blocked
1000001,苏州恒谱,1010,10,01,CNY,1000,ZB30,
1000001,苏州恒谱,1010,20,01,EUR,1000,ZB30,
1000001,苏州恒谱,,,,,2000,ZB60,是
"""
CREDIT = """partner,segment,limit,currency,valid_until,blocked
1000001,0000,"500,000",CNY,2027-06-30,
1000001,1000,20000,XXX,,x
"""
PRODUCTS = """product,group,base_unit,name,unit,numerator,denominator,organization,channel,minimum,sales_unit,plant,plant_deleted
3000000001,SEAL,KG,密封胶,DR,180,1,1010,10,25,DR,1000,
3000000001,SEAL,KG,密封胶,,,,1010,20,0,,2000,是
3000000001,SEAL,KG,密封胶,,,,,,,,3000,
"""


def test_customers_come_with_company_codes_and_credit_accounts(tmp_path: Path, buyer: Customer) -> None:
    put(tmp_path, "customers-1.csv", CUSTOMERS)
    put(tmp_path, "credit_accounts-1.csv", CREDIT)
    assert [(run.written, run.rejected) for run in take(tmp_path)] == [(1, 0), (1, 1)]
    account, credit = ErpCustomer.objects.get(), ErpCredit.objects.get()
    assert [area["area"] for area in account.areas] == ["1010/10/01", "1010/20/01"]
    told = [(company["company"], company["terms"], company["blocks"]) for company in account.companies]
    assert told == [("1000", "ZB30", []), ("2000", "ZB60", ["payment"])]
    assert (credit.partner, credit.credit_limit, credit.valid_until, credit.blocked) == (
        "1000001",
        500000,
        dt.date(2027, 6, 30),
        False,
    )
    assert "XXX" in rejected()["1000001/1000"]


def test_a_company_code_that_is_told_in_two_ways_is_refused(tmp_path: Path, buyer: Customer) -> None:
    wrong = CUSTOMERS.replace("EUR,1000,ZB30", "EUR,1000,ZB90")
    assert taken(tmp_path, "customers", wrong) == (0, 1)
    assert "columns: company_terms." in rejected()["1000001"]


def test_products_come_with_plants_and_distribution_chains(tmp_path: Path, buyer: Customer, org: Organisation) -> None:
    ProductLine.objects.filter(pk=org.sealant.pk).update(code="SEAL")
    assert taken(tmp_path, "products", PRODUCTS) == (1, 0)
    beside = ErpProduct.objects.get()
    assert beside.plants == ["1000", "3000"]
    chains = [(chain["chain"], chain["minimum"], chain["minimum_unit"], chain["unit"]) for chain in beside.sales]
    assert chains == [("1010/10", "25", "KG", "DR"), ("1010/20", "0", "KG", "")]
    assert org.product.units.get(unit__code="DR").numerator == 180


def test_the_page_names_the_columns_and_how_signs_and_parts_are_written(org: Organisation, client_of: Any) -> None:
    page = client_of(org.people.administrator).get(reverse("integrations:sync")).content.decode()
    for word in ("schedule_line", "delivery_item", "invoice_document", "credit_accounts-*", "company_terms", "plant"):
        assert word in page, word
    assert "what was paid back is a remainder" in page
