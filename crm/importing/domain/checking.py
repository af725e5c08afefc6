"""The check: every row parsed and compared with the records there are; what it found waits in ImportRow."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from crm.errors import DomainError
from crm.formats import num
from crm.importing.cells import is_empty
from crm.importing.domain import storing
from crm.importing.domain.batches import open_content
from crm.importing.domain.lookups import Lookups
from crm.importing.enums import BatchState, RowStatus
from crm.importing.models import ImportBatch, ImportRow
from crm.importing.parsers import CellError
from crm.importing.resources import Column, Resource, resource_of
from crm.importing.rows import SheetRow
from crm.locks import AdvisoryLock, LockTaken, session_lock
from crm.workflow.domain.jobs import (
    JobCancelled,
    advance_job,
    begin_job,
    close_cancelled,
    fail_job,
    finish_job,
    note_job,
    stop_if_asked,
)

CHUNK = 2000


class RowParser:
    """Turns the cells of rows into values by a mapping."""

    def __init__(
        self, resource: type[Resource], headers: Sequence[str], mapping: Sequence[str], lookups: Lookups
    ) -> None:
        self.lookups = lookups
        self.headers = headers
        self.plan: list[tuple[int, Column, dict[str, Any] | None]] = [
            (index, resource.column(key), {} if resource.column(key).parser.repeats else None)
            for index, key in enumerate(mapping)
            if key
        ]

    def parse(self, row: SheetRow) -> None:
        """Fill clean, fixes and errors."""
        width = len(row.raw)
        for index, column, known in self.plan:
            text = row.raw[index] if index < width else ""
            if is_empty(text):
                continue
            try:
                if known is None:
                    value = column.parser.parse(text, self.headers[index], self.lookups)
                else:
                    value = self._remembered(known, text, index, column)
            except CellError as error:
                row.fail(column.key, error.code, fix=error.fix, **error.params)
                continue
            row.clean[column.key] = value
            if not column.parser.same(text, value):
                row.fixes.append({"key": column.key, "was": text[:200]})

    def _remembered(self, known: dict[str, Any], text: str, index: int, column: Column) -> Any:
        """The result for a text seen before: people, regions and choices come again and again."""
        found = known.get(text)
        if found is None:
            try:
                found = column.parser.parse(text, self.headers[index], self.lookups)
            except CellError as error:
                found = error
            known[text] = found
        if isinstance(found, CellError):
            raise found
        return found


def sheet_rows(batch: ImportBatch) -> Iterator[SheetRow]:
    """The rows below the column heads that have any cell, corrections by hand laid over."""
    width = len(batch.headers)
    for number, cells in open_content(batch).rows(batch.sheet):
        if number <= batch.header_row:
            continue
        raw = (cells + [""] * width)[:width]
        for index, text in batch.edits.get(str(number), {}).items():
            raw[int(index)] = text
        if any(raw):
            yield SheetRow(number, raw)


def chunks(rows: Iterator[SheetRow], size: int) -> Iterator[list[SheetRow]]:
    """Lists of `size` rows, the last shorter."""
    while chunk := list(islice(rows, size)):
        yield chunk


def run_check(batch_id: int) -> None:
    """Check all rows of a batch that waits for it. Safe to run twice: it begins anew, and does nothing while another runs."""
    under_lock(batch_id, BatchState.CHECKING, _check)


def under_lock(batch_id: int, state: str, work: Callable[[ImportBatch], None]) -> None:
    """Do the work if the batch is in that state and nobody else is at it; an error ends in the job's message."""
    try:
        with session_lock(AdvisoryLock.IMPORT, batch_id):
            batch = ImportBatch.objects.select_related("created_by").filter(pk=batch_id, state=state).first()
            if batch is not None:
                _guarded(batch, work)
    except LockTaken:
        return


def _guarded(batch: ImportBatch, work: Callable[[ImportBatch], None]) -> None:
    """What stops the work is told in the language of the person who started it."""
    with translation.override(batch.created_by.language or translation.get_language()):
        try:
            touch(batch, attempts=batch.attempts + 1)
            work(batch)
        except Exception as error:
            fault = _("The import stopped because of a fault in the program.")
            message = str(error.message) if isinstance(error, DomainError) else fault
            ImportBatch.objects.filter(pk=batch.pk).update(state=BatchState.FAILED, updated_at=timezone.now())
            end = close_cancelled if isinstance(error, JobCancelled) else fail_job
            end(batch.job_id, message=message)
            if not isinstance(error, DomainError):
                raise


def touch(batch: ImportBatch, **values: Any) -> None:
    """A sign of life, by which the clean-up knows that a worker is at it."""
    ImportBatch.objects.filter(pk=batch.pk).update(touched_at=timezone.now(), **values)


def _check(batch: ImportBatch) -> None:
    resource = resource_of(batch.resource)
    parser = RowParser(resource, batch.headers, batch.mapping, Lookups())
    ImportRow.objects.filter(batch=batch).delete()
    begin_job(batch.job_id, total=batch.row_count)
    done, began = 0, timezone.now()
    with resource.judging(actor=batch.created_by, batch_id=batch.pk) as judge:
        for chunk in chunks(sheet_rows(batch), CHUNK):
            stop_if_asked(batch.job_id)
            for row in chunk:
                parser.parse(row)
            judge.judge(chunk)
            storing.copy_rows(batch.pk, chunk)
            done += len(chunk)
            advance_job(batch.job_id, done=done)
            touch(batch)
    with transaction.atomic():
        counts = {**count(batch.pk), "checked_at": began.isoformat()}
        ImportBatch.objects.filter(pk=batch.pk).update(
            state=BatchState.READY, counts=counts, row_count=done, updated_at=timezone.now()
        )
        note_job(batch.job_id, _("%(n)s rows checked") % {"n": num(done)})
        finish_job(batch.job_id, result=counts)


def count(batch_id: int) -> dict[str, Any]:
    """The figures of the check: rows by status, wrong and corrected cells."""
    by_status = storing.tally(batch_id, "status")
    wrong, corrected = storing.cells_with(batch_id)
    counts: dict[str, Any] = {str(status): by_status.get(str(status), 0) for status in RowStatus}
    return {**counts, "wrong_cells": wrong, "corrected_cells": corrected, "checked": True}
