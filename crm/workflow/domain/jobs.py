"""Jobs, their progress and their log. Progress is one UPDATE, so that a reader's page and a second worker see it at once.

From begin_job to the end of the job the worker's connection holds a lock of it, which PostgreSQL frees when the worker dies:
so the sweep (job_rescue.py) tells a dead worker from a slow one.

A worker that can stop calls `stop_if_asked` between its steps and ends by `close_cancelled` when that raises JobCancelled.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.acting import also_acting
from crm.errors import DomainError
from crm.locks import AdvisoryLock, hold, let_go
from crm.workflow.models import Job
from crm.workflow.models.job import ENDED, JobEntry, JobEvent, JobState

KEPT = dt.timedelta(days=90)
KEPT_OF_NOBODY = dt.timedelta(days=2)  # what the timetable starts, every few minutes


def _job(job_id: int | None) -> QuerySet[Job]:
    """The job, or nothing: work that nobody watches has none."""
    return Job.objects.filter(pk=job_id) if job_id else Job.objects.none()


def start_job(*, kind: str, actor: Any, total: int = 0, params: dict[str, Any] | None = None) -> Job:
    """A job that waits for a worker. `total` is how many steps or rows it will have done in the end, 0 when unknown.

    `params` are plain values that starting it anew needs.
    """
    job = Job.objects.create(kind=kind, created_by=actor, total=max(0, total), params=params or {})
    _log(job.pk, JobEvent.QUEUED, actor=actor)
    return job


def begin_job(job_id: int | None, *, total: int | None = None, done: int = 0) -> None:
    """A worker has it. After a restart it keeps the time at which it first began."""
    values: dict[str, Any] = {"state": JobState.RUNNING, "done": done, "message": "", "lost_at": None}
    if total is not None:
        values["total"] = total
    if job_id:
        also_acting(job=job_id)
        hold(AdvisoryLock.JOB, job_id)
    if _job(job_id).update(**values, started_at=Coalesce("started_at", Value(timezone.now()))):
        _log(job_id, JobEvent.BEGUN)


def advance_job(job_id: int | None, *, done: int, total: int | None = None) -> None:
    """So many are done."""
    values: dict[str, Any] = {"done": done}
    if total is not None:
        values["total"] = total
    _job(job_id).update(**values)


def finish_job(job_id: int | None, *, result: dict[str, Any] | None = None) -> None:
    """It is done, with this result (plain JSON values)."""
    _end(job_id, JobState.DONE, JobEvent.DONE, message="", result=result or {})


def fail_job(job_id: int | None, *, message: str) -> None:
    """It failed; the message is shown to the person who started it."""
    _end(job_id, JobState.FAILED, JobEvent.FAILED, message=message)


def _end(job_id: int | None, state: JobState, event: JobEvent, *, message: str, **values: Any) -> None:
    if _job(job_id).update(state=state, message=message, finished_at=timezone.now(), lost_at=None, **values):
        _log(job_id, event, message)
    if job_id:
        let_go(AdvisoryLock.JOB, job_id)


def note_job(job_id: int | None, text: str) -> None:
    """Write something worth knowing into the log: what a step has read and written, what it left out."""
    if job_id:
        _log(job_id, JobEvent.NOTE, text)


def _log(job_id: Any, event: JobEvent, text: str = "", *, actor: Any = None) -> None:
    JobEntry.objects.create(job_id=job_id, event=event, text=text, actor=actor)


@contextmanager
def recorded_job(*, kind: str, actor: Any, total: int = 0) -> Iterator[int]:
    """A job for work that is done here and now; it has failed when the work raises. Gives the job's key."""
    job = start_job(kind=kind, actor=actor, total=total)
    begin_job(job.pk)
    try:
        yield job.pk
    except DomainError as error:
        fail_job(job.pk, message=str(error.message))
        raise
    except Exception as error:
        fail_job(job.pk, message=_("Unexpected error: %(error)s") % {"error": repr(error)[:500]})
        raise
    finish_job(job.pk)


class JobCancelled(DomainError):
    """The person who started the job, or an administrator, wants it to stop."""

    code = "job_cancelled"


def ask_to_stop(*, job: Job, actor: Any) -> None:
    """Let the job stop at its next step. Raises DomainError for one that has ended or cannot be stopped."""
    declared = job.declared
    if declared is None or not declared.can_stop:
        raise DomainError(_("This job cannot be stopped."))
    if not Job.objects.filter(pk=job.pk).exclude(state__in=ENDED).update(stop_asked=True):
        raise DomainError(_("This job has ended already."))
    _log(job.pk, JobEvent.STOP_ASKED, actor=actor)


def stop_if_asked(job_id: int | None) -> None:
    """Raise JobCancelled when the job is to stop."""
    if _job(job_id).filter(stop_asked=True).exists():
        raise JobCancelled(_("The job was stopped."))


def close_cancelled(job_id: int | None, *, message: str) -> None:
    """The worker has stopped, as it was asked to."""
    _end(job_id, JobState.CANCELLED, JobEvent.CANCELLED, message=message)


@contextmanager
def ending_job(job_id: int | None) -> Iterator[list[str]]:
    """Ends a job that was begun: done, or failed by what the block appends to the list it is given; stopped when somebody asked
    for it. What keeps it from its work fails it with its words; an unexpected error fails it and is raised."""
    problems: list[str] = []
    try:
        yield problems
    except JobCancelled as error:
        close_cancelled(job_id, message=str(error.message))
    except DomainError as error:
        fail_job(job_id, message=str(error.message))
    except Exception as error:
        fail_job(job_id, message=_("Unexpected error: %(error)s") % {"error": repr(error)[:500]})
        raise
    else:
        if problems:
            fail_job(job_id, message="\n".join(problems))
        else:
            finish_job(job_id)


def retry_job(*, job: Job, actor: Any) -> None:
    """Start a job anew that failed or was stopped. Raises DomainError, NotAllowed when its kind says so."""
    declared = job.declared
    if declared is None or declared.retry is None or job.state not in (JobState.FAILED, JobState.CANCELLED):
        raise DomainError(_("This job cannot be started anew."))
    declared.retry(job, actor)
    _log(job.pk, JobEvent.RETRIED, actor=actor)


def forget_old_jobs() -> int:
    """Delete jobs that ended long ago: of nobody after KEPT_OF_NOBODY, of people after KEPT. Returns how many."""
    now = timezone.now()
    old = Q(finished_at__lt=now - KEPT) | Q(finished_at__lt=now - KEPT_OF_NOBODY, created_by__isnull=True)
    deleted, _by_model = Job.objects.filter(old, state__in=ENDED).delete()
    return deleted
