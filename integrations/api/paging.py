"""Pages of a list: each starts behind the last row of the one before, so the thousandth costs what the first does."""

import base64
import binascii
import datetime as dt
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from crm.generic.filters import ListFilter
from crm.generic.inputs import DaysInput
from crm.generic.lists import list_view
from crm.generic.paging import Sort, Sorts
from integrations.api.errors import Problem
from integrations.api.resources import Resource

CLOCKS = 5  # seconds by which those of the machines may differ
OWN = frozenset({"cursor", "page_size", "sort", "fields", "changed_since"})


def found_rows(resource: Resource, user: Any, params: QueryDict) -> QuerySet[Any]:
    """The rows in reach that the filters leave. Raises Problem for a filter that there is not, or a value it does not take."""
    asked = {name: values for name, values in params.lists() if name not in OWN}
    rows = resource.model.objects.visible_to(user)
    if not asked:
        return rows
    query = QueryDict(mutable=True)
    for name, values in asked.items():
        query.setlist(name, values)
    filterset = filters_of(resource, user, query)
    if filterset is None:
        _refuse(asked, set())
        return rows
    _refuse(asked, {key for name, field in filterset.form.fields.items() for key in names_of(name, field.widget)})
    if not filterset.form.is_valid():
        errors = {name: list(told) for name, told in filterset.form.errors.items()}
        raise Problem(400, "invalid", errors=errors)
    return filterset.qs  # type: ignore[no-any-return]


def filters_of(resource: Resource, user: Any, query: QueryDict) -> ListFilter | None:
    """The filters of the kind's list, set as the query string says; None for a kind that has none."""
    if resource.open:
        return None
    try:
        found: ListFilter = list_view(resource.entity.key, user, query.urlencode()).filterset(query)
    except KeyError:  # a kind that has no list on the site
        return None
    return found


def names_of(name: str, widget: Any) -> list[str]:
    """What a filter is called in the query string: days have two ends, numbers too. `widget` may be the class."""
    if widget is DaysInput or isinstance(widget, DaysInput):
        return [name, f"{name}_from", f"{name}_until"]
    suffixes = getattr(widget, "suffixes", ())
    return [f"{name}_{suffix}" for suffix in suffixes] if suffixes else [name]


def _refuse(asked: Any, known: set[str]) -> None:
    unknown = [name for name in asked if name not in known]
    if unknown:
        raise Problem(400, "invalid", errors={name: [_("There is no such filter.")] for name in unknown})


def changed_since(rows: QuerySet[Any], text: str | None) -> QuerySet[Any]:
    """Those saved at that moment or later, for programs that keep a copy."""
    if not text:
        return rows
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    column = next((name for name in ("updated_at", "read_at") if hasattr(rows.model, name)), None)
    if moment is None or moment.tzinfo is None or column is None:
        raise Problem(
            400, "invalid", errors={"changed_since": [_("Send a moment with its zone: 2027-03-01T00:00:00Z")]}
        )
    return rows.filter(**{f"{column}__gte": moment})


def as_of() -> str:
    """A moment before which nothing is written any more: what the next poll asks with as `changed_since`.

    A row carries the moment at which it was saved, and is seen once its transaction ends: so no later than when the oldest
    one began that is open now.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT least(now(), min(xact_start)) - make_interval(secs => %s) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'",
            [CLOCKS],
        )
        found: dt.datetime = cursor.fetchone()[0]
    return found.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")


def page_size(params: QueryDict) -> int:
    """How many rows are asked for."""
    text = params.get("page_size", str(settings.API_PAGE_SIZE))
    if not (text.isascii() and text.isdecimal() and 0 < int(text) <= settings.API_PAGE_MOST):
        told = _("From 1 to %(most)s.") % {"most": settings.API_PAGE_MOST}
        raise Problem(400, "invalid", errors={"page_size": [told]})
    return int(text)


def sort_of(resource: Resource, user: Any, text: str | None) -> Sorts | None:
    """The order that is asked for, by what the list's columns can be sorted by; None: by key."""
    if not text:
        return None
    table, model = resource.entity.table, resource.model
    offered = {column.sort for column in table.offered(user) if column.sort and not column.sort.startswith("extra__")}
    wanted = text.split(",")
    if resource.open or any(part.removeprefix("-") not in offered for part in wanted):
        told = _("It can be sorted by: %(names)s.") % {"names": ", ".join(sorted(offered))}
        raise Problem(400, "invalid", errors={"sort": [told]})
    _name, sort = table.sort(model, text, user)
    return Sorts((sort,)) if isinstance(sort, Sort) else sort


def page_of(rows: QuerySet[Any], sort: Sorts | None, cursor: str | None, size: int) -> tuple[list[Any], str | None]:
    """The rows of the page, and the cursor of the next, None at the end."""
    mark = _opened(cursor) if cursor else None
    if sort is None:
        if mark is not None and not (mark.isascii() and mark.isdecimal() and len(mark) < 19):
            raise _bad_cursor()
        found = rows.order_by("pk")
        found = found.filter(pk__gt=int(mark)) if mark is not None else found
        page = list(found[: size + 1])
        return page[:size], _closed(str(page[size - 1].pk)) if len(page) > size else None
    found = rows.select_related(*sort.related) if sort.related else rows
    if mark is not None:
        at = sort.read(mark)
        if at is None:
            raise _bad_cursor()
        found = found.filter(sort.beyond(at, backwards=False))
    page = list(found.order_by(*sort.order())[: size + 1])
    return page[:size], _closed(sort.mark(page[size - 1]).text()) if len(page) > size else None


def _closed(mark: str) -> str:
    return base64.urlsafe_b64encode(mark.encode()).decode().rstrip("=")


def _opened(cursor: str) -> str:
    try:
        return base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, ValueError) as error:
        raise _bad_cursor() from error


def _bad_cursor() -> Problem:
    return Problem(400, "invalid", errors={"cursor": [_("This is none of this list: take the address in “next”.")]})
