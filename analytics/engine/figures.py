"""Sums by month for one reader: from the stored cells where they are up to date and serve, from the facts otherwise."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.core.cache import cache
from django.utils import timezone

from analytics.definitions import Fact, Measure
from analytics.dimensions import CROSSED, UNASSIGNED, dimension, within_unit
from analytics.engine import live, stored
from analytics.engine.facts import Filters, as_of, below, model_of
from analytics.engine.live import Sums
from analytics.engine.reader import restriction
from analytics.engine.stored import Shelf
from analytics.enums import Aggregate
from analytics.measures import FACTS, fact_of, measures_of, unique_of
from analytics.models import Refresh
from crm.periods import month_start

KEPT = 24 * 3600  # seconds that an order of members is kept for; sums made anew have another key


class Figures:
    """Answers for one reader on one day; what was read once is kept, so a page asks each fact once."""

    def __init__(self, reader: Any, *, today: dt.date | None = None) -> None:
        self.reader = reader
        self.today = today or timezone.localdate()
        self._sums: dict[tuple[str, str, Filters], Sums] = {}
        self._things: dict[tuple[str, str, Filters], dict[dt.date, set[tuple[int, int]]]] = {}
        self._below: dict[tuple[str, int], tuple[int, ...]] = {}
        self._fresh: dict[tuple[str, dt.date], dt.datetime] | None = None

    def monthly(
        self, measure: Measure, months: Sequence[dt.date], *, by: str = "", filters: Filters = ()
    ) -> dict[dt.date, dict[int, Decimal]]:
        """The measure by month and member; months without rows are empty."""
        fact = fact_of(measure)
        self.preload([fact], months, by=by, filters=filters)
        sums = self._sums[fact.key, by, filters]
        return {month: sums[month].get(measure.key, {}) for month in months}

    def preload(self, facts: Iterable[Fact], months: Sequence[dt.date], *, by: str = "", filters: Filters = ()) -> None:
        """Read what is not read yet, all stored sums of it in one query."""
        shelved: list[tuple[Fact, Shelf, list[dt.date]]] = []
        for fact in facts:
            for measure in unique_of(fact):
                self._read_things(measure, months, by, filters)
            have = self._sums.setdefault((fact.key, by, filters), {})
            if fact.is_state:  # there is no state of what lies ahead
                have.update({month: {} for month in months if month > month_start(self.today)})
            missing = [month for month in months if month not in have]
            if not missing:
                continue
            shelf = self._shelf(fact, by, filters)
            fresh = [month for month in missing if shelf is not None and (fact.key, month) in self.fresh]
            stale = [month for month in missing if month not in fresh]
            if stale:
                have.update(live.sums(fact, self.reader, stale, by=by, filters=filters, today=self.today))
            if shelf is not None and fresh:
                have.update({month: {} for month in fresh})
                shelved.append((fact, shelf, fresh))
        self._read_cells(shelved, by, filters)

    def unique(
        self, measure: Measure, months: Sequence[dt.date], *, by: str = "", filters: Filters = ()
    ) -> dict[int, Decimal]:
        """How many things there are in these months together by member, each counted once."""
        self._read_things(measure, months, by, filters)
        known = self._things[measure.key, by, filters]
        counts: dict[int, int] = {}
        for member, _thing in set().union(*(known[month] for month in months)):
            counts[member] = counts.get(member, 0) + 1
        return {member: Decimal(count) for member, count in counts.items()}

    def _read_things(self, measure: Measure, months: Sequence[dt.date], by: str, filters: Filters) -> None:
        have = self._things.setdefault((measure.key, by, filters), {})
        if missing := [month for month in months if month not in have]:
            have.update(live.things(measure, self.reader, missing, by=by, filters=filters, today=self.today))

    def today_s(self, measure: Measure, *, filters: Filters = ()) -> Decimal:
        """A state as it stands today."""
        month = month_start(self.today)
        return self.monthly(measure, [month], filters=filters)[month].get(UNASSIGNED, Decimal(0))

    def largest(
        self, measure: Measure, months: Sequence[dt.date], *, by: str, filters: Filters = (), count: int
    ) -> tuple[list[tuple[int, Decimal]], Decimal]:
        """The members with the largest sums over these months, and the sum of all; only those few leave the database."""
        fact = fact_of(measure)
        shelf = self._shelf(fact, by, filters)
        if shelf is None or any((fact.key, month) not in self.fresh for month in months):
            sums: dict[int, Decimal] = {}
            for cells in self.monthly(measure, months, by=by, filters=filters).values():
                for member, value in cells.items():
                    sums[member] = sums.get(member, Decimal(0)) + value
            ordered = sorted(sums.items(), key=lambda item: (-item[1], item[0]))
            return ordered[:count], sum(sums.values(), Decimal(0))
        # ordering a year of a hundred thousand customers takes a while, and its answer lasts until the sums are made anew
        stamps = [self.fresh[fact.key, month].isoformat() for month in months]
        asked = repr((measure.key, shelf, [month.isoformat() for month in months], count, stamps))
        key = f"figures:largest:{hashlib.sha256(asked.encode()).hexdigest()}"
        kept: Any = cache.get_or_set(key, lambda: stored.largest(measure.key, shelf, months, count), KEPT)
        return kept[0], kept[1]

    @property
    def fresh(self) -> dict[tuple[str, dt.date], dt.datetime]:
        """The facts' months whose stored sums are up to date, and since when."""
        if self._fresh is None:
            rows = Refresh.objects.visible_to(self.reader).filter(summed_at__isnull=False)
            self._fresh = {
                (row.fact, row.month): row.summed_at
                for row in rows
                if row.summed_at and row.fact in FACTS and self._up_to_date(FACTS[row.fact], row)
            }
        return self._fresh

    def stamp(self, measures: Iterable[Measure], months: Sequence[dt.date]) -> dt.datetime:
        """As of when the figures of these months are: when the oldest sum was made; now when they come from the facts."""
        keys = {(measure.fact, month) for measure in measures for month in months}
        made = [self.fresh[key] for key in keys if key in self.fresh]
        return min(made) if made else timezone.now()

    def _up_to_date(self, fact: Fact, row: Refresh) -> bool:
        if row.summed_at is None or (row.changed_at is not None and row.changed_at >= row.summed_at):
            return False
        if not (fact.is_state or fact.until_today):
            return True
        summed_on = timezone.localdate(row.summed_at)
        return as_of(row.month, summed_on) == as_of(row.month, self.today)

    def _shelf(self, fact: Fact, by: str, filters: Filters) -> Shelf | None:
        """Where the answer is stored; None when only the facts can tell."""
        wanted: dict[str, set[int] | None] = {by: None} if by else {}
        for key, member, exact in filters:
            self._narrow(wanted, key, (member,) if exact else self.below(key, member))
        narrowed = restriction(self.reader, model_of(fact))
        if narrowed is not None:
            self._narrow(wanted, narrowed.dimension, narrowed.members)
        units = wanted.pop(CROSSED, None) if len(wanted) == 2 and by != CROSSED else None
        if not wanted:
            return Shelf(("",), (UNASSIGNED,))
        if len(wanted) > 1:
            return None
        key, members = next(iter(wanted.items()))
        if key not in fact.stored or (units is not None and CROSSED not in fact.stored):
            return None
        overlaps = not dimension(key).one_per_document and by != key and members is not None and len(members) > 1
        if overlaps and any(measure.aggregate == Aggregate.DISTINCT for measure in measures_of(fact)):
            return None
        places = (key,) if units is None else tuple(within_unit(key, unit) for unit in sorted(units))
        return Shelf(places, None if members is None else tuple(sorted(members)))

    @staticmethod
    def _narrow(wanted: dict[str, set[int] | None], key: str, members: Iterable[int]) -> None:
        known = wanted.get(key)
        wanted[key] = set(members) if known is None else known & set(members)

    def below(self, key: str, member: int) -> tuple[int, ...]:
        """A member and, in a tree, all under it."""
        if (key, member) not in self._below:
            self._below[key, member] = tuple(below(key, member))
        return self._below[key, member]

    def _read_cells(self, wanted: list[tuple[Fact, Shelf, list[dt.date]]], by: str, filters: Filters) -> None:
        groups: dict[Shelf, list[tuple[Fact, list[dt.date]]]] = {}
        for fact, shelf, months in wanted:
            groups.setdefault(shelf, []).append((fact, months))
        for shelf, parts in groups.items():
            fact_of_measure = {measure.key: fact for fact, _months in parts for measure in measures_of(fact)}
            wanted_months = {month for _fact, some in parts for month in some}
            asked = {(fact.key, month) for fact, some in parts for month in some}
            for key, month, member, value in stored.sums(list(fact_of_measure), shelf, wanted_months):
                fact = fact_of_measure[key]
                if (fact.key, month) in asked:
                    cell = self._sums[fact.key, by, filters][month].setdefault(key, {})
                    target = member if by else UNASSIGNED
                    cell[target] = cell.get(target, Decimal(0)) + value
