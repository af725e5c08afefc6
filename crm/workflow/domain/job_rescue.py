"""Jobs whose worker is gone: found by the missing lock, and marked as failed, so that they can be started anew.

A worker that was killed, or whose machine went down, leaves its job "running" for ever. Most queues hand its task to another
worker within seconds, so a job is given some time before it counts as lost.
"""

import datetime as dt

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from crm.extension_points import job_kinds
from crm.locks import AdvisoryLock, is_held
from crm.workflow.domain.jobs import fail_job
from crm.workflow.models import Job
from crm.workflow.models.job import JobState

PATIENCE = dt.timedelta(seconds=90)  # in which another worker may take it up


def fail_lost_jobs() -> int:
    """Mark as failed each running job that nobody has worked on for PATIENCE. Returns how many.

    Kinds with a rescue of their own are left to it.
    """
    now, failed = timezone.now(), 0
    own = [kind.key for kind in job_kinds.all() if kind.own_rescue]
    running = Job.objects.filter(state=JobState.RUNNING).exclude(kind__in=own).select_related("created_by")
    for job in running.order_by("pk"):
        if is_held(AdvisoryLock.JOB, job.pk):
            Job.objects.filter(pk=job.pk, lost_at__isnull=False).update(lost_at=None)
        elif job.lost_at is None:
            Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(lost_at=now)
        elif job.lost_at <= now - PATIENCE and Job.objects.filter(pk=job.pk, lost_at=job.lost_at).exists():
            _fail(job)
            failed += 1
    return failed


def _fail(job: Job) -> None:
    """The message is in the language of the person who started it."""
    language = (job.created_by.language if job.created_by else "") or translation.get_language()
    with translation.override(language):
        if job.declared is not None and job.declared.retry is not None:
            text = _("The worker was interrupted: the server was stopped or ran out of memory. Start the job anew.")
        else:
            text = _("The worker was interrupted: the server was stopped or ran out of memory.")
        fail_job(job.pk, message=text)
