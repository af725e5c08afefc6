"""The last step: write the rows, and get those that were not as a sheet."""

import io

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from crm.errors import DomainError
from crm.importing.domain import batches
from crm.importing.domain.sheets import rejected_head, rejected_rows, write_csv, write_xlsx
from crm.importing.enums import BatchState
from crm.importing.forms import CommitForm
from crm.importing.views.base import importer, own_batch
from crm.importing.views.upload import XLSX


@importer
@require_POST
def commit(request: HttpRequest, pk: int) -> HttpResponse:
    """Start writing; a second press finds it running."""
    batch = own_batch(request, pk)
    form = CommitForm(request.POST)
    if form.is_valid():
        try:
            batches.start_commit(batch=batch, actor=request.user, on_duplicate=form.cleaned_data["on_duplicate"])
        except DomainError as error:
            messages.error(request, str(error.message))
    else:
        messages.error(request, _("Say what to do with duplicates."))
    return redirect("importing:batch", pk=batch.pk)


@importer
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw the import away."""
    batch = own_batch(request, pk)
    try:
        batches.discard_batch(batch=batch, actor=request.user)
    except DomainError as error:
        messages.error(request, str(error.message))
        return redirect("importing:batch", pk=batch.pk)
    messages.success(request, _("The import was discarded. Nothing was written."))
    return redirect("importing:start")


@importer
@require_safe
def rows(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The rows with errors, after the import those that were rejected: the user's own columns and the reason."""
    batch = own_batch(request, pk)
    if form not in ("xlsx", "csv"):
        raise Http404
    done = batch.state == BatchState.DONE
    name = f"{batch.file_name.rpartition('.')[0] or batch.file_name}-{_('rejected') if done else _('errors')}.{form}"
    if done and form == "xlsx" and batch.rejected_file:
        with batch.rejected_file.open("rb") as stored:
            content = stored.read()
        response = HttpResponse(content, content_type=XLSX)
    else:
        conditions = {"outcome": "rejected"} if done else {"status": "error"}
        found = rejected_rows(batch, **conditions)
        if form == "csv":
            response = HttpResponse(write_csv(rejected_head(batch), found), content_type="text/csv; charset=utf-8")
        else:
            out = io.BytesIO()
            write_xlsx(out, "rejected", rejected_head(batch), found)
            response = HttpResponse(out.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response
