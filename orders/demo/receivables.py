"""The customers' accounts: invoice items, payments of prompt and of late payers, part payments, money on account; settlements."""

from dataclasses import dataclass, fields

import numpy as np

from crm.demo.catalogue import CURRENCY_CODES
from crm.demo.table import Array
from crm.demo.world import World
from orders.demo.common import NO_DATE, Rates, add_dimensions, sum_by, to_step, workday
from orders.demo.invoices import CANCELLATION, CREDIT, PRO_FORMA
from orders.enums import ReceivableKind

FIRST_DOCUMENT = 1_400_000_001
KINDS = [kind.value for kind in ReceivableKind]
ITEM, CREDIT_ITEM, PAYMENT, DOWN_PAYMENT = range(4)
TYPES = ("RV", "DZ")
KEYS = ("01", "11", "15", "19")  # SAP's posting keys: invoice, credit memo, payment, down payment
_LATENESS = ((-6, 3), (2, 20), (20, 90), (60, 240))  # days after the due date, by payer class
_NEVER = (0.003, 0.006, 0.02, 0.15)  # of the invoices of the last year and a bit; older ones were collected in the end


@dataclass
class Items:
    """Account items before they get document numbers. `invoice` is the row of an invoice, -1 none; `cleared` a date or none.

    `clearing` names the item whose document clears this one (-1 none, -2 a clearing document without an item of its own).
    """

    customer: Array
    posted: Array
    due: Array
    amount: Array
    kind: Array
    invoice: Array
    cleared: Array
    clearing: Array

    def __len__(self) -> int:
        return len(self.customer)

    def join(self, *others: "Items") -> "Items":
        """All items one after the other."""
        return Items(
            *(np.concatenate([getattr(part, column.name) for part in (self, *others)]) for column in fields(Items))
        )

    def sorted(self, order: Array) -> "Items":
        """The items in another order, what they point to moved along."""
        place = np.empty(len(order) + 2, dtype=np.int64)
        place[order] = np.arange(len(order))
        place[-1], place[-2] = -1, -2
        moved = Items(*(getattr(self, column.name)[order] for column in fields(Items)))
        moved.clearing = place[moved.clearing]
        return moved


def generate(world: World) -> None:
    """Account items up to yesterday, and what they settle."""
    rng = world.rng("receivables")
    items = _claims(world, rng)
    items = _payments(world, rng, items)
    items = items.join(_on_account(world, rng), _down_payments(world, rng))
    items = items.sorted(np.lexsort((np.arange(len(items)), items.posted)))
    _table(world, items)
    settle(world)


def payment_day(world: World, rng: np.random.Generator, customer: Array, due: Array) -> Array:
    """When invoices are paid, by the customer's habit; no date when never."""
    payer = world["customer"]["demo_payer"][customer - 1]
    low, high = np.array(_LATENESS)[payer].T
    days = workday(due + low + np.floor(rng.random(len(due)) * (high - low)).astype(np.int64))
    never = (rng.random(len(due)) < np.array(_NEVER)[payer]) & (due > world.day - 400)
    return np.where(never, NO_DATE, days)


def _claims(world: World, rng: np.random.Generator) -> Items:
    """One item per billing document that is posted, with the day it is cleared."""
    invoices = world["invoice"]
    rows = np.flatnonzero(invoices["kind"] != PRO_FORMA)
    kind, posted, customer = invoices["kind"][rows], invoices["invoiced_on"][rows], invoices["customer_id"][rows]
    due = invoices["due_on"][rows]
    cleared = payment_day(world, rng, customer, due)
    cleared = np.maximum(cleared, workday(posted + 1))
    cleared[np.isnat(cleared) | (cleared >= world.day)] = NO_DATE
    item_of = np.full(len(invoices), -1)
    item_of[rows] = np.arange(len(rows))
    first = int(invoices["number"][0])
    # a credit memo goes with the payment of its invoice; one that came later stays open
    memo = np.flatnonzero(kind == CREDIT)
    about = item_of[invoices["sap_reference"][rows[memo]] - first]
    cleared[memo] = np.where(cleared[about] > posted[memo], cleared[about], NO_DATE)
    # a cancellation and its invoice clear each other, save some that somebody forgot
    back = np.flatnonzero(kind == CANCELLATION)
    about = item_of[invoices["cancels_number"][rows[back]] - first]
    forgotten = rng.random(len(back)) < 0.15
    clearing = np.full(len(rows), -1)
    for places in (back, about):
        cleared[places] = np.where(forgotten, NO_DATE, posted[back])
        clearing[places] = np.where(forgotten, -1, -2)
    amount = invoices["gross"][rows]
    return Items(customer, posted, due, amount, np.where(amount < 0, CREDIT_ITEM, ITEM), rows, cleared, clearing)


def _payments(world: World, rng: np.random.Generator, items: Items) -> Items:
    """Part payments, then one payment per customer and day for all that is cleared on it."""
    customers = world["customer"]
    wants = (items.kind == ITEM) & (items.clearing == -1)
    day = workday(items.due + rng.integers(-3, 15, len(items)))
    until = np.where(np.isnat(items.cleared), world.day, items.cleared)
    some = np.flatnonzero(wants & (rng.random(len(items)) < 0.05) & (day > items.posted) & (day < until))
    currency = customers["sap_currency"][items.customer[some] - 1].astype(np.int64)
    part = to_step(items.amount[some] * rng.integers(30, 70, len(some)) // 100, currency)
    items = items.join(
        Items(
            items.customer[some],
            day[some],
            items.due[some],
            -part,
            np.full(len(some), PAYMENT),
            items.invoice[some],
            items.cleared[some],
            np.full(len(some), -1),
        )
    )
    paid = np.flatnonzero(~np.isnat(items.cleared) & (items.clearing == -1))
    wide = (items.cleared[paid] - world.first_day).astype(np.int64) * (len(customers) + 1) + items.customer[paid]
    _distinct, first, group = np.unique(wide, return_index=True, return_inverse=True)
    total = sum_by(group, items.amount[paid], len(first))
    if (total <= 0).any():
        raise AssertionError("a payment of nothing")
    items.clearing[paid] = len(items) + group
    who, when = items.customer[paid[first]], items.cleared[paid[first]]
    own = len(items) + np.arange(len(first))
    return items.join(Items(who, when, when, -total, np.full(len(first), PAYMENT), np.full(len(first), -1), when, own))


def _on_account(world: World, rng: np.random.Generator) -> Items:
    """Money of the last weeks that nobody has matched to invoices yet."""
    customers = world["customer"]
    who = np.flatnonzero((customers["demo_weight"] > 0) & (rng.random(len(customers)) < 0.02))
    return _single(world, rng, who + 1, PAYMENT, 45)


def _down_payments(world: World, rng: np.random.Generator) -> Items:
    """Down payments of customers abroad."""
    customers = world["customer"]
    who = np.flatnonzero(
        (customers["demo_weight"] > 0) & customers["sap_tax_free"] & (rng.random(len(customers)) < 0.2)
    )
    return _single(world, rng, who + 1, DOWN_PAYMENT, 60)


def _single(world: World, rng: np.random.Generator, customer: Array, kind: int, days: int) -> Items:
    currency = world["customer"]["sap_currency"][customer - 1].astype(np.int64)
    per_unit = np.array([10_000, 1500, 1500, 200_000, 400])[currency]  # a round sum in each currency
    amount = -per_unit * rng.integers(1, 30, len(customer)) * 1000
    day = np.busday_offset(world.yesterday - rng.integers(0, days, len(customer)), 0, roll="backward")
    nothing = np.full(len(customer), -1)
    return Items(
        customer, day, day, amount, np.full(len(customer), kind), nothing, np.full(len(customer), NO_DATE), nothing
    )


def _table(world: World, items: Items) -> None:
    """Give document numbers per company code and fiscal year, and make the table."""
    customers, invoices, count = world["customer"], world["invoice"], len(items)
    unit = customers["business_unit_id"][items.customer - 1]
    document, year = _numbers(unit, items.posted)
    other, other_year = _clearing_only(world, items, unit, document, year)
    clearing = np.where(items.clearing >= 0, document[items.clearing], other)
    clearing_year = np.where(items.clearing >= 0, year[items.clearing], other_year)
    position = np.where(np.isin(items.kind, (PAYMENT, DOWN_PAYMENT)), 2, 1)
    billed = (items.invoice >= 0) & (position == 1)
    invoices["accounting_document"][items.invoice[billed]] = document[billed]
    table = world.new("receivable", count)
    companies = world["business_unit"].texts("sap_company")
    parts = zip(unit.tolist(), year.tolist(), document.tolist(), position.tolist(), strict=True)
    table.add("number", "text", [f"{companies[a - 1]}/{b}/{c}/{d}" for a, b, c, d in parts])
    add_dimensions(world, table, items.customer)
    table.add("company_code", "choice", unit - 1, companies)
    currency = customers["sap_currency"][items.customer - 1].astype(np.int64)
    table.add("currency_id", "choice", currency, CURRENCY_CODES)
    table.add("kind", "choice", items.kind, KINDS)
    table.add("invoice_number", "digits", np.where(billed, invoices["number"][items.invoice], 0))
    table.add("invoice_id", "ref", items.invoice + 1)
    for name, values in (("posted_on", items.posted), ("due_on", items.due), ("cleared_on", items.cleared)):
        table.add(name, "date", values)
    rows = zip(unit.tolist(), clearing_year.tolist(), np.maximum(clearing, 0).tolist(), strict=True)
    table.add("clearing_document", "text", [f"{companies[a - 1]}/{b}/{c}" if c else "" for a, b, c in rows])
    table.add("amount", "amount", items.amount)
    table.add("amount_base", "money", Rates(world).to_base(items.amount, currency, items.posted))
    part = (items.invoice >= 0) & (position == 2)
    reference = np.where(part, invoices["accounting_document"][items.invoice], 0)
    reference_year = np.where(part, invoices["fiscal_year"][items.invoice], 0)
    rows = zip(unit.tolist(), reference_year.tolist(), reference.tolist(), strict=True)
    table.add("invoice_reference", "text", [f"{companies[a - 1]}/{b}/{c}" if c else "" for a, b, c in rows])
    table.add("source_changed_at", "time", np.datetime64("NaT", "s"))
    table.add("read_at", "time", world.now)
    for name, kind, values in (
        ("sap_document", "digits", document),
        ("sap_year", "digits", year),
        ("sap_item", "int", position),
        ("sap_created_on", "date", items.posted),
        ("sap_clearing_document", "digits", clearing),
        ("sap_clearing_year", "digits", clearing_year),
        ("sap_clearing_created_on", "date", items.cleared),
        ("sap_reference", "digits", reference),
        ("sap_reference_year", "digits", reference_year),
    ):
        table.add(name, kind, values)
    table.add("sap_type", "choice", position - 1, TYPES)
    table.add("sap_gl", "choice", items.kind == DOWN_PAYMENT, ("", "A"))
    table.add("sap_key", "choice", items.kind, KEYS)
    late = (world.day - items.due).astype(np.int64)
    dunned = np.isnat(items.cleared) & (items.kind == ITEM)
    table.add("sap_dunning", "int", np.where(dunned, np.clip(late // 30, 0, 3), 0))


def _numbers(unit: Array, day: Array) -> tuple[Array, Array]:
    """Document numbers, counted from the same start in each company code and fiscal year, by date; and the years."""
    year = day.astype("datetime64[Y]").astype(int) + 1970
    group = unit * 10_000 + year
    order = np.lexsort((np.arange(len(day)), day, group))
    _distinct, counts = np.unique(group, return_counts=True)
    rank = np.arange(len(day)) - np.repeat(np.cumsum(counts) - counts, counts)
    document = np.empty(len(day), dtype=np.int64)
    document[order] = FIRST_DOCUMENT + rank
    return document, year


def _clearing_only(world: World, items: Items, unit: Array, document: Array, year: Array) -> tuple[Array, Array]:
    """Numbers of clearing documents that have no item of their own: they follow the last number of their company and year."""
    rows = np.flatnonzero(items.clearing == -2)
    cleared_year = items.cleared[rows].astype("datetime64[Y]").astype(int) + 1970
    result, years = np.zeros(len(items), dtype=np.int64), np.zeros(len(items), dtype=np.int64)
    group = unit[rows] * 10_000 + cleared_year
    invoices = world["invoice"]
    pair = np.where(
        invoices["cancels_number"][items.invoice[rows]] > 0,
        invoices["cancels_number"][items.invoice[rows]],
        invoices["number"][items.invoice[rows]],
    )
    for member in np.unique(group).tolist():
        mine = group == member
        _pairs, turn = np.unique(pair[mine], return_inverse=True)
        last = document[(unit * 10_000 + year) == member].max(initial=FIRST_DOCUMENT - 1)
        result[rows[mine]] = last + 1 + turn
        years[rows[mine]] = cleared_year[mine]
    return result, years


def settle(world: World) -> None:
    """Make the settlements: each line of an invoice that is cleared counts with its net amount on the day of clearing."""
    receivables, lines = world["receivable"], world["invoice_line"]
    day = np.full(len(world["invoice"]), NO_DATE)
    claim = np.isin(receivables["kind"], (ITEM, CREDIT_ITEM)) & (receivables["invoice_id"] > 0)
    day[receivables["invoice_id"][claim] - 1] = receivables["cleared_on"][claim]
    settled = day[lines["invoice_id"] - 1]
    rows = np.flatnonzero(~np.isnat(settled))
    table = world.new("settlement", len(rows))
    add_dimensions(world, table, lines["customer_id"][rows])
    table.add("invoice_line_id", "ref", lines["id"][rows])
    for name in ("product_id", "product_line_id"):
        table.add(name, "ref", lines[name][rows])
    table.add("settled_on", "date", settled[rows])
    table.add("amount_base", "money", lines["net_base"][rows])
