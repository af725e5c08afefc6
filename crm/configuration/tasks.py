"""Background work of the configuration. Each task is safe to run twice."""

from celery import shared_task

from crm.configuration.domain.merging import run_merge
from crm.records.domain.extra_fields import renew_search
from crm.records.domain.extra_indexes import renew_indexes


@shared_task(name="crm.extra_indexes")
def extra_indexes() -> None:
    """Build and drop the indexes of extra fields."""
    renew_indexes()


@shared_task(name="crm.extra_search")
def extra_search(field_id: int) -> None:
    """Let the search follow a field's definition."""
    renew_search(field_id)


@shared_task(name="crm.merge_choice")
def merge_choice(job_id: int) -> None:
    """Let one item of a list take another's place."""
    run_merge(job_id)
