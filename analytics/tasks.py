"""Background work of the figures."""

from celery import shared_task

from analytics.domain.customer_figures import refresh_changed, refresh_figures
from analytics.domain.refresh import queue_refresh, refresh, refresh_begins
from crm.locks import LockTaken


@shared_task(name="analytics.refresh", queue="reports")
def refresh_stale() -> None:
    """Sum the months whose facts changed, then the customers' figures. Waits for its turn when another refresh runs."""
    refresh_begins()
    try:
        refresh()
    except LockTaken:
        queue_refresh()
        return
    refresh_changed()


@shared_task(name="analytics.refresh_all", queue="reports")
def refresh_all() -> None:
    """Sum everything anew: what was written past the events is caught at night."""
    try:
        refresh(full=True)
    except LockTaken:
        queue_refresh()
        return
    refresh_figures()
