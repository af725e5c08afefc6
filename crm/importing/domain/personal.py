"""Personal data in what was uploaded: sheets and their rows, thrown away by a rule."""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet

from crm.importing.enums import BatchState
from crm.importing.models import ImportBatch


def old_imports(day: dt.date) -> QuerySet[ImportBatch]:
    """Imports begun before that day that no worker is busy with."""
    busy = (BatchState.CHECKING, BatchState.COMMITTING)
    return ImportBatch._base_manager.filter(created_at__date__lt=day).exclude(state__in=busy)


def remove_imports(rows: QuerySet[ImportBatch]) -> int:
    """Delete imports with their rows, and their files once that is settled; returns how many. The records they wrote stay."""
    files = [file for batch in rows for file in (batch.upload, batch.rejected_file) if file]
    count = len(rows)
    rows.delete()

    def delete_files() -> None:
        for file in files:
            file.delete(save=False)

    transaction.on_commit(delete_files)
    return count
