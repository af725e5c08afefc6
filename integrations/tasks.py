"""Background work of the exchange with other systems."""

import structlog
from celery import shared_task

from crm.errors import ExternalError
from integrations.domain.connection import open_client
from integrations.sync.engine import sync_all

log = structlog.get_logger(__name__)


@shared_task(name="integrations.sync", acks_late=True)
def sync(entity_sets: list[str] | None = None, full: bool = False) -> None:
    """Read what has changed in the ERP (everything when `full`). Safe to run twice: an entity set being read is left alone."""
    try:
        client = open_client()
    except ExternalError as error:
        log.info("sync_not_connected", reason=str(error.message))
        return
    with client:
        for outcome in sync_all(client=client, names=entity_sets or (), full=full):
            if outcome.busy:
                log.info("sync_busy", entity_set=outcome.entity_set.name)


@shared_task(name="integrations.sync_everything", acks_late=True)
def sync_everything() -> None:
    """The nightly pass over everything: it finds changes that move no stamp, such as a clearing that was reset."""
    sync(full=True)
