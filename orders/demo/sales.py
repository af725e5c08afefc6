"""Sales orders and their lines: seasons, growth, a few large customers and many small ones."""

import numpy as np

from crm.demo.catalogue import KG, LINES, ST, TO, UNIT_CODES
from crm.demo.table import Array
from crm.demo.world import World
from orders.demo.common import Rates, add_dimensions, half_up, positions, sum_by, to_step, workday
from orders.enums import OrderStatus

ORDERS = 1400  # at scale 1, with 2.36 lines each
FIRST_NUMBER = 4_500_000_001
_SEASON = {
    1: (0.90, 0.62, 1.10, 1.05, 1.00, 1.00, 0.92, 0.95, 1.12, 1.08, 1.12, 1.10),
    2: (0.90, 1.20, 1.60, 1.50, 1.20, 0.90, 0.85, 1.00, 0.80, 0.60, 0.65, 0.80),
}
_GROWTH = {1: 1.010, 2: 1.006}  # per month
_HOLIDAYS = ((1, 28), (2, 10)), ((10, 1), (10, 7))  # spring festival and the national day, roughly
_LINE_KINDS = {
    "order_id": "ref",
    "item": "int",
    "product_id": "ref",
    "product_line_id": "ref",
    "quantity": "kg",
    "quantity_base": "kg",
    "ordered_on": "date",
    "promised_on": "date",
    "shipped_on": "date",
    "shipped_base": "kg",
    "rejected": "flag",
    "net": "amount",
    "net_base": "money",
    "sap_higher_item": "int",
    "sap_tax": "amount",
    "sap_tax_percent": "int",
    "sap_cost": "amount",
    "sap_requested_on": "date",
    "sap_invoiced_base": "kg",
}
_LINE_WORDS = {
    "unit": UNIT_CODES,
    "sap_category": ("TAN", "TANN"),
    "sap_reason": ("", "50"),
    "sap_delivery_status": ("", "A", "B", "C"),
    "sap_billing_status": ("", "A", "B", "C"),
    "sap_process": ("A", "B", "C"),
}
STATUSES = [status.value for status in OrderStatus]
_INCOTERMS = ("DAP", "EXW", "FOB", "CIF")


def generate(world: World) -> None:
    """Orders and lines. What is shipped and billed is put in by the following steps."""
    rng = world.rng("orders")
    count = world.counted(ORDERS, least=40)
    customer, day = _who_and_when(world, rng, count)
    seconds = rng.integers(8 * 3600, 18 * 3600, count)
    place = np.lexsort((seconds, day))
    customer, day, seconds = customer[place], day[place], seconds[place]
    _orders(world, rng, customer, day, world.stamp(day, seconds))
    _lines(world, rng)
    _totals(world)


def day_weights(world: World, unit: int) -> Array:
    """How much is ordered on each day from the first to yesterday, of one business unit."""
    days = np.arange(world.first_day, world.day)
    months = days.astype("datetime64[M]").astype(int)
    weight = np.array(_SEASON[unit])[months % 12] * _GROWTH[unit] ** (months - months[0])
    weight = weight * np.is_busday(days)
    of_year = np.array([(int(text[5:7]), int(text[8:10])) for text in np.datetime_as_string(days).tolist()])
    number = of_year[:, 0] * 100 + of_year[:, 1]
    for (month1, day1), (month2, day2) in _HOLIDAYS:
        weight = np.where((number >= month1 * 100 + day1) & (number <= month2 * 100 + day2), weight * 0.1, weight)
    return weight


def _who_and_when(world: World, rng: np.random.Generator, count: int) -> tuple[Array, Array]:
    """Customers by their weight and the time they were customers; days by season within that time."""
    customers = world["customer"]
    last = len(np.arange(world.first_day, world.day))
    begin = np.clip((customers["demo_start"] - world.first_day).astype(int), 0, last)
    end = np.clip((customers["demo_end"] - world.first_day).astype(int), 0, last)
    unit = customers["business_unit_id"]
    cumulative = {}
    low, high = np.zeros(len(customers)), np.zeros(len(customers))
    for number in (1, 2):
        cumulative[number] = np.concatenate([[0], np.cumsum(day_weights(world, number))])
        mine = unit == number
        low[mine], high[mine] = cumulative[number][begin[mine]], cumulative[number][end[mine]]
    chance = customers["demo_weight"] * (high - low)
    who = rng.choice(len(customers), count, p=chance / chance.sum())
    target = low[who] + rng.random(count) * (high - low)[who]
    day = np.zeros(count, dtype=np.int64)
    for number in (1, 2):
        mine = unit[who] == number
        day[mine] = np.searchsorted(cumulative[number], target[mine], side="right") - 1
    return customers["id"][who], world.first_day + np.clip(day, 0, last - 1)


def _orders(world: World, rng: np.random.Generator, customer: Array, day: Array, created: Array) -> None:
    customers, units, count = world["customer"], world["business_unit"], len(customer)
    unit = customers["business_unit_id"][customer - 1] - 1
    abroad = customers["sap_tax_free"][customer - 1]
    table = world.new("sales_order", count)
    table.add("number", "digits", FIRST_NUMBER - 1 + table["id"])
    add_dimensions(world, table, customer)
    table.add("company_code", "text", np.full(count, "", dtype=object))
    table.add(
        "currency_id", "choice", customers["sap_currency"][customer - 1], customers.columns["sap_currency"].vocabulary
    )
    table.add("kind", "choice", "TA")
    years, runs = day.astype("datetime64[Y]").astype(int) + 1970, rng.integers(1, 900, count)
    references = [f"PO{year}-{run:04d}" for year, run in zip(years.tolist(), runs.tolist(), strict=True)]
    table.add("customer_reference", "text", references)
    table.add("ordered_on", "date", day)
    lead = np.where(abroad, rng.integers(21, 50, count), rng.integers(6, 26, count))
    table.add("requested_on", "date", workday(day + lead))
    table.add("status", "choice", np.zeros(count), STATUSES)
    for name, kind in (("net", "amount"), ("net_base", "money")):
        table.add(name, kind, 0)
    table.add("source_changed_at", "time", created)
    table.add("read_at", "time", world.now)
    table.add("sap_created_at", "time", created)
    for name, kind in (("sap_org", "digits"), ("sap_channel", "choice"), ("sap_division", "choice")):
        table.add(name, kind, units[name][unit], units.columns[name].vocabulary)
    table.add(
        "sap_incoterms", "choice", np.where(abroad, rng.integers(2, 4, count), rng.random(count) < 0.2), _INCOTERMS
    )
    held = (day > world.day - 26) & (
        rng.random(count) < np.where(customers["demo_payer"][customer - 1] >= 2, 0.25, 0.03)
    )
    credit = held & (rng.random(count) < 0.7)
    table.add("sap_rejection", "choice", np.zeros(count), ("", "A", "B", "C"))
    table.add("sap_block", "choice", held, ("", "C"))
    table.add("sap_credit", "choice", credit, ("", "B"))
    table.add("sap_delivery_block", "choice", held & ~credit, ("", "01"))
    table.add("sap_delivery_status", "choice", np.ones(count), ("", "A", "B", "C"))
    table.add("sap_process", "choice", np.zeros(count), ("A", "B", "C"))


def _lines(world: World, rng: np.random.Generator) -> None:
    orders = world["sales_order"]
    many = rng.choice([1, 2, 3, 4, 5], len(orders), p=[0.32, 0.28, 0.20, 0.12, 0.08])
    order = np.repeat(orders["id"], many)
    item = (positions(order) + 1) * 10
    free = (item > 10) & (rng.random(len(order)) < 0.012)
    rejected = ~free & (orders["ordered_on"][order - 1] < world.day - 5) & (rng.random(len(order)) < 0.025)
    values = _line_values(world, rng, order, item, free, rejected)
    table = world.new("sales_order_line", len(order))
    add_dimensions(world, table, orders["customer_id"][order - 1])
    for name, column in values.items():
        kind = _LINE_KINDS.get(name, "choice")
        vocabulary = tuple(world["product"].texts("name")) if name == "text" else _LINE_WORDS.get(name, ())
        table.add(name, kind, column, vocabulary)


def _line_values(
    world: World, rng: np.random.Generator, order: Array, item: Array, free: Array, rejected: Array
) -> dict[str, Array]:
    """The columns of order lines, without the dimensions. Nothing is shipped or billed yet."""
    orders, customers, products = world["sales_order"], world["customer"], world["product"]
    head = order - 1
    customer, day = orders["customer_id"][head], orders["ordered_on"][head]
    currency = orders["currency_id"][head].astype(np.int64)
    product = _pick_products(world, rng, customer)
    line = products["product_line_id"][product - 1]
    quantity, unit, base = _quantities(world, rng, customer, product)
    rates = Rates(world)
    factor = np.round(
        10_000 * (1.06 - 0.012 * np.log1p(customers["demo_weight"][customer - 1])) * rng.uniform(0.94, 1.05, len(order))
    )
    price = half_up(
        products["list_price"][product - 1] * factor.astype(np.int64), rates.at(currency, day)
    )  # in the currency
    net = np.where(free, 0, to_step(half_up(base * price, 10_000), currency))
    cost = to_step(
        half_up(half_up(base * products["sap_cost"][product - 1], 1000) * 1000, rates.at(currency, day)), currency
    )
    percent = np.where(customers["sap_tax_free"][customer - 1], 0, products["sap_tax"][product - 1])
    requested = orders["requested_on"][head]
    later = rng.random(len(order)) < 0.18
    promised = workday(requested + np.where(later, rng.integers(2, 12, len(order)), 0))
    nothing = np.zeros(len(order), dtype=np.int64)
    return {
        "order_id": order,
        "item": item,
        "product_id": product,
        "product_line_id": line,
        "text": product - 1,
        "quantity": quantity,
        "unit": unit - 1,
        "quantity_base": base,
        "ordered_on": day,
        "promised_on": promised,
        "shipped_on": np.full(len(order), np.datetime64("NaT", "D")),
        "shipped_base": nothing,
        "rejected": rejected,
        "net": net,
        "net_base": rates.to_base(net, currency, day),
        "sap_category": free.astype(np.int64),
        "sap_higher_item": np.where(free, item - 10, 0),
        "sap_tax": to_step(half_up(net * percent, 100), currency),
        "sap_tax_percent": percent,
        "sap_cost": cost,
        "sap_reason": rejected.astype(np.int64),
        "sap_requested_on": requested,
        "sap_delivery_status": np.where(rejected, 0, 1),
        "sap_billing_status": np.where(rejected, 0, 1),
        "sap_process": np.where(rejected, 2, 0),
        "sap_invoiced_base": nothing,
    }


def _pick_products(world: World, rng: np.random.Generator, customer: Array) -> Array:
    """Mostly the customer's main line and, in it, mostly the same few products."""
    customers, count = world["customer"], len(customer)
    preference = rng.choice(3, count, p=[0.66, 0.24, 0.10])
    lines = np.column_stack([customers[f"demo_line{place}"] for place in range(3)])
    line = lines[customer - 1, preference]
    sizes = np.array([0] + [len(entry.products) for entry in LINES])
    first = np.concatenate([[0, 1], 1 + np.cumsum(sizes[1:-1])])
    turn = (customer * 7 + line * 3 + rng.geometric(0.5, count)) % sizes[line]
    result: Array = first[line] + turn
    return result


def _quantities(world: World, rng: np.random.Generator, customer: Array, product: Array) -> tuple[Array, Array, Array]:
    """Quantity (thousandths), unit (id) and quantity in kg (thousandths) of each line, in whole packs."""
    count, products = len(customer), world["product"]
    line = products["product_line_id"][product - 1]
    usual = np.array([0] + [entry.usual_kg for entry in LINES])[line] * 2.0
    size = np.clip(world["customer"]["demo_weight"][customer - 1] / 4000, 0.1, 12) ** 0.35
    kg = usual * size * rng.lognormal(-0.18, 0.6, count)
    pack = products["sap_pack_unit_id"][product - 1]
    draw = rng.random(count)
    unit = np.where(draw < 0.5, pack, np.where((draw < 0.8) & (kg >= 3000), TO, KG))
    sealant = np.array([False] + [entry.code == "SEAL" for entry in LINES])[line]
    per_unit = np.array([0.0, 1, 1000, 200, 20, 1])[unit]
    per_unit = np.where((unit == ST) & sealant, 0.4, per_unit)
    lot = np.select([unit == KG, unit == TO, (unit == ST) & sealant, unit == ST], [25.0, 0.5, 20.0, 12.0], 1.0)
    amount = np.maximum(1, np.round(kg / per_unit / lot)) * lot
    quantity = np.round(amount * 1000).astype(np.int64)
    return quantity, unit, base_of(quantity, unit, sealant)


def base_of(quantity: Array, unit: Array, sealant: Array) -> Array:
    """Kilograms (thousandths) of a quantity; exact for whole packs."""
    numerator = np.array([0, 1, 1000, 200, 20, 1])[unit]
    pieces = (unit == ST) & sealant
    result: Array = np.where(pieces, quantity * 2 // 5, quantity * numerator)
    return result


def _totals(world: World) -> None:
    """Put the net amounts of the orders together from their lines; rejected lines do not count."""
    orders, lines = world["sales_order"], world["sales_order_line"]
    valid = ~lines["rejected"]
    orders["net"][:] = sum_by(lines["order_id"][valid] - 1, lines["net"][valid], len(orders))
    orders["net_base"][:] = Rates(world).to_base(
        orders["net"], orders["currency_id"].astype(np.int64), orders["ordered_on"]
    )
