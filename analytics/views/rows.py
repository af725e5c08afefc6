"""The records behind a figure."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import pgettext

from analytics.definitions import Indicator
from analytics.display import period_label, reader_label, sum_text
from analytics.engine.request import BadRequest, KpiRequest
from analytics.engine.rows import Rows, rows_behind
from analytics.enums import Part
from analytics.measures import MEASURES, fact_of
from analytics.tables import ROW_TABLES
from analytics.views.base import FiguresView

PAGE_SIZE = 50
LAST_PAGE = 10_000


class RowsPage(FiguresView):
    """Fifty records a page; what they add up to stands above and is the figure. Needs the right to see such records."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        """The page."""
        indicator = self.indicator()
        part = Part(self.chosen("part", Part.values, Part.NUMERATOR))
        found = self.rows(indicator, part)
        page = min(max(_integer(request.GET.get("page")), 1), LAST_PAGE)
        table, url = ROW_TABLES[found.queryset.model._meta.label]
        columns = table.chosen(None)
        start = (page - 1) * PAGE_SIZE
        loaded = list(table.load(found.queryset, columns)[start : start + PAGE_SIZE + 1])
        context = {
            "nav": "indicators",
            "indicator": indicator,
            "measure": found.measure,
            "total": sum_text(found.measure, indicator, found.total / indicator.divide),
            "parts": self.parts(indicator, part),
            "chips": self.chips(),
            "columns": columns,
            "body": table.body(loaded[:PAGE_SIZE], columns, url=url, selectable=False),
            "is_empty": not loaded,
            "page": Page(page, len(loaded) > PAGE_SIZE),
            "first": start + 1,
            "last": start + len(loaded[:PAGE_SIZE]),
            "whose": reader_label(request.user),
            "period_label": period_label(self.period, self.today),
            "crumbs": self.crumbs(
                (str(indicator.name), self.back(indicator)), (pgettext("behind a figure", "Records"), None)
            ),
        }
        return render(request, "analytics/rows.html", context)

    def rows(self, indicator: Indicator, part: Part) -> Rows:
        """The records, if the reader may see such."""
        key = indicator.numerator if part == Part.NUMERATOR else indicator.denominator
        if key not in MEASURES:
            raise Http404
        if not self.request.user.has_perm(fact_of(MEASURES[key]).permission):
            raise PermissionDenied
        try:
            request = KpiRequest(indicator.number, self.period, "", self.filters, self.request.user)
            return rows_behind(request, part, today=self.today)
        except BadRequest as error:
            raise Http404(str(error)) from error

    def parts(self, indicator: Indicator, part: Part) -> list[dict[str, Any]]:
        """The switch between the records above and below the line of a ratio."""
        if indicator.denominator not in MEASURES or indicator.of_whole:
            return []
        return [
            self._choice(str(MEASURES[key].label), active=part == side, part=side.value)
            for side, key in ((Part.NUMERATOR, indicator.numerator), (Part.DENOMINATOR, indicator.denominator))
        ]

    def back(self, indicator: Indicator) -> str:
        """The indicator's page for the same period and members."""
        return f"{reverse('analytics:indicator', args=[indicator.number])}?{urlencode(self.query())}"


class Page:
    """Which page this is, as ui/pager.html wants it."""

    def __init__(self, number: int, has_next: bool) -> None:
        self.number, self.has_next, self.has_previous = number, has_next, number > 1
        self.next_page_number, self.previous_page_number = number + 1, number - 1


def _integer(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else 1
