"""The list of an entity."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render

from crm.generic.filters import Chip
from crm.generic.paging import LAST_PAGE, PAGE_SIZE, PAGING_KEYS, Pages
from crm.generic.tables import Column
from crm.generic.tabs import MOST, Tab, address_of, counted, tabs_of
from crm.generic.views.base import EntityView
from crm.records.masking import unmask_rows
from crm.records.models import SavedView
from crm.records.models.saved_view import views_of

COUNT_LIMIT = 1000
EXPORT_PERMISSION = "crm.export_lists"
NO_FILTER = frozenset(
    {*PAGING_KEYS, "sort", "cols", "density", "view", "part"}
)  # what a query string may say besides filters


class ListView(EntityView):
    """Filters, sorting, paging, presets and bulk selection; all of its state is in the query string.

    Nothing counts a large table: the count stops at 1,000 and is then shown as "1,000+". How a far page is found, see
    crm.generic.paging.
    """

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page; for htmx the list's part of it only."""
        if request.GET.get("part") == "filters":
            return render(request, "generic/_filter_form.html", {"filterset": self.filterset(request.GET)})
        if request.GET.get("part") == "tabs":
            tabs = counted(self.tabs(), f"{request.user.pk}:{self.entity.key}", self.count)  # type: ignore[union-attr]
            return render(request, "generic/_view_tabs.html", {"tabs": tabs, "counts": True})
        if not request.META.get("QUERY_STRING") and (default := self.default_view):
            return HttpResponseRedirect(request.path + address_of(default))
        context = self.list_context(request)
        fragment = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
        response = render(request, "generic/list.html#list" if fragment else "generic/list.html", context)
        response["Vary"] = "HX-Request"
        return response

    def list_context(self, request: HttpRequest) -> dict[str, Any]:
        """Everything the template shows."""
        entity = self.entity
        found, chips = self.found(request)
        columns = self.columns(request)
        sort_name, sort = entity.table.sort(entity.model, request.GET.get("sort", ""))
        density = self.remembered(request, "density", request.GET.get("density") or None)
        page = min(max(_integer(request.GET.get("page")), 1), LAST_PAGE)
        total = found.order_by()[: COUNT_LIMIT + 1].count()
        pages = Pages(found, sort, lambda rows: entity.table.load(rows, columns, sort), total)
        rows, has_next = pages.rows(request.GET, page)
        unmask_rows(rows, request.user)
        self.prepare(rows)
        actions = [action for action in entity.bulk_actions if request.user.has_perm(action.permission)]
        can_export = request.user.has_perm(EXPORT_PERMISSION)
        selectable = bool(actions) or can_export
        return self.context(
            can_search=entity.filterset.can_search(),
            chips=chips,
            columns=columns,
            head=[self.head_cell(column, sort_name) for column in columns],
            all_columns=entity.table.columns[1:],
            shown_keys={column.key for column in columns},
            body=entity.table.body(rows, columns, url=entity.record_url, selectable=selectable),
            is_empty=not rows,
            page=page,
            first=(page - 1) * PAGE_SIZE + 1,
            last=(page - 1) * PAGE_SIZE + len(rows),
            has_next=has_next,
            next_mark=sort.mark(rows[-1]).text() if sort and has_next else None,
            previous_mark=sort.mark(rows[0]).text() if sort and rows and page > 2 else None,
            carried=[
                (key, value) for key in request.GET if key not in PAGING_KEYS for value in request.GET.getlist(key)
            ],
            total=min(total, COUNT_LIMIT),
            more=total > COUNT_LIMIT,
            actions=actions,
            can_export=can_export,
            selectable=selectable,
            head_actions=[a for a in entity.head_actions if request.user.has_perm(a.permission)],
            tabs=self.tabs(),
            saved_view=self.current_view,
            state=self.state(columns, sort_name, density),
            density=density,
            can_create=bool(entity.create) and request.user.has_perm(entity.permission("add")),
            create_url=entity.url("create") if entity.create else "",
            switch=entity.list_switch(request) if entity.list_switch else [],
            crumbs=[(entity.heading, None)],
            summary=entity.summary(request.user) if entity.summary else "",
            query_string=request.GET.urlencode(),
            filtered=bool(chips) or bool(request.GET.get("q")),
        )

    def columns(self, request: HttpRequest) -> list[Column]:
        """The columns the reader has chosen, or those shown by default."""
        return self.entity.table.chosen(self.remembered(request, "cols", request.GET.getlist("cols")))

    def prepare(self, rows: Sequence[Any]) -> None:
        """What a list adds to the rows of its page, for the whole page at once, before their cells are made."""

    def found(self, request: HttpRequest) -> tuple[QuerySet[Any], list[Chip]]:
        """The rows the filters leave, and the chips of those filters. The form behind them is built only when there is one."""
        if request.GET.keys() <= NO_FILTER:
            return self.rows(), []
        filterset = self.filterset(request.GET)
        return filterset.qs, filterset.chips(filterset.data)

    def head_cell(self, column: Column, sort: str) -> dict[str, Any]:
        """A column's head: its label, and for a sortable one the address that sorts by it."""
        down = sort == f"-{column.sort}"
        active = bool(column.sort) and sort.lstrip("-") == column.sort
        params = self.request.GET.copy()
        for name in PAGING_KEYS:
            params.pop(name, None)
        start_down = column.descending
        params["sort"] = (
            (f"-{column.sort}" if not down else column.sort)
            if active
            else (f"-{column.sort}" if start_down else column.sort)
        )
        return {
            "label": column.label,
            "css": column.css,
            "url": "?" + params.urlencode() if column.sort else "",
            "aria_sort": ("descending" if down else "ascending") if active else "",
        }

    @cached_property
    def saved_views(self) -> list[SavedView]:
        """The views of this list that are the reader's or shared with the reader."""
        return views_of(self.entity.key, self.request.user)

    @property
    def default_view(self) -> SavedView | None:
        """The view that the reader's list opens with."""
        return next((view for view in self.saved_views if view.is_default), None)  # type: ignore[attr-defined]

    @property
    def current_view(self) -> SavedView | None:
        """The saved view that is shown, though its filters may have been changed meanwhile."""
        key = self.request.GET.get("view", "")
        return next((view for view in self.saved_views if str(view.pk) == key), None)

    def tabs(self) -> list[Tab]:
        """The tabs of the list; the query string with which one is shown."""
        filters = self.request.GET.copy()
        for name in NO_FILTER:
            filters.pop(name, None)
        return tabs_of(self.entity.presets, self.saved_views, filters.urlencode(), self.current_view)

    def count(self, query: str) -> int:
        """How many rows a query string finds, up to one more than a tab shows."""
        params = QueryDict(query)
        found = self.rows() if params.keys() <= NO_FILTER else self.filterset(params).qs
        return found.order_by()[: MOST + 1].count()

    def state(self, columns: list[Column], sort: str, density: str | None) -> str:
        """All that the list shows, as the query string a saved view keeps."""
        params = QueryDict(mutable=True)
        for name, values in self.request.GET.lists():
            if name not in NO_FILTER and (filled := [value for value in values if value]):
                params.setlist(name, filled)
        params.setlist("cols", [column.key for column in columns[1:]])
        params["density"] = density or "normal"
        if sort:
            params["sort"] = sort
        return params.urlencode()

    def remembered(self, request: HttpRequest, name: str, value: Any) -> Any:
        """A choice of this list kept in the session: set when the query string has it, else as it was. A saved view brings
        its own, which the list forgets when it shows something else."""
        if value and request.GET.get("view", "").isdecimal():
            return value
        key = f"list:{self.entity.app}.{self.entity.name}:{name}"
        if value:
            if request.session.get(key) != value:
                request.session[key] = value
            return value
        return request.session.get(key)


def _integer(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else 1
