"""The calendar of opportunities: next steps and expected closes, with the list's filters."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from crm.extension_points import CalendarSource
from crm.generic.filters import ListFilter
from crm.workflow.views.calendar import shown_days
from opportunities.cards import closes_between, steps_between
from opportunities.views.funnel_base import FilteredPage


class CalendarView(FilteredPage):
    """By month or week."""

    template = "opportunities/funnel/calendar.html"
    heading = _("Calendar")
    switched = "calendar"

    def template_for(self, request: HttpRequest) -> str:
        """For htmx the days alone."""
        return "workflow/_calendar.html" if request.htmx else self.template  # type: ignore[attr-defined]

    def shown(self, filterset: ListFilter) -> dict[str, Any]:
        """The days with their events."""
        rows = filterset.qs.open()
        sources = [
            CalendarSource("steps", _("Next steps"), "target-arrow", lambda _user, *days: steps_between(rows, *days)),
            CalendarSource("closes", _("Expected closes"), "flag", lambda _user, *days: closes_between(rows, *days)),
        ]
        return shown_days(self.request, sources)
