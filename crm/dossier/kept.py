"""Favourites and records looked at last, as lines of a list: only what the reader still sees."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from crm.generic.entity import entity_of
from crm.records.domain.marks import KEPT_VISITS
from crm.records.models import RecordMark
from crm.records.references import seen_records

MOST_FAVOURITES = 100


@dataclass(frozen=True)
class Line:
    """A record: its name, what kind it is, where it is shown."""

    title: str
    kind: str
    icon: str
    url: str
    at: Any


def favourites(user: Any, limit: int = MOST_FAVOURITES) -> list[Line]:
    """The newest favourite first."""
    rows = RecordMark.objects.visible_to(user).filter(starred_at__isnull=False)
    return _lines(user, rows.order_by("-starred_at", "-pk").annotate(when=F("starred_at"))[:limit])


def visits(user: Any, limit: int = KEPT_VISITS) -> list[Line]:
    """What was looked at last comes first."""
    rows = RecordMark.objects.visible_to(user).filter(seen_at__isnull=False)
    return _lines(user, rows.order_by("-seen_at", "-pk").annotate(when=F("seen_at"))[:limit])


def _lines(user: Any, marks: Iterable[Any]) -> list[Line]:
    marks = list(marks)
    records = seen_records(user, ((mark.content_type_id, mark.object_id) for mark in marks))
    lines = []
    for mark in marks:
        record = records.get((mark.content_type_id, mark.object_id))
        entity = entity_of(type(record)) if record is not None else None
        if record is not None and entity is not None:
            kind = str(entity.model._meta.verbose_name)
            lines.append(Line(str(record), kind, entity.icon, entity.record_url(record), mark.when))
    return lines
