"""Background work of the figures."""

from celery import shared_task

from analytics.domain.customer_figures import refresh_changed, refresh_figures
from analytics.domain.refresh import NotSummed, queue_refresh, refresh, refresh_begins
from crm.jobs import enqueue
from crm.locks import LockTaken

WAIT, MOST = 60, 60  # seconds until the nightly refresh looks again whether it is its turn, and how often


@shared_task(name="analytics.refresh", queue="reports")
def refresh_stale() -> None:
    """Sum the months whose facts changed, then the customers' figures. Waits for its turn when another refresh runs."""
    refresh_begins()
    try:
        refresh()
    except LockTaken:
        queue_refresh()
        return
    except NotSummed:  # told by the job and the log
        pass
    refresh_changed()


@shared_task(name="analytics.refresh_all", queue="reports")
def refresh_all(attempt: int = 0) -> None:
    """Sum everything anew: what was written past the events is caught at night. Waits for its turn when another refresh runs."""
    try:
        refresh(full=True)
    except LockTaken:
        if attempt < MOST:
            enqueue("analytics.refresh_all", countdown=WAIT, attempt=attempt + 1)
        return
    except NotSummed:  # told by the job and the log
        pass
    refresh_figures()
