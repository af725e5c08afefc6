"""Start an export, wait for a large one, fetch its file."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from crm.accounts.confirmation import confirm_first
from crm.errors import DomainError
from crm.exporting.domain.exports import KEPT, TooMany, ask_to_export, export_list, limit_of
from crm.exporting.forms import AskForm
from crm.exporting.lists import may_export
from crm.exporting.models import ExportLog
from crm.exporting.models.export_log import ExportForm
from crm.generic.lists import list_name, list_view
from crm.generic.views.edit import add_error
from crm.generic.views.listing import EXPORT_PERMISSION, ListView
from crm.sheets import CSV_TYPE, XLSX_TYPE
from crm.workflow.panels.approval import record_approval


@require_POST
@confirm_first(download=True)
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
    except TooMany as error:
        if not error.may_ask:
            messages.error(request, str(error.message))
            return HttpResponseRedirect(f"{view.entity.url('list')}?{view.request.GET.urlencode()}")
        asked = urlencode({"form": post["form"], "query": view.request.GET.urlencode()})
        return HttpResponseRedirect(f"{reverse('exporting:ask', args=[key])}?{asked}")
    except DomainError as error:
        messages.error(request, str(error.message))
        return HttpResponseRedirect(f"{view.entity.url('list')}?{view.request.GET.urlencode()}")
    if exported.file is None:
        return redirect("exporting:show", pk=exported.log.pk)
    return _file(exported.log, exported.file)


def ask(request: HttpRequest, key: str) -> HttpResponse:
    """More rows than the reader may export: why they are needed, for those who decide. `form` and `query` as in start()."""
    try:
        view = list_view(key, request.user, request.GET.get("query", ""))
    except KeyError as error:
        raise Http404 from error
    if not may_export(view.entity, request.user):
        raise PermissionDenied
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        kind = request.GET.get("form", "")
        if kind not in ExportForm.values:
            raise Http404
        try:
            log = ask_to_export(actor=request.user, view=view, form=kind, **form.cleaned_data)
        except DomainError as error:
            add_error(form, error)
        else:
            messages.success(request, _("Your request was sent. You are told when the file is ready."))
            return redirect("exporting:show", pk=log.pk)
    back = f"{view.entity.url('list')}?{view.request.GET.urlencode()}"
    context = {
        "form": form,
        "limit": limit_of(request.user),
        "cancel_url": back,
        "nav": view.entity.nav,
        "list_name": view.entity.heading,
        "crumbs": [(view.entity.heading, back), (_("Export"), None)],
    }
    return render(request, "exporting/ask.html", context, status=422 if form.errors else 200)


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
        "until": (log.created_at if log.asked_rows is None else log.finished_at or log.created_at) + KEPT,
        "approval": record_approval(request, log) if log.asked_rows is not None else None,
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
