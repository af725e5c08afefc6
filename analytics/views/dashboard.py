"""The management dashboard."""

import datetime as dt
import math
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from analytics import panels
from analytics.cards import Board, tile
from analytics.catalogue import of_tier
from analytics.decisions import decisions_for
from analytics.display import period_label, reader_label
from analytics.enums import Kind, Role, Tier, Unit
from analytics.views.base import FiguresView
from crm.periods import add_months

TILES = 6  # in a row, at most
_BY_OTHERS = (63,)  # its figure stands on the tile of revenue as the share of the target


def per_row(count: int) -> int:
    """How many tiles stand in a row, so that the rows of up to six are filled as evenly as can be."""
    return math.ceil(count / math.ceil(count / TILES)) if count else TILES


class Dashboard(FiguresView):
    """Tiles of a tier, revenue against target, funnel, regions, concentration and age of receivables."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        tier = self.chosen("tier", Tier.values, Tier.STRATEGIC)
        board = Board(request.user, self.period, self.filters, today=self.today)
        indicators = [indicator for indicator in of_tier(Tier(tier), request.user) if self.has_tile(indicator)]
        year = [dt.date(self.period.last.year, month, 1) for month in range(1, 13)]
        board.preload(of_tier(Tier.OPERATIONS, request.user), more=[*year, *(add_months(month, -12) for month in year)])
        indicators.sort(key=lambda indicator: (list(Role).index(indicator.role), indicator.number))
        tiles = [tile(board, indicator) for indicator in indicators if board.can(indicator)]
        context = {
            "nav": "dashboard",
            "tiers": self.tiers(tier),
            "chips": self.chips(),
            "tiles": tiles,
            "per_row": per_row(len(tiles)),
            "left_out": [indicator.name for indicator in indicators if not board.can(indicator)],
            "stamp": board.stamp(indicators),
            "whose": reader_label(request.user),
            "period_label": period_label(self.period, self.today),
            "crumbs": [(_("Dashboard"), None)],
            **self.parts(board),
        }
        return render(request, "analytics/dashboard.html", context)

    def has_tile(self, indicator: Any) -> bool:
        """Rankings and shares of the whole have no tile of their own: they are tables."""
        return (
            indicator.kind != Kind.RANK
            and indicator.unit != Unit.RANK
            and not indicator.of_whole
            and indicator.number not in _BY_OTHERS
        )

    def parts(self, board: Board) -> dict[str, Any]:
        """The cards below the tiles."""
        return {
            "revenue": panels.revenue_chart(board),
            "revenue_url": panels.indicator_url(board, panels.REVENUE, by="business_unit"),
            "funnel": panels.funnel(board),
            "decisions": decisions_for(board.reader, board.filters, board.today),
            "elapsed": board.period.elapsed(board.today) * 100,
            "units": panels.units(board),
            "regions": panels.regions(board),
            "regions_url": panels.indicator_url(board, panels.REVENUE, by="region"),
            "concentration": panels.concentration(board),
            "ageing": panels.ageing(board),
        }
