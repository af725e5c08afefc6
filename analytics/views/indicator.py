"""One indicator: what it means, its course, its breakdown."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from analytics import charts
from analytics.cards import Board
from analytics.definitions import Indicator
from analytics.dimensions import DIMENSIONS
from analytics.display import good, period_label, reader_label, value_parts, value_text
from analytics.engine.achieve import achievement, change
from analytics.engine.targets import Targets
from analytics.enums import Kind, Part, Unit
from analytics.measures import MEASURES
from analytics.views.base import FiguresView
from analytics.views.breakdown import breakdown, rows_url, side, sides
from crm.periods import Period, add_months, last_months

TREND = 13


class IndicatorPage(FiguresView):
    """Formula, reading, freshness, trend and breakdown; each member leads on to its records."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        """The page."""
        indicator = self.indicator()
        board = Board(request.user, self.period, self.filters, today=self.today)
        able = board.can(indicator)
        keys = list(indicator.dimensions) if able else []
        default = "region" if "region" in keys else keys[0] if keys else ""
        by = self.chosen("by", indicator.dimensions, "customer" if indicator.kind == Kind.RANK and able else default)
        context = {
            "nav": "indicators",
            "indicator": indicator,
            "able": able,
            "chips": self.chips(),
            "whose": reader_label(request.user),
            "period_label": period_label(self.period, self.today),
            "crumbs": self.crumbs((str(indicator.name), None)),
            "dimensions": [self._choice(str(DIMENSIONS[key].label), active=key == by, by=key) for key in keys],
            "stamp": board.stamp([indicator]),
            "sides": sides(indicator),
        }
        if able:
            context |= self.figures(board, indicator, by)
        return render(request, "analytics/indicator.html", context)

    def figures(self, board: Board, indicator: Indicator, by: str) -> dict[str, Any]:
        """What the page shows in numbers."""
        months = last_months(self.period, self.today, TREND)
        board.preload([indicator], more=[*months, *(add_months(month, -12) for month in months)])
        figure = board.evaluator.figure(board.request(indicator))
        reached = achievement(indicator, figure.value, board.target(indicator))
        moved = change(indicator, figure.value, board.value(indicator, self.period.year_before()))
        number, unit = value_parts(indicator, figure.value)
        parts = [Part.NUMERATOR, *([Part.DENOMINATOR] if indicator.denominator in MEASURES else [])]
        return {
            "value": number,
            "unit": unit,
            "numerator": side(indicator, indicator.numerator, figure.numerator),
            "denominator": side(indicator, indicator.denominator, figure.denominator),
            "reached": reached,
            "target": value_text(indicator, reached.target) if reached else "",
            "delta": moved[0] if moved else None,
            "delta_unit": moved[1] if moved else "",
            "good": good(indicator),
            "trend": self.trend(board, indicator, months) if indicator.unit != Unit.RANK else None,
            "drill": breakdown(board, indicator, by),
            "by_label": DIMENSIONS[by].label,
            "links": [(part.label, url) for part in parts if (url := rows_url(board, indicator, part))],
        }

    def trend(self, board: Board, indicator: Indicator, months: list[Any]) -> dict[str, Any]:
        """Thirteen months, so that the same month of the year before stands on it."""
        actual = [board.value(indicator, Period(month, month, "")) for month in months]
        before = [
            board.value(indicator, Period(add_months(month, -12), add_months(month, -12), "")) for month in months
        ]
        targets = Targets(board.reader, months, today=board.today)
        chart = charts.trend(
            indicator, months, actual, targets.by_month(indicator.number, months, self.filters), before
        )
        return chart | {"title": _("The last 13 months")}
