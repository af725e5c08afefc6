"""Background work of imports. Each task is safe to run twice."""

from celery import shared_task

from crm.importing.domain.checking import run_check
from crm.importing.domain.committing import run_commit
from crm.importing.domain.rescue import requeue_lost


@shared_task(name="crm.import_check")
def import_check(batch_id: int) -> None:
    """Check the rows of a batch."""
    run_check(batch_id)


@shared_task(name="crm.import_commit")
def import_commit(batch_id: int) -> None:
    """Write the rows of a batch."""
    run_commit(batch_id)


@shared_task(name="crm.import_rescue")
def import_rescue() -> None:
    """Queue again what a killed worker left."""
    requeue_lost()
