"""The records behind a figure: the same definition, as rows; their sum is the figure."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from analytics.definitions import Measure
from analytics.engine.facts import as_of, filtered, keep, rows_of, state_month
from analytics.engine.live import total_of
from analytics.engine.request import BadRequest, KpiRequest
from analytics.enums import Aggregate, Part
from analytics.measures import MEASURES, fact_of


@dataclass(frozen=True)
class Rows:
    """Records of one side of an indicator: a query set ordered and within the reader's scope, and what it adds up to."""

    measure: Measure
    queryset: QuerySet
    total: Decimal


def rows_behind(request: KpiRequest, part: Part = Part.NUMERATOR, *, today: dt.date | None = None) -> Rows:
    """The records of a part of the formula. BadRequest when the indicator has no such part or dimension."""
    request.check()
    indicator = request.definition
    key = indicator.numerator if part == Part.NUMERATOR else indicator.denominator
    if key not in MEASURES:
        raise BadRequest(f"indicator {indicator.number} has no records behind its {part}")
    measure = MEASURES[key]
    whole = part == Part.DENOMINATOR and indicator.of_whole
    lines = _lines(
        measure, request if not whole else KpiRequest(request.indicator, request.period, user=request.user), today
    )
    total = total_of(measure, lines)
    if measure.aggregate in (Aggregate.DISTINCT, Aggregate.UNIQUE):
        return Rows(measure, _documents(measure, lines, request.user), total)
    return Rows(measure, lines.order_by(f"-{fact_of(measure).date}", "-pk"), total)


def _lines(measure: Measure, request: KpiRequest, today: dt.date | None) -> QuerySet:
    fact, day = fact_of(measure), today or timezone.localdate()
    months = request.period.months
    month = None
    if fact.is_state:
        month = state_month(months, day)
        if month is None:
            return rows_of(fact, request.user, [months[0]], today=day).none()
        months = [month]
    rows = filtered(rows_of(fact, request.user, months, today=day), fact, request.filters)
    condition = keep(fact, measure, None if month is None else as_of(month, day))
    return rows if condition is None else rows.filter(condition)


def _documents(measure: Measure, lines: QuerySet, reader: Any) -> QuerySet:
    """The documents that these lines belong to, each once."""
    field = lines.model._meta.get_field(measure.value)
    documents: Any = field.related_model._default_manager.all()  # type: ignore[union-attr]
    found = documents.visible_to(reader).filter(pk__in=lines.order_by().values(f"{measure.value}_id"))
    return found.order_by("-pk")
