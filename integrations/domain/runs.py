"""Reading from the ERP in the background, as a job that shows how far it is and can be stopped."""

from collections.abc import Sequence
from typing import Any

import structlog
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.errors import ExternalError, NotAllowed
from crm.formats import num
from crm.jobs import enqueue
from crm.workflow.domain.jobs import (
    JobCancelled,
    advance_job,
    begin_job,
    close_cancelled,
    fail_job,
    finish_job,
    note_job,
    start_job,
    stop_if_asked,
)
from integrations.domain.connection import open_client
from integrations.sync.engine import Outcome, entity_sets, sync_all

KIND = "erp_sync"
TASK = "integrations.sync"

log = structlog.get_logger(__name__)


def queue_sync(*, actor: Any, names: Sequence[str] = (), full: bool = False) -> None:
    """Queue a run over these entity sets, all for none. Raises DomainError for an unknown one."""
    wanted = [entity_set.name for entity_set in entity_sets(names)]
    params: dict[str, Any] = {"entity_sets": wanted, "full": full}
    with transaction.atomic():
        job = start_job(kind=KIND, actor=actor, total=len(wanted), params=params)
        enqueue(TASK, queue="sync", job_id=job.pk, **params)


def retry_sync(job: Any, actor: Any) -> None:
    """Queue the run anew. Raises NotAllowed without the right to start one."""
    if not actor.has_perm("integrations.run_sync"):
        raise NotAllowed(_("You are not allowed to do this."))
    queue_sync(actor=actor, names=job.params.get("entity_sets", ()), full=job.params.get("full", False))


def sync_links(user: Any, jobs: Sequence[Any]) -> dict[int, str]:
    """All of them lead to the overview of the sync."""
    if not user.has_perm("integrations.view_syncrun"):
        return {}
    return dict.fromkeys((job.pk for job in jobs), reverse("integrations:sync"))


def run_sync(*, names: Sequence[str] = (), full: bool = False, job_id: int | None = None) -> None:
    """Read what has changed (everything when `full`). Safe to run twice: an entity set that is being read is left alone.

    Without a job the timetable started it: it gets one of its own, unless no ERP is connected.
    """
    try:
        client = open_client()
    except ExternalError as error:
        log.info("sync_not_connected", reason=str(error.message))
        fail_job(job_id, message=str(error.message))
        return
    wanted = entity_sets(names)
    if job_id is None:
        job_id = start_job(kind=KIND, actor=None, params={"entity_sets": list(names), "full": full}).pk
    begin_job(job_id, total=len(wanted))
    problems: list[str] = []
    try:
        with client:
            outcomes = sync_all(client=client, names=names, full=full, between=lambda: stop_if_asked(job_id))
            for done, outcome in enumerate(outcomes, start=1):
                advance_job(job_id, done=done)
                note_job(job_id, _in_words(outcome))
                if outcome.run is None:
                    problems.append(f"{outcome.entity_set.label}: {outcome.error}")
                if outcome.busy:
                    log.info("sync_busy", entity_set=outcome.entity_set.name)
    except JobCancelled as error:
        close_cancelled(job_id, message=str(error.message))
    except Exception as error:
        fail_job(job_id, message=_("Unexpected error: %(error)s") % {"error": repr(error)[:500]})
        raise
    else:
        if problems:
            fail_job(job_id, message="\n".join(problems))
        else:
            finish_job(job_id)


def _in_words(outcome: Outcome) -> str:
    """What came of an entity set, for the job's log."""
    run = outcome.run
    if run is None:
        return f"{outcome.entity_set.label}: {outcome.error}"
    words = _("%(set)s: %(read)s read, %(written)s written, %(unchanged)s unchanged, %(rejected)s rejected")
    counts = {name: num(getattr(run, name)) for name in ("read", "written", "unchanged", "rejected")}
    return words % {"set": outcome.entity_set.label, **counts}
