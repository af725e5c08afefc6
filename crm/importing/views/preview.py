"""Third step: what the check found, corrections, progress and result."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from crm.errors import DomainError
from crm.importing.domain import batches, corrections
from crm.importing.enums import BatchState, RowStatus
from crm.importing.forms import CommitForm
from crm.importing.grid import columns_of, error_groups, focused, row_html
from crm.importing.models import ImportBatch, ImportRow
from crm.importing.views.base import importer, label_of, own_batch, page, resource_class

PAGE_SIZE = 50
IMPORTABLE = (RowStatus.NEW, RowStatus.CHANGED, RowStatus.UNCHANGED)
TABS = {"all": None, "error": (RowStatus.ERROR,), "duplicate": (RowStatus.DUPLICATE,), "importable": IMPORTABLE}


@importer
@require_safe
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of an import: mapping, progress, preview or result, by its state."""
    found = own_batch(request, pk)
    if found.state == BatchState.MAPPING:
        return redirect("importing:mapping", pk=found.pk)
    if found.state in (BatchState.CHECKING, BatchState.COMMITTING):
        step = 3 if found.state == BatchState.CHECKING else 4
        return render(request, "importing/progress.html", page(request, found, step, label=label_of(found)))
    if found.state == BatchState.READY:
        return preview(request, found)
    return result(request, found)


def preview(request: HttpRequest, found: ImportBatch) -> HttpResponse:
    """Tiles, tabs, the sheet with its errors, the kinds of error, and the button."""
    counts = found.counts
    tab = request.GET.get("tab") or ("error" if counts["error"] else "all")
    tab = tab if tab in TABS else "all"
    resource = resource_class(found)
    number = (
        max(1, int(request.GET["page"]))
        if request.GET.get("page", "").isdecimal() and len(request.GET["page"]) < 7
        else 1
    )
    rows, has_next = page_rows(request, found, tab, number)
    groups = error_groups(resource, found) if counts["error"] else []
    columns = columns_of(resource, found)
    if tab == "error":
        columns = focused(columns, resource, groups)
    importable = sum(counts[status] for status in IMPORTABLE)
    context = page(
        request,
        found,
        3,
        label=label_of(found),
        resource=resource,
        columns=columns,
        body=[row_html(resource, found, row, columns) for row in rows],
        tab=tab,
        tabs=tabs(found, tab, importable),
        importable=importable,
        share=share(importable, found.row_count),
        duplicate_share=share(counts["duplicate"], found.row_count),
        error_share=share(counts["error"], found.row_count),
        groups=groups,
        form=CommitForm(initial={"on_duplicate": found.on_duplicate}),
        number=number,
        has_next=has_next,
        first=(number - 1) * PAGE_SIZE + 1,
        last=(number - 1) * PAGE_SIZE + len(rows),
        total=found.row_count if tab == "all" else importable if tab == "importable" else counts[tab],
    )
    if request.GET.get("part") == "figures":
        return render(request, "importing/_figures.html", {**context, "oob": True})
    return render(request, "importing/preview.html", context)


def page_rows(request: HttpRequest, found: ImportBatch, tab: str, number: int) -> tuple[list[ImportRow], bool]:
    """The rows of a page of a tab, and whether more follow."""
    rows = ImportRow.objects.visible_to(request.user).filter(batch=found)
    wanted = TABS[tab]
    if wanted is not None:
        rows = rows.filter(status__in=list(wanted))
    start = (number - 1) * PAGE_SIZE
    loaded = list(rows.order_by("number", "pk")[start : start + PAGE_SIZE + 1])
    return loaded[:PAGE_SIZE], len(loaded) > PAGE_SIZE


def tabs(found: ImportBatch, current: str, importable: int) -> list[dict[str, Any]]:
    """All, errors, duplicates, importable, with their numbers."""
    counts = found.counts
    entries = (
        ("all", _("All"), found.row_count),
        ("error", _("Errors"), counts["error"]),
        ("duplicate", _("Duplicates"), counts["duplicate"]),
        ("importable", _("Importable"), importable),
    )
    return [
        {"label": label, "count": count, "url": f"?tab={key}", "active": key == current}
        for key, label, count in entries
    ]


def share(part: int, whole: int) -> float:
    """Percent, 0 of nothing."""
    return round(part * 100 / whole, 1) if whole else 0.0


def result(request: HttpRequest, found: ImportBatch) -> HttpResponse:
    """What became of the rows, or why the import stopped."""
    counts = found.counts.get("result", {})
    context = page(
        request,
        found,
        5 if found.state == BatchState.DONE else 4,
        label=label_of(found),
        resource=resource_class(found),
        result=counts,
        checked=found.counts.get("checked", False),
        form=CommitForm(initial={"on_duplicate": found.on_duplicate}),
    )
    return render(request, "importing/result.html", context)


@importer
@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Check all rows again, by the records of now."""
    found = own_batch(request, pk)
    try:
        batches.start_check(batch=found, actor=request.user)
    except DomainError as error:
        messages.error(request, str(error.message))
    return redirect("importing:batch", pk=found.pk)


@importer
@require_POST
def cell(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct one cell; answers the checked row for htmx, the page otherwise."""
    found = own_batch(request, pk)
    number, column = request.POST.get("row", ""), request.POST.get("column", "")
    if not (number.isdecimal() and column.isdecimal() and len(number) < 9 and len(column) < 6):
        raise Http404
    try:
        row = corrections.correct_cell(
            batch=found, actor=request.user, number=int(number), column=int(column), text=request.POST.get("text", "")
        )
    except (ImportRow.DoesNotExist, ImportBatch.DoesNotExist) as error:
        raise Http404 from error
    except DomainError as error:
        messages.error(request, str(error.message))
        return redirect("importing:batch", pk=found.pk)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("importing:batch", pk=found.pk)
    resource = resource_class(found)
    shown = set(request.POST.get("shown", "").split(","))
    columns = [column for column in columns_of(resource, found) if str(column.index) in shown]
    response = HttpResponse(row_html(resource, found, row, columns))
    response["HX-Trigger"] = "import:corrected"
    return response


@importer
@require_POST
def suggestions(request: HttpRequest, pk: int) -> HttpResponse:
    """Take all suggestions for one kind of error in one column."""
    found = own_batch(request, pk)
    try:
        taken = corrections.apply_suggestions(
            batch=found, actor=request.user, code=request.POST.get("code", ""), key=request.POST.get("key", "")
        )
    except ImportBatch.DoesNotExist as error:
        raise Http404 from error
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(
            request, ngettext("%(count)d cell corrected.", "%(count)d cells corrected.", taken) % {"count": taken}
        )
    return redirect("importing:batch", pk=found.pk)
