"""The list of an entity."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from crm.generic.entity import Preset
from crm.generic.filters import Chip
from crm.generic.paging import LAST_PAGE, PAGE_SIZE, PAGING_KEYS, Pages
from crm.generic.tables import Column
from crm.generic.views.base import EntityView

COUNT_LIMIT = 1000
EXPORT_PERMISSION = "crm.export_lists"
NO_FILTER = frozenset({*PAGING_KEYS, "sort", "cols", "density"})  # what a query string may say besides filters


class ListView(EntityView):
    """Filters, sorting, paging, presets and bulk selection; all of its state is in the query string.

    Nothing counts a large table: the count stops at 1,000 and is then shown as "1,000+". How a far page is found, see
    crm.generic.paging.
    """

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page; for htmx the list's part of it only."""
        if request.GET.get("part") == "filters":
            return render(request, "generic/_filter_form.html", {"filterset": self.filterset(request.GET)})
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
        page = min(max(_integer(request.GET.get("page")), 1), LAST_PAGE)
        total = found.order_by()[: COUNT_LIMIT + 1].count()
        pages = Pages(found, sort, lambda rows: entity.table.load(rows, columns, sort), total)
        rows, has_next = pages.rows(request.GET, page)
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
            presets=[self.preset_tab(preset) for preset in entity.presets],
            density=self.remembered(request, "density", request.GET.get("density") or None),
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

    def preset_tab(self, preset: Preset) -> dict[str, Any]:
        """A tab of the list; active when the page shows exactly its query."""
        current = self.request.GET.copy()
        for name in NO_FILTER:
            current.pop(name, None)
        url = "?" + "&".join(filter(None, (preset.query, preset.sort and f"sort={preset.sort}")))
        return {"label": preset.label, "url": url, "active": current.urlencode() == preset.query}

    def remembered(self, request: HttpRequest, name: str, value: Any) -> Any:
        """A choice of this list kept in the session: set when the query string has it, else as it was."""
        key = f"list:{self.entity.app}.{self.entity.name}:{name}"
        if value:
            if request.session.get(key) != value:
                request.session[key] = value
            return value
        return request.session.get(key)


def _integer(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else 1
