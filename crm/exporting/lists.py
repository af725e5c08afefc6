"""What an export reads of a list: its rows, its columns, its filters in words."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from crm.generic.entity import Entity
from crm.generic.tables import Column, Part
from crm.generic.views.listing import EXPORT_PERMISSION, ListView
from crm.records.masking import unmask_rows

AT_A_TIME = 1000  # rows


def may_export(entity: Entity, user: Any) -> bool:
    """Whether the person may export this list at all."""
    return user.has_perm(EXPORT_PERMISSION) and user.has_perm(entity.permission("view"))


def found_rows(view: ListView, ids: Sequence[int] | None = None) -> QuerySet[Any]:
    """The rows of the list, or those `ids` among them."""
    found = view.found(view.request)[0] if ids is None else view.rows().filter(pk__in=ids)
    return found.order_by()


def filters_in_words(view: ListView, ids: Sequence[int] | None = None) -> str:
    """What narrows the list, as its chips say it."""
    if ids is not None:
        return ""
    words = [f"{chip.label}: {chip.value}" for chip in view.found(view.request)[1]]
    if text := view.request.GET.get("q", "").strip():
        words.insert(0, f"“{text}”")
    return "; ".join(words)


def head_of(columns: Sequence[Column]) -> list[str]:
    """The heads of the sheet, with their units."""
    return [_head(column, part) for column in columns for part in column.parts]


def _head(column: Column, part: Part) -> str:
    label = str(column.label if part.label is None else part.label)
    return f"{label} ({part.unit})" if part.unit else label


def cells_of(view: ListView, columns: Sequence[Column], found: QuerySet[Any]) -> Iterator[list[Any]]:
    """The sheet's rows in the order of the list, read piece by piece from one query."""
    table, model = view.entity.table, view.entity.model
    _name, sort = view.sort(view.request)
    ordering = sort.whole() if sort else [*(model._meta.ordering or ()), "pk"]
    reading = [part.read for column in columns for part in column.parts]
    rows = iter(table.load(found, columns, sort).order_by(*ordering).iterator(chunk_size=AT_A_TIME))
    while piece := list(islice(rows, AT_A_TIME)):
        unmask_rows(piece, view.request.user)
        view.prepare(piece)
        table.ready(piece, columns)
        for row in piece:
            yield [read(row) for read in reading]
