"""Background work on customers."""

from celery import shared_task

from customers.domain.completeness import score


@shared_task(name="customers.score_archives")
def score_archives() -> int:
    """Work out the completeness of all archives; most are up to date already, what an import or a merge wrote is not."""
    return score(None)
