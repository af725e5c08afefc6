"""The list of an entity."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render

from crm.generic.filters import Chip
from crm.generic.groups import Grouping
from crm.generic.paging import LAST_PAGE, MOST_KEYS, PAGE_SIZE, PAGING_KEYS, Pages, Sort, Sorts
from crm.generic.tables import Column
from crm.generic.tabs import MOST, Tab, address_of, counted, tabs_of
from crm.generic.views.base import EntityView
from crm.generic.views.conditions import build
from crm.generic.views.groups import grouped, rows_of_group, totals_row
from crm.records.masking import unmask_rows
from crm.records.models import SavedView
from crm.records.models.saved_view import Layout, layout_of, views_of

COUNT_LIMIT = 1000
EXPORT_PERMISSION = "crm.export_lists"
NO_FILTER = frozenset(
    {*PAGING_KEYS, "sort", "cols", "density", "view", "part", "group", "in"}
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
        if request.GET.get("part") == "where":
            return build(request, self.filterset(request.GET))
        if request.GET.get("part") == "group":
            return rows_of_group(self, request, _integer(request.GET.get("page")))
        if request.GET.get("part") == "totals":
            return totals_row(self, request)
        if request.GET.get("part") == "layout":
            return render(request, "generic/_layout.html", self.layout_context(request))
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
        sort_name, sort = self.sort(request)
        density = request.GET.get("density") or self.layout.density
        page = min(max(_integer(request.GET.get("page")), 1), LAST_PAGE)
        grouping = self.grouping
        total = 0 if grouping else found.order_by()[: COUNT_LIMIT + 1].count()
        pages = Pages(found, sort, lambda rows: entity.table.load(rows, columns, sort), total)
        rows, has_next = ([], False) if grouping else pages.rows(request.GET, page)
        groups = grouped(self, grouping, found) if grouping else {}
        total = groups.get("total", total)
        unmask_rows(rows, request.user)
        self.prepare(rows)
        return self.context(
            can_search=entity.filterset.can_search(),
            chips=chips,
            columns=columns,
            head=self.head(columns, sort_name),
            sort_name=sort_name,
            body=entity.table.body(rows, columns, url=entity.record_url, selectable=self.selectable),
            is_empty=not (rows or groups.get("groups")),
            grouping=grouping,
            groups=groups,
            has_totals=any(column.key in entity.table.totals for column in columns),
            span=len(columns) + self.selectable,
            page=page,
            first=(page - 1) * PAGE_SIZE + 1,
            last=(page - 1) * PAGE_SIZE + len(rows),
            has_next=has_next,
            next_mark=sort.mark(rows[-1]).text() if sort and rows and has_next else None,
            previous_mark=sort.mark(rows[0]).text() if sort and rows and page > 2 else None,
            carried=[
                (key, value) for key in request.GET if key not in PAGING_KEYS for value in request.GET.getlist(key)
            ],
            total=min(total, COUNT_LIMIT),
            more=total > COUNT_LIMIT,
            actions=self.actions,
            can_export=self.can_export,
            can_edit=self.can_edit,
            selectable=self.selectable,
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
            nothing_in=self.ready_made(),
        )

    @cached_property
    def actions(self) -> list[Any]:
        """What the reader may do to ticked rows."""
        return [action for action in self.entity.bulk if self.request.user.has_perm(action.permission)]

    @cached_property
    def can_export(self) -> bool:
        """Whether the reader may export lists."""
        return bool(self.request.user.has_perm(EXPORT_PERMISSION))

    @cached_property
    def can_edit(self) -> bool:
        """Whether the reader may edit many rows at once."""
        return bool(self.entity.bulk_edit) and bool(self.request.user.has_perm(self.entity.permission("change")))

    @property
    def selectable(self) -> bool:
        """Whether rows can be ticked."""
        return bool(self.actions) or self.can_export or self.can_edit

    @property
    def grouping(self) -> Grouping | None:
        """What the rows are grouped by."""
        key = self.request.GET.get("group")
        return Grouping.of(self.entity.table, key, self.request.user) if key else None

    def columns(self, request: HttpRequest) -> list[Column]:
        """The columns the reader has chosen, or those shown by default."""
        return self.entity.table.chosen(request.GET.getlist("cols") or self.layout.columns, request.user)

    def sort(self, request: HttpRequest) -> tuple[str, Sort | Sorts | None]:
        """The sort of the query string, else the reader's, else the list's, as `Table.sort` gives it."""
        wanted = request.GET.get("sort") or self.layout.sort
        return self.entity.table.sort(self.entity.model, wanted, request.user)

    @cached_property
    def layout(self) -> Layout:
        """How the reader wants this list; a saved view that is shown brings all of its own."""
        if self.request.GET.get("view", "").isdecimal():
            return Layout()
        return layout_of(self.entity.key, self.request.user)

    def layout_context(self, request: HttpRequest) -> dict[str, Any]:
        """What the menu of columns, sort and row height shows."""
        shown = self.columns(request)[1:]
        keys = {column.key for column in shown}
        offered = self.entity.table.offered(request.user)
        sort_name, _sort = self.sort(request)
        params = request.GET.copy()
        params.pop("part", None)
        return {
            "key": self.entity.key,
            "query_string": params.urlencode(),
            "first": offered[0],
            "columns": [*shown, *(column for column in offered[1:] if column.key not in keys)],
            "shown_keys": keys,
            "sorts": [*sort_name.split(","), "", ""][:MOST_KEYS],
            "sortable": [column for column in offered if column.sort],
            "groupable": [column for column in offered if column.key in self.entity.table.groups],
            "group": request.GET.get("group", ""),
            "density": request.GET.get("density") or self.layout.density,
        }

    def prepare(self, rows: Sequence[Any]) -> None:
        """What a list adds to the rows of its page, for the whole page at once, before their cells are made."""

    def found(self, request: HttpRequest) -> tuple[QuerySet[Any], list[Chip]]:
        """The rows the filters leave, and the chips of those filters. The form behind them is built only when there is one."""
        if request.GET.keys() <= NO_FILTER:
            return self.rows(), []
        filterset = self.filterset(request.GET)
        return filterset.qs, filterset.chips(filterset.data)

    def head(self, columns: Sequence[Column], sort: str) -> list[dict[str, Any]]:
        """The columns' heads: label, and for a sortable one the address that sorts by it and which key of the sort it is."""
        params = self.request.GET.copy()
        for name in (*PAGING_KEYS, "sort"):
            params.pop(name, None)
        base = f"?{params.urlencode()}&sort=".replace("?&", "?")
        keys = sort.split(",") if sort else []
        places = {key.lstrip("-"): (number, key.startswith("-")) for number, key in enumerate(keys, start=1)}
        return [_head_cell(column, base, places, several=len(keys) > 1) for column in columns]

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

    def ready_made(self) -> Any:
        """The name of the ready-made view that is shown as it is; empty for all rows, a saved view and other filters."""
        if self.current_view or self.request.GET.get("q"):
            return ""
        return next((tab.label for tab in self.tabs() if tab.active and tab.query), "")

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
        if self.grouping:
            params["group"] = self.request.GET["group"]
        return params.urlencode()


def _head_cell(column: Column, base: str, places: dict[str, tuple[int, bool]], *, several: bool) -> dict[str, Any]:
    """What it is sorted by already is turned round; else it begins as the column says."""
    place, down = places.get(column.sort, (0, False))
    falls = not down if place else column.descending
    return {
        "label": column.label,
        "css": column.css,
        "url": f"{base}{'-' if falls else ''}{column.sort}" if column.sort else "",
        "arrow": ("down" if down else "up") if place else "",
        "place": place if several else 0,
        "aria_sort": ("descending" if down else "ascending") if place == 1 else "",
    }


def _integer(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else 1
