"""Figures in small: the tiles of the dashboards and of the start page."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from analytics.catalogue import get
from analytics.definitions import Indicator
from analytics.display import good, period_label, value_parts, value_text
from analytics.engine.achieve import AMBER, GREEN, achievement, change
from analytics.engine.evaluate import Evaluator, facts_behind
from analytics.engine.facts import Filters
from analytics.engine.figures import Figures
from analytics.engine.request import KpiRequest
from analytics.engine.targets import Targets
from analytics.enums import Kind
from analytics.measures import FACTS
from crm.periods import Period, last_months, running, span_of

SPARK = 8
WORKBENCH = (54, 55, 61, 72)  # ordered amount, volume, revenue, collections: the seller's own month


class Board:
    """The figures of one reader, period and set of filters; everything a page shows is read through it once."""

    def __init__(
        self,
        reader: Any,
        period: Period,
        filters: Filters = (),
        *,
        today: dt.date | None = None,
        figures: Figures | None = None,
    ) -> None:
        self.reader, self.period, self.filters = reader, period, filters
        self.figures = figures or Figures(reader, today=today)
        self.today = self.figures.today
        self.spark_months = last_months(period, self.today, SPARK)
        months = [*period.months, *period.year_before().months, *self.spark_months]
        self.targets = Targets(reader, months, today=self.today)
        self.evaluator = Evaluator(self.figures, self.targets)

    def preload(self, indicators: Iterable[Indicator], *, more: Iterable[dt.date] = ()) -> None:
        """Read the sums of these indicators for the period, the year before, the sparks and `more` months, in one go."""
        months = sorted({*self.period.months, *self.period.year_before().months, *self.spark_months, *more})
        able = [indicator for indicator in indicators if self.can(indicator)]
        flows = [FACTS[key] for key in sorted(facts_behind(able)) if not FACTS[key].is_state]
        states = [FACTS[key] for key in sorted(facts_behind(able)) if FACTS[key].is_state]
        self.figures.preload(flows, months, filters=self.filters)
        begun = [month for month in months if month <= self.today.replace(day=1)]
        self.figures.preload(states, begun, filters=self.filters)

    def can(self, indicator: Indicator) -> bool:
        """Whether the indicator has the dimensions that the page is filtered by."""
        return all(item.dimension in indicator.dimensions for item in self.filters)

    def request(self, indicator: Indicator, period: Period | None = None) -> KpiRequest:
        """The indicator in the page's period and filters."""
        return KpiRequest(indicator.number, period or self.period, "", self.filters, self.reader)

    def value(self, indicator: Indicator, period: Period | None = None) -> Decimal | None:
        """The indicator's value."""
        return self.evaluator.figure(self.request(indicator, period)).value if self.can(indicator) else None

    def spark(self, indicator: Indicator) -> list[Decimal]:
        """The values of the last months; none for a ranking, which would be one question a month."""
        if indicator.kind == Kind.RANK:
            return []
        values = (self.value(indicator, Period(month, month, "")) for month in self.spark_months)
        return [value for value in values if value is not None]

    def target(self, indicator: Indicator) -> Decimal | None:
        """The period's target."""
        return self.targets.of(indicator.number, self.period, self.filters)

    def stamp(self, indicators: Iterable[Indicator]) -> dt.datetime:
        """As of when the oldest of these figures is."""
        facts = facts_behind(indicators)
        made = [self.figures.fresh.get((fact, month)) for fact in facts for month in self.period.months]
        known = [moment for moment in made if moment is not None]
        return min(known) if known else timezone.now()

    def url(self, indicator: Indicator) -> str:
        """The indicator's page for the same period and members."""
        return (
            f"{reverse('analytics:indicator', args=[indicator.number])}?{urlencode(params(self.period, self.filters))}"
        )


def tone_of(percent: Decimal) -> str:
    """How good it is to have reached so much of a target."""
    return "ok" if percent >= GREEN else "warn" if percent >= AMBER else "bad"


def params(period: Period, filters: Filters, **more: Any) -> dict[str, Any]:
    """The query string that names a period and members."""
    found: dict[str, Any] = {"period": period.label}
    for item in filters:
        found[item.dimension] = f"only-{item.member}" if item.exact else item.member
    return found | {key: value for key, value in more.items() if value not in (None, "")}


def tile(board: Board, indicator: Indicator, *, label: Any = None) -> dict[str, Any]:
    """What ui/kpi_tile.html shows: value, target, change against the year before."""
    value = board.value(indicator)
    number, unit = value_parts(indicator, value)
    reached = achievement(indicator, value, board.target(indicator))
    moved = change(indicator, value, board.value(indicator, board.period.year_before()))
    found: dict[str, Any] = {
        "label": label or indicator.name,
        "kind": indicator.role,
        "value": number,
        "unit": unit,
        "url": board.url(indicator),
        "good": good(indicator),
    }
    if reached is not None:
        found |= {
            "pct": f"{reached.percent:.1f}",
            "tone": reached.tone,
            "target": value_text(indicator, reached.target),
        }
    if moved is not None:
        found |= {"delta": moved[0], "delta_unit": moved[1]}
    return found


def month_tile(number: int) -> Any:
    """The card of the start page for an indicator: the reader's running month, quarter or year."""

    def context(request: HttpRequest) -> dict[str, Any] | None:
        board = _workbench_board(request)
        indicator = get(number)
        shown = tile(board, indicator)
        spark = board.spark(indicator)
        if "target" not in shown and not any(spark) and not board.value(indicator):
            return None
        shown |= {"kind": "", "note": period_label(board.period, board.today), "spark": spark}
        return {"tile": shown | _pace(board, shown)}

    return context


def _pace(board: Board, shown: dict[str, Any]) -> dict[str, Any]:
    """The tone and the mark of a running period: what part of the target should be reached by today."""
    if "pct" not in shown:
        return {}
    elapsed = Decimal(str(board.period.elapsed(board.today))) * 100
    reached = Decimal(shown["pct"]) * 100 / elapsed
    return {"elapsed": f"{elapsed:.0f}", "tone": tone_of(reached)}


def _workbench_board(request: HttpRequest) -> Board:
    """One board for all cards of a request."""
    board = getattr(request, "_figures_board", None)
    if board is None:
        today = timezone.localdate()
        board = Board(request.user, running(span_of(request.GET), today), today=today)
        board.preload([get(number) for number in WORKBENCH])
        request._figures_board = board  # type: ignore[attr-defined]
    return board
