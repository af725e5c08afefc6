"""Background work of the exchange with other systems."""

import datetime as dt
from typing import Any

from celery import shared_task

from integrations.domain.alarms import look
from integrations.domain.api_answers import forget_answers
from integrations.domain.drop import take_drop_folder
from integrations.domain.outbox.joining import join_documents
from integrations.domain.outbox.sending import send_due
from integrations.domain.reconcile import run_comparison
from integrations.domain.retrying import run_retry
from integrations.domain.runs import forget_old_runs, run_sync
from integrations.enums import RunKind
from integrations.sap.mapping import ENTITY_SETS
from integrations.sync.documents import documents_of
from integrations.sync.what import What
from integrations.webhooks.outbox import forget_messages, queue_due, send_to
from integrations.wecom.tasks import fetch_checkins, fetch_organisation, update_cards

__all__ = ["fetch_checkins", "fetch_organisation", "sync", "sync_everything", "update_cards"]


@shared_task(name="integrations.sync", acks_late=True)
def sync(entity_sets: list[str] | None = None, what: dict[str, Any] | None = None, job_id: int | None = None) -> None:
    """Read what has changed in the ERP, or what `what` tells. Safe to run twice: an entity set being read is left alone."""
    run_sync(names=entity_sets or (), whats=[What.restored(what or {})], job_id=job_id)


@shared_task(name="integrations.sync_nightly", acks_late=True)
def sync_nightly() -> None:
    """What changes move no stamp for: master data and open documents are read again, all keys compared, and then both sides.

    Blocks and terms of a customer's company codes and sales areas, and of its credit accounts, have no stamp at all. Whoever
    stops it stops what would follow too.
    """
    forget_old_runs()
    master = [name for name, one in ENTITY_SETS.items() if documents_of(one) is None]
    if run_sync(names=master, whats=[What(RunKind.FULL)]) and run_sync(
        whats=[What(RunKind.OPEN), What(RunKind.KEYS), What(RunKind.CHANGES)]
    ):
        run_comparison()


@shared_task(name="integrations.outbox", acks_late=True)
def outbox(key: int | None = None) -> None:
    """Send what is due to the ERP, or one message; on the timetable also join what came back. Safe to run twice, and at once."""
    send_due(key=key)
    if key is None:
        join_documents()


@shared_task(name="integrations.retry_rows", acks_late=True)
def retry_rows(job_id: int) -> None:
    """Try the rejected rows of a job again. Safe to run twice: what was taken is not tried again."""
    run_retry(job_id)


@shared_task(name="integrations.sync_everything", acks_late=True)
def sync_everything() -> None:
    """The weekly pass over everything."""
    run_sync(whats=[What(RunKind.FULL)])


@shared_task(name="integrations.reconcile", acks_late=True)
def reconcile(
    entity_sets: list[str] | None = None,
    first: str | None = None,
    last: str | None = None,
    repair: int | None = None,
    job_id: int | None = None,
) -> None:
    """Compare both sides, the last weeks or these days. Safe to run twice: it makes another comparison."""
    days = {name: dt.date.fromisoformat(day) for name, day in (("first", first), ("last", last)) if day}
    run_comparison(names=entity_sets or (), repair=repair, job_id=job_id, **days)


@shared_task(name="integrations.watch")
def watch() -> None:
    """Tell the administrators what is wrong with the sync, such as that it does not run."""
    look()


@shared_task(name="integrations.forget_api_answers")
def forget_api_answers() -> None:
    """Delete the API's answers that nobody may ask for again."""
    forget_answers()


@shared_task(name="integrations.send_webhooks")
def send_webhooks() -> None:
    """Let each address have its messages that are due."""
    queue_due()


@shared_task(name="integrations.send_webhook", acks_late=True)
def send_webhook(webhook: int) -> None:
    """Send the messages that are due to one address. Safe to run twice, and at once."""
    send_to(webhook)


@shared_task(name="integrations.forget_webhook_messages")
def forget_webhook_messages() -> None:
    """Delete old messages of webhooks."""
    forget_messages()


@shared_task(name="integrations.drop_folder", acks_late=True)
def drop_folder() -> None:
    """Take the sheets that wait in ERP_DROP_FOLDER. Safe to run twice: a file taken again changes nothing."""
    take_drop_folder()
