"""What counts as work on an opportunity: comments, to-dos done, moves, samples and quotes that went out, results that came back.

One list for all who ask: the risk "no activity", the last activity of a project, and the indicator of those followed up.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import DateTimeField, Exists, Max, OuterRef, Q
from django.db.models.functions import TruncDate

_ABOUT = {"content_type__app_label": "opportunities", "content_type__model": "opportunity"}


@dataclass(frozen=True)
class Source:
    """Rows of a model that each are work on an opportunity: where its key stands, which moment or day counts, which rows do."""

    model: str
    key: str
    at: str
    only: dict[str, Any] = field(default_factory=dict)

    def rows(self) -> Any:
        """The rows that count."""
        return apps.get_model(self.model)._base_manager.filter(**{f"{self.at}__isnull": False}, **self.only)

    @property
    def is_moment(self) -> bool:
        """Whether a moment is kept, not a day."""
        return isinstance(apps.get_model(self.model)._meta.get_field(self.at), DateTimeField)

    @property
    def day(self) -> str:
        """The way to the day that counts."""
        return f"{self.at}__date" if self.is_moment else self.at


SOURCES = (
    Source("crm.Comment", "object_id", "created_at", {**_ABOUT, "deleted_at__isnull": True}),
    Source("crm.Task", "object_id", "state_since", {**_ABOUT, "state": "done"}),
    Source("opportunities.OpportunityStageChange", "record_id", "at", {"source__isnull": False}),
    Source("opportunities.SampleRequest", "opportunity_id", "dispatched_on"),
    Source("opportunities.SampleRequest", "opportunity_id", "evaluated_on"),
    Source("opportunities.Quote", "opportunity_id", "sent_on"),
)


def worked_on_between(after: Any, until: Any) -> Q:
    """The condition that an opportunity was worked on after the one day and not after the other; days, or expressions of days."""
    found = Q()
    for source in SOURCES:
        rows = source.rows().filter(
            **{source.key: OuterRef("pk"), f"{source.day}__gt": after, f"{source.day}__lte": until}
        )
        found |= Q(Exists(rows))
    return found


def last_days(keys: Iterable[int]) -> dict[int, dt.date]:
    """The day of the last work on each of these opportunities; one query for each kind of work."""
    keys = list(keys)
    found: dict[int, dt.date] = {}
    for source in SOURCES:
        day: Any = TruncDate(source.at) if source.is_moment else source.at
        rows = source.rows().filter(**{f"{source.key}__in": keys}).order_by()
        for key, last in rows.values_list(source.key).annotate(last=Max(day)):
            found[key] = max(last, found.get(key, last))
    return found
