"""The operations page: all indicators of a tier in a table."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from analytics.cards import Board
from analytics.catalogue import CATALOGUE, of_tier
from analytics.definitions import Indicator
from analytics.dimensions import DIMENSIONS
from analytics.display import good, period_label, reader_label, value_parts, value_text
from analytics.engine.achieve import achievement, change
from analytics.engine.request import previous
from analytics.enums import Role, Tier
from analytics.views.base import FiguresView
from analytics.views.breakdown import breakdown, sides

_ROLE_TONES = {Role.BOI: "vio", Role.KPI: "pri", Role.CPI: "line"}


class Indicators(FiguresView):
    """Value, target, achievement, course, change and status of each indicator; one row can be open, with its breakdown."""

    default_period = "month"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page; for htmx the table only."""
        tier = self.chosen("tier", Tier.values, Tier.OPERATIONS)
        in_tier = of_tier(Tier(tier), request.user)
        process = self.chosen("process", {indicator.process.en for indicator in CATALOGUE.values()})
        board = Board(request.user, self.period, self.filters, today=self.today)
        shown = [indicator for indicator in in_tier if process in ("", indicator.process.en)]
        board.preload(shown, more=previous(self.period).months)
        rows = [self.row(board, indicator) for indicator in shown]
        if request.GET.get("below"):
            rows = [row for row in rows if row["tone"] in ("warn", "bad")]
        context = {
            "nav": "indicators",
            "tiers": self.tiers(tier, {item.value: len(of_tier(item, request.user)) for item in Tier}),
            "tabs": self.tabs(in_tier, process),
            "chips": self.chips(),
            "groups": grouped(rows),
            "counts": [(tone, sum(row["tone"] == tone for row in rows)) for tone in ("ok", "warn", "bad")],
            "below": bool(request.GET.get("below")),
            "stamp": board.stamp(shown),
            "whose": reader_label(request.user),
            "total": len(shown),
            "period_label": period_label(self.period, self.today),
            "crumbs": [(_("Indicators"), None)],
        }
        fragment = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
        response = render(
            request, "analytics/indicators.html#table" if fragment else "analytics/indicators.html", context
        )
        response["Vary"] = "HX-Request"
        return response

    def tabs(self, in_tier: list[Indicator], process: str) -> list[dict[str, Any]]:
        """One tab per process."""
        tabs = [{**self._choice(_("All"), active=not process, process=None), "count": len(in_tier)}]
        for name in dict.fromkeys(indicator.process for indicator in in_tier):
            count = sum(indicator.process == name for indicator in in_tier)
            tabs.append({**self._choice(str(name), active=name.en == process, process=name.en), "count": count})
        return tabs

    def row(self, board: Board, indicator: Indicator) -> dict[str, Any]:
        """One indicator."""
        value = board.value(indicator)
        number, unit = value_parts(indicator, value)
        reached = achievement(indicator, value, board.target(indicator))
        moved = change(indicator, value, board.value(indicator, previous(board.period)))
        opened = self.request.GET.get("open") == str(indicator.number)
        row: dict[str, Any] = {
            "indicator": indicator,
            "role_tone": _ROLE_TONES[indicator.role],
            "url": board.url(indicator),
            "value": number,
            "unit": unit,
            "target": value_text(indicator, reached.target) if reached else "—",
            "percent": reached.percent if reached else None,
            "tone": reached.tone if reached else "",
            "spark": board.spark(indicator) if board.can(indicator) else [],
            "delta": moved[0] if moved else None,
            "delta_unit": moved[1] if moved else "",
            "good": good(indicator),
            "open": opened,
            "toggle": self.toggle(indicator, opened),
        }
        if opened:
            row |= self.drill(board, indicator)
        return row

    def toggle(self, indicator: Indicator, opened: bool) -> str:
        """The page with this row open, or closed again."""
        return str(self._choice("", open=None if opened else indicator.number, by=None)["url"])

    def _choice(self, label: str, *, active: bool = False, **changes: Any) -> dict[str, Any]:
        """As elsewhere, but the open row stays open while its dimension is changed."""
        if "by" in changes and "open" not in changes:
            changes["open"] = self.request.GET.get("open")
        return super()._choice(label, active=active, **changes)

    def drill(self, board: Board, indicator: Indicator) -> dict[str, Any]:
        """The open row's breakdown."""
        able = [key for key in indicator.dimensions if board.can(indicator)]
        if not able:
            return {"drill": None}
        by = self.chosen("by", DIMENSIONS)
        by = by if by in able else "region" if "region" in able else able[0]
        return {
            "drill": breakdown(board, indicator, by, limit=30),
            "sides": sides(indicator),
            "dimensions": [self._choice(str(DIMENSIONS[key].label), active=key == by, by=key) for key in able],
        }


def grouped(rows: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The rows under their themes."""
    themes: dict[Any, list[dict[str, Any]]] = {}
    for row in rows:
        themes.setdefault(row["indicator"].theme, []).append(row)
    return [(str(theme), some) for theme, some in themes.items()]
