"""Start an export, wait for a large one, fetch its file."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from crm.errors import DomainError
from crm.exporting.domain.exports import KEPT, export_list
from crm.exporting.lists import may_export
from crm.exporting.models import ExportLog
from crm.exporting.models.export_log import ExportForm
from crm.generic.lists import list_name, list_view
from crm.generic.views.listing import EXPORT_PERMISSION, ListView
from crm.sheets import CSV_TYPE, XLSX_TYPE


@require_POST
def start(request: HttpRequest, key: str) -> HttpResponseBase:
    """Export the list with the query string `query`: a file at once, or the page of one that is being made.

    `ids` without `everything` are the rows ticked.
    """
    post = request.POST
    query = post.get("query", "")
    try:
        view = list_view(key, request.user, query)
    except KeyError as error:
        raise Http404 from error
    if not may_export(view.entity, request.user):
        raise PermissionDenied
    if post.get("form") not in ExportForm.values:
        raise Http404
    ids = None if post.get("everything") or "ids" not in post else [int(x) for x in post.getlist("ids") if _is_key(x)]
    try:
        exported = export_list(actor=request.user, view=view, form=post["form"], ids=ids)
    except DomainError as error:
        messages.error(request, str(error.message))
        return HttpResponseRedirect(f"{view.entity.url('list')}?{view.request.GET.urlencode()}")
    if exported.file is None:
        return redirect("exporting:show", pk=exported.log.pk)
    return _file(exported.log, exported.file)


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19


def _file(log: ExportLog, file: Any) -> FileResponse:
    kind = CSV_TYPE if log.form == ExportForm.CSV else XLSX_TYPE
    response = FileResponse(file, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, file_name(log)) or ""
    response["Cache-Control"] = "private, no-store"
    return response


def file_name(log: ExportLog) -> str:
    """The name under which the file is saved: the list and the minute."""
    return f"{list_name(log.list_key)}-{timezone.localtime(log.created_at):%Y%m%d-%H%M}.{log.form}"


def _own(request: HttpRequest, pk: int) -> ExportLog:
    """An export of the reader's own: its file is for nobody else, not for readers of the log either."""
    logs = ExportLog.objects.visible_to(request.user).select_related("job", "created_by")
    log = logs.filter(pk=pk, created_by=request.user.pk).first()
    if log is None:
        raise Http404
    return log


def _list(request: HttpRequest, log: ExportLog) -> ListView:
    """The list that was exported; 404 when a later release no longer has it."""
    try:
        return list_view(log.list_key, request.user, log.query)
    except KeyError as error:
        raise Http404 from error


@require_safe
@never_cache
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a large export is, and its file when it is there."""
    log = _own(request, pk)
    view = _list(request, log)
    entity = view.entity
    back = f"{entity.url('list')}?{log.query}" if log.query else entity.url("list")
    context = {
        "log": log,
        "job": log.job,
        "nav": entity.nav,
        "list_name": entity.heading,
        "columns": [column.label for column in entity.table.chosen(log.columns)],
        "back": back,
        "until": log.created_at + KEPT,
        "crumbs": [(entity.heading, back), (_("Export"), None)],
    }
    return render(request, "exporting/show.html", context)


@require_safe
@never_cache
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file; 404 while it is not there, and when it has been deleted."""
    if not request.user.has_perm(EXPORT_PERMISSION):
        raise PermissionDenied
    log = _own(request, pk)
    view = _list(request, log)
    if not may_export(view.entity, request.user):
        raise PermissionDenied
    if not log.file:
        raise Http404
    return _file(log, log.file.open("rb"))
