"""Edit many records at once: each one by its entity's own update, as on its form. A few at once, many in the background."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from crm.acting import acting
from crm.bulk.forms import BulkEditForm
from crm.errors import DomainError, NotAllowed
from crm.formats import num
from crm.generic.entity import Entity
from crm.generic.lists import list_view
from crm.generic.views.listing import ListView
from crm.jobs import enqueue
from crm.locks import AdvisoryLock, LockTaken, session_lock
from crm.workflow.domain.jobs import (
    JobCancelled,
    advance_job,
    begin_job,
    close_cancelled,
    fail_job,
    finish_job,
    start_job,
    stop_if_asked,
)
from crm.workflow.models import Job
from crm.workflow.models.job import ENDED

KIND = "bulk_edit"
AT_ONCE = 100  # records; more are edited in the background
MOST = 50_000  # records at a time
STEP = 50  # records between two reports of how far it is
NAMED = 200  # failures that the result names; the others are counted


@dataclass(frozen=True)
class Selection:
    """Rows of a list: those ticked, or all that its filters find (`ids` None)."""

    view: ListView
    ids: Sequence[int] | None = None

    def found(self) -> QuerySet[Any]:
        """The rows in the reader's reach."""
        if self.ids is None:
            return self.view.found(self.view.request)[0].order_by()
        return self.view.rows().filter(pk__in=self.ids).order_by()

    def changeable(self) -> QuerySet[Any]:
        """Those that are not shared for reading only."""
        model, user = self.view.entity.model, self.view.request.user
        rows = model.objects.visible_to(user, write=True)  # type: ignore[attr-defined]
        return rows.filter(pk__in=self.found().values("pk")).order_by("pk")  # type: ignore[no-any-return]


@dataclass
class Outcome:
    """What came of it: how many were changed, were so already, could not be changed; and of these why."""

    changed: int = 0
    unchanged: int = 0
    failed: int = 0
    failures: list[tuple[int, str, str]] = field(default_factory=list)

    def fail(self, row: Any, reason: str) -> None:
        """One more that could not be changed."""
        self.failed += 1
        if len(self.failures) < NAMED:
            self.failures.append((row.pk, str(row), reason))


def may_edit(entity: Entity, user: Any) -> bool:
    """Whether the person may edit records of this list in bulk at all."""
    return (
        bool(entity.bulk_edit and entity.update)
        and user.has_perm(entity.permission("view"))
        and user.has_perm(entity.permission("change"))
    )


def start_edit(*, actor: Any, selection: Selection, kept: str, asked_at: dt.datetime) -> Job:
    """Edit the rows: at once when they are few, else by a job. `kept` is what BulkEditForm.kept() gave; a row that was changed
    after `asked_at` is left alone.

    Raises NotAllowed without the right, DomainError when nothing is selected or too much.
    """
    view = selection.view
    if not may_edit(view.entity, actor):
        raise NotAllowed(_("You may not edit these records."))
    count = selection.changeable()[: MOST + 1].count()
    if not count:
        raise DomainError(_("There is nothing here that you may change."))
    if count > MOST:
        raise DomainError(_("More than %(n)s records cannot be edited at a time. Narrow the list.") % {"n": num(MOST)})
    params = {
        "list": view.entity.key,
        "query": view.request.GET.urlencode(),
        "ids": None if selection.ids is None else list(selection.ids),
        "values": kept,
        "asked_at": asked_at.isoformat(),
        "language": translation.get_language() or "",
    }
    with transaction.atomic():
        job = start_job(kind=KIND, actor=actor, total=count, params=params)
        if count > AT_ONCE:
            enqueue("crm.bulk_edit", job_id=job.pk)
    if count <= AT_ONCE:
        run_edit(job.pk)
    job.refresh_from_db()
    return job


def run_edit(job_id: int) -> None:
    """Edit the rows of a job that waits. Safe to run twice: what is changed already is so already."""
    try:
        with session_lock(AdvisoryLock.BULK, job_id):
            job = Job.objects.select_related("created_by").filter(pk=job_id).exclude(state__in=ENDED).first()
            if job is not None:
                with translation.override(job.params["language"]):
                    _run(job)
    except LockTaken:
        return


def _run(job: Job) -> None:
    begin_job(job.pk)
    outcome = Outcome()
    try:
        with acting(user=job.created_by_id, source=KIND, job=job.pk):
            _edit(job, outcome)
    except JobCancelled as error:
        Job.objects.filter(pk=job.pk).update(result=vars(outcome))
        close_cancelled(job.pk, message=str(error.message))
    except DomainError as error:
        fail_job(job.pk, message=str(error.message))
    except Exception:
        fail_job(job.pk, message=_("The bulk edit failed. Try again, or tell your administrator."))
        raise
    else:
        finish_job(job.pk, result=vars(outcome))


def _edit(job: Job, outcome: Outcome) -> None:
    params, actor = job.params, job.created_by
    view = list_view(params["list"], actor, params["query"])
    if not may_edit(view.entity, actor):  # it may have been taken away meanwhile
        raise NotAllowed(_("You may not edit these records."))
    form = BulkEditForm(view.entity, actor, QueryDict(params["values"]))
    if not form.is_valid():
        raise DomainError(_("A value is no longer one that may be chosen."))
    values, asked_at = form.values(), dt.datetime.fromisoformat(params["asked_at"])
    keys = list(Selection(view, params["ids"]).changeable().values_list("pk", flat=True)[:MOST])
    advance_job(job.pk, done=0, total=len(keys))
    for number, row in enumerate(_read(view, keys), start=1):
        _one(view.entity, row, values, asked_at, actor, outcome)
        if not number % STEP:
            advance_job(job.pk, done=number)
            stop_if_asked(job.pk)
    advance_job(job.pk, done=len(keys))


def _read(view: ListView, keys: Sequence[int]) -> Iterator[Any]:
    """The rows, a few at a time, as they are when their turn comes."""
    for start in range(0, len(keys), STEP):
        yield from Selection(view, keys[start : start + STEP]).changeable()


def _one(entity: Entity, row: Any, values: dict[str, Any], asked_at: dt.datetime, actor: Any, outcome: Outcome) -> None:
    if all(getattr(row, name) == value for name, value in values.items()):
        outcome.unchanged += 1
    elif row.updated_at > asked_at:
        outcome.fail(row, _("Somebody changed it meanwhile."))
    else:
        try:
            entity.update(instance=row, expected_version=row.version, actor=actor, **values)  # type: ignore[misc]
        except DomainError as error:
            outcome.fail(row, str(error.message))
        else:
            outcome.changed += 1


def retry_edit(job: Job, actor: Any) -> None:
    """Start it anew. Raises NotAllowed for the bulk edit of another."""
    if job.created_by_id != actor.pk:
        raise NotAllowed(_("Only the person who started a bulk edit may start it anew."))
    with transaction.atomic():
        anew = start_job(kind=KIND, actor=actor, total=job.total, params={**job.params, "asked_at": _now()})
        enqueue("crm.bulk_edit", job_id=anew.pk)


def _now() -> str:
    return timezone.now().isoformat()
