"""Keep how a list looks: its columns in their order, its sort, its row height."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from crm.generic.paging import PAGING_KEYS
from crm.generic.views.listing import ListView
from crm.generic.views.saved import list_of
from crm.records.domain.layouts import keep_layout
from crm.records.models.saved_view import Layout

DENSITIES = ("normal", "compact")


@require_POST
def keep(request: HttpRequest, key: str) -> HttpResponse:
    """Keep it for this person; while a saved view is shown, only show it, so that the view can be brought up to date."""
    view = list_of(request, key)
    layout = Layout() if request.POST.get("reset") else _chosen(view, request.POST)
    params = QueryDict(request.POST.get("query", ""), mutable=True)
    for name in (*PAGING_KEYS, "cols", "sort", "density", "group"):
        params.pop(name, None)
    if group := "" if request.POST.get("reset") else request.POST.get("group", ""):
        params["group"] = group
    if params.get("view", "").isdecimal():
        params.setlist("cols", list(layout.columns))
        params.update({name: value for name in ("sort", "density") if (value := getattr(layout, name))})
    else:
        keep_layout(actor=request.user, list_key=view.entity.key, layout=layout)
        messages.success(request, _("The list now looks like this for you, on every device."))
    return HttpResponseRedirect(f"{view.entity.url('list')}?{params.urlencode() or 'view=all'}")


def _chosen(view: ListView, data: QueryDict) -> Layout:
    """What of it the list offers; as the list is where that is the same."""
    table, model = view.entity.table, view.entity.model
    columns = tuple(column.key for column in table.chosen(data.getlist("cols"))[1:]) if data.getlist("cols") else ()
    standard = tuple(column.key for column in table.columns[1:] if column.shown)
    sort, _keys = table.sort(model, ",".join(filter(None, data.getlist("sort"))))
    density = data.get("density", "")
    return Layout(
        () if columns == standard else columns,
        "" if sort == table.default_sort else sort,
        density if density in DENSITIES[1:] else "",
    )
