"""Background work of opportunities. Each task is safe to run twice."""

from celery import shared_task

from opportunities.domain.quotes.sending import expire_quotes
from opportunities.domain.samples.feedback import chase_feedback


@shared_task(name="opportunities.chase_feedback")
def chase_sample_feedback() -> None:
    """Tell owners, and after some days managers, of customers' answers to samples that are overdue."""
    chase_feedback()


@shared_task(name="opportunities.expire_quotes")
def end_quotes() -> int:
    """Quotes whose validity has passed are expired."""
    return expire_quotes()
