"""Background work of bulk edits. The task is safe to run twice."""

from celery import shared_task

from crm.bulk.domain.edits import run_edit


@shared_task(name="crm.bulk_edit")
def bulk_edit(job_id: int) -> None:
    """Edit the rows of a job."""
    run_edit(job_id)
