"""The breakdown of an indicator as table rows with their ways on."""

from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from analytics.cards import Board, params
from analytics.definitions import Indicator
from analytics.display import sum_text, value_text
from analytics.engine.facts import Filter
from analytics.engine.request import KpiRequest
from analytics.enums import Part
from analytics.measures import MEASURES, fact_of

LIMIT = 100


def breakdown(board: Board, indicator: Indicator, by: str, *, limit: int = LIMIT) -> dict[str, Any]:
    """Members of a dimension, largest first; `more` says that some are left out."""
    request = KpiRequest(indicator.number, board.period, by, board.filters, board.reader, limit=limit + 1)
    result = board.evaluator.result(request)
    values = [member.figure.value or Decimal(0) for member in result.members]
    most = max(values, default=Decimal(0)) or Decimal(1)
    rows = []
    for member in result.members[:limit]:
        filters = (*(item for item in board.filters if item.dimension != by), Filter(by, member.id, exact=True))
        figure = member.figure
        rows.append(
            {
                "label": member.label,
                "numerator": side(indicator, indicator.numerator, figure.numerator),
                "denominator": side(indicator, indicator.denominator, figure.denominator),
                "value": value_text(indicator, figure.value),
                "share": max(figure.value or Decimal(0), Decimal(0)) * 100 / most,
                "url": f"{reverse('analytics:indicator', args=[indicator.number])}?{urlencode(params(board.period, filters))}",
                "rows_url": rows_url(board, indicator, filters=filters),
            }
        )
    return {"rows": rows, "more": len(result.members) > limit, "shares": result.shares}


def rows_url(board: Board, indicator: Indicator, part: Part | None = None, filters: Any = None) -> str:
    """The records behind an indicator; "" for a reader without the right to see them."""
    measure = MEASURES[indicator.numerator]
    if not board.reader.has_perm(fact_of(measure).permission):
        return ""
    if part is None:
        part = Part.DENOMINATOR if indicator.denominator in MEASURES and not indicator.of_whole else Part.NUMERATOR
    chosen = board.filters if filters is None else filters
    query = urlencode(params(board.period, chosen, part=part.value))
    return f"{reverse('analytics:rows', args=[indicator.number])}?{query}"


def side(indicator: Indicator, key: str, value: Decimal | None) -> str:
    """A numerator or denominator as text, "" for an indicator without that side."""
    if not key:
        return ""
    measure = MEASURES.get(key) or MEASURES[indicator.numerator]
    return sum_text(measure, indicator, value)


def sides(indicator: Indicator) -> list[str]:
    """Headings of the sides that a ratio's breakdown shows."""
    if not indicator.denominator:
        return []
    below = MEASURES[indicator.denominator].label if indicator.denominator in MEASURES else _("Target")
    return [str(MEASURES[indicator.numerator].label), str(below)]
