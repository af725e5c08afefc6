"""Background work of tenders."""

from celery import shared_task

from opportunities.domain.tenders.watch import chase_refunds, warn_of_deadlines


@shared_task(name="opportunities.watch_tenders")
def watch_tenders() -> int:
    """Warn of deadlines, and chase bonds that have not come back."""
    return warn_of_deadlines() + chase_refunds()
