"""Writes what hangs below order lines, price conditions and schedule lines, as lines are written: COPY, then only what differs.

Called inside the transaction that wrote the orders, whose numbers are still staged: rows that their lines no longer have go.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection, models

from orders.models import OrderCondition, OrderSchedule, SalesOrder, SalesOrderLine

_LINES, _ORDERS = SalesOrderLine._meta.db_table, SalesOrder._meta.db_table


class ConditionRow(NamedTuple):
    """A price condition of the order's line `item`; `currency` is empty where the rate is a percentage."""

    number: str
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


class ScheduleRow(NamedTuple):
    """A schedule line `number` of the line `item` of an order."""

    order: str
    item: int
    number: int
    requested_on: dt.date | None
    confirmed_on: dt.date | None
    quantity: Decimal
    confirmed: Decimal
    delivered: Decimal


@dataclass(frozen=True)
class Detail:
    """A table below order lines. `key` tells the rows of a line apart, `columns` are the others."""

    model: type[models.Model]
    key: tuple[str, ...]
    columns: tuple[str, ...]

    @property
    def table(self) -> str:
        """Name of the table."""
        return self.model._meta.db_table


CONDITIONS = Detail(OrderCondition, ("step", "counter"), ConditionRow._fields[4:])
SCHEDULE = Detail(OrderSchedule, ("number",), ScheduleRow._fields[3:])


def write_details(detail: Detail, rows: Sequence[Any], *, before: Collection[str]) -> set[str]:
    """Write these rows; the numbers of the orders whose rows were new, differed, or went. `before` are those that were here."""
    staged = f"stage_{detail.table}"
    names = (*detail.key, *detail.columns)
    _fill(detail, staged, names, rows)
    insert = (
        f"INSERT INTO {detail.table} (line_id, {', '.join(names)})"  # noqa: S608 -- our own names
        f" SELECT l.id, {', '.join(f's.{name}' for name in names)} FROM {staged} s"
        f" JOIN {_ORDERS} h ON h.number = s.order_number JOIN {_LINES} l ON l.order_id = h.id AND l.item = s.order_item"
        f" ORDER BY l.id, {', '.join(f's.{name}' for name in detail.key)}"
    )
    if not before:  # a third cheaper than to look for each row
        with connection.cursor() as cursor:
            cursor.execute(insert)
        return {row[0] for row in rows}
    same = " AND ".join(f"s.{name} = t.{name}" for name in detail.key)
    dropped = (
        f"WITH done AS (DELETE FROM {detail.table} t USING {_LINES} l, {_ORDERS} h"  # noqa: S608 -- our own names
        " WHERE t.line_id = l.id AND l.order_id = h.id AND h.number = ANY(%s) AND NOT EXISTS"
        f" (SELECT 1 FROM {staged} s WHERE s.order_number = h.number AND s.order_item = l.item AND {same})"
        " RETURNING h.number) SELECT DISTINCT number FROM done"
    )
    written = (
        f"WITH done AS ({insert} ON CONFLICT (line_id, {', '.join(detail.key)})"  # noqa: S608 -- our own names
        f" DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in detail.columns)}"
        f" WHERE ({', '.join(f'{detail.table}.{name}' for name in detail.columns)})"
        f" IS DISTINCT FROM ({', '.join(f'excluded.{name}' for name in detail.columns)}) RETURNING line_id)"
        f" SELECT DISTINCT h.number FROM done JOIN {_LINES} l ON l.id = done.line_id JOIN {_ORDERS} h ON h.id = l.order_id"
    )
    return _numbers(dropped, [list(before)]) | (_numbers(written) if rows else set())


def _fill(detail: Detail, staged: str, names: Iterable[str], rows: Iterable[Sequence[Any]]) -> None:
    columns = ", ".join(f"d.{name}" for name in names)
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [f"pg_temp.{staged}"])
        if cursor.fetchone()[0]:
            cursor.execute(f"TRUNCATE {staged}")
        else:
            cursor.execute(
                f"CREATE TEMP TABLE {staged} ON COMMIT DELETE ROWS AS SELECT o.number AS order_number,"  # noqa: S608 -- our own names
                f" l.item AS order_item, {columns} FROM {_ORDERS} o, {_LINES} l, {detail.table} d WITH NO DATA"
            )
        with connection.wrap_database_errors, cursor.copy(f"COPY {staged} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(f"ANALYZE {staged} (order_number)")


def _numbers(sql: str, parameters: Sequence[Any] = ()) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return {row[0] for row in cursor.fetchall()}
