"""The demo company in memory: the same for the same seed, and right in itself."""

import numpy as np
import pytest

from crm.demo.catalogue import CURRENCIES
from crm.demo.table import Table
from crm.demo.world import World
from customers.validators import credit_code_problem
from opportunities.demo.opportunity import STAGES
from orders.demo import build_world
from orders.demo.common import sum_by
from tests.demo.conftest import SCALE, TODAY, made

# dates that may lie ahead: what was requested, promised, planned or expected
AHEAD = {
    "requested_on",
    "promised_on",
    "planned_on",
    "delivery_on",
    "due_on",
    "expected_close_on",
    "next_step_on",
    "sap_requested_on",
    "starts_on",
    "ends_on",
    "insured_until",
    "month",
    "demo_end",
}


def content(table: Table) -> list[str]:
    """A table's rows as COPY would write them."""
    columns = [column.copy_texts(0, len(table)) for column in table.columns.values()]
    return ["\t".join(row) for row in zip(*columns, strict=True)]


def test_same_seed_same_rows_other_seed_other_rows(company: World) -> None:
    again, other = made(), made(seed=8)
    for name, table in company.tables.items():
        assert content(table) == content(again[name]), name
    assert content(company["sales_order"]) != content(other["sales_order"])
    assert company["customer"]["name"].tolist() != other["customer"]["name"].tolist()


def test_the_erp_has_the_same_documents(company: World) -> None:
    erp = build_world(scale=SCALE, seed=7, today=TODAY)
    for name in (
        "customer",
        "product",
        "sales_order",
        "sales_order_line",
        "shipment_line",
        "invoice_line",
        "receivable",
    ):
        assert content(erp[name]) == content(company[name]), name
    assert "opportunity" not in erp.tables


def test_credit_codes_are_valid_and_unique(company: World) -> None:
    codes = [code for code in company["customer"]["credit_code"].tolist() if code]
    assert len(codes) > 50
    assert len(set(codes)) == len(codes)
    assert [problem for code in codes if (problem := credit_code_problem(code))] == []


def test_names_and_usernames_are_unique(company: World) -> None:
    for table, column in (
        ("customer", "name"),
        ("customer", "code"),
        ("user", "username"),
        ("opportunity", "code"),
        ("lead", "code"),
    ):
        values = company[table][column].tolist()
        assert len(set(values)) == len(values), (table, column)


def test_nothing_has_happened_after_today(company: World) -> None:
    checked = 0
    for name, table in company.tables.items():
        for column, data in table.columns.items():
            if data.kind == "date" and column not in AHEAD:
                assert not (data.values >= company.day).any(), (name, column)
                checked += 1
            if data.kind == "time":
                assert not (data.values > company.now).any(), (name, column)
                checked += 1
    assert checked > 50
    planned = company["shipment"]["planned_on"]
    assert (planned >= company.day).any(), "deliveries are planned for the days to come"


def test_counts_grow_with_the_scale(company: World) -> None:
    double = build_world(scale=2 * SCALE, seed=7, today=TODAY)
    for name in ("customer", "sales_order", "sales_order_line", "shipment", "invoice", "receivable"):
        ratio = len(double[name]) / len(company[name])
        assert 1.7 < ratio < 2.3, (name, ratio)
    one = build_world(scale=1, seed=7, today=TODAY)
    assert len(one["customer"]) == 330
    assert 3100 < len(one["sales_order_line"]) < 3500
    assert 38 <= len(one["user"]) <= 46


def test_orders_add_up_from_their_valid_lines(company: World) -> None:
    orders, lines = company["sales_order"], company["sales_order_line"]
    valid = ~lines["rejected"]
    assert lines["rejected"].any()
    total = sum_by(lines["order_id"][valid] - 1, lines["net"][valid], len(orders))
    assert (total == orders["net"]).all()


def test_invoices_add_up_and_fully_billed_lines_are_billed_exactly(company: World) -> None:
    invoices, lines, ordered = company["invoice"], company["invoice_line"], company["sales_order_line"]
    head = lines["invoice_id"] - 1
    for name in ("net", "gross"):
        assert (sum_by(head, lines[name], len(invoices)) == invoices[name]).all()
    assert (invoices["net"] + invoices["tax"] == invoices["gross"]).all()
    counted = np.isin(np.array(invoices.texts("kind"))[head], ["invoice", "cancellation"])
    billed = sum_by(lines["sap_order_line_id"][counted] - 1, lines["net"][counted], len(ordered))
    full = (ordered["sap_invoiced_base"] == ordered["quantity_base"]) & ~ordered["rejected"]
    assert full.mean() > 0.8
    assert (billed[full] == ordered["net"][full]).all()


def test_every_posted_invoice_has_one_account_item_of_its_gross_amount(company: World) -> None:
    invoices, items = company["invoice"], company["receivable"]
    claims = np.isin(np.array(items.texts("kind")), ["invoice", "credit_memo"])
    posted = np.array(invoices.texts("kind")) != "pro_forma"
    assert sorted(items["invoice_id"][claims].tolist()) == invoices["id"][posted].tolist()
    assert (items["amount"][claims] == invoices["gross"][items["invoice_id"][claims] - 1]).all()
    assert (invoices["accounting_document"][posted] > 0).all()
    assert (invoices["accounting_document"][~posted] == 0).all()


def test_what_is_cleared_together_adds_up_to_nothing(company: World) -> None:
    items = company["receivable"]
    sums: dict[str, int] = {}
    for key, amount in zip(items.texts("clearing_document"), items["amount"].tolist(), strict=True):
        sums[key] = sums.get(key, 0) + amount
    cleared = {key: total for key, total in sums.items() if key}
    assert len(cleared) > 100
    assert {key: total for key, total in cleared.items() if total} == {}


def test_the_cases_a_sync_must_hold_are_there() -> None:
    world = build_world(scale=1, seed=1, today=TODAY)
    orders, lines, shipped = world["sales_order"], world["sales_order_line"], world["shipment_line"]
    invoices, items = world["invoice"], world["receivable"]
    assert set(orders.texts("status")) == {"open", "on_hold", "part_delivered", "delivered", "completed", "cancelled"}
    assert set(orders.texts("currency_id")) == {code for code, *_rest in CURRENCIES}
    assert set(lines.texts("unit")) == {"KG", "TO", "DR", "CS", "ST"}
    assert "TANN" in lines.texts("sap_category")
    assert set(invoices.texts("kind")) == {"invoice", "credit_memo", "debit_memo", "cancellation", "pro_forma"}
    assert set(items.texts("kind")) == {"invoice", "credit_memo", "payment", "down_payment"}
    assert any(items["invoice_reference"].tolist()), "part payments"
    documents = set(zip(items.texts("company_code"), items.texts("sap_year"), items.texts("sap_document"), strict=True))
    assert len({number for _company, _year, number in documents}) < len(documents), (
        "numbers collide over companies and years"
    )
    deliveries = {(a, b) for a, b in zip(shipped["shipment_id"].tolist(), shipped.texts("order_number"), strict=True)}
    assert len({a for a, _b in deliveries}) < len(deliveries), "a delivery over two orders"
    assert (shipped["sap_higher_item"] > 0).any(), "batch splits"
    late = lines["shipped_on"] > lines["promised_on"]
    assert 0.03 < late.mean() < 0.25
    overdue = np.isnat(items["cleared_on"]) & (items["due_on"] < world.day)
    assert overdue.any()


def test_every_rep_has_work_in_every_stage(company: World) -> None:
    table, users = company["opportunity"], company["user"]
    reps = users["id"][(users["role"] == "sales_rep") & users["is_active"]]
    for rep in reps.tolist():
        mine = table["stage"][table["owner_id"] == rep].tolist()
        assert set(STAGES) <= set(mine)
        assert 8 <= sum(stage in STAGES for stage in mine) <= 22


@pytest.mark.parametrize("scale", [0, -1, 501])
def test_impossible_scales_are_refused(scale: float) -> None:
    with pytest.raises(ValueError, match="scale"):
        World(scale=scale, seed=1, today=TODAY)


def test_an_unknown_step_is_refused() -> None:
    with pytest.raises(ValueError, match="orders"):
        build_world(scale=SCALE, seed=1, today=TODAY, upto="invoices")
