"""Rows into staging tables by COPY, and from there into ours: only what differs is written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, models

from crm.catalogue.models import Product
from customers.models import Customer

DIMENSIONS = ("business_unit_id", "region_id", "team_id", "owner_id")


@dataclass(frozen=True)
class HeaderTarget:
    """A table of documents. `columns` are staged and written; `number` is the business key.

    `at_first` are columns with the SQL value that a new row starts with; later writes leave them alone.
    """

    model: type[models.Model]
    columns: tuple[str, ...]
    at_first: tuple[tuple[str, str], ...] = ()

    @property
    def table(self) -> str:
        """Name of the table."""
        return self.model._meta.db_table

    @property
    def stage(self) -> str:
        """Name of the staging table."""
        return f"stage_{self.table}"


@dataclass(frozen=True)
class LineTarget:
    """A table of lines. `columns` are staged (after the document's `number`), `from_header` are repeated from the document.

    `at_first` as for documents.
    """

    model: type[models.Model]
    header: HeaderTarget
    parent: str
    columns: tuple[str, ...]
    from_header: tuple[str, ...]
    at_first: tuple[tuple[str, str], ...] = ()

    @property
    def table(self) -> str:
        """Name of the table."""
        return self.model._meta.db_table

    @property
    def stage(self) -> str:
        """Name of the staging table."""
        return f"stage_{self.table}"


def fill(target: HeaderTarget | LineTarget, rows: Iterable[Sequence[Any]]) -> None:
    """COPY the rows into the staging table of a target, empty before; it is the session's own and empties itself at commit."""
    head = target.header if isinstance(target, LineTarget) else None
    number = f"{head.table}.number, " if head else ""
    columns = ", ".join(f"{target.table}.{name}" for name in target.columns)
    tables = f"{target.table}, {head.table}" if head else target.table
    names = ", ".join((("number",) if head else ()) + target.columns)
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [f"pg_temp.{target.stage}"])
        if cursor.fetchone()[0]:
            cursor.execute(f"TRUNCATE {target.stage}")
        else:
            made = f"CREATE TEMP TABLE {target.stage} ON COMMIT DELETE ROWS"
            cursor.execute(f"{made} AS SELECT {number}{columns} FROM {tables} WITH NO DATA")  # noqa: S608 -- our own names
        with connection.wrap_database_errors, cursor.copy(f"COPY {target.stage} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(f"ANALYZE {target.stage} (number)")  # what it is joined by


def upsert_headers(target: HeaderTarget, *, read_at: Any) -> dict[str, bool]:
    """Write the staged documents that are new or differ; their numbers, and whether each is new.

    A new document takes business unit, region, team and owner of its customer; a known one keeps its own, unless it has moved
    to another customer.
    """
    t = target.table
    columns = [name for name in target.columns if name != "number"]
    sets = [f"{name} = excluded.{name}" for name in columns]
    sets += [
        f"{name} = CASE WHEN {t}.customer_id = excluded.customer_id THEN {t}.{name} ELSE excluded.{name} END"
        for name in DIMENSIONS
    ]
    first_names, first_values = _at_first(target)
    sql = (
        f"INSERT INTO {t} (number, {_names(columns)}, read_at, {_names(DIMENSIONS)}{first_names})"  # noqa: S608 -- our own names
        f" SELECT s.number, {_names(columns, 's')}, %s, {_names(DIMENSIONS, 'c')}{first_values}"
        f" FROM {target.stage} s JOIN {Customer._meta.db_table} c ON c.id = s.customer_id ORDER BY s.number"
        f" ON CONFLICT (number) DO UPDATE SET {', '.join(sets)}, read_at = excluded.read_at, gone_at = NULL, archived_at = NULL"
        f" WHERE ({_names(columns, t)}) IS DISTINCT FROM ({_names(columns, 'excluded')})"
        f" OR {t}.gone_at IS NOT NULL OR {t}.archived_at IS NOT NULL"
        " RETURNING number, xmax = 0"  # a row that was updated has the writing transaction there
    )
    return dict(_rows(sql, [read_at]))


def upsert_lines(target: LineTarget, *, new: bool = False) -> set[str]:
    """Write the staged lines that are new or differ, with what they repeat from their document; the documents' numbers.

    With `new` none of the documents had a line before: they are written without a look for them, and no number is told.
    """
    t, head = target.table, target.header.table
    written = (*target.columns, *target.from_header, *DIMENSIONS)
    first_names, first_values = _at_first(target)
    insert = (
        f"INSERT INTO {t} ({target.parent}, {_names(written)}, product_line_id{first_names})"  # noqa: S608 -- our own names
        f" SELECT h.id, {_names(target.columns, 's')}, {_names((*target.from_header, *DIMENSIONS), 'h')},"
        f" p.product_line_id{first_values}"
        f" FROM {target.stage} s JOIN {head} h ON h.number = s.number"
        f" LEFT JOIN {Product._meta.db_table} p ON p.id = s.product_id ORDER BY h.id, s.item"
    )
    if new:
        with connection.cursor() as cursor:
            cursor.execute(insert)
        return set()
    updated = [name for name in written if name != "item"]
    sets = [f"{name} = excluded.{name}" for name in updated]
    sets.append(
        f"product_line_id = CASE WHEN {t}.product_id IS NOT DISTINCT FROM excluded.product_id"
        f" THEN {t}.product_line_id ELSE excluded.product_line_id END"
    )
    sql = (
        f"WITH done AS ({insert} ON CONFLICT ({target.parent}, item) DO UPDATE SET {', '.join(sets)}"  # noqa: S608 -- our own names
        f" WHERE ({_names(updated, t)}) IS DISTINCT FROM ({_names(updated, 'excluded')})"
        f" RETURNING {target.parent} AS parent)"
        f" SELECT DISTINCT h.number FROM done JOIN {head} h ON h.id = done.parent"
    )
    return {row[0] for row in _rows(sql, [])}


def stale_lines(target: LineTarget) -> list[tuple[int, str]]:
    """Lines of the staged documents that the documents no longer have: (id, number)."""
    sql = (
        f"SELECT l.id, h.number FROM {target.table} l JOIN {target.header.table} h ON h.id = l.{target.parent}"  # noqa: S608 -- our own names
        f" JOIN {target.header.stage} sh ON sh.number = h.number"
        f" WHERE NOT EXISTS (SELECT 1 FROM {target.stage} s WHERE s.number = h.number AND s.item = l.item)"
    )
    return [(row[0], row[1]) for row in _rows(sql, [])]


def ids_of(target: HeaderTarget) -> dict[str, int]:
    """Number -> id of the staged documents."""
    sql = f"SELECT h.number, h.id FROM {target.table} h JOIN {target.stage} s ON s.number = h.number"  # noqa: S608 -- our own names
    return dict(_rows(sql, []))


def _at_first(target: HeaderTarget | LineTarget) -> tuple[str, str]:
    """Names and values to append to the two lists of an INSERT."""
    names = "".join(f", {name}" for name, _value in target.at_first)
    return names, "".join(f", {value}" for _name, value in target.at_first)


def _names(columns: Iterable[str], table: str = "") -> str:
    prefix = f"{table}." if table else ""
    return ", ".join(prefix + name for name in columns)


def _rows(sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())
