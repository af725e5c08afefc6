"""Jobs and their progress. Every function is one UPDATE, so that a reader's page and a second worker see it at once."""

from typing import Any

from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from crm.workflow.models import Job
from crm.workflow.models.job import JobState


def _job(job_id: int | None) -> QuerySet[Job]:
    """The job, or nothing: work that nobody watches has none."""
    return Job.objects.filter(pk=job_id) if job_id else Job.objects.none()


def start_job(*, kind: str, actor: Any, total: int = 0) -> Job:
    """A job that waits for a worker. `total` is how many steps or rows it will have done in the end, 0 when unknown."""
    return Job.objects.create(kind=kind, created_by=actor, total=max(0, total))


def begin_job(job_id: int | None, *, total: int | None = None, done: int = 0) -> None:
    """A worker has it. After a restart it keeps the time at which it first began."""
    values: dict[str, Any] = {"state": JobState.RUNNING, "done": done, "message": ""}
    if total is not None:
        values["total"] = total
    _job(job_id).update(**values, started_at=Coalesce("started_at", Value(timezone.now())))


def advance_job(job_id: int | None, *, done: int, total: int | None = None) -> None:
    """So many are done."""
    values: dict[str, Any] = {"done": done}
    if total is not None:
        values["total"] = total
    _job(job_id).update(**values)


def finish_job(job_id: int | None, *, result: dict[str, Any] | None = None) -> None:
    """It is done, with this result (plain JSON values)."""
    _job(job_id).update(state=JobState.DONE, result=result or {}, finished_at=timezone.now())


def fail_job(job_id: int | None, *, message: str) -> None:
    """It failed; the message is shown to the person who started it."""
    _job(job_id).update(state=JobState.FAILED, message=message, finished_at=timezone.now())
