"""Adds a fact up over all its dimensions: COPY out of PostgreSQL, GROUPING SETS in DuckDB, one file of sums."""

import datetime as dt
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
from django.db import connection
from django.db.models import Case, DateField, DecimalField, F, IntegerField, Max, Min, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from analytics.definitions import Fact, Measure
from analytics.dimensions import CROSSED, DIMENSIONS, UNASSIGNED
from analytics.engine.facts import as_of, counts_moments, day_of, keep, kept_months, model_of, rows_of, within
from analytics.engine.reader import COMPANY
from analytics.enums import Aggregate
from analytics.measures import measures_of
from crm.periods import add_months, month_start

_SUM = "DECIMAL(38, 6)"
_DAYS = "kpi_days"  # the days that states are taken at, a temporary table


@dataclass
class Sheet:
    """The sums of a fact in some months: a CSV of measure, dimension, month, members, sums. `full`: sums of other months go."""

    fact: Fact
    months: list[dt.date]
    full: bool
    path: Path
    rows: int = 0
    seconds: dict[str, float] = field(default_factory=dict)


@contextmanager
def added_up(fact: Fact, months: list[dt.date], *, today: dt.date, full: bool = False) -> Iterator[Sheet]:
    """The sums of these months, in a file that is gone after the with block. `full`: no others are kept."""
    with tempfile.TemporaryDirectory(prefix="kpi-") as folder:
        raw = Path(folder) / "facts.csv"
        sheet = Sheet(fact, months, full, Path(folder) / "sums.csv")
        start = time.monotonic()
        _copy_out(fact, months, raw, today)
        copied = time.monotonic()
        sheet.rows = _add_up(fact, raw, sheet.path)
        sheet.seconds = {"copy_out": copied - start, "add_up": time.monotonic() - copied}
        yield sheet


def fact_months(fact: Fact, today: dt.date) -> list[dt.date]:
    """All months from the fact's first row to its last or to this month, whichever is later; states end this month.

    Of those whose sums are kept: rows in others count for none.
    """
    rows = rows_of(fact, COMPANY, None, today=today) if not fact.is_state else _ever(fact)
    rows = rows.filter(within(fact.date, kept_months(today), moments=counts_moments(fact)))
    ends = rows.order_by().aggregate(first=Min(day_of(fact)), last=Max(day_of(fact)))
    this_month = month_start(today)
    first = month_start(ends["first"] or today)
    last = this_month if fact.is_state else max(this_month, month_start(ends["last"] or today))
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [add_months(first, index) for index in range(count)]


def _ever(fact: Fact) -> Any:
    return model_of(fact)._default_manager.all().visible_to(COMPANY)  # type: ignore[attr-defined]


def _copy_out(fact: Fact, months: Sequence[dt.date], path: Path, today: dt.date) -> None:
    """Write the fact's rows: month or date, dimensions, parts."""
    at = RawSQL(f"{_DAYS}.day", [], DateField()) if fact.is_state else None  # noqa: S611 -- our own name
    rows = rows_of(fact, COMPANY, months, today=today, at=at)
    if fact.is_state:
        # every item meets every day once, so the table is read once for all of them
        rows = rows.extra(tables=[_DAYS])  # noqa: S610 -- our own name
    sql, params = _columns(fact, rows, at).query.sql_with_params()
    with connection.cursor() as cursor:
        if fact.is_state:
            days = [as_of(month, today) for month in months]
            cursor.execute(f"DROP TABLE IF EXISTS {_DAYS}")  # of a fact that failed
            cursor.execute(f"CREATE TEMPORARY TABLE {_DAYS} AS SELECT unnest(%s::date[]) AS day", [days])
        statement = f"COPY ({sql}) TO STDOUT (FORMAT csv)"
        with path.open("wb", buffering=1 << 20) as file, cursor.cursor.copy(statement, params) as copy:
            for block in copy:
                file.write(block)
        if fact.is_state:
            cursor.execute(f"DROP TABLE {_DAYS}")


def _columns(fact: Fact, rows: QuerySet, at: Any) -> QuerySet:
    """Exactly the columns that are added up, in the order that _load() reads them."""
    columns: dict[str, Any] = {"c_date": day_of(fact) if at is None else at}
    columns |= {f"d_{key}": F(fact.dimensions[key]) for key in fact.stored}
    for measure in measures_of(fact):
        columns[f"p_{measure.key}"] = _part(measure, keep(fact, measure, at))
    return rows.order_by().values_list(*columns.values())


def _part(measure: Measure, condition: Any) -> Any:
    value: Any = Value(1, IntegerField()) if measure.aggregate == Aggregate.COUNT else F(measure.value)
    return value if condition is None else Case(When(condition, then=value), default=None)


def _add_up(fact: Fact, raw: Path, path: Path) -> int:
    """One pass over the rows for the total and each dimension; sums of zero are left out. Returns how many rows there were."""
    if not raw.stat().st_size:
        path.touch()
        return 0
    with duckdb.connect(":memory:", config={"temp_directory": str(raw.parent)}) as duck:
        duck.execute(_load(fact, raw))
        duck.execute(f"CREATE TABLE sums AS {_grouped(fact)}")
        cells = " UNION ALL ".join(
            f"SELECT '{m.key}', dimension, month, '{{' || string_agg(member, ',' ORDER BY member) || '}}',"  # noqa: S608 -- our own names
            f" '{{' || string_agg({m.key} * {m.sign}, ',' ORDER BY member) || '}}'"
            f" FROM sums WHERE {m.key} <> 0 GROUP BY dimension, month"
            for m in measures_of(fact)
        )
        duck.execute(f"COPY ({cells}) TO '{path}' (FORMAT csv, HEADER false)")
        counted = duck.execute("SELECT count(*) FROM facts").fetchone()
    return int(counted[0]) if counted else 0


def _load(fact: Fact, raw: Path) -> str:
    """The table of rows: month, members (0 for none), parts."""
    columns = {"c_date": "DATE"}
    columns |= {f"d_{key}": "VARCHAR" if DIMENSIONS[key].choices else "BIGINT" for key in fact.stored}
    columns |= {f"p_{m.key}": _duck_type(fact, m) for m in measures_of(fact)}
    spec = ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items())
    members = ", ".join(f"{_member(key)} AS d_{key}" for key in fact.stored)
    parts = ", ".join(f"p_{m.key}" for m in measures_of(fact))
    form = "header=false, auto_detect=false, delim=',', quote='\"', escape='\"', nullstr=''"
    return (
        f"CREATE TABLE facts AS SELECT CAST(date_trunc('month', c_date) AS DATE) AS month, {members}, {parts}"  # noqa: S608 -- our own names
        f" FROM read_csv('{raw}', {form}, columns={{{spec}}})"
    )


def _duck_type(fact: Fact, measure: Measure) -> str:
    """The type of a part: whole numbers for what is counted, the field's own places for what is summed."""
    if measure.aggregate in (Aggregate.COUNT, Aggregate.DISTINCT):
        return "BIGINT"
    if measure.places is not None:
        return f"DECIMAL(24, {measure.places})"
    field: Any = model_of(fact)._meta.get_field(measure.value)
    return f"DECIMAL({field.max_digits}, {field.decimal_places})" if isinstance(field, DecimalField) else "BIGINT"


def _member(key: str) -> str:
    choices = DIMENSIONS[key].choices
    if not choices:
        return f"coalesce(d_{key}, {UNASSIGNED})"
    cases = " ".join(f"WHEN '{value}' THEN {number}" for value, number in choices.items())
    return f"CAST(CASE d_{key} {cases} ELSE {UNASSIGNED} END AS BIGINT)"


def _grouped(fact: Fact) -> str:
    """Sums by month: in all, by each dimension, and by each dimension within each business unit."""
    inner = [key for key in fact.stored if key != CROSSED]
    crossed = inner if CROSSED in fact.stored else []
    names = [f"WHEN grouping(d_{key}, d_{CROSSED}) = 0 THEN {_place(key)}" for key in crossed]
    names += [f"WHEN grouping(d_{key}) = 0 THEN '{key}'" for key in fact.stored]
    members = " ".join(f"WHEN grouping(d_{key}) = 0 THEN d_{key}" for key in sorted(fact.stored, key=CROSSED.__eq__))
    sets = ["(month)", *(f"(month, d_{key})" for key in fact.stored)]
    sets += [f"(month, d_{CROSSED}, d_{key})" for key in crossed]
    sums = ", ".join(f"{_aggregate(m)} AS {m.key}" for m in measures_of(fact))
    return (
        f"SELECT month, CASE {' '.join(names)} ELSE '' END AS dimension, CASE {members} ELSE {UNASSIGNED} END AS member, {sums}"  # noqa: S608 -- our own names
        f" FROM facts GROUP BY GROUPING SETS ({', '.join(sets)})"
    )


def _place(key: str) -> str:
    """The name under which a dimension within a business unit is kept, as analytics.dimensions.within_unit() writes it."""
    return f"'{key}@' || CAST(d_{CROSSED} AS VARCHAR)"


def _aggregate(measure: Measure) -> str:
    column = f"p_{measure.key}"
    match measure.aggregate:
        case Aggregate.COUNT:
            return f"CAST(count({column}) AS {_SUM})"
        case Aggregate.DISTINCT:
            return f"CAST(count(DISTINCT {column}) AS {_SUM})"
        case _:
            return f"CAST(coalesce(sum({column}), 0) AS {_SUM})"
