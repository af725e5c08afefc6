"""From a fact's definition to its rows: the one place where definitions become query sets."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import DateTimeField, F, Model, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from analytics.definitions import Fact, Measure
from analytics.dimensions import UNASSIGNED, dimension, member_rows
from analytics.engine.conditions import condition_of
from analytics.engine.reader import Restriction, restriction
from crm.periods import Period, add_months, month_end, month_start

BACK, AHEAD = 30, 10  # years before and after this one whose sums are kept; those of others are read from the facts


class Filter(NamedTuple):
    """Rows of one member. A tree's member stands for all below it too, unless `exact`."""

    dimension: str
    member: int
    exact: bool = False


Filters = tuple[Filter, ...]  # all of them hold


def model_of(fact: Fact) -> type[Model]:
    """The fact's model."""
    return apps.get_model(fact.model)


def kept_months(today: dt.date) -> list[dt.date]:
    """The months whose sums are kept. They are bounded, as one mistyped year would add its centuries to every fact."""
    return Period(dt.date(today.year - BACK, 1, 1), dt.date(today.year + AHEAD, 12, 1), "").months


def as_of(month: dt.date, today: dt.date) -> dt.date:
    """The day on which a state of that month is taken: its last day, today in the running month."""
    return min(month_end(month), today)


def rows_of(fact: Fact, reader: Any, months: Sequence[dt.date] | None, *, today: dt.date, at: Any = None) -> QuerySet:
    """The rows that count for this reader in these months (None: ever). For a fact of states one month: what stood at its end,
    or the day as an expression `at`.
    """
    rows: Any = model_of(fact)._default_manager.all().visible_to(reader)  # type: ignore[attr-defined]
    narrowed = restriction(reader, model_of(fact))
    if narrowed is not None:
        rows = rows.filter(stamped(fact, narrowed))
    for method in fact.rows:
        rows = getattr(rows, method)()
    if fact.is_state:
        if at is None:
            assert months is not None and len(months) == 1, "a state is taken at one day"
            at = as_of(months[0], today)
        return getattr(rows, fact.at)(at)
    rows = rows.filter(**{f"{fact.date}__isnull": False})
    if fact.until_today:
        rows = rows.filter(**{f"{fact.date}__lte": today})
    return rows if months is None else rows.filter(within(fact.date, months, moments=counts_moments(fact)))


def counts_moments(fact: Fact) -> bool:
    """Whether its rows count by a moment: then by the day it falls on in the company's zone."""
    return isinstance(model_of(fact)._meta.get_field(fact.date), DateTimeField)


def day_of(fact: Fact) -> Any:
    """The day that a row counts in, as an expression."""
    return TruncDate(fact.date) if counts_moments(fact) else F(fact.date)


def stamped(fact: Fact, narrowed: Restriction) -> Q:
    """The condition that rows carry a reader's stamp."""
    return Q(**{f"{fact.dimensions[narrowed.dimension]}__in": narrowed.members})


def within(date: str, months: Sequence[dt.date], *, moments: bool = False) -> Q:
    """The condition that a date, or a moment, lies in one of these months, written as ranges so that an index serves."""
    condition = Q(pk__in=[])
    ordered = sorted(set(months))
    start = 0
    for index, month in enumerate(ordered):
        if index + 1 == len(ordered) or ordered[index + 1] != add_months(month, 1):
            first, after = ordered[start], add_months(month, 1)
            bounds = (midnight(first), midnight(after)) if moments else (first, after)
            condition |= Q(**{f"{date}__gte": bounds[0], f"{date}__lt": bounds[1]})
            start = index + 1
    return condition


def midnight(day: dt.date) -> dt.datetime:
    """The moment at which a day begins in the company's zone."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def keep(fact: Fact, measure: Measure, at: Any = None) -> Q | None:
    """The condition by which a measure narrows its fact's rows; None when it takes all of them. `at` is a state's day."""
    if not measure.keep:
        return None
    day = [at] if fact.is_state else []
    return condition_of(model_of(fact), measure.keep, *day, *measure.keep_args)


def filtered(rows: QuerySet, fact: Fact, filters: Filters) -> QuerySet:
    """The rows of these members."""
    for key, member, exact in filters:
        dim, column = dimension(key), fact.dimensions[key]
        if member == UNASSIGNED:
            rows = rows.filter(**{f"{column}__isnull": True})
        elif dim.choices:
            value = next((value for value, number in dim.choices.items() if number == member), None)
            rows = rows.filter(**{column: value}) if value is not None else rows.none()
        elif dim.tree and not exact:
            rows = rows.filter(**{f"{column}__in": below(key, member)})
        else:
            rows = rows.filter(**{column: member})
    return rows


def below(key: str, member: int) -> list[int]:
    """A member of a tree and all under it."""
    dim = dimension(key)
    if not dim.tree or member == UNASSIGNED:
        return [member]
    path = member_rows(dim, [member]).values_list("path", flat=True).first()
    if path is None:
        return [member]
    return list(dim.members._default_manager.filter(path__startswith=path).order_by("pk").values_list("pk", flat=True))


def state_month(months: Sequence[dt.date], today: dt.date) -> dt.date | None:
    """The month at whose end a state of a period is taken: its last that has begun; None when all of it lies ahead."""
    begun = [month for month in months if month <= month_start(today)]
    return max(begun) if begun else None
