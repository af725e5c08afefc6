"""Background work: erasing files nobody can reach, forgetting visits. Each task is safe to run twice."""

from celery import shared_task

from crm.records.domain.attachments import sweep
from crm.records.domain.marks import forget_visits


@shared_task(name="crm.sweep_files")
def sweep_files() -> None:
    """Erase what broken-off uploads left, and files removed long ago."""
    sweep()


@shared_task(name="crm.forget_visits")
def forget_old_visits() -> None:
    """Forget visits that no list shows."""
    forget_visits()
