"""Trying many rejected rows again in the background, as a job that says what came of it and can be stopped."""

from collections.abc import Sequence
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.errors import DomainError, ExternalError, NotAllowed
from crm.formats import num
from crm.jobs import enqueue
from crm.locks import LockTaken
from crm.workflow.domain.jobs import advance_job, begin_job, ending_job, note_job, start_job, stop_if_asked
from integrations.domain.alarms import look
from integrations.domain.connection import open_client
from integrations.domain.unknown import LINK
from integrations.enums import RejectionState, RunKind
from integrations.models import RejectedRow
from integrations.sap.client import ODataClient
from integrations.sap.mapping import ENTITY_SETS, EntitySet
from integrations.sync.run import one_run

KIND = "erp_retry"
TASK = "integrations.retry_rows"
PART = 1000  # rows between two looks whether to stop


def queue_retry(rows: QuerySet[RejectedRow], *, actor: Any) -> int:
    """Have these rows tried again; how many. Ignored ones are opened by it. Raises NotAllowed."""
    if not actor.has_perm("integrations.run_sync"):
        raise NotAllowed(_("You are not allowed to do this."))
    return queue_rows(rows, actor=actor)


def queue_rows(rows: QuerySet[RejectedRow], *, actor: Any) -> int:
    """The same for rules that have asked for their own right. The rows are marked with the job, which finds them by that."""
    with transaction.atomic():
        wanted = RejectedRow.objects.filter(pk__in=rows.order_by().values("pk")).exclude(state=RejectionState.RESOLVED)
        count = wanted.count()
        if count:
            job = start_job(kind=KIND, actor=actor, total=count)
            wanted.update(state=RejectionState.OPEN, tried_by=job)
            enqueue(TASK, queue="sync", job_id=job.pk)
    return count


def retry_again(job: Any, actor: Any) -> None:
    """Start the job anew with what is still open of it: whoever may start the sync, or give numbers, after which rows are tried.
    Raises NotAllowed, DomainError when nothing is."""
    if not (actor.has_perm("integrations.run_sync") or actor.has_perm(LINK)):
        raise NotAllowed(_("You are not allowed to do this."))
    if not queue_rows(RejectedRow.objects.filter(tried_by=job, state=RejectionState.OPEN), actor=actor):
        raise DomainError(_("All of its rows were taken, ignored or tried by a later job."))


def retry_links(user: Any, jobs: Sequence[Any]) -> dict[int, str]:
    """Each leads to the rows it tried."""
    if not user.has_perm("integrations.view_syncrun"):
        return {}
    return {job.pk: f"{reverse('integrations:rejectedrow_list')}?tried_by={job.pk}" for job in jobs}


def run_retry(job_id: int) -> None:
    """Try the rows of the job. Safe to run twice: what was taken is not tried again."""
    rows = RejectedRow.objects.filter(tried_by=job_id)
    begin_job(job_id, total=rows.count())
    with ending_job(job_id), kept_client() as client:
        done = rows.exclude(state=RejectionState.OPEN).count()
        for entity_set in ENTITY_SETS.values():
            keys = iter(
                list(rows.filter(entity_set=entity_set.name, state=RejectionState.OPEN).values_list("pk", flat=True))
            )
            while part := list(islice(keys, PART)):
                stop_if_asked(job_id)
                note_job(job_id, _try(entity_set, client, part))
                done += len(part)
                advance_job(job_id, done=done)
    look()


def _try(entity_set: EntitySet, client: ODataClient, keys: list[int]) -> str:
    """Try these; what came of it in words."""
    try:
        with one_run(entity_set, client, kind=RunKind.ASKED) as work:
            work.retry_rejected(keys)
            work.end()
    except LockTaken:
        return _("%(set)s: a run is reading it just now; it tries the rows again by itself.") % {
            "set": entity_set.label
        }
    taken = RejectedRow.objects.filter(pk__in=keys, state=RejectionState.RESOLVED).count()
    words = {"set": entity_set.label, "taken": num(taken), "tried": num(len(keys))}
    return _("%(set)s: %(taken)s of %(tried)s rows were taken") % words


def kept_client() -> ODataClient:
    """A client for trying kept rows, which asks the ERP nothing: a company that hands in sheets has none connected."""
    try:
        return open_client()
    except ExternalError:
        return ODataClient(base_url="")
