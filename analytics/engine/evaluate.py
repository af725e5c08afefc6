"""From a request to its result: sums first, then the division; a quarter's ratio is not the mean of its months."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from analytics.definitions import Indicator
from analytics.dimensions import UNASSIGNED
from analytics.engine.achieve import MEANS
from analytics.engine.facts import Filter, Filters, state_month
from analytics.engine.figures import Figures
from analytics.engine.labels import labels_of
from analytics.engine.request import KpiRequest
from analytics.engine.result import Figure, KpiResult, Member, mean, percentage
from analytics.engine.targets import Targets
from analytics.enums import Aggregate, Kind, Unit
from analytics.measures import MEASURES
from crm.periods import Period

TOP = (10, 20)  # CR10 and CR20
Parts = dict[int, Decimal]


class Evaluator:
    """Evaluates indicators for one reader over one set of sums and targets."""

    def __init__(self, figures: Figures, targets: Targets | None = None) -> None:
        self.figures = figures
        self._targets = targets

    def result(self, request: KpiRequest) -> KpiResult:
        """The figure and, with a dimension, those of its members, largest first. Raises BadRequest."""
        request.check()
        indicator = request.definition
        measures = [MEASURES[key] for key in indicator.measures]
        as_of = self.figures.stamp(measures, self.months_of(indicator, request.period))
        if indicator.kind == Kind.RANK:
            return self._ranking(request, as_of)
        return KpiResult(request, self.figure(request), as_of, self._members(request) if request.by else ())

    def figure(self, request: KpiRequest) -> Figure:
        """The figure of the whole request, whatever its dimension."""
        indicator = request.definition
        if indicator.kind == Kind.RANK:
            return self._concentration(request)[0]
        above = self._part(indicator.numerator, request.period, "", request.filters)
        return self._combine(indicator, above, self._below(request, ""), UNASSIGNED)

    def months_of(self, indicator: Indicator, period: Period) -> list[dt.date]:
        """The months whose sums the figure is made of."""
        if MEASURES[indicator.numerator].aggregate != Aggregate.STATE:
            return period.months
        month = state_month(period.months, self.figures.today)
        return [month] if month else []

    def _part(self, key: str, period: Period, by: str, filters: Filters) -> Parts:
        """A measure over the period by member."""
        measure = MEASURES[key]
        months = period.months
        if measure.aggregate == Aggregate.UNIQUE:
            return self.figures.unique(measure, months, by=by, filters=filters)
        if measure.aggregate == Aggregate.STATE:
            month = state_month(months, self.figures.today)
            months = [month] if month else []
        found: Parts = {}
        for cells in self.figures.monthly(measure, months, by=by, filters=filters).values():
            for member, amount in cells.items():
                found[member] = found.get(member, Decimal(0)) + amount
        return found

    def _below(self, request: KpiRequest, by: str) -> Parts | None:
        """The denominator by member; None when the indicator has none."""
        indicator = request.definition
        if indicator.target_of is not None:
            return self._target_parts(indicator.target_of, request, by)
        if not indicator.denominator:
            return None
        if indicator.of_whole:
            whole = self._part(indicator.denominator, request.period, "", ()).get(UNASSIGNED, Decimal(0))
            members = (
                self._part(indicator.numerator, request.period, by, request.filters) if by else {UNASSIGNED: whole}
            )
            return dict.fromkeys(members, whole)
        return self._part(indicator.denominator, request.period, by, request.filters)

    def _target_parts(self, number: int, request: KpiRequest, by: str) -> Parts:
        targets = self.targets(request.period)
        if by:
            return targets.by_member(number, request.period, by)
        whole = targets.of(number, request.period, request.filters)
        return {} if whole is None else {UNASSIGNED: whole}

    def targets(self, period: Period) -> Targets:
        """The targets of the period."""
        return self._targets or Targets(self.figures.reader, period.months, today=self.figures.today)

    @staticmethod
    def _combine(indicator: Indicator, above: Parts, below: Parts | None, member: int) -> Figure:
        numerator = above.get(member, Decimal(0)) / indicator.divide
        if below is None:
            return Figure(numerator, None, numerator)
        denominator = below.get(member, None if indicator.target_of else Decimal(0))
        ratio = mean if indicator.unit in (*MEANS, Unit.MONEY) else percentage
        return Figure(numerator, denominator, ratio(numerator, denominator))

    def _members(self, request: KpiRequest) -> tuple[Member, ...]:
        indicator = request.definition
        above = self._part(indicator.numerator, request.period, request.by, request.filters)
        below = self._below(request, request.by)
        found = {member: self._combine(indicator, above, below, member) for member in {*above, *(below or {})}}
        return self._sorted(request, found)

    def _sorted(self, request: KpiRequest, found: dict[int, Figure]) -> tuple[Member, ...]:
        """The members, largest first; only those wanted are given names."""
        order = sorted(found, key=lambda member: (-(found[member].numerator or 0), member))[: request.limit]
        labels = labels_of(request.by, order)
        return tuple(Member(member, *labels[member], found[member]) for member in order)

    def _concentration(self, request: KpiRequest) -> tuple[Figure, dict[str, Decimal | None]]:
        """CR10 as the figure, and all shares."""
        measure = MEASURES[request.definition.numerator]
        largest, whole = self.figures.largest(
            measure, request.period.months, by="customer", filters=request.filters, count=max(TOP)
        )
        tops = {count: sum((amount for _member, amount in largest[:count]), Decimal(0)) for count in TOP}
        shares = {f"CR{count}": percentage(top, whole) for count, top in tops.items()}
        return Figure(tops[TOP[0]], whole, shares[f"CR{TOP[0]}"]), shares

    def _within(self, request: KpiRequest, member: int) -> Figure:
        """The concentration inside one member of the request's dimension."""
        inside = (*request.filters, Filter(request.by, member, exact=True))
        return self._concentration(replace(request, by="", filters=inside))[0]

    def _ranking(self, request: KpiRequest, as_of: dt.datetime) -> KpiResult:
        figure, shares = self._concentration(request)
        members: tuple[Member, ...] = ()
        if request.by and request.by != "customer":
            found = {
                member: self._within(request, member)
                for member in self._part(request.definition.numerator, request.period, request.by, request.filters)
            }
            members = self._sorted(request, found)
        elif request.by:
            whole = figure.denominator
            ordered = self._part(request.definition.numerator, request.period, request.by, request.filters)
            found = {member: Figure(amount, whole, percentage(amount, whole)) for member, amount in ordered.items()}
            members = self._sorted(request, found)
        return KpiResult(request, figure, as_of, members, shares)


def evaluate(request: KpiRequest, figures: Figures | None = None) -> KpiResult:
    """The result of one request. Raises UnknownIndicator and BadRequest."""
    return Evaluator(figures or Figures(request.user)).result(request)


def facts_behind(indicators: Iterable[Indicator]) -> set[str]:
    """The keys of the facts that these indicators are made of."""
    return {MEASURES[key].fact for indicator in indicators for key in indicator.measures}
