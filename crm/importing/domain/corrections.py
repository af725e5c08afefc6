"""Correct cells of a checked import: one at a time, or all suggestions of one kind of error."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from crm.errors import DomainError
from crm.importing.cells import text_of
from crm.importing.domain import storing
from crm.importing.domain.batches import require_own, require_unwritten, start_check
from crm.importing.domain.checking import RowParser, count
from crm.importing.domain.lookups import Lookups
from crm.importing.enums import BatchState, RowStatus
from crm.importing.models import ImportBatch, ImportRow
from crm.importing.resources import resource_of
from crm.importing.rows import SheetRow
from crm.locks import lock_row

MOST_EDITS = 5000


def correct_cell(*, batch: ImportBatch, actor: Any, number: int, column: int, text: str) -> ImportRow:
    """Put `text` into a cell and check its row again. Raises DoesNotExist for a row the batch does not have."""
    require_own(batch, actor)
    require_unwritten(batch)
    if not 0 <= column < len(batch.headers):
        raise DomainError(_("The sheet has no such column."))
    with transaction.atomic():
        locked = lock_row(ImportBatch.objects.filter(state=BatchState.READY), batch.pk)
        row = ImportRow.objects.get(batch=locked, number=number)
        locked.edits.setdefault(str(number), {})[str(column)] = text_of(text)[:2000]
        _limit(locked)
        row.raw[column] = text_of(text)[:2000]
        fresh = SheetRow(row.number, row.raw)
        RowParser(resource_of(locked.resource), locked.headers, locked.mapping, Lookups()).parse(fresh)
        with resource_of(locked.resource).judging(actor=actor, batch_id=locked.pk) as judge:
            judge.judge_alone(fresh)
        for name in ("raw", "clean", "errors", "fixes", "status", "target_id", "duplicate_of", "note"):
            setattr(row, name, getattr(fresh, name))
        row.save()
        locked.counts = count(locked.pk)
        locked.save(update_fields=["edits", "counts", "updated_at"])
    batch.refresh_from_db()
    return row


def _limit(batch: ImportBatch) -> None:
    if sum(len(cells) for cells in batch.edits.values()) > MOST_EDITS:
        raise DomainError(
            _("So many cells are better corrected in the file: download the wrong rows and upload them again.")
        )


def apply_suggestions(*, batch: ImportBatch, actor: Any, code: str, key: str) -> int:
    """Take the suggested text for every cell with this kind of error, then check anew. How many cells it were."""
    require_own(batch, actor)
    require_unwritten(batch)
    column = batch.mapping.index(key) if key in batch.mapping else -1
    taken = 0
    with transaction.atomic():
        locked = lock_row(ImportBatch.objects.filter(state=BatchState.READY), batch.pk)
        for row in storing.rows_by_status(batch.pk, status=RowStatus.ERROR):
            for error in row.errors:
                if error["code"] == code and error.get("key") == key and "fix" in error and column >= 0:
                    locked.edits.setdefault(str(row.number), {})[str(column)] = error["fix"]
                    taken += 1
        _limit(locked)
        locked.save(update_fields=["edits", "updated_at"])
    batch.refresh_from_db()
    if taken:
        start_check(batch=batch, actor=actor)
    return taken
