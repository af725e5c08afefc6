"""Arithmetic and columns that all documents of the demo company share. Whole numbers only, so that sums are exact."""

from typing import Any

import numpy as np

from crm.demo.catalogue import CURRENCY_CODES, PRICE, RATE
from crm.demo.table import Array, Table
from crm.demo.world import World

STEP = np.array([{"JPY": 1000, "KWD": 1}.get(code, 10) for code in CURRENCY_CODES])  # smallest amount, in thousandths
NO_DATE = np.datetime64("NaT", "D")
DIMENSIONS = ("business_unit_id", "region_id", "team_id", "owner_id")


def half_up(numerator: Array, denominator: Any) -> Array:
    """The quotient rounded to a whole number, halves away from zero."""
    result: Array = np.sign(numerator) * ((2 * np.abs(numerator) + denominator) // (2 * denominator))
    return result


def to_step(amount: Array, currency: Array) -> Array:
    """Amounts at the precision of their currency."""
    step = STEP[currency]
    return half_up(amount, step) * step


class Rates:
    """Base currency for one unit of a currency on a day, in ten-thousandths."""

    def __init__(self, world: World) -> None:
        table = world["exchange_rate"]
        days = table["starts_on"]
        self.first = days.min()
        span = int((days.max() - self.first).astype(int)) + 1
        rates = np.full((len(CURRENCY_CODES), span), PRICE, dtype=np.int64)
        rates[table["currency_id"], (days - self.first).astype(int)] = table["rate"] // (RATE // PRICE)
        known = np.zeros(span, dtype=np.int64)  # the place of the last day with rates, for each day
        places = np.unique((days - self.first).astype(int))
        known[places] = places
        self.matrix = rates[:, np.maximum.accumulate(known)]

    def at(self, currency: Array, days: Array) -> Array:
        """The rates of these days; the last one known serves for later days."""
        places = (days.astype("datetime64[D]") - self.first).astype(int)
        return self.matrix[currency, np.clip(places, 0, self.matrix.shape[1] - 1)]

    def to_base(self, amount: Array, currency: Array, days: Array) -> Array:
        """Amounts (thousandths) in base currency (hundredths), rounded."""
        return half_up(amount * self.at(currency, days), 10 * PRICE)


def add_dimensions(world: World, table: Table, customer: Array) -> None:
    """The customer and what the document counts under, as of now."""
    customers = world["customer"]
    table.add("customer_id", "ref", customer)
    for name in DIMENSIONS:
        table.add(name, "ref", customers[name][customer - 1])


def workday(days: Array) -> Array:
    """The same day, or the Monday after a weekend."""
    return np.busday_offset(days.astype("datetime64[D]"), 0, roll="forward")


def positions(groups: Array) -> Array:
    """0, 1, 2 ... within each run of equal values."""
    starts = (
        np.flatnonzero(np.concatenate([[True], groups[1:] != groups[:-1]])) if len(groups) else np.zeros(0, dtype=int)
    )
    lengths = np.diff(np.concatenate([starts, [len(groups)]]))
    return np.arange(len(groups)) - np.repeat(starts, lengths)


def sum_by(groups: Array, values: Array, count: int) -> Array:
    """Exact sums of whole numbers by group 0..count-1."""
    result = np.zeros(count, dtype=np.int64)
    np.add.at(result, groups, values)
    return result
