"""Background work of personal data. Each task is safe to run twice."""

from celery import shared_task

from crm.personal.domain.exporting import forget_files, run_export
from crm.personal.domain.retention import apply_rules


@shared_task(name="crm.personal_export")
def personal_export(entry_id: int) -> None:
    """Write the archive of an export."""
    run_export(entry_id)


@shared_task(name="crm.personal_retention")
def personal_retention() -> None:
    """Erase what the rules no longer let us keep, and old archives."""
    apply_rules()
    forget_files()
