"""Parts of a list that are fetched when somebody asks for them: the rows of a group, the totals."""

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from crm.base.bounded import TooSlow
from crm.generic.groups import Grouping, totals_of
from crm.generic.paging import LAST_PAGE, Pages
from crm.records.masking import unmask_rows

if TYPE_CHECKING:
    from crm.generic.views.listing import ListView

COUNTED = 1000


def grouped(view: "ListView", grouping: Grouping, found: Any) -> dict[str, Any]:
    """What the template shows of a list in groups."""
    totals = view.entity.table.totals
    try:
        groups, rows = grouping.groups(found, totals)
    except TooSlow as error:
        return {"grouping": grouping, "too_slow": str(error.message), "groups": [], "total": 0}
    columns = view.columns(view.request)
    shown = [(group, group.cells(columns, totals)) for group in groups]
    left_out = rows - sum(group.count for group in groups)
    return {"grouping": grouping, "groups": shown, "total": rows, "left_out": left_out}


def rows_of_group(view: "ListView", request: HttpRequest, number: int) -> HttpResponse:
    """A page of the rows of the group `in`, as rows of the table."""
    entity, key = view.entity, request.GET.get("in", "")
    grouping = Grouping.of(entity.table, request.GET.get("group", ""), request.user)
    if grouping is None:
        raise Http404
    try:
        found = grouping.rows(view.found(request)[0], key)
    except (ValueError, OverflowError) as error:
        raise Http404 from error
    columns = view.columns(request)
    _name, sort = view.sort(request)
    total = found.order_by()[: COUNTED + 1].count()
    page = min(max(number, 1), LAST_PAGE)
    rows, has_next = Pages(found, sort, lambda rows: entity.table.load(rows, columns, sort), total).rows(
        request.GET, page
    )
    unmask_rows(rows, view.request.user)
    view.prepare(rows)
    context = {
        "body": entity.table.body(rows, columns, url=entity.record_url, selectable=view.selectable),
        "next_page": page + 1 if has_next else None,
        "next_mark": sort.mark(rows[-1]).text() if sort and has_next else None,
        "span": len(columns) + view.selectable,
    }
    return render(request, "generic/_group_rows.html", context)


def totals_row(view: "ListView", request: HttpRequest) -> HttpResponse:
    """The row of totals of all rows that the filters leave."""
    table, columns = view.entity.table, view.columns(request)
    totals = {column.key: table.totals[column.key] for column in columns if column.key in table.totals}
    context: dict[str, Any] = {"selectable": view.selectable, "span": len(columns) + view.selectable}
    try:
        count, values = totals_of(view.found(request)[0], totals)
    except TooSlow as error:
        context["too_slow"] = str(error.message)
    else:
        context["count"] = count
        context["cells"] = [(column, *_shown(values, totals, column.key)) for column in columns[1:]]
    return render(request, "generic/_totals.html", context)


def _shown(values: dict[str, tuple[Any, Any]], totals: Any, key: str) -> tuple[str, str]:
    total, average = values.get(key, (None, None))
    return ("", "") if total is None else (totals[key].show(total), totals[key].show(average))
