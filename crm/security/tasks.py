"""Background work of accounts. Each task is safe to run twice."""

from celery import shared_task

from crm.accounts.domain.log import forget_old


@shared_task(name="crm.sign_in_forget")
def sign_in_forget() -> None:
    """Delete old entries of the log and sessions that are over."""
    forget_old()
