"""Billing documents: per delivery or collective, credit and debit memos, cancellations with re-billing, pro forma."""

from dataclasses import dataclass, fields

import numpy as np

from crm.demo.table import Array
from crm.demo.world import World
from orders.demo.common import NO_DATE, Rates, add_dimensions, half_up, positions, sum_by, to_step, workday
from orders.enums import InvoiceKind

FIRST_NUMBER = 9_000_000_001
KINDS = [kind.value for kind in InvoiceKind]
INVOICE, CREDIT, DEBIT, CANCELLATION, PRO_FORMA = range(5)
TYPES = ("F2", "G2", "L2", "S1", "F8")
CATEGORIES = ("M", "O", "P", "N", "U")
_DAYS_TO_BILL = 4


@dataclass
class Source:
    """What can be billed: one row per delivered order line in a delivery, its batches added up. `line`, `shipment` are ids."""

    line: Array
    shipment: Array
    item: Array
    quantity: Array
    base: Array
    net: Array
    tax: Array
    day: Array


@dataclass
class Drafts:
    """Documents before they are numbered.

    `about` is the draft that a document cancels, corrects or bills again, -1 none.
    """

    customer: Array
    day: Array
    kind: Array
    about: Array

    def join(self, *others: "Drafts") -> "Drafts":
        """All drafts one after the other."""
        return Drafts(
            *(np.concatenate([getattr(part, column.name) for part in (self, *others)]) for column in fields(Drafts))
        )


@dataclass
class DraftLines:
    """Lines of drafts, signed. `source` is a row of Source."""

    draft: Array
    source: Array
    quantity: Array
    base: Array
    net: Array
    tax: Array

    def join(self, *others: "DraftLines") -> "DraftLines":
        """All lines one after the other."""
        return DraftLines(
            *(np.concatenate([getattr(part, column.name) for part in (self, *others)]) for column in fields(DraftLines))
        )

    def copied(self, rows: Array, drafts: Array, sign: int) -> "DraftLines":
        """These rows again on other drafts, with another sign."""
        return DraftLines(
            drafts,
            self.source[rows],
            *(sign * getattr(self, name)[rows] for name in ("quantity", "base", "net", "tax")),
        )


def generate(world: World) -> None:
    """All billing documents up to yesterday."""
    rng = world.rng("invoices")
    source = _billable(world)
    drafts, lines = _invoices(world, rng, source)
    drafts, lines = _with_others(world, rng, source, drafts, lines)
    _write(world, rng, source, drafts, lines)


def _billable(world: World) -> Source:
    """Everything shipped, with its share of the order line's net amount, to the smallest coin. Free goods are not billed."""
    shipped = world["shipment_line"]
    rows = np.flatnonzero(_to_be_billed(world))
    rows = rows[np.lexsort((shipped["item"][rows], shipped["shipment_id"][rows], shipped["order_line_id"][rows]))]
    key = shipped["order_line_id"][rows] * (len(world["shipment"]) + 1) + shipped["shipment_id"][rows]
    _distinct, first, group = np.unique(key, return_index=True, return_inverse=True)
    quantity = sum_by(group, shipped["quantity"][rows], len(first))
    base = sum_by(group, shipped["quantity_base"][rows], len(first))
    rows = rows[first]
    line = shipped["order_line_id"][rows]
    net, tax = _shares(world, line, base)
    return Source(
        line, shipped["shipment_id"][rows], shipped["item"][rows], quantity, base, net, tax, shipped["shipped_on"][rows]
    )


def _to_be_billed(world: World) -> Array:
    """Which delivery lines have left and are not free goods."""
    lines, shipped = world["sales_order_line"], world["shipment_line"]
    return ~np.isnat(shipped["shipped_on"]) & (lines["sap_category"][shipped["order_line_id"] - 1] == 0)


def _shares(world: World, line: Array, base: Array) -> tuple[Array, Array]:
    """Net and tax of deliveries (kg) of order lines, sorted by line; the last one of a line takes what is left of its amount."""
    lines, orders = world["sales_order_line"], world["sales_order"]
    currency = orders["currency_id"][lines["order_id"][line - 1] - 1].astype(np.int64)
    total = lines["quantity_base"][line - 1]
    upto = _running(line, base)
    # whole numbers without limit: an amount in thousandths times grams does not fit into 64 bits
    exact = lines["net"][line - 1].astype(object) * base.astype(object) // total.astype(object)
    net = to_step(exact.astype(np.int64), currency)
    last = upto == total
    before = _running(line, np.where(last, 0, net))
    net = np.where(last, lines["net"][line - 1] - before, net)
    return net, to_step(half_up(net * lines["sap_tax_percent"][line - 1], 100), currency)


def _running(group: Array, values: Array) -> Array:
    """Running totals within runs of equal groups."""
    running = np.cumsum(values)
    starts = np.flatnonzero(positions(group) == 0)
    result: Array = running - np.repeat(
        running[starts] - values[starts], np.diff(np.concatenate([starts, [len(group)]]))
    )
    return result


def _invoices(world: World, rng: np.random.Generator, source: Source) -> tuple[Drafts, DraftLines]:
    """The invoices proper: one per delivery a few days later, or one per customer at the end of the month."""
    customers = world["customer"]
    customer = world["shipment"]["customer_id"][source.shipment - 1]
    collective = customers["demo_collective"][customer - 1]
    wait = rng.integers(0, _DAYS_TO_BILL, len(world["shipment"]))[source.shipment - 1]
    month_end = (source.day.astype("datetime64[M]") + 1).astype("datetime64[D]") - 1
    day = np.where(
        collective,
        np.maximum(np.busday_offset(month_end, 0, roll="backward"), workday(source.day)),
        workday(source.day + wait),
    )
    rows = np.flatnonzero(day < world.day)
    key = np.where(collective, customer, len(customers) + source.shipment)[rows]
    wide = (day[rows] - world.first_day).astype(np.int64) * (len(customers) + len(world["shipment"]) + 1) + key
    _distinct, first, draft = np.unique(wide, return_index=True, return_inverse=True)
    place = np.lexsort((source.line[rows], draft))
    rows, draft = rows[place], draft[place]
    heads = np.flatnonzero(positions(draft) == 0)
    count = len(first)
    drafts = Drafts(customer[rows[heads]], day[rows[heads]], np.full(count, INVOICE), np.full(count, -1))
    lines = DraftLines(draft, rows, source.quantity[rows], source.base[rows], source.net[rows], source.tax[rows])
    return drafts, lines


def _with_others(
    world: World, rng: np.random.Generator, source: Source, base: Drafts, lines: DraftLines
) -> tuple[Drafts, DraftLines]:
    """Add cancellations and re-billing, memos and pro forma invoices to the invoices."""
    count = len(base.day)
    room = (world.yesterday - base.day).astype(np.int64)
    gone = np.flatnonzero((rng.random(count) < 0.012) & (room > 6))
    again = gone[rng.random(len(gone)) < 0.9]
    cancelled_on = workday(base.day + 1 + np.arange(count) % 3)
    export = world["customer"]["sap_tax_free"][base.customer - 1]
    shown = np.flatnonzero(export & (rng.random(count) < 0.5))
    drafts, rows = [base], [lines]
    size = count
    for chosen, kind, day, sign in (
        (gone, CANCELLATION, cancelled_on, -1),
        (again, INVOICE, cancelled_on, 1),
        (shown, PRO_FORMA, base.day, 1),
    ):
        about = chosen if kind != PRO_FORMA else np.full(len(chosen), -1)
        drafts.append(Drafts(base.customer[chosen], day[chosen], np.full(len(chosen), kind), about))
        target = np.full(count, -1)
        target[chosen] = size + np.arange(len(chosen))
        mine = np.flatnonzero(target[lines.draft] >= 0)
        rows.append(lines.copied(mine, target[lines.draft[mine]], sign))
        size += len(chosen)
    whole = np.ones(count, dtype=bool)
    whole[gone] = False
    for memo, (kind, share, low, high) in enumerate(((CREDIT, 0.02, 4, 25), (DEBIT, 0.004, 1, 4))):
        later = base.day[lines.draft] + rng.integers(10, 45, len(lines.draft))
        mine = np.flatnonzero(
            whole[lines.draft] & (lines.net > 0) & (rng.random(len(lines.draft)) < share) & (workday(later) < world.day)
        )
        drafts.append(
            Drafts(base.customer[lines.draft[mine]], workday(later[mine]), np.full(len(mine), kind), lines.draft[mine])
        )
        rows.append(_memo_lines(world, rng, source, lines, mine, size, -1 if memo == 0 else 1, (low, high)))
        size += len(mine)
    return drafts[0].join(*drafts[1:]), rows[0].join(*rows[1:])


def _memo_lines(
    world: World,
    rng: np.random.Generator,
    source: Source,
    lines: DraftLines,
    mine: Array,
    first: int,
    sign: int,
    percent: tuple[int, int],
) -> DraftLines:
    """A line with a share of an invoice line's value; no quantity: the goods stay where they are."""
    order_lines = world["sales_order_line"]
    line = source.line[lines.source[mine]] - 1
    currency = world["sales_order"]["currency_id"][order_lines["order_id"][line] - 1].astype(np.int64)
    net = to_step(half_up(lines.net[mine] * rng.integers(percent[0], percent[1], len(mine)), 100), currency)
    tax = to_step(half_up(net * order_lines["sap_tax_percent"][line], 100), currency)
    nothing = np.zeros(len(mine), dtype=np.int64)
    return DraftLines(first + np.arange(len(mine)), lines.source[mine], nothing, nothing, sign * net, sign * tax)


def _write(world: World, rng: np.random.Generator, source: Source, drafts: Drafts, lines: DraftLines) -> None:
    """Number the documents by date and make the tables."""
    rank = np.array([0, 3, 4, 1, 2])[drafts.kind] * 2 + (drafts.about >= 0)
    order = np.lexsort((np.arange(len(drafts.day)), rank, drafts.day))
    new = np.empty(len(order), dtype=np.int64)
    new[order] = np.arange(len(order))
    drafts = Drafts(
        drafts.customer[order],
        drafts.day[order],
        drafts.kind[order],
        np.where(drafts.about[order] >= 0, new[drafts.about[order]], -1),
    )
    place = np.lexsort((np.arange(len(lines.draft)), new[lines.draft]))
    lines = DraftLines(
        new[lines.draft][place], *(getattr(lines, column.name)[place] for column in fields(DraftLines)[1:])
    )
    _headers(world, rng, drafts, lines)
    _line_table(world, source, lines)
    _mark_billed(world)


def _headers(world: World, rng: np.random.Generator, drafts: Drafts, lines: DraftLines) -> None:
    customers, units, count = world["customer"], world["business_unit"], len(drafts.day)
    table = world.new("invoice", count)
    table.add("number", "digits", FIRST_NUMBER - 1 + table["id"])
    add_dimensions(world, table, drafts.customer)
    unit = table["business_unit_id"] - 1
    table.add("company_code", "choice", unit, units.texts("sap_company"))
    currency = customers["sap_currency"][drafts.customer - 1].astype(np.int64)
    table.add("currency_id", "choice", currency, customers.columns["sap_currency"].vocabulary)
    table.add("kind", "choice", drafts.kind, KINDS)
    table.add("invoiced_on", "date", drafts.day)
    terms = customers["payment_terms_days"][drafts.customer - 1]
    due = np.where(np.isin(drafts.kind, (INVOICE, DEBIT)), drafts.day + terms, drafts.day)
    table.add("due_on", "date", np.where(drafts.kind == PRO_FORMA, NO_DATE, due))
    net, tax = sum_by(lines.draft, lines.net, count), sum_by(lines.draft, lines.tax, count)
    for name, values in (("net", net), ("tax", tax), ("gross", net + tax)):
        table.add(name, "amount", values)
    table.add("net_base", "money", Rates(world).to_base(net, currency, drafts.day))
    taken_back = drafts.about[drafts.kind == CANCELLATION]
    cancelled = np.zeros(count, dtype=bool)
    cancelled[taken_back] = True
    about = np.where(drafts.about >= 0, FIRST_NUMBER + drafts.about, 0)
    table.add("cancelled", "flag", cancelled)
    table.add("cancels_number", "digits", np.where(drafts.kind == CANCELLATION, about, 0))
    table.add("accounting_document", "digits", 0)
    table.add(
        "fiscal_year",
        "digits",
        np.where(drafts.kind == PRO_FORMA, 0, drafts.day.astype("datetime64[Y]").astype(int) + 1970),
    )
    created = world.stamp(drafts.day, rng.integers(8 * 3600, 18 * 3600, count))
    changed = created.copy()
    changed[taken_back] = created[drafts.kind == CANCELLATION]
    table.add("source_changed_at", "time", changed)
    table.add("read_at", "time", world.now)
    table.add("sap_type", "choice", drafts.kind, TYPES)
    table.add("sap_category", "choice", drafts.kind, CATEGORIES)
    table.add("sap_created_at", "time", created)
    table.add("sap_org", "digits", units["sap_org"][unit])
    table.add(
        "sap_terms", "choice", customers["sap_terms"][drafts.customer - 1], customers.columns["sap_terms"].vocabulary
    )
    table.add("sap_reference", "digits", np.where(drafts.kind != CANCELLATION, about, 0))


def _line_table(world: World, source: Source, lines: DraftLines) -> None:
    order_lines, invoices = world["sales_order_line"], world["invoice"]
    table = world.new("invoice_line", len(lines.draft))
    add_dimensions(world, table, invoices["customer_id"][lines.draft])
    line = source.line[lines.source] - 1
    table.add("invoice_id", "ref", lines.draft + 1)
    table.add("item", "int", (positions(lines.draft) + 1) * 10)
    for name in ("product_id", "product_line_id"):
        table.add(name, "ref", order_lines[name][line])
    for name in ("text", "unit"):
        table.add(name, "choice", order_lines[name][line], order_lines.columns[name].vocabulary)
    table.add("quantity", "kg", lines.quantity)
    table.add("quantity_base", "kg", lines.base)
    day = invoices["invoiced_on"][lines.draft]
    table.add("invoiced_on", "date", day)
    table.add("order_number", "digits", world["sales_order"]["number"][order_lines["order_id"][line] - 1])
    table.add("order_item", "int", order_lines["item"][line])
    table.add("net", "amount", lines.net)
    table.add("gross", "amount", lines.net + lines.tax)
    table.add(
        "net_base", "money", Rates(world).to_base(lines.net, invoices["currency_id"][lines.draft].astype(np.int64), day)
    )
    table.add("sap_tax", "amount", lines.tax)
    memo = np.isin(invoices["kind"][lines.draft], (CREDIT, DEBIT))
    table.add(
        "sap_delivery", "digits", np.where(memo, 0, world["shipment"]["number"][source.shipment[lines.source] - 1])
    )
    table.add("sap_delivery_item", "int", np.where(memo, 0, source.item[lines.source]))
    table.add("delivery_number", "digits", table["sap_delivery"])
    table.add("delivery_item", "ref", table["sap_delivery_item"])
    table.add("sap_order_line_id", "ref", line + 1)


def _mark_billed(world: World) -> None:
    """What of each order line has been billed, and which deliveries are billed in full."""
    invoices, lines, shipments = world["invoice"], world["invoice_line"], world["shipment"]
    head = lines["invoice_id"] - 1
    counts = np.isin(invoices["kind"][head], (INVOICE, CANCELLATION))
    order_lines = world["sales_order_line"]
    order_lines["sap_invoiced_base"][:] = sum_by(
        lines["sap_order_line_id"][counts] - 1, lines["quantity_base"][counts], len(order_lines)
    )
    delivery = lines["sap_delivery"][counts] - shipments["number"][0]
    billed = sum_by(delivery, lines["quantity_base"][counts], len(shipments))
    shipped = world["shipment_line"]
    gone = _to_be_billed(world)
    total = sum_by(shipped["shipment_id"][gone] - 1, shipped["quantity_base"][gone], len(shipments))
    shipments["sap_billing"][:] = (total > 0) & (billed >= total)
