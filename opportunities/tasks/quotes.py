"""Background work of quotes. Safe to run twice."""

from celery import shared_task

from opportunities.domain.quotes.sending import expire_quotes


@shared_task(name="opportunities.expire_quotes")
def end_quotes() -> int:
    """Quotes whose validity has passed are expired."""
    return expire_quotes()
