"""The life of an import: upload, choice of sheet, mapping, and the steps between its states."""

from collections.abc import Sequence
from itertools import islice
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.errors import DomainError, NotAllowed
from crm.importing import resources
from crm.importing.domain import mapping as guessing
from crm.importing.domain.reading import Book, open_book
from crm.importing.enums import BatchState
from crm.importing.models import ImportBatch, ImportRow
from crm.importing.resources import Resource
from crm.jobs import enqueue
from crm.locks import lock_row
from crm.workflow.domain.jobs import start_job

SAMPLE_ROWS = 200
CHECK_AT_ONCE = 2000  # rows; more are checked in the background


def create_batch(*, actor: Any, resource_key: str, file_name: str, content: bytes) -> ImportBatch:
    """Take in a file: read its sheets and column heads, guess the mapping. Raises DomainError for a file that cannot be read."""
    allowed = {entry.key for entry in resources.allowed_resources(actor)}
    if resource_key not in allowed:
        raise NotAllowed(_("You may not import this kind of sheet."), field="resource")
    book = open_book(content)
    resource = resources.resource_of(resource_key)
    sheet, header_row = best_sheet(book, resource)
    batch = ImportBatch(
        resource=resource_key, file_name=file_name[-200:], size=len(content), sheets=book.names, created_by=actor
    )
    _take_sheet(batch, book, sheet, header_row, resource)
    batch.upload.save("upload", ContentFile(content), save=False)
    batch.save()
    return batch


def best_sheet(book: Book, resource: type[Resource]) -> tuple[str, int]:
    """The sheet with the most known column heads (the first of equals) and the row they are in."""
    best: tuple[int, str, int] = (-1, "", 0)
    for name in book.names:
        row = guessing.find_header(book.rows(name), resource)
        if not row:
            continue
        heads = guessing.read_headers(book, name, row)
        found = sum(1 for key in guessing.guess(heads, resource) if key)
        if found > best[0]:
            best = (found, name, row)
    if best[0] < 0:
        raise DomainError(_("No sheet of this file has a row with at least two column heads."), field="file")
    return best[1], best[2]


def choose_sheet(*, batch: ImportBatch, actor: Any, sheet: str, header_row: int | None = None) -> ImportBatch:
    """Read another sheet, or take another row for the column heads (None: find it)."""
    require_own(batch, actor)
    require_unwritten(batch)
    book = open_content(batch)
    resource = resources.resource_of(batch.resource)
    if sheet not in book.names:
        raise DomainError(_("The workbook has no sheet “%(name)s”.") % {"name": sheet}, field="sheet")
    row = header_row or guessing.find_header(book.rows(sheet), resource)
    _take_sheet(batch, book, sheet, row, resource)
    batch.edits, batch.counts, batch.state = {}, {}, BatchState.MAPPING
    with transaction.atomic():
        batch.save()
        ImportRow.objects.filter(batch=batch).delete()
    return batch


def _take_sheet(batch: ImportBatch, book: Book, sheet: str, header_row: int, resource: type[Resource]) -> None:
    heads = guessing.read_headers(book, sheet, header_row) if header_row else []
    samples: list[list[str]] = [[] for _head in heads]
    rows = 0
    for number, cells in islice(book.rows(sheet), header_row + SAMPLE_ROWS):
        if number <= header_row:
            continue
        rows += any(cells)
        for index, cell in enumerate(cells[: len(heads)]):
            if cell and len(samples[index]) < guessing.SAMPLES and cell not in samples[index]:
                samples[index].append(cell[:60])
    named = [
        head or (_("Column %(letter)s") % {"letter": guessing.column_letter(i)} if samples[i] else "")
        for i, head in enumerate(heads)
    ]
    if not any(named) or not rows:
        raise DomainError(
            _("Below row %(row)d of this sheet there are no rows to import.") % {"row": header_row}, field="header_row"
        )
    batch.sheet, batch.header_row, batch.headers, batch.samples = sheet, header_row, named, samples
    batch.mapping = guessing.remembered(batch.resource, named, resource) or guessing.guess(named, resource)
    batch.row_count = max(rows, book.height(sheet) - header_row)


def open_content(batch: ImportBatch) -> Book:
    """The stored file, opened."""
    try:
        with batch.upload.open("rb") as stored:
            return open_book(stored.read())
    except FileNotFoundError as error:
        raise DomainError(_("The uploaded file is no longer stored: upload it again.")) from error


def set_mapping(*, batch: ImportBatch, actor: Any, mapping: Sequence[str]) -> ImportBatch:
    """Say which column means which field. Each field once; a key or the required fields must be there."""
    require_own(batch, actor)
    require_unwritten(batch)
    resource = resources.resource_of(batch.resource)
    known = {column.key for column in resource.columns}
    chosen = [key if key in known else "" for key in mapping]
    chosen += [""] * (len(batch.headers) - len(chosen))
    chosen = chosen[: len(batch.headers)]
    used = [key for key in chosen if key]
    twice = sorted({key for key in used if used.count(key) > 1})
    if twice:
        names = "、".join(str(resource.column(key).label) for key in twice)
        raise DomainError(_("Assigned to more than one column: %(names)s.") % {"names": names}, field="mapping")
    missing = missing_columns(resource, chosen)
    if missing and not any(resource.column(key).identifies for key in used):
        names = "、".join(str(column.label) for column in missing)
        raise DomainError(_("Required, but assigned to no column: %(names)s.") % {"names": names}, field="mapping")
    batch.mapping = chosen
    batch.save(update_fields=["mapping", "updated_at"])
    guessing.remember(batch.resource, batch.headers, chosen)
    return batch


def missing_columns(resource: type[Resource], mapping: Sequence[str]) -> list[Any]:
    """The required columns that no column of the sheet is assigned to."""
    return [column for column in resource.columns if column.required and column.key not in mapping]


def start_check(*, batch: ImportBatch, actor: Any, at_once: bool | None = None) -> ImportBatch:
    """Check the rows: at once for some thousand, in the background for more. Nothing happens when a check is running."""
    require_own(batch, actor)
    if batch.state != BatchState.CHECKING:
        require_unwritten(batch)
    sources = (BatchState.MAPPING, BatchState.READY, BatchState.FAILED)
    moved = _move(batch, sources, BatchState.CHECKING, kind="import_check", actor=actor)
    if not moved:
        return batch
    if at_once if at_once is not None else batch.row_count <= CHECK_AT_ONCE:
        from crm.importing.domain.checking import run_check  # noqa: PLC0415 -- slow import

        run_check(batch.pk)
        batch.refresh_from_db()
    else:
        with transaction.atomic():
            enqueue("crm.import_check", batch_id=batch.pk)
    return batch


def start_commit(*, batch: ImportBatch, actor: Any, on_duplicate: str, at_once: bool = False) -> ImportBatch:
    """Write the rows, in the background unless `at_once`. A second press finds it running and does nothing."""
    require_own(batch, actor)
    if not batch.counts.get("checked"):
        raise DomainError(_("Check the rows first."))
    with transaction.atomic():
        sources = (BatchState.READY, BatchState.FAILED)
        moved = _move(
            batch, sources, BatchState.COMMITTING, kind="import_commit", actor=actor, on_duplicate=on_duplicate
        )
        if moved and not at_once:
            enqueue("crm.import_commit", batch_id=batch.pk)
    if moved and at_once:
        from crm.importing.domain.committing import run_commit  # noqa: PLC0415 -- slow import

        run_commit(batch.pk)
    batch.refresh_from_db()
    return batch


def _move(batch: ImportBatch, sources: Sequence[str], target: str, *, kind: str, actor: Any, **values: Any) -> bool:
    """Compare and swap of the state, with a fresh job; False when somebody was quicker."""
    with transaction.atomic():
        if target == BatchState.CHECKING:
            values["prepared"] = False
        values |= {"state": target, "attempts": 0, "touched_at": timezone.now(), "updated_at": timezone.now()}
        if not ImportBatch.objects.filter(pk=batch.pk, state__in=sources).update(**values):
            batch.refresh_from_db()
            return False
        job = start_job(kind=kind, actor=actor, total=batch.row_count)
        ImportBatch.objects.filter(pk=batch.pk).update(job=job)
    batch.refresh_from_db()
    return True


def discard_batch(*, batch: ImportBatch, actor: Any) -> None:
    """Throw away an import that has written nothing, with its file."""
    require_own(batch, actor)
    upload, rejected = batch.upload, batch.rejected_file
    with transaction.atomic():
        # Whoever starts to write it at this moment is waited for, and then seen.
        lock_row(ImportBatch.objects.all(), batch.pk)
        require_unwritten(batch)
        batch.delete()
    upload.delete(save=False)
    if rejected:
        rejected.delete(save=False)


def require_own(batch: ImportBatch, actor: Any) -> None:
    """Only who uploaded the file goes on with it."""
    if batch.created_by_id != actor.pk:
        raise NotAllowed(_("This import belongs to somebody else."))


def require_unwritten(batch: ImportBatch) -> None:
    """Refuse to change an import while it is being checked, or once rows were written."""
    state = ImportBatch.objects.values_list("state", flat=True).get(pk=batch.pk)
    if state == BatchState.CHECKING:
        raise DomainError(_("The rows are being checked: wait for the end."))
    written = state == BatchState.FAILED and ImportRow.objects.filter(batch=batch).exclude(outcome="").exists()
    if written or state in (BatchState.COMMITTING, BatchState.DONE):
        raise DomainError(_("Rows of this file were written already: start a new import."))
