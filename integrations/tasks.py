"""Background work of the exchange with other systems."""

from celery import shared_task

from integrations.domain.runs import run_sync


@shared_task(name="integrations.sync", acks_late=True)
def sync(entity_sets: list[str] | None = None, full: bool = False, job_id: int | None = None) -> None:
    """Read what has changed in the ERP (everything when `full`). Safe to run twice: an entity set being read is left alone."""
    run_sync(names=entity_sets or (), full=full, job_id=job_id)


@shared_task(name="integrations.sync_everything", acks_late=True)
def sync_everything() -> None:
    """The nightly pass over everything: it finds changes that move no stamp, such as a clearing that was reset."""
    sync(full=True)
