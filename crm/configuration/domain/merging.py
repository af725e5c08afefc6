"""Merge items of a choice list: a few records at once, many in the background."""

from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from crm.errors import DomainError
from crm.jobs import enqueue
from crm.locks import AdvisoryLock, LockTaken, session_lock
from crm.models import ChoiceItem, ChoiceList, Job, User
from crm.records.domain.choices import check_merge, count_holding, merge_values
from crm.workflow.domain.jobs import advance_job, begin_job, fail_job, finish_job, start_job

AT_ONCE = 1000  # records


def merge(*, choices: ChoiceList, value: str, target: ChoiceItem, actor: User) -> tuple[int, Job | None]:
    """Let all records that hold `value` hold `target`; returns how many it is, and the job when they are many.

    Raises DomainError when it cannot be.
    """
    check_merge(choices=choices, value=value, target=target)
    total = sum(count for _use, count in count_holding(choices, value))
    if total <= AT_ONCE:
        return max(merge_values(choices=choices, value=value, target=target, actor=actor), default=0), None
    with transaction.atomic():
        params = {"list": choices.pk, "value": value, "target": target.pk}
        job = start_job(kind="merge_choice", actor=actor, total=total, params=params)
        enqueue("crm.merge_choice", job_id=job.pk)
    return total, job


def run_merge(job_id: int) -> None:
    """The work of a job; a second worker finds it taken or done."""
    try:
        with session_lock(AdvisoryLock.MERGE_CHOICE, job_id):
            job = Job.objects.select_related("created_by").filter(pk=job_id, finished_at=None).first()
            if job is not None:
                with translation.override(job.created_by.language or translation.get_language()):  # type: ignore[union-attr]
                    _run(job)
    except LockTaken:
        return


def _run(job: Job) -> None:
    begin_job(job.pk)
    try:
        choices = ChoiceList.objects.get(pk=job.params["list"])
        target = ChoiceItem.objects.get(pk=job.params["target"])
        assert job.created_by is not None
        done = 0
        for done in merge_values(choices=choices, value=job.params["value"], target=target, actor=job.created_by):
            advance_job(job.pk, done=done)
    except DomainError as error:
        fail_job(job.pk, message=str(error.message))
    except Exception:
        fail_job(job.pk, message=_("The merge stopped because of a fault in the program. Merge again: it goes on."))
        raise
    else:
        finish_job(job.pk, result={"records": done})


def retry_merge(job: Job, actor: Any) -> None:
    """Start a merge anew: what was moved stays moved."""
    choices = ChoiceList.objects.filter(pk=job.params.get("list")).first()
    target = ChoiceItem.objects.filter(pk=job.params.get("target")).first()
    if choices is None or target is None or not actor.has_perm("crm.change_choicelist"):
        raise DomainError(_("This merge cannot be started again."))
    with transaction.atomic():
        again = start_job(kind=job.kind, actor=actor, total=job.total, params=job.params)
        enqueue("crm.merge_choice", job_id=again.pk)
