"""Rows of an import in their table: written by COPY, read in order, marked in the transaction that wrote their records."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import orjson
from django.db import connection
from django.db.models import Count

from crm.importing.models import ImportRow
from crm.importing.rows import SheetRow

_COPY = (
    "COPY crm_importrow (batch_id, number, raw, clean, errors, fixes, status, target_id, duplicate_of, note, outcome)"
    " FROM STDIN"
)


def copy_rows(batch_id: int, rows: Iterable[SheetRow]) -> None:
    """Add rows."""
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        for row in rows:
            copy.write_row(
                (
                    batch_id,
                    row.number,
                    _json(row.raw),
                    _json(row.clean),
                    _json(row.errors),
                    _json(row.fixes),
                    str(row.status),
                    row.target_id,
                    row.duplicate_of,
                    _json(row.note),
                    row.outcome,
                )
            )


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


def waiting_rows(batch_id: int, limit: int, *, after: int = 0) -> list[SheetRow]:
    """The first rows behind row `after` without an outcome, in the sheet's order; without the user's own cells."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, clean::text, errors::text, status, target_id, duplicate_of, note::text, id FROM crm_importrow"
            " WHERE batch_id = %s AND number > %s AND outcome = '' ORDER BY number LIMIT %s",
            [batch_id, after, limit],
        )
        return [
            SheetRow(
                number=number,
                raw=[],
                clean=orjson.loads(clean),
                errors=orjson.loads(errors),
                status=status,
                target_id=target_id,
                duplicate_of=duplicate_of,
                note=orjson.loads(note),
                pk=pk,
            )
            for number, clean, errors, status, target_id, duplicate_of, note, pk in cursor.fetchall()
        ]


def rows_by_status(batch_id: int, **conditions: Any) -> Iterator[ImportRow]:
    """Rows in the sheet's order, a few thousand in memory at a time."""
    return ImportRow.objects.filter(batch_id=batch_id, **conditions).order_by("number", "pk").iterator(chunk_size=2000)


def mark(rows: Sequence[SheetRow]) -> None:
    """Store what became of rows."""
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE crm_importrow r SET outcome = d.outcome, status = d.status, target_id = d.target_id, errors = d.errors,"
            " note = d.note FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::bigint[], %s::jsonb[], %s::jsonb[])"
            " AS d (id, outcome, status, target_id, errors, note) WHERE r.id = d.id",
            [
                [row.pk for row in rows],
                [str(row.outcome) for row in rows],
                [str(row.status) for row in rows],
                [row.target_id for row in rows],
                [_json(row.errors) for row in rows],
                [_json(row.note) for row in rows],
            ],
        )


def tally(batch_id: int, field: str) -> dict[str, int]:
    """How many rows have which status or outcome."""
    counted = ImportRow.objects.filter(batch_id=batch_id).order_by().values_list(field).annotate(Count("pk"))
    return {value: count for value, count in counted if value}


def cells_with(batch_id: int) -> tuple[int, int]:
    """(wrong cells, corrected cells) of a batch."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(jsonb_array_length(errors)), 0), coalesce(sum(jsonb_array_length(fixes)), 0)"
            " FROM crm_importrow WHERE batch_id = %s",
            [batch_id],
        )
        wrong, corrected = cursor.fetchone()
    return int(wrong), int(corrected)


def errors_by_code(batch_id: int) -> list[tuple[str, str, int, int]]:
    """(code, key of the column, cells, cells with a suggestion), most frequent first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e->>'code', coalesce(e->>'key', ''), count(*), count(e->>'fix') FROM crm_importrow r,"
            " jsonb_array_elements(r.errors) e WHERE r.batch_id = %s AND r.status = 'error' GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2",
            [batch_id],
        )
        return [(row[0], row[1], row[2], row[3]) for row in cursor.fetchall()]
