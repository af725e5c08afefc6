"""Write tables of the demo company by COPY.

Foreign keys and secondary indexes are dropped before and made again after: PostgreSQL checks a key of a million rows at once
much faster than row by row, and still refuses a row that points nowhere. The audit triggers are off meanwhile: the demo
company's trail begins with the first change somebody makes to it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from django.apps import apps
from django.db import connection, models
from django.db.backends.utils import CursorWrapper

from crm.demo.table import Array, Table
from crm.demo.world import World

_CHUNK = 20_000
_KEYS = """
SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'f' ORDER BY conname
"""
_INDEXES = """
SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
WHERE i.indrelid = %s::regclass AND NOT i.indisunique AND NOT i.indisprimary
  AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid) ORDER BY 1
"""


def load_tables(world: World, labels: Mapping[str, str]) -> None:
    """Write tables of the world into the models of these labels, all their indexes and keys checked at the end."""
    found = {name: apps.get_model(label) for name, label in labels.items()}
    with bare([model._meta.db_table for model in found.values()]):
        for name, model in found.items():
            _copy_table(world, world[name], model)


def load_rows(label: str, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a few rows of plain values into the columns `names` of a model's table."""
    model = apps.get_model(label)
    with connection.cursor() as cursor, _copying(cursor, model, names) as copy:
        for row in rows:
            copy.write_row(row)
    _set_sequence(model)


@contextmanager
def bare(tables: Sequence[str]) -> Iterator[None]:
    """Tables without foreign keys, secondary indexes and triggers for the length of a with block. Needs a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")  # for making the indexes
        again: list[str] = []
        for table in tables:
            quoted = connection.ops.quote_name(table)
            cursor.execute(_KEYS, [table])
            for name, definition in cursor.fetchall():
                cursor.execute(f'ALTER TABLE {quoted} DROP CONSTRAINT "{name}"')
                again.append(f'ALTER TABLE {quoted} ADD CONSTRAINT "{name}" {definition}')
            cursor.execute(_INDEXES, [table])
            for name, definition in cursor.fetchall():
                cursor.execute(f"DROP INDEX {name}")
                again.insert(0, definition)
            cursor.execute(f"ALTER TABLE {quoted} DISABLE TRIGGER USER")
        yield
        for table in tables:
            cursor.execute(f"ALTER TABLE {connection.ops.quote_name(table)} ENABLE TRIGGER USER")
        for statement in again:
            cursor.execute(statement)
        # a small sample will do until autovacuum looks closer: the search indexes make a large one slow
        cursor.execute("SET LOCAL default_statistics_target = 20")
        for table in tables:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(table)}")


def _copy_table(world: World, table: Table, model: type[models.Model]) -> None:
    """Write one table. Model fields the world has no column for get their default, or null."""
    fields = [field for field in model._meta.concrete_fields if field.column is not None]
    missing = {field.column: _constant(world, field) for field in fields if field.column not in table}
    with connection.cursor() as cursor, _copying(cursor, model, [str(field.column) for field in fields]) as copy:
        for start in range(0, len(table), _CHUNK):
            stop = min(start + _CHUNK, len(table))
            columns = [
                [missing[field.column]] * (stop - start)
                if field.column in missing
                else table.columns[str(field.column)].copy_texts(start, stop)
                for field in fields
            ]
            copy.write("\n".join(map("\t".join, zip(*columns, strict=True))) + "\n")
    _set_sequence(model)


def _constant(world: World, field: "models.Field[Any, Any]") -> str:
    """What a field holds in every row: the moment of the demo for automatic stamps, else the model's default or null."""
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return f"{world.now}Z"
    if field.null:
        return "\\N"
    value = field.get_default()
    if value is None:
        raise ValueError(f"The demo company gives no value for {field}.")
    return {True: "t", False: "f"}.get(value, str(value)) if isinstance(value, bool) else _literal(value)


def _literal(value: Any) -> str:
    return "{}" if value in ({}, []) else str(value)


@contextmanager
def _copying(cursor: CursorWrapper, model: type[models.Model], names: Sequence[str]) -> Iterator[Any]:
    columns = ", ".join(connection.ops.quote_name(name) for name in names)
    with cursor.copy(f"COPY {connection.ops.quote_name(model._meta.db_table)} ({columns}) FROM STDIN") as copy:
        yield copy


def monthly_codes(world: World, prefix: str, days: Array) -> list[str]:
    """Numbers such as OPP-2611-0007, counted per month in the order given; the world keeps where each month's count stands."""
    codes = []
    for text in np.datetime_as_string(days.astype("datetime64[M]")).tolist():
        key = f"{prefix}-{text[2:4]}{text[5:7]}"
        world.sequences[key] = world.sequences.get(key, 0) + 1
        codes.append(f"{key}-{world.sequences[key]:04d}")
    return codes


def load_sequences(world: World, prefix: str) -> None:
    """Let the next number of each month follow those given out by `monthly_codes`."""
    rows = sorted((key, last) for key, last in world.sequences.items() if key.startswith(f"{prefix}-"))
    load_rows("crm.NumberSequence", ("key", "last"), rows)


def _set_sequence(model: type[models.Model]) -> None:
    """Let the table's next automatic key come after those written."""
    pk = model._meta.pk
    if not isinstance(pk, models.AutoField | models.BigAutoField):
        return
    table = model._meta.db_table
    last = model._base_manager.aggregate(last=models.Max("pk"))["last"]
    if last is not None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [table, pk.column, last])
