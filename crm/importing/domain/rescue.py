"""Imports whose worker was killed: found by their missing lock, and queued again."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.importing.enums import BatchState
from crm.importing.models import ImportBatch
from crm.jobs import enqueue
from crm.locks import AdvisoryLock, is_held
from crm.workflow.domain.jobs import fail_job

PATIENCE = dt.timedelta(seconds=90)  # without a sign of life
MOST_ATTEMPTS = 5
_TASKS = {BatchState.CHECKING: "crm.import_check", BatchState.COMMITTING: "crm.import_commit"}


def requeue_lost() -> int:
    """Queue again each running import that has shown no sign of life and whose lock nobody holds; give up after five attempts.

    One that only waits in the queue is queued twice, which does no harm: the second task finds nothing to do.
    """
    found = ImportBatch.objects.filter(state__in=list(_TASKS), touched_at__lt=timezone.now() - PATIENCE)
    lost = [batch for batch in found.order_by("pk") if not is_held(AdvisoryLock.IMPORT, batch.pk)]
    for batch in lost:
        with transaction.atomic():
            if batch.attempts >= MOST_ATTEMPTS:
                _give_up(batch)
                continue
            ImportBatch.objects.filter(pk=batch.pk).update(touched_at=timezone.now())
            enqueue(_TASKS[BatchState(batch.state)], batch_id=batch.pk)
    return len(lost)


def _give_up(batch: ImportBatch) -> None:
    """After several workers died over it: no longer by itself; the person may start it again."""
    if ImportBatch.objects.filter(pk=batch.pk, state=batch.state).update(
        state=BatchState.FAILED, updated_at=timezone.now()
    ):
        fail_job(
            batch.job_id, message=_("The import was interrupted several times. Start it again, or split the file.")
        )
