"""Background work of our certificates."""

from celery import shared_task

from opportunities.domain.certificates.vault import refresh
from opportunities.domain.certificates.watch import warn_of_certificates


@shared_task(name="opportunities.watch_certificates")
def watch_certificates() -> int:
    """Let versions that begin or end count, and warn of certificates that expire soon."""
    return refresh() + warn_of_certificates()
