"""The lists of the site by their keys ("app.model"): every entity's, read as its page reads it."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import NoReverseMatch, resolve, reverse

from crm.generic.views.listing import ListView


def list_view(key: str, user: Any, query: str) -> ListView:
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
