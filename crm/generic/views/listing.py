"""The list of an entity."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from crm.generic.entity import Preset
from crm.generic.tables import Column, may_be_empty
from crm.generic.views.base import EntityView

PAGE_SIZE = 50
COUNT_LIMIT = 1000
LAST_PAGE = 100_000


class ListView(EntityView):
    """Filters, sorting, paging, presets and bulk selection; all of its state is in the query string.

    Nothing counts a large table: the count stops at 1,000 and is then shown as "1,000+". Paging takes the primary keys of the
    page from the sort's index first (deferred join), so a far page costs about what the first one does.
    """

    total: int = 0  # rows found, counted up to COUNT_LIMIT + 1

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
        filterset = self.filterset(request.GET)
        found = filterset.qs
        chips = filterset.chips(filterset.data)
        columns = entity.table.chosen(self.remembered(request, "cols", request.GET.getlist("cols")))
        sort, ordering = entity.table.ordering(request.GET.get("sort", ""))
        page = min(max(_integer(request.GET.get("page")), 1), LAST_PAGE)
        self.total = total = found.order_by()[: COUNT_LIMIT + 1].count()
        rows = self.page_rows(found, columns, ordering, page)
        actions = [action for action in entity.bulk_actions if request.user.has_perm(action.permission)]
        return self.context(
            filterset=filterset,
            chips=chips,
            columns=columns,
            head=[self.head_cell(column, sort) for column in columns],
            all_columns=entity.table.columns[1:],
            shown_keys={column.key for column in columns},
            body=entity.table.body(rows[:PAGE_SIZE], columns, url=entity.record_url, selectable=bool(actions)),
            is_empty=not rows,
            page=page,
            first=(page - 1) * PAGE_SIZE + 1,
            last=(page - 1) * PAGE_SIZE + len(rows[:PAGE_SIZE]),
            has_next=len(rows) > PAGE_SIZE,
            total=min(total, COUNT_LIMIT),
            more=total > COUNT_LIMIT,
            actions=actions,
            head_actions=[a for a in entity.head_actions if request.user.has_perm(a.permission)],
            presets=[self.preset_tab(preset) for preset in entity.presets],
            density=self.remembered(request, "density", request.GET.get("density") or None),
            can_create=bool(entity.create) and request.user.has_perm(entity.permission("add")),
            create_url=entity.url("create") if entity.create else "",
            switch=entity.list_switch(request) if entity.list_switch else [],
            crumbs=[(entity.plural, None)],
            query_string=request.GET.urlencode(),
            filtered=bool(chips) or bool(request.GET.get("q")),
        )

    def page_rows(self, found: QuerySet[Any], columns: list[Column], ordering: list[Any], page: int) -> list[Any]:
        """The page's rows and one more, which tells whether there is a next page."""
        start = (page - 1) * PAGE_SIZE
        if ordering and may_be_empty(found.model, ordering[0].expression.name):
            return self.page_rows_nulls_last(found, columns, ordering, start)
        if ordering:
            found = found.order_by(*ordering)
        elif found.query.order_by or found.query.get_meta().ordering:
            found = found.order_by(*(found.query.get_meta().ordering or ()), "pk")
        if page == 1:
            return list(self.entity.table.load(found, columns)[: PAGE_SIZE + 1])
        return self.loaded(list(found.values_list("pk", flat=True)[start : start + PAGE_SIZE + 1]), columns)

    def page_rows_nulls_last(
        self, found: QuerySet[Any], columns: list[Column], ordering: list[Any], start: int
    ) -> list[Any]:
        """The same for a field that may be empty: rows without a value come last both ways.

        Two query sets that an index serves each; one that put nulls last, or joined what may be missing, would sort the table.
        """
        wanted = PAGE_SIZE + 1
        field = ordering[0].expression.name
        filled = found.filter(**{f"{field}__isnull": False}).order_by(*ordering)
        empty = found.filter(**{f"{field}__isnull": True}).order_by(ordering[-1])
        if not start:
            rows = list(self.entity.table.load(filled, columns)[:wanted])
            if len(rows) < min(wanted, self.total):
                rows += self.entity.table.load(empty, columns)[: wanted - len(rows)]
            return rows
        keys = list(filled.values_list("pk", flat=True)[start : start + wanted])
        if len(keys) < wanted:
            skip = 0 if keys else max(0, start - filled.order_by().count())
            keys += empty.values_list("pk", flat=True)[skip : skip + wanted - len(keys)]
        return self.loaded(keys, columns)

    def loaded(self, keys: list[Any], columns: list[Column]) -> list[Any]:
        """The rows of these keys, in their order, with what the columns need."""
        loaded = self.entity.table.load(self.rows().filter(pk__in=keys), columns).order_by()
        by_key = {row.pk: row for row in loaded}
        return [by_key[key] for key in keys if key in by_key]

    def head_cell(self, column: Column, sort: str) -> dict[str, Any]:
        """A column's head: its label, and for a sortable one the address that sorts by it."""
        down = sort == f"-{column.sort}"
        active = bool(column.sort) and sort.lstrip("-") == column.sort
        params = self.request.GET.copy()
        params.pop("page", None)
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
        for name in ("page", "sort", "cols", "density"):
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
