"""Puts added-up sums into the store: only what differs is written."""

import datetime as dt

from django.db import connection, transaction

from analytics.engine.fill import Sheet
from analytics.measures import measures_of
from analytics.models import Cell, Refresh

_TABLE = Cell._meta.db_table
_KEY = "c.measure = s.measure AND c.dimension = s.dimension AND c.month = s.month"
_GIVEN = "kpi_given"


def replace_cells(sheet: Sheet, *, started: dt.datetime) -> int:
    """Make the stored sums of the sheet's fact and months those of the sheet, in one transaction; return how many sums those are.

    `started` is when the rows began to be read: what changed since counts as not summed.
    """
    measures = [measure.key for measure in measures_of(sheet.fact)]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE {_GIVEN} AS SELECT measure, dimension, month, members, sums FROM {_TABLE} WITH NO DATA"  # noqa: S608 -- our own names
        )
        copy_in = f"COPY {_GIVEN} FROM STDIN (FORMAT csv, FORCE_NOT_NULL (dimension))"
        with sheet.path.open("rb") as file, cursor.cursor.copy(copy_in) as copy:
            while block := file.read(1 << 20):
                copy.write(block)
        cursor.execute(
            f"DELETE FROM {_TABLE} c WHERE c.measure = ANY(%s) AND (%s OR c.month = ANY(%s))"  # noqa: S608 -- our own names
            f" AND NOT EXISTS (SELECT FROM {_GIVEN} s WHERE {_KEY})",
            [measures, sheet.full, sheet.months],
        )
        cursor.execute(
            f"INSERT INTO {_TABLE} (measure, dimension, month, members, sums)"  # noqa: S608 -- our own names
            f" SELECT s.measure, s.dimension, s.month, s.members, s.sums FROM {_GIVEN} s LEFT JOIN {_TABLE} c ON {_KEY}"
            " WHERE (s.members, s.sums) IS DISTINCT FROM (c.members, c.sums)"
            " ON CONFLICT (measure, dimension, month) DO UPDATE SET members = excluded.members, sums = excluded.sums"
        )
        cursor.execute(f"SELECT coalesce(sum(cardinality(members)), 0) FROM {_GIVEN}")  # noqa: S608 -- our own names
        count = int(cursor.fetchone()[0])
        cursor.execute(f"DROP TABLE {_GIVEN}")
        _summed(sheet.fact.key, sheet.months, started)
    return count


def _summed(fact: str, months: list[dt.date], started: dt.datetime) -> None:
    """Note that these months are summed as of `started`."""
    Refresh.objects.bulk_create(
        [Refresh(fact=fact, month=month, summed_at=started) for month in months],
        update_conflicts=True,
        unique_fields=["fact", "month"],
        update_fields=["summed_at"],
    )
