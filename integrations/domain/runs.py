"""Reading from the ERP in the background, as a job that shows how far it is and can be stopped."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

import structlog
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.errors import ExternalError, NotAllowed
from crm.formats import num
from crm.jobs import enqueue
from crm.workflow.domain.jobs import (
    advance_job,
    ask_to_stop,
    begin_job,
    ending_job,
    fail_job,
    note_job,
    start_job,
    stop_if_asked,
)
from crm.workflow.models.job import Job, JobState
from integrations.domain.alarms import look
from integrations.domain.connection import left_alone, open_client
from integrations.models import Reconciliation, SyncRun
from integrations.sap.client import ODataClient
from integrations.sync.engine import Outcome, entity_sets, sync_all
from integrations.sync.what import What

KIND = "erp_sync"
TASK = "integrations.sync"
CHANGES = What()
KEPT = dt.timedelta(days=90)

log = structlog.get_logger(__name__)


def queue_sync(*, actor: Any, names: Sequence[str] = (), what: What = CHANGES) -> None:
    """Queue a run over these entity sets, all for none. Raises DomainError for an unknown one."""
    wanted = [entity_set.name for entity_set in entity_sets(names)]
    params: dict[str, Any] = {"entity_sets": wanted, "what": what.stored()}
    with transaction.atomic():
        job = start_job(kind=KIND, actor=actor, total=len(wanted), params=params)
        enqueue(TASK, queue="sync", job_id=job.pk, **params)


def retry_sync(job: Any, actor: Any) -> None:
    """Queue the run anew. Raises NotAllowed without the right to start one."""
    if not actor.has_perm("integrations.run_sync"):
        raise NotAllowed(_("You are not allowed to do this."))
    queue_sync(actor=actor, names=job.params.get("entity_sets", ()), what=What.restored(job.params.get("what", {})))


def stop_sync(*, actor: Any) -> int:
    """Let the runs that wait or go on stop at their next page; how many there were. Raises NotAllowed."""
    if not actor.has_perm("integrations.run_sync"):
        raise NotAllowed(_("You are not allowed to do this."))
    jobs = list(Job.objects.filter(kind=KIND, state__in=[JobState.WAITING, JobState.RUNNING], stop_asked=False))
    for job in jobs:
        ask_to_stop(job=job, actor=actor)
    return len(jobs)


def sync_links(user: Any, jobs: Sequence[Any]) -> dict[int, str]:
    """All of them lead to the overview of the sync."""
    if not user.has_perm("integrations.view_syncrun"):
        return {}
    return dict.fromkeys((job.pk for job in jobs), reverse("integrations:sync"))


def comparison_links(user: Any, jobs: Sequence[Any]) -> dict[int, str]:
    """All of them lead to the list of comparisons."""
    if not user.has_perm("integrations.view_syncrun"):
        return {}
    return dict.fromkeys((job.pk for job in jobs), reverse("integrations:reconciliation_list"))


def run_sync(*, names: Sequence[str] = (), whats: Sequence[What] = (CHANGES,), job_id: int | None = None) -> bool:
    """Read from the ERP; False when somebody stopped it. Safe to run twice: an entity set that is being read is left alone.

    Without a job the timetable started it: it gets one of its own, unless no ERP is connected, or it is left alone.
    """
    try:
        client = open_client()
    except ExternalError as error:
        log.info("sync_not_connected", reason=str(error.message))
        fail_job(job_id, message=str(error.message))
        return True
    if (rest := left_alone()) is not None:
        log.info("erp_left_alone", until=rest.until.isoformat())
        fail_job(job_id, message=str(rest))
        client.close()
        return True
    wanted = entity_sets(names)
    if job_id is None:
        params = {"entity_sets": list(names), "what": whats[0].stored()}
        job_id = start_job(kind=KIND, actor=None, params=params).pk
    begin_job(job_id, total=len(wanted) * len(whats))
    with ending_job(job_id) as problems, client:
        for done, outcome in enumerate(_outcomes(client, names, whats, job_id), start=1):
            advance_job(job_id, done=min(done, len(wanted) * len(whats)))
            note_job(job_id, in_words(outcome))
            if outcome.run is None:
                problems.append(f"{outcome.entity_set.label}: {outcome.error}")
            if outcome.busy:
                log.info("sync_busy", entity_set=outcome.entity_set.name)
    look()
    return not Job.objects.filter(pk=job_id, state=JobState.CANCELLED).exists()


def forget_old_runs() -> int:
    """Delete what old runs and comparisons noted; runs that rejected something stay with it. How many were deleted."""
    before = timezone.now() - KEPT
    old = SyncRun.objects.filter(started_at__lt=before, rejections__isnull=True).order_by()
    runs, _by_model = old.delete()
    compared, _by_model = Reconciliation.objects.filter(at__lt=before).delete()
    return runs + compared


def _outcomes(
    client: ODataClient, names: Sequence[str], whats: Sequence[What], job_id: int | None
) -> Iterator[Outcome]:
    for what in whats:
        yield from sync_all(client=client, names=names, what=what, between=lambda: stop_if_asked(job_id))


def in_words(outcome: Outcome) -> str:
    """What came of an entity set, for a log or a message."""
    run = outcome.run
    if run is None:
        return f"{outcome.entity_set.label}: {outcome.error}"
    words = _("%(set)s: %(read)s read, %(written)s written, %(unchanged)s unchanged, %(rejected)s rejected")
    if run.gone:
        words = _(
            "%(set)s: %(read)s read, %(written)s written, %(unchanged)s unchanged, %(rejected)s rejected,"
            " %(gone)s no longer in the ERP"
        )
    counts = {name: num(getattr(run, name)) for name in ("read", "written", "unchanged", "rejected", "gone")}
    return words % {"set": outcome.entity_set.label, **counts}
