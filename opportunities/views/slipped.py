"""The slipped and stalled: what is at risk, why, and how much money."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.generic.filters import ListFilter
from opportunities.domain.risks import assess, conditions, won_medians
from opportunities.domain.slipped import PAGE, risk_sums, slipped
from opportunities.enums import Risk
from opportunities.tables.opportunity import record_url
from opportunities.views.funnel_base import FunnelPage

LAST_PAGE = 10_000


class SlippedView(FunnelPage):
    """Fifty a page, sorted by the amount at risk; ?only= narrows it to one reason."""

    template = "opportunities/funnel/risks.html"
    heading = _("Slipped and stalled")
    tab = "risks"

    def shown(self, filterset: ListFilter) -> dict[str, Any]:
        """Reasons with their sums, and a page of rows."""
        user, today, now = self.request.user, timezone.localdate(), timezone.now()
        medians = won_medians(user, today)
        known = conditions(medians, today, now)
        only = self.chosen("only", Risk.values, "")
        text = self.request.GET.get("page", "")
        page = min(max(int(text) if text.isdecimal() and len(text) < 6 else 1, 1), LAST_PAGE)
        chosen = {Risk(only): known[Risk(only)]} if only else known
        rows, more = slipped(filterset.qs, chosen, page)
        standings = assess(rows, medians, today, now)
        sums = risk_sums(filterset.qs, known)
        reasons = [(None, _("All reasons")), *((risk, risk.label) for risk in Risk)]
        return {
            "reasons": [
                {
                    "label": label,
                    "sum": sums[risk],
                    "url": self.with_own(only=risk or ""),
                    "active": only == (risk or ""),
                }
                for risk, label in reasons
            ],
            "rows": [{"row": row, "url": record_url(row), "standing": standings[row.pk]} for row in rows],
            "sum": sums[Risk(only) if only else None],
            "page": Page(page, more),
            "summary": f"{(page - 1) * PAGE + 1}–{(page - 1) * PAGE + len(rows)}",
        }


class Page:
    """Which page this is, as ui/pager.html wants it."""

    def __init__(self, number: int, has_next: bool) -> None:
        self.number, self.has_next, self.has_previous = number, has_next, number > 1
        self.next_page_number, self.previous_page_number = number + 1, number - 1
