"""What the ERP says of an order's lines beyond them: price conditions and schedule lines, kept as JSON, one row an order.

They are shown with the order and count in no figure. A row for each of them was half of what a first load cost.
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

import orjson
from django.db import connection

from orders.models import OrderDetail


class PriceCondition(NamedTuple):
    """A condition of the price of the line `item`. `rate` is an amount in `currency` for `per` `unit`, or a percentage where
    that is empty.

    Statistical and inactive ones add nothing to the price. Costs are no conditions here: whoever sees prices need not see them.
    """

    item: int
    step: int
    counter: int
    kind: str
    rate: Decimal
    currency: str
    per: Decimal
    unit: str
    amount: Decimal
    statistical: bool
    inactive: bool


class ScheduleLine(NamedTuple):
    """A part of the quantity of the line `item`, wanted and confirmed for a day. Quantities are in the line's unit.

    A line that is confirmed as a whole for one day says all of it itself, and has none.
    """

    item: int
    number: int
    requested_on: dt.date | None
    confirmed_on: dt.date | None
    quantity: Decimal
    confirmed: Decimal
    delivered: Decimal


class DetailRow(NamedTuple):
    """What hangs below the lines of the order `number`, as `stored` gives it."""

    number: str
    conditions: str
    schedule: str


_TABLE = OrderDetail._meta.db_table
_WRITE = f"""
    WITH written AS (
        INSERT INTO {_TABLE} AS t (order_id, conditions, schedule)
        SELECT * FROM unnest(%s::bigint[], %s::jsonb[], %s::jsonb[])
        ON CONFLICT (order_id) DO UPDATE SET conditions = excluded.conditions, schedule = excluded.schedule
        WHERE (t.conditions, t.schedule) IS DISTINCT FROM (excluded.conditions, excluded.schedule) RETURNING order_id),
    dropped AS (DELETE FROM {_TABLE} WHERE order_id = ANY(%s) RETURNING order_id)
    SELECT order_id FROM written UNION ALL SELECT order_id FROM dropped
"""  # noqa: S608 -- our own names


def stored(rows: Sequence[tuple[Any, ...]]) -> str:
    """Values in the order of PriceCondition or of ScheduleLine, as JSON; numbers as text, to the last digit."""
    return orjson.dumps(rows, default=str).decode()


def conditions_of(detail: OrderDetail) -> list[PriceCondition]:
    """The price conditions, by line, step and counter."""
    rows = (PriceCondition._make(row) for row in detail.conditions)
    return sorted(
        row._replace(rate=Decimal(row.rate), per=Decimal(row.per), amount=Decimal(row.amount)) for row in rows
    )


def schedule_of(detail: OrderDetail) -> list[ScheduleLine]:
    """The schedule lines, by line and number."""
    return sorted((_schedule_line(*row) for row in detail.schedule), key=lambda row: row[:2])


def _schedule_line(
    item: int, number: int, requested: str | None, confirmed: str | None, *quantities: str
) -> ScheduleLine:
    first, second = (dt.date.fromisoformat(day) if day else None for day in (requested, confirmed))
    return ScheduleLine(item, number, first, second, *map(Decimal, quantities))


def write_details(rows: Sequence[DetailRow], *, ids: Mapping[str, int], new: Collection[str]) -> set[str]:
    """Write these rows of the orders in `ids` (number -> id); the numbers of those whose row was new, differed, or went.

    `new` orders were not here before: their rows are not looked for.
    """
    fresh = [row for row in rows if row.number in new]
    old = {row.number: row for row in rows if row.number not in new}
    changed = {row.number for row in fresh}
    with connection.cursor() as cursor:
        copy = f"COPY {_TABLE} (order_id, conditions, schedule) FROM STDIN"
        with connection.wrap_database_errors, cursor.copy(copy) as copied:
            for number, conditions, schedule in fresh:
                copied.write_row((ids[number], conditions, schedule))
        if len(ids) > len(new):
            without = [pk for number, pk in ids.items() if number not in new and number not in old]
            columns = [[getattr(row, name) for row in old.values()] for name in ("conditions", "schedule")]
            cursor.execute(_WRITE, [[ids[number] for number in old], *columns, without])
            numbers = {pk: number for number, pk in ids.items()}
            changed |= {numbers[pk] for (pk,) in cursor.fetchall()}
    return changed
