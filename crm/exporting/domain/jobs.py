"""Exports on the jobs page: starting one anew, and the way to its page."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.errors import DomainError, NotAllowed
from crm.exporting.models import ExportLog
from crm.jobs import enqueue
from crm.workflow.domain.jobs import start_job


def retry_export(job: Any, actor: Any) -> None:
    """Write the file again. Raises NotAllowed for the export of another, DomainError when there is nothing left to do."""
    log = ExportLog.objects.filter(job=job, finished_at=None).first()
    if log is None:
        raise DomainError(_("This export is done. Export the list anew."))
    if log.created_by_id != actor.pk:
        raise NotAllowed(_("Only the person who asked for an export may start it anew."))
    with transaction.atomic():
        log.job = start_job(kind="export", actor=actor, total=job.total)
        log.save(update_fields=["job"])
        enqueue("crm.export_list", export_id=log.pk)


def export_links(user: Any, jobs: Sequence[Any]) -> dict[int, str]:
    """The pages of the person's own exports."""
    rows = ExportLog.objects.visible_to(user).filter(job__in=jobs, created_by=user).values_list("job_id", "pk")
    return {job: reverse("exporting:show", args=[pk]) for job, pk in rows}
