"""Targets of the demo company: last year's figures and something on top."""

import numpy as np

from crm.demo.copy import load_tables
from crm.demo.table import Array
from crm.demo.world import MONTHS, World

REVENUE, ORDERS, VOLUME, COLLECTIONS = 61, 54, 55, 72
_SHARES = {31: 30, 33: 26, 70: 20, 83: 92}  # ratios in per cent, the same in every month and unit
_GROWTH = 108  # per cent of the same month a year before


def generate(world: World) -> None:
    """Monthly targets for the company and each business unit, up to the end of this year."""
    first = world.first_day.astype("datetime64[M]")
    last = np.datetime64(f"{world.today.year}-12", "M")
    months = np.arange(first, last + 1)
    rows: list[tuple[int, np.datetime64, int, int]] = []
    for number, (table, day, value, factor) in {
        REVENUE: ("settlement", "settled_on", "amount_base", 100),
        ORDERS: ("sales_order", "ordered_on", "net_base", 100),
        COLLECTIONS: ("receivable", "posted_on", "amount_base", 100),
        VOLUME: ("sales_order_line", "ordered_on", "quantity_base", 1),
    }.items():
        actual = _by_month(world, table, day, value, months)
        for unit in (0, 1, 2):
            sums = actual[1:].sum(axis=0) if unit == 0 else actual[unit]
            rows += [
                (number, month, unit, int(target) * factor)
                for month, target in zip(months, _targets(sums), strict=True)
            ]
    for number, share in _SHARES.items():
        rows += [(number, month, unit, share * 10_000) for month in months for unit in (0, 1, 2)]
    targets = world.new("target", len(rows))
    targets.add("indicator", "int", [row[0] for row in rows])
    targets.add("month", "date", np.array([row[1] for row in rows]).astype("datetime64[D]"))
    targets.add("business_unit_id", "ref", [row[2] for row in rows])
    targets.add("value", "price", [row[3] for row in rows])


def _by_month(world: World, name: str, day: str, value: str, months: Array) -> Array:
    """Sums by business unit and month: hundredths of yuan, or ten-thousandths of tonnes."""
    table = world[name]
    rows = np.ones(len(table), dtype=bool)
    sign = 1
    if name == "receivable":
        rows = np.isin(table["kind"], [table.choice("kind", "payment"), table.choice("kind", "down_payment")])
        sign = -1
    if name == "sales_order_line":
        rows = ~table["rejected"]
    result = np.zeros((3, len(months)), dtype=np.int64)
    place = (table[day].astype("datetime64[M]") - months[0]).astype(np.int64)
    np.add.at(result, (table["business_unit_id"][rows], place[rows]), sign * table[value][rows])
    return result // 100 if name == "sales_order_line" else result


def _targets(actual: Array) -> Array:
    """The same month a year before and some growth; in the first year, what came. Rounded down to three digits or so."""
    known = actual[: MONTHS + 1].copy()
    whole = np.concatenate([known, np.zeros(len(actual) - len(known), dtype=np.int64)])
    smooth = np.convolve(np.pad(whole, 1, mode="edge"), [0.25, 0.5, 0.25], mode="valid")
    base = smooth.copy()
    base[12:] = smooth[: len(base) - 12] * _GROWTH / 100
    step = 10 ** np.maximum(np.floor(np.log10(np.maximum(base, 1))) - 2, 0)
    result: Array = np.maximum(np.floor(base / step) * step, 1).astype(np.int64)
    return result


def load(world: World) -> None:
    """Write the targets."""
    load_tables(world, {"target": "analytics.Target"})
