"""Background work of exports. Each task is safe to run twice."""

from celery import shared_task

from crm.exporting.domain.exports import forget_files, run_export


@shared_task(name="crm.export_list")
def export_list(export_id: int) -> None:
    """Write the file of an export."""
    run_export(export_id)


@shared_task(name="crm.export_forget")
def export_forget() -> None:
    """Delete files that were kept long enough."""
    forget_files()
