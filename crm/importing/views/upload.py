"""First and second step: the file, and which column means what."""

import io
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from crm.errors import DomainError
from crm.importing.domain import batches
from crm.importing.domain.sheets import template_sheet
from crm.importing.enums import BatchState
from crm.importing.forms import SheetForm, UploadForm
from crm.importing.models import ImportBatch
from crm.importing.resources import allowed_resources, resource_of
from crm.importing.views.base import importer, label_of, own_batch, page, resource_class

RECENT = 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@importer
def start(request: HttpRequest) -> HttpResponse:
    """Upload a file, or go on with a recent import."""
    form = UploadForm(request.POST or None, request.FILES or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            batch = batches.create_batch(
                actor=request.user,
                resource_key=form.cleaned_data["resource"],
                file_name=upload.name,
                content=upload.read(),
            )
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error.message))
        else:
            return redirect("importing:mapping", pk=batch.pk)
    entries = list(allowed_resources(request.user))
    known = {entry.key: entry.label for entry in entries}
    own = (
        ImportBatch.objects.visible_to(request.user).filter(resource__in=known).order_by("-created_at", "-pk")[:RECENT]
    )
    recent = [
        {"batch": batch, "label": known[batch.resource], "tone": TONES.get(BatchState(batch.state), "")}
        for batch in own
    ]
    context = page(request, None, 1, form=form, resources=entries, recent=recent)
    return render(request, "importing/start.html", context, status=422 if form.errors else 200)


TONES = {BatchState.DONE: "ok", BatchState.FAILED: "bad", BatchState.READY: "pri", BatchState.MAPPING: "line"}


@importer
@require_safe
def template(request: HttpRequest, resource: str) -> HttpResponse:
    """The empty sheet of a resource."""
    entry = next((entry for entry in allowed_resources(request.user) if entry.key == resource), None)
    if entry is None:
        raise Http404
    out = io.BytesIO()
    template_sheet(out, resource_of(entry.key), str(entry.label))
    response = HttpResponse(out.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, f"{entry.label}.xlsx") or ""
    return response


@importer
def mapping(request: HttpRequest, pk: int) -> HttpResponse:
    """Every column of the sheet with samples and the field it goes to."""
    batch = own_batch(request, pk)
    if batch.state not in (BatchState.MAPPING, BatchState.READY, BatchState.FAILED):
        return redirect("importing:batch", pk=batch.pk)
    chosen = list(batch.mapping)
    problem = ""
    if request.method == "POST":
        chosen = [request.POST.get(f"column_{index}", "") for index in range(len(batch.headers))]
        try:
            batches.set_mapping(batch=batch, actor=request.user, mapping=chosen)
            batches.start_check(batch=batch, actor=request.user)
        except DomainError as error:
            problem = str(error.message)
        else:
            return redirect("importing:batch", pk=batch.pk)
    context = page(request, batch, 2, form=SheetForm(batch=batch), problem=problem, **mapping_context(batch, chosen))
    return render(request, "importing/mapping.html", context, status=422 if problem else 200)


def mapping_context(batch: ImportBatch, chosen: list[str]) -> dict[str, Any]:
    """The rows of the mapping table and what is missing."""
    resource = resource_class(batch)
    columns = [
        {"index": index, "header": header, "samples": batch.samples[index], "key": chosen[index]}
        for index, header in enumerate(batch.headers)
        if header
    ]
    missing = batches.missing_columns(resource, chosen)
    return {
        "resource": resource,
        "label": label_of(batch),
        "columns": columns,
        "fields": resource.columns,
        "missing": [column.label for column in missing],
        "assigned": sum(1 for column in columns if column["key"]),
    }


@importer
@require_POST
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Read another sheet or another row of column heads."""
    batch = own_batch(request, pk)
    form = SheetForm(request.POST, batch=batch)
    back = HttpResponseRedirect(reverse("importing:mapping", args=[batch.pk]))
    if not form.is_valid():
        messages.error(request, _("Choose a sheet and the row of its column heads."))
        return back
    wanted = form.cleaned_data
    row = wanted["header_row"] if wanted["sheet"] == batch.sheet else None
    try:
        batches.choose_sheet(batch=batch, actor=request.user, sheet=wanted["sheet"], header_row=row)
    except DomainError as error:
        messages.error(request, str(error.message))
    return back
