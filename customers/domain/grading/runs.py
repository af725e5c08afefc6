"""Grade reviews: computed for a month, or as the preview of a draft; stored by COPY, safe to be killed and begun again."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from crm.errors import DomainError, NotAllowed
from crm.jobs import enqueue
from crm.locks import AdvisoryLock, LockTaken, session_lock
from crm.models import ApprovalRequest, Job, User
from crm.periods import month_start
from crm.transitions import transition
from crm.workflow.domain.jobs import advance_job, begin_job, fail_job, finish_job, start_job
from crm.workflow.links import reference_of
from crm.workflow.models import RequestState
from crm.workflow.models.job import ENDED
from customers.domain.grading.computing import Computed, compute_grades, matrix_of
from customers.enums import GradingState, Move, RunState
from customers.models import Customer, GradeProposal, GradeRun, GradingModel

KIND = "grades"
PREVIEW = "grade_preview"
AT_ONCE = 2000  # customers whose preview is made while the page waits
CHANGE = "customers.change_gradingmodel"
_TABLE = GradeProposal._meta.db_table
_COLUMNS = (
    "run_id", "customer_id", "old_grade", "grade", "bare", "points", "values", "scores", "rule", "veto_id", "move",
)  # fmt: skip


def compute_month(*, on: dt.date | None = None, again: bool = False, job_id: int | None = None) -> int:
    """Make the reviews of the month that are missing, one for each model in force and business unit with customers; with `again`
    those still to be reviewed anew. Returns how many were computed.

    Each review is one transaction: a killed worker leaves whole reviews and no half ones, and the next call makes the rest.
    """
    day = on or timezone.localdate()
    month, done = month_start(day), 0
    with session_lock(AdvisoryLock.GRADES):
        models = list(GradingModel.objects.in_force(day).order_by("pk"))
        for number, model in enumerate(models, start=1):
            units = _units_to_compute(model, month, again)
            if units:
                by_unit = _by_unit(compute_grades(model, day))
                for unit in units:
                    done += _store(model, unit, month, day, by_unit.get(unit, []))
            advance_job(job_id, done=number, total=len(models))
    return done


def _units(model: GradingModel) -> list[int]:
    """The business units whose customers the model grades."""
    if model.business_unit_id is not None:
        return [model.business_unit_id]
    rows = Customer._base_manager.order_by("business_unit_id").values_list("business_unit_id", flat=True)
    return list(rows.distinct())


def _units_to_compute(model: GradingModel, month: dt.date, again: bool) -> list[int]:
    """Those without a review of this month that is computed; with `again` those whose review can still be changed."""
    runs = GradeRun.objects.real().filter(month=month, for_group=model.business_unit_id is None)
    there = {run.business_unit_id: run for run in runs.filter(computed_at__isnull=False)}
    return [
        unit
        for unit in _units(model)
        if unit not in there or (again and there[unit].state == RunState.OPEN and not is_asked(there[unit]))
    ]


def is_asked(run: GradeRun) -> bool:
    """Whether the review waits for approval: then nothing about it changes."""
    return ApprovalRequest.objects.filter(state=RequestState.PENDING, **reference_of(run)).exists()


def _by_unit(entries: Iterable[Computed]) -> dict[int, list[Computed]]:
    found: dict[int, list[Computed]] = defaultdict(list)
    for entry in entries:
        found[entry.subject.business_unit_id].append(entry)
    return found


def _store(model: GradingModel, unit: int, month: dt.date, day: dt.date, entries: Sequence[Computed]) -> int:
    """Write a review with its proposals; older ones that nobody decided about are superseded. 0 when somebody decides about it
    at this moment."""
    with transaction.atomic():
        for_group = model.business_unit_id is None
        values = {"business_unit_id": unit, "month": month, "for_group": for_group}
        run, _made = GradeRun.objects.exclude(state=RunState.PREVIEW).get_or_create(
            **values, defaults={"model": model, "state": RunState.OPEN, "state_since": timezone.now()}
        )
        run = GradeRun.objects.select_for_update().get(pk=run.pk)
        if run.state != RunState.OPEN or is_asked(run):
            return 0
        if run.model_id != model.pk:
            run.model = model
        _write_proposals(run, day, entries)
        earlier = GradeRun.objects.filter(
            business_unit=unit, for_group=for_group, month__lt=month, state=RunState.OPEN
        ).order_by("pk")
        for old in earlier:
            if not is_asked(old):
                transition(old, RunState.SUPERSEDED, actor=None)
    return 1


def _write_proposals(run: GradeRun, day: dt.date, entries: Sequence[Computed]) -> None:
    """The proposals in place of those there are, and the numbers of the review."""
    run.proposals.all().delete()
    columns = ", ".join(f'"{name}"' for name in _COLUMNS)
    width = len(entries[0].verdict.scores) if entries else 0
    with connection.cursor() as cursor, cursor.copy(f'COPY "{_TABLE}" ({columns}) FROM STDIN') as copy:
        for entry in entries:
            verdict = entry.verdict
            copy.write_row(
                (
                    run.pk,
                    entry.subject.pk,
                    entry.subject.old,
                    verdict.grade,
                    verdict.bare,
                    verdict.points,
                    list(entry.values),
                    list(verdict.scores[:width]),
                    str(verdict.rule),
                    verdict.veto,
                    str(entry.move),
                )
            )
    moves = [entry.move for entry in entries]
    run.customers, run.matrix = len(entries), matrix_of(entries)
    run.ups, run.downs, run.firsts = moves.count(Move.UP), moves.count(Move.DOWN), moves.count(Move.NEW)
    run.computed_on, run.computed_at = day, timezone.now()
    run.save()


def preview(*, model: GradingModel, actor: User, on: dt.date | None = None) -> Job:
    """Compute what a draft would do to today's grades: at once when the customers are few, else in the background.

    Raises NotAllowed, and DomainError for a model that is no draft or has no criteria.
    """
    if not actor.has_perm(CHANGE):
        raise NotAllowed(_("You may not change scoring models."))
    if model.state != GradingState.DRAFT:
        raise DomainError(_("Only a draft is previewed."))
    if not model.criteria.exists():
        raise DomainError(_("A model needs criteria: choose at least one figure."))
    rows = Customer._base_manager.filter(merged_into__isnull=True).order_by()
    if model.business_unit_id is not None:
        rows = rows.filter(business_unit=model.business_unit_id)
    few = rows[: AT_ONCE + 1].count() <= AT_ONCE
    params = {"model": model.pk, "on": (on or timezone.localdate()).isoformat()}
    with transaction.atomic():
        job = start_job(kind=PREVIEW, actor=actor, params=params)
        if not few:
            enqueue("customers.preview_grades", job_id=job.pk)
    if few:
        run_preview(job.pk)
    job.refresh_from_db()
    return job


def run_preview(job_id: int) -> None:
    """The work of a preview's job. Safe to run twice: the runs of before are replaced in one transaction."""
    job = Job.objects.select_related("created_by").filter(pk=job_id).exclude(state__in=ENDED).first()
    if job is None:
        return
    language = job.created_by.language if job.created_by else ""
    with translation.override(language or translation.get_language()):
        begin_job(job.pk)
        try:
            count = _preview(job)
        except DomainError as error:
            fail_job(job.pk, message=str(error.message))
        except Exception:
            fail_job(job.pk, message=_("The preview stopped because of a fault in the program. Try again."))
            raise
        else:
            finish_job(job.pk, result={"customers": count})


def _preview(job: Job) -> int:
    model = GradingModel.objects.filter(pk=job.params["model"]).first()
    if model is None or model.state != GradingState.DRAFT:
        raise DomainError(_("Only a draft is previewed."))
    day = dt.date.fromisoformat(job.params["on"])
    by_unit = _by_unit(compute_grades(model, day))
    with transaction.atomic():
        locked = GradingModel.objects.select_for_update().get(pk=model.pk)
        if locked.version != model.version or locked.state != GradingState.DRAFT:
            raise DomainError(_("The model was changed meanwhile: preview it again."))
        GradeRun.objects.filter(model=model, state=RunState.PREVIEW).delete()
        for unit, entries in sorted(by_unit.items()):
            run = GradeRun.objects.create(
                model=model,
                business_unit_id=unit,
                for_group=model.business_unit_id is None,
                month=month_start(day),
                state=RunState.PREVIEW,
                state_since=timezone.now(),
            )
            _write_proposals(run, day, entries)
    return sum(len(entries) for entries in by_unit.values())


def start_month(*, actor: User, again: bool = True) -> Job:
    """Compute this month's reviews now, in the background. Raises NotAllowed."""
    if not actor.has_perm("customers.change_graderun"):
        raise NotAllowed(_("You may not have grades computed."))
    with transaction.atomic():
        job = start_job(kind=KIND, actor=actor, params={"again": again})
        enqueue("customers.compute_grades", job_id=job.pk)
    return job


def run_month(job_id: int | None = None) -> int:
    """The monthly work, or that of a job a person started. Somebody else at it: nothing to do."""
    again = bool(Job.objects.get(pk=job_id).params.get("again")) if job_id else False
    begin_job(job_id)
    try:
        done = compute_month(again=again, job_id=job_id)
    except LockTaken:
        fail_job(job_id, message=_("The grades are being computed already."))
        return 0
    except DomainError as error:
        fail_job(job_id, message=str(error.message))
        return 0
    finish_job(job_id, result={"reviews": done})
    return done


def retry_grades(job: Job, actor: Any) -> None:
    """Start a job of grading anew. Raises NotAllowed, DomainError."""
    if job.kind == KIND:
        start_month(actor=actor, again=bool(job.params.get("again")))
        return
    model = GradingModel.objects.filter(pk=job.params.get("model")).first()
    if model is None:
        raise DomainError(_("The model is gone."))
    preview(model=model, actor=actor)


def open_runs(unit: Any = None) -> QuerySet[GradeRun]:
    """The reviews that somebody still has to decide about."""
    rows: QuerySet[GradeRun] = GradeRun.objects.filter(state=RunState.OPEN)
    return rows if unit is None else rows.filter(Q(business_unit=unit))
