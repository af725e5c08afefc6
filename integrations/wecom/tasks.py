"""Background work of WeCom."""

from celery import shared_task

from integrations.wecom.domain import cards, checkins, directory


@shared_task(name=directory.TASK, acks_late=True)
def fetch_organisation(job_id: int | None = None) -> None:
    """Fetch departments and people. Safe to run twice: what is kept is the newest."""
    directory.run_fetch(job_id)


@shared_task(name=cards.TASK, acks_late=True)
def update_cards(request_id: int) -> None:
    """Let the cards of a request that is decided say so. Safe to run twice: each card is changed once."""
    cards.update_cards(request_id)


@shared_task(name=checkins.TASK, acks_late=True)
def fetch_checkins() -> None:
    """Fetch new check-ins. Safe to run twice: each is stored once."""
    checkins.fetch_checkins()
