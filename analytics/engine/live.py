"""Sums straight from the facts, inside the reader's scope: for whatever crosses two dimensions, and for months not summed yet."""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Count, DateField, F, IntegerField, Q, QuerySet, Sum, Value
from django.db.models.functions import TruncMonth

from analytics.definitions import Fact, Measure
from analytics.dimensions import UNASSIGNED, dimension
from analytics.engine.facts import Filters, as_of, filtered, keep, rows_of
from analytics.enums import Aggregate
from analytics.measures import fact_of, measures_of

Sums = dict[dt.date, dict[str, dict[int, Decimal]]]  # month -> measure -> member -> sum


def sums(
    fact: Fact, reader: Any, months: Sequence[dt.date], *, by: str = "", filters: Filters = (), today: dt.date
) -> Sums:
    """All measures of a fact by month and member (UNASSIGNED for everything when `by` is empty)."""
    found: Sums = {month: {} for month in months}
    for row in _grouped(fact, reader, months, by=by, filters=filters, today=today):
        member = _member(by, row.get("member"))
        for measure in measures_of(fact):
            amount = row[f"sum_{measure.key}"]
            if amount:
                cell = found[row["in_month"]].setdefault(measure.key, {})
                cell[member] = cell.get(member, Decimal(0)) + Decimal(amount) * measure.sign
    return found


def things(
    measure: Measure, reader: Any, months: Sequence[dt.date], *, by: str, filters: Filters, today: dt.date
) -> dict[dt.date, set[tuple[int, int]]]:
    """What a measure of things counted once has in each month: (member, thing)."""
    fact = fact_of(measure)
    rows = filtered(rows_of(fact, reader, months, today=today), fact, filters)
    condition = keep(fact, measure)
    if condition is not None:
        rows = rows.filter(condition)
    member = F(fact.dimensions[by]) if by else Value(None, IntegerField())
    found: dict[dt.date, set[tuple[int, int]]] = {month: set() for month in months}
    month = TruncMonth(fact.date, output_field=DateField())
    for when, who, thing in rows.order_by().values_list(month, member, measure.value).distinct():
        found[when].add((_member(by, who), thing))
    return found


def _grouped(
    fact: Fact, reader: Any, months: Sequence[dt.date], *, by: str, filters: Filters, today: dt.date
) -> Iterable[dict[str, Any]]:
    column = fact.dimensions[by] if by else ""
    if not fact.is_state:
        rows = filtered(rows_of(fact, reader, months, today=today), fact, filters)
        return _add_up(
            rows.annotate(in_month=TruncMonth(fact.date, output_field=DateField())), fact, column, None, today
        )
    states = []
    for month in months:
        rows = filtered(rows_of(fact, reader, [month], today=today), fact, filters)
        states.append(_add_up(rows.annotate(in_month=Value(month, DateField())), fact, column, month, today))
    return states[0].union(*states[1:], all=True) if len(states) > 1 else states[0]


def _add_up(rows: QuerySet, fact: Fact, column: str, month: dt.date | None, today: dt.date) -> Any:
    keys = {"member": F(column)} if column else {}
    aggregates = {
        f"sum_{m.key}": aggregate(m, keep(fact, m, None if month is None else as_of(month, today)))
        for m in measures_of(fact)
    }
    return rows.order_by().values("in_month", **keys).annotate(**aggregates)


def aggregate(measure: Measure, condition: Q | None) -> Any:
    """The measure as an aggregate of its rows."""
    match measure.aggregate:
        case Aggregate.COUNT:
            return Count("pk", filter=condition)
        case Aggregate.DISTINCT | Aggregate.UNIQUE:
            return Count(measure.value, distinct=True, filter=condition)
        case _:
            return Sum(measure.value, filter=condition)


def _member(by: str, value: Any) -> int:
    if value is None or not by:
        return UNASSIGNED
    choices = dimension(by).choices
    return choices.get(value, UNASSIGNED) if choices else int(value)


def total_of(measure: Measure, rows: QuerySet) -> Decimal:
    """The measure over these rows."""
    amount = rows.order_by().aggregate(total=aggregate(measure, None))["total"]
    return Decimal(amount or 0) * measure.sign
