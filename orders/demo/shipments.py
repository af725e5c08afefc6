"""Deliveries: partial, late, combined over two orders, split by batch; and what they do to the order lines."""

from dataclasses import dataclass

import numpy as np

from crm.demo.catalogue import LINE_CODES, ST, TO, UNIT_CODES
from crm.demo.table import Array
from crm.demo.world import World
from orders.demo.common import NO_DATE, add_dimensions, positions, sum_by, workday
from orders.demo.sales import base_of
from orders.enums import ShipmentStatus

FIRST_NUMBER = 8_000_000_001
STATUSES = [status.value for status in ShipmentStatus]
PLANNED, PICKED, SHIPPED, RECEIVED = range(4)
POINTS = ("1010", "2010")
MARKS = ("A", "C")  # SAP's statuses: not yet, completely
SPLIT_ITEM = 900_001
_LATE = {
    "LSR": 0.08,
    "SEAL": 0.17,
    "HCR": 0.12,
    "BASE": 0.10,
    "HERBICIDE": 0.14,
    "INSECTICIDE": 0.10,
    "FUNGICIDE": 0.09,
}
_AHEAD = 5  # days before goods issue that a delivery is made


@dataclass
class Parts:
    """Parts of order lines that leave together or apart: `line` is the order line's id, `day` the goods issue."""

    line: Array
    quantity: Array
    base: Array
    day: Array

    def only(self, chosen: Array) -> "Parts":
        """Some of them, by mask or by places."""
        return Parts(self.line[chosen], self.quantity[chosen], self.base[chosen], self.day[chosen])


def generate(world: World) -> None:
    """Deliveries of everything ordered that was neither rejected nor held, and their effect on the lines."""
    rng = world.rng("shipments")
    parts = _plan(world, rng)
    parts = parts.only(parts.day <= world.day + _AHEAD)
    group, customer, day = _group(world, parts)
    place = np.lexsort((parts.line, group))
    parts, group = parts.only(place), group[place]
    _headers(world, rng, customer, day)
    _lines(world, rng, parts, group)
    _count_shipped(world)


def _plan(world: World, rng: np.random.Generator) -> Parts:
    orders, lines = world["sales_order"], world["sales_order_line"]
    open_line = ~lines["rejected"] & (orders["sap_block"][lines["order_id"] - 1] == 0)
    line = lines["id"][open_line]
    order = lines["order_id"][line - 1]
    count = len(line)
    slack = np.where(rng.random(len(orders)) < 0.5, -rng.integers(0, 3, len(orders)), 0)[order - 1]
    chance = np.array([0] + [_LATE[code] for code in LINE_CODES])[lines["product_line_id"][line - 1]]
    troubled = rng.random(len(orders))[order - 1]  # an order tends to be late as a whole
    late = troubled * 0.7 + rng.random(count) * 0.3 < chance
    delay = np.where(late, 1 + rng.geometric(0.13, count), slack)
    whole = np.where(lines["unit"][line - 1] == UNIT_CODES.index("TO"), 100, 1000)
    packs = lines["quantity"][line - 1] // whole
    draw = rng.random(count)
    number = np.where((draw < 0.03) & (packs >= 3), 3, np.where((draw < 0.14) & (packs >= 2), 2, 1))
    source = np.repeat(np.arange(count), number)
    turn = positions(source)
    of = number[source]
    quantity = lines["quantity"][line[source] - 1]
    parted = packs[source] * (turn + 1) // of * whole[source] - packs[source] * turn // of * whole[source]
    quantity = np.where(of == 1, quantity, parted)
    gap = rng.integers(4, 12, count)[source]
    begun_early = (rng.random(count) < 0.6)[source]
    day = lines["promised_on"][line[source] - 1] + delay[source] + (turn - np.where(begun_early, of - 1, 0)) * gap
    day = np.maximum(workday(day), workday(lines["ordered_on"][line[source] - 1] + 1))
    unit = lines["unit"][line[source] - 1].astype(np.int64) + 1
    sealant = lines["product_line_id"][line[source] - 1] == LINE_CODES.index("SEAL") + 1
    return Parts(line[source], quantity, base_of(quantity, unit, sealant), day)


def _group(world: World, parts: Parts) -> tuple[Array, Array, Array]:
    """Delivery (0..) of each part, and each delivery's customer and day.

    Customers that like it get one delivery a week, on Wednesday, for all their orders.
    """
    lines, customers = world["sales_order_line"], world["customer"]
    customer = lines["customer_id"][parts.line - 1]
    combine = customers["demo_combine"][customer - 1]
    wednesday = np.busday_offset(parts.day, 0, roll="backward", weekmask="0010000")
    parts.day = np.where(combine & (wednesday > lines["ordered_on"][parts.line - 1]), wednesday, parts.day)
    key = np.where(combine, customer, len(customers) + lines["order_id"][parts.line - 1])
    wide = (parts.day - world.first_day).astype(np.int64) * (len(customers) + len(world["sales_order"]) + 1) + key
    _distinct, first, group = np.unique(wide, return_index=True, return_inverse=True)
    return group, customer[first], parts.day[first]


def _headers(world: World, rng: np.random.Generator, customer: Array, day: Array) -> None:
    customers, count = world["customer"], len(customer)
    abroad = customers["sap_tax_free"][customer - 1]
    gone = day < world.day
    transit = np.where(abroad, rng.integers(18, 40, count), rng.integers(1, 6, count))
    arrived = day + transit
    confirmed = gone & (arrived < world.day) & (rng.random(count) < 0.82)
    picked = ~gone & (day <= world.day + 1)
    status = np.where(confirmed, RECEIVED, np.where(gone, SHIPPED, np.where(picked, PICKED, PLANNED)))
    table = world.new("shipment", count)
    table.add("number", "digits", FIRST_NUMBER - 1 + table["id"])
    add_dimensions(world, table, customer)
    table.add("company_code", "text", np.full(count, "", dtype=object))
    table.add(
        "currency_id", "choice", customers["sap_currency"][customer - 1], customers.columns["sap_currency"].vocabulary
    )
    early = np.where(rng.random(count) < 0.12, rng.integers(1, 4, count), 0)
    table.add("planned_on", "date", np.where(gone, day - early, day))
    table.add("delivery_on", "date", day + transit)
    table.add("shipped_on", "date", np.where(gone, day, NO_DATE))
    table.add("received_on", "date", np.where(confirmed, arrived, NO_DATE))
    table.add("status", "choice", status, STATUSES)
    serial = rng.integers(10_000_000, 99_999_999, count).tolist()
    table.add(
        "carrier_reference",
        "text",
        [f"YD{number}" if shipped else "" for number, shipped in zip(serial, gone.tolist(), strict=True)],
    )
    table.add("source_changed_at", "time", np.datetime64("NaT", "s"))
    table.add("read_at", "time", world.now)
    made = np.minimum(day - rng.integers(1, 4, count), world.yesterday)
    table.add("sap_created_at", "time", world.stamp(made, rng.integers(8 * 3600, 18 * 3600, count)))
    table.add("sap_changed_on", "date", np.where(confirmed, arrived, np.where(gone, day, NO_DATE)))
    table.add("sap_version", "int", 1 + gone + confirmed)
    unit = customers["business_unit_id"][customer - 1] - 1
    table.add("sap_point", "choice", unit, POINTS)
    table.add("sap_type", "choice", "LF")
    table.add("sap_category", "choice", "J")
    table.add("sap_weight", "kg", 0)
    table.add("sap_org", "digits", world["business_unit"]["sap_org"][unit])
    for name, done in (
        ("picking", gone | picked),
        ("movement", gone),
        ("pod", confirmed),
        ("billing", np.zeros(count)),
    ):
        table.add(f"sap_{name}", "choice", done, MARKS)


def _lines(world: World, rng: np.random.Generator, parts: Parts, group: Array) -> None:
    """One line per part; some are split into two batches below an empty main line."""
    lines, products, shipments = world["sales_order_line"], world["product"], world["shipment"]
    item = (positions(group) + 1) * 10
    unit = lines["unit"][parts.line - 1]
    step = np.where(unit + 1 == TO, 100, np.where(unit + 1 == ST, 5000, 1000))
    split = (rng.random(len(group)) < 0.02) & (parts.quantity >= 2 * step)
    half = parts.quantity // 2 // step * step
    part = np.repeat(np.arange(len(group)), np.where(split, 3, 1))
    # batch splits are numbered through the delivery, after its main items
    place = np.lexsort((np.arange(len(part)), split[part] & (positions(part) > 0), group[part]))
    rows, turn = part[place], positions(part)[place]
    quantity = np.select(
        [~split[rows], turn == 0, turn == 1], [parts.quantity[rows], 0, half[rows]], parts.quantity[rows] - half[rows]
    )
    line, shipment = parts.line[rows], group[rows]
    sealant = lines["product_line_id"][line - 1] == LINE_CODES.index("SEAL") + 1
    base = base_of(quantity, unit[rows].astype(np.int64) + 1, sealant)
    main, below = split[rows] & (turn == 0), split[rows] & (turn > 0)
    number = np.where(below, SPLIT_ITEM + _running(below, shipment), item[rows])
    table = world.new("shipment_line", len(rows))
    customer = shipments["customer_id"][shipment]
    add_dimensions(world, table, customer)
    table.add("shipment_id", "ref", shipment + 1)
    table.add("item", "int", number)
    product = lines["product_id"][line - 1]
    table.add("product_id", "ref", product)
    table.add("product_line_id", "ref", lines["product_line_id"][line - 1])
    table.add("text", "choice", product - 1, tuple(products.texts("name")))
    table.add("quantity", "kg", quantity)
    table.add("unit", "choice", lines["unit"][line - 1], UNIT_CODES)
    table.add("quantity_base", "kg", base)
    order_id = lines["order_id"][line - 1]
    table.add("order_number", "digits", world["sales_order"]["number"][order_id - 1])
    table.add("order_item", "int", lines["item"][line - 1])
    table.add("order_line_id", "ref", line)
    shipped = shipments["shipped_on"][shipment]
    table.add("shipped_on", "date", shipped)
    table.add("batch", "text", _batches(world, rng, product, shipments["planned_on"][shipment], main))
    table.add("sap_higher_item", "int", np.where(below, item[rows], 0))
    shipments["sap_weight"][:] = sum_by(shipment, base, len(shipments)) * 103 // 100


def _running(mark: Array, group: Array) -> Array:
    """0, 1, 2 ... over the marked rows of each group, whose marked rows stand together."""
    counted = np.cumsum(mark) - mark
    first = np.concatenate([[True], group[1:] != group[:-1]]) if len(group) else np.zeros(0, dtype=bool)
    start = np.maximum.accumulate(np.where(first, np.arange(len(group)), 0))
    result: Array = counted - counted[start]
    return result


def _batches(world: World, rng: np.random.Generator, product: Array, day: Array, none: Array) -> list[str]:
    codes = world["product"].texts("code")
    months = np.datetime_as_string((day - 7).astype("datetime64[M]")).tolist()
    runs = rng.integers(1, 60, len(product)).tolist()
    return [
        "" if empty else f"{codes[place - 1].split('-')[0]}{month[2:4]}{month[5:7]}-{run:02d}"
        for place, month, run, empty in zip(product.tolist(), months, runs, none.tolist(), strict=True)
    ]


def _count_shipped(world: World) -> None:
    """What each order line has shipped, and the day the last part left of those that are complete."""
    lines, shipped = world["sales_order_line"], world["shipment_line"]
    gone = ~np.isnat(shipped["shipped_on"])
    line = shipped["order_line_id"][gone] - 1
    total = sum_by(line, shipped["quantity_base"][gone], len(lines))
    last = np.full(len(lines), np.datetime64("1970-01-01"))
    np.maximum.at(last, line, shipped["shipped_on"][gone])
    lines["shipped_base"][:] = total
    lines["shipped_on"][:] = np.where((total > 0) & (total >= lines["quantity_base"]), last, NO_DATE)
