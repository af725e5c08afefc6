"""The lists that can be exported: every entity's, found by its key, read as its page reads it."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import NoReverseMatch, resolve, reverse

from crm.generic.entity import Entity
from crm.generic.tables import Column, Part
from crm.generic.views.listing import ListView

AT_A_TIME = 1000  # rows


def list_view(key: str, user: Any, query: str, session: Any = None) -> ListView:
    """The list's view as this person sees it with that query string. Raises KeyError for a list that does not exist."""
    app, _dot, name = key.partition(".")
    try:
        match = resolve(reverse(f"{app}:{name}_list"))
    except NoReverseMatch as error:
        raise KeyError(key) from error
    view_class, arguments = getattr(match.func, "view_class", None), getattr(match.func, "view_initkwargs", {})
    if view_class is None or not issubclass(view_class, ListView):
        raise KeyError(key)
    view = view_class(**arguments)
    request = HttpRequest()
    request.method = "GET"
    request.GET = QueryDict(query)
    request.user = user
    request.session = {} if session is None else session
    view.setup(request)
    return view


def list_name(key: str) -> str:
    """The list in words; its key when a later release no longer has it."""
    try:
        return list_view(key, None, "").entity.heading
    except KeyError:
        return key


def column_names(key: str, columns: Sequence[str]) -> list[str]:
    """The heads of the columns; their keys when the list is gone."""
    try:
        table = list_view(key, None, "").entity.table
    except KeyError:
        return list(columns)
    return [str(column.label) for column in table.chosen(columns)]


def may_export(entity: Entity, user: Any) -> bool:
    """Whether the person may export this list at all."""
    return user.has_perm("crm.export_lists") and user.has_perm(entity.permission("view"))


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
    _name, sort = table.sort(model, view.request.GET.get("sort", ""))
    ordering = sort.whole() if sort else [*(model._meta.ordering or ()), "pk"]
    reading = [part.read for column in columns for part in column.parts]
    rows = iter(table.load(found, columns, sort).order_by(*ordering).iterator(chunk_size=AT_A_TIME))
    while piece := list(islice(rows, AT_A_TIME)):
        table.prepare(piece, columns)
        for row in piece:
            yield [read(row) for read in reading]
