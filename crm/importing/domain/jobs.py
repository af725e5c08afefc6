"""Imports on the jobs page: starting one anew, and the way to its page."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from crm.errors import DomainError
from crm.importing.domain.batches import start_check, start_commit
from crm.importing.models import ImportBatch


def retry_import(job: Any, actor: Any) -> None:
    """Check or write the rows again. Raises NotAllowed for the import of another, DomainError when it has gone on since."""
    batch = ImportBatch.objects.filter(job=job).first()
    if batch is None:
        raise DomainError(_("This import has gone on since, or was thrown away."))
    if job.kind == "import_check":
        start_check(batch=batch, actor=actor, at_once=False)
    else:
        start_commit(batch=batch, actor=actor, on_duplicate=batch.on_duplicate)


def import_links(user: Any, jobs: Sequence[Any]) -> dict[int, str]:
    """The pages of the imports that these jobs belong to, of those the user may open."""
    if not user.has_perm("crm.add_importbatch"):
        return {}
    rows = ImportBatch.objects.visible_to(user).filter(job__in=jobs).values_list("job_id", "pk")
    return {job: reverse("importing:batch", args=[pk]) for job, pk in rows}
