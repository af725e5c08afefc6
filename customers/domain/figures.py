"""Stores the key figures of customers; whoever knows orders and invoices computes them."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from django.db import connection, transaction

from customers.models import Customer, CustomerFigures

_TABLE = CustomerFigures._meta.db_table
_CUSTOMERS = Customer._meta.db_table


class FiguresRow(NamedTuple):
    """The figures of one customer in base currency; `sales_by_month` has 12 months, oldest first, this month last."""

    customer_id: int
    sales_12m: Decimal
    sales_12m_before: Decimal
    sales_by_month: tuple[Decimal, ...]
    volume_12m_kg: Decimal
    receivable: Decimal
    overdue: Decimal
    last_order_on: dt.date | None


_VALUES = [name for name in FiguresRow._fields if name != "customer_id"]


def store_figures(rows: Iterable[FiguresRow], *, refreshed_at: dt.datetime) -> int:
    """Write the figures that differ from the stored ones, in one transaction; return how many customers that were.

    `rows` are taken while a COPY runs, so making them must not ask the database. `refreshed_at` is stored with the rows that
    changed. Customers that are gone by now are left out.
    """
    columns, values = ", ".join(FiguresRow._fields), ", ".join(_VALUES)
    new = ", ".join(f"s.{name}" for name in _VALUES)
    old = ", ".join(f"f.{name}" for name in _VALUES)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE figures_given AS SELECT {columns} FROM {_TABLE} WITH NO DATA")  # noqa: S608 -- our own names
        with cursor.cursor.copy(f"COPY figures_given ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row((*row[:3], list(row.sales_by_month), *row[4:]))
        cursor.execute("ANALYZE figures_given")
        cursor.execute(
            f"INSERT INTO {_TABLE} ({columns}, refreshed_at)"  # noqa: S608 -- our own names
            f" SELECT s.customer_id, {new}, %s FROM figures_given s JOIN {_CUSTOMERS} c ON c.id = s.customer_id"
            f" LEFT JOIN {_TABLE} f USING (customer_id) WHERE f.customer_id IS NULL OR ({new}) IS DISTINCT FROM ({old})"
            f" ON CONFLICT (customer_id) DO UPDATE SET ({values}, refreshed_at) ="
            f" ROW({', '.join(f'excluded.{name}' for name in _VALUES)}, excluded.refreshed_at)",
            [refreshed_at],
        )
        changed = cursor.rowcount
        cursor.execute("DROP TABLE figures_given")
    return changed
