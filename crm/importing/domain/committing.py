"""The commit: chunks of checked rows written by the resource, each in one transaction together with its rows' outcome.

A worker killed in the middle leaves whole chunks; the next one goes on behind them and ends with the same rows.
"""

from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from crm.acting import acting
from crm.formats import num
from crm.importing.domain import storing
from crm.importing.domain.checking import CHUNK, touch, under_lock
from crm.importing.domain.sheets import store_rejected
from crm.importing.enums import BatchState, Outcome, RowStatus
from crm.importing.models import ImportBatch
from crm.importing.resources import Judge, Resource, resource_of
from crm.importing.rows import SheetRow
from crm.workflow.domain.approval_freeze import is_document, pending_requests
from crm.workflow.domain.jobs import advance_job, begin_job, finish_job, note_job, stop_if_asked


def run_commit(batch_id: int) -> None:
    """Write all rows of a batch that waits for it. Safe to run twice, at the same time as well."""
    under_lock(batch_id, BatchState.COMMITTING, _commit)


def _commit(batch: ImportBatch) -> None:
    resource = resource_of(batch.resource)
    actor = batch.created_by
    done = sum(storing.tally(batch.pk, "outcome").values())
    begin_job(batch.job_id, total=batch.row_count, done=done)
    with (
        acting(user=actor.pk, source="import", batch=batch.pk),
        resource.judging(actor=actor, batch_id=batch.pk) as judge,
    ):
        prepare(batch, judge)
        after = 0
        while rows := storing.waiting_rows(batch.pk, CHUNK, after=after):
            stop_if_asked(batch.job_id)
            try:
                write_chunk(batch, resource, rows)
            except IntegrityError:
                # Somebody wrote a record with the same key since: judged again, it is an existing one.
                rows = storing.waiting_rows(batch.pk, CHUNK, after=after)
                judge.judge_again([row for row in rows if row.status != RowStatus.ERROR])
                write_chunk(batch, resource, rows)
            done += len(rows)
            after = rows[-1].number
            advance_job(batch.job_id, done=done)
            touch(batch)
        finish(batch)


def prepare(batch: ImportBatch, judge: Judge) -> None:
    """Judge all rows by the records of now, which may have changed since the check; once per import.

    A worker that goes on where another was killed works by the same judgement, not by what the first one has written.
    """
    if batch.prepared:
        return
    with transaction.atomic():
        after = 0
        while rows := storing.waiting_rows(batch.pk, CHUNK, after=after):
            sound = [row for row in rows if row.status != RowStatus.ERROR]
            before = [(row.status, row.target_id, row.note) for row in sound]
            judge.judge_again(sound)
            now = [(row.status, row.target_id, row.note) for row in sound]
            storing.mark([row for row, old, new in zip(sound, before, now, strict=True) if old != new])
            after = rows[-1].number
        ImportBatch.objects.filter(pk=batch.pk).update(prepared=True)


def write_chunk(batch: ImportBatch, resource: type[Resource], rows: list[SheetRow]) -> None:
    """One transaction: the records, and what became of each row."""
    with transaction.atomic():
        leave_frozen(resource, rows)
        for row in rows:
            if row.status == RowStatus.ERROR:
                row.outcome = Outcome.REJECTED
        open_rows = [row for row in rows if not row.outcome]
        resource.write(open_rows, actor=batch.created_by, batch_id=batch.pk, on_duplicate=batch.on_duplicate)
        storing.mark(rows)


def leave_frozen(resource: type[Resource], rows: list[SheetRow]) -> None:
    """Rows that would change a record which waits for approval are wrong."""
    model = apps.get_model(resource.model)
    targets = [row for row in rows if row.target_id and row.status != RowStatus.ERROR]
    if not targets or not is_document(model):
        return
    held = {request.object_id for request in pending_requests(model, [row.target_id or 0 for row in targets])}
    for row in targets:
        if row.target_id in held:
            row.fail("", "frozen")


def finish(batch: ImportBatch) -> None:
    """Count, keep the rejected rows as a sheet, and close the import."""
    outcomes = storing.tally(batch.pk, "outcome")
    result = {str(outcome): outcomes.get(str(outcome), 0) for outcome in Outcome}
    if result[Outcome.REJECTED]:
        store_rejected(batch)
    with transaction.atomic():
        ImportBatch.objects.filter(pk=batch.pk).update(
            state=BatchState.DONE,
            counts={**batch.counts, "result": result},
            finished_at=timezone.now(),
            updated_at=timezone.now(),
        )
        note_job(batch.job_id, ", ".join(f"{outcome.label}: {num(result[outcome])}" for outcome in Outcome))
        finish_job(batch.job_id, result=result)
