"""Background work of customers. Each task is safe to run twice."""

from celery import shared_task

from customers.domain.existence import forget_lookups


@shared_task(name="customers.forget_lookups")
def forget_old_lookups() -> None:
    """Remove old entries of the log of lookups."""
    forget_lookups()
