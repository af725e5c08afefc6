"""What changed in the funnel since last Monday, or since another day."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import pgettext_lazy

from crm.generic.filters import ListFilter
from opportunities.domain.changes import Changed, Kind, changes_since, last_monday
from opportunities.domain.funnel import Funnel
from opportunities.models import Opportunity
from opportunities.tables.opportunity import record_url
from opportunities.views.funnel_base import FunnelPage

SHOWN = 100
FIRST = dt.date(2000, 1, 1)
TONES: dict[str, str] = {
    Kind.NEW: "info",
    Kind.REOPENED: "info",
    Kind.UP: "ok",
    Kind.DOWN: "warn",
    Kind.WON: "ok",
    Kind.LOST: "bad",
    Kind.HELD: "line",
    Kind.FORWARD: "pri",
    Kind.BACK: "warn",
    Kind.CLOSE: "line",
}
MOVED = (Kind.FORWARD, Kind.BACK, Kind.CLOSE)  # without an effect on the open amount


class ChangesView(FunnelPage):
    """Sums that lead from the open amount then to now's, and what happened to each opportunity; ?kind= narrows the latter."""

    template = "opportunities/funnel/changes.html"
    heading = pgettext_lazy("funnel", "Changes")
    tab = "changes"

    def shown(self, filterset: ListFilter) -> dict[str, Any]:
        """The sums and the rows, most money first."""
        today = timezone.localdate()
        day = self.day(today)
        found = changes_since(filterset.qs, Funnel().stages, day)
        only = self.chosen("kind", Kind.values, "")
        rows = [row for row in found.rows if not only or Kind(only) in row.effects]
        return {
            "since": day,
            "today": today,
            "monday": last_monday(today),
            "found": found,
            "steps": [self.step(kind, *found.totals[kind], only) for kind in Kind if kind in found.totals],
            "all_url": self.with_own(kind=""),
            "only": only,
            "rows": self.rows_of(rows[:SHOWN]),
            "count": len(rows),
            "hidden": max(0, len(rows) - SHOWN),
            "params": [(name, value) for name, value in self.request.GET.items() if name not in ("since", "kind")],
        }

    def day(self, today: dt.date) -> dt.date:
        """The day in ?since=, last Monday for anything else."""
        try:
            day = dt.date.fromisoformat(self.request.GET.get("since", ""))
        except ValueError:
            return last_monday(today)
        return min(max(day, FIRST), today)

    def step(self, kind: Kind, count: int, amount: Any, only: str) -> dict[str, Any]:
        """One kind of change in the sums."""
        return {
            "label": kind.label,
            "count": count,
            "amount": None if kind in MOVED else amount,
            "url": self.with_own(kind=kind.value),
            "active": only == kind.value,
            "tone": TONES[kind],
        }

    def rows_of(self, rows: list[Changed]) -> list[dict[str, Any]]:
        """The changes with what is shown of the opportunities."""
        read: Any = Opportunity.objects.visible_to(self.request.user).filter(pk__in=[row.pk for row in rows])
        known = {record.pk: record for record in read.select_related("customer", "owner").order_by()}
        return [
            {
                "change": row,
                "record": known[row.pk],
                "url": record_url(known[row.pk]),
                "badges": [(TONES[kind], kind.label) for kind in Kind if kind in row.effects],
            }
            for row in rows
            if row.pk in known
        ]
