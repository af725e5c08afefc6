"""Decide about grade reviews: as a whole by approval, single proposals by those who may set grades, with exceptions."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.db import connection, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.base.saving import create_record, refuse_held
from crm.errors import DomainError, NotAllowed
from crm.locks import lock_row
from crm.models import User
from crm.transitions import transition
from crm.workflow.domain.notifications import notify
from customers.domain.grading.grades import WANTED, Changed, begin_writing, may_set_grade, write_grades
from customers.enums import RunState
from customers.models import Customer, GradeException, GradeProposal, GradeRun

DOCUMENT = "grade_review"
TOLD = "customers.grade"
_PROPOSALS, _EXCEPTIONS = GradeProposal._meta.db_table, GradeException._meta.db_table


def may_be_approved(run: GradeRun) -> bool:
    """Whether the review can be sent for approval, as far as it shows itself."""
    return run.state == RunState.OPEN and run.computed_at is not None


def check_ready(run: GradeRun, changes: dict[str, Any]) -> None:
    """Raise DomainError for a review that cannot be approved any more."""
    if not may_be_approved(run):
        raise DomainError(_("This review is decided, or its grades are not computed yet."))
    later = GradeRun.objects.filter(
        business_unit=run.business_unit_id, for_group=run.for_group, month__gt=run.month, state=RunState.APPLIED
    )
    if later.exists():
        raise DomainError(_("A later review was applied already: this one is out of date."))


def on_approved(*, record: GradeRun, request: Any, actor: User) -> None:
    """Carry the approved review out."""
    apply_run(run=record, actor=actor, reason=request.code)


def on_rejected(*, record: GradeRun, request: Any, actor: User) -> None:
    """The customers keep their grades."""
    transition(record, RunState.REJECTED, actor=actor, reason=request.code)


def apply_run(*, run: GradeRun, actor: User, reason: str = "", on: dt.date | None = None) -> int:
    """Give the customers the proposed grades, or those of the exceptions, from that day on (None: today, and owners are told);
    returns how many visible grades changed. Raises DomainError when the review cannot be applied any more."""
    with transaction.atomic():
        locked = lock_row(GradeRun.objects.all(), run.pk)
        check_ready(locked, {})
        changed = _apply(locked, None, actor, on)
        transition(locked, RunState.APPLIED, actor=actor, reason=reason)
    return len(changed)


def accept_proposals(rows: QuerySet[GradeProposal], *, actor: User) -> int:
    """Give the customers of single proposals their grades ahead of the review; returns how many proposals that were.

    Those of decided reviews are left alone. Raises NotAllowed, and Frozen while the review waits for approval.
    """
    if not may_set_grade(actor):
        raise NotAllowed(_("You may not set grades."))
    keys = list(rows.order_by().values_list("pk", flat=True))
    done = 0
    with transaction.atomic():
        runs = GradeRun.objects.filter(proposals__in=keys, state=RunState.OPEN).distinct().values_list("pk", flat=True)
        for pk in sorted(runs):
            locked = lock_row(GradeRun.objects.all(), pk)
            refuse_held(GradeRun, [pk])
            if locked.state != RunState.OPEN:
                continue
            check_ready(locked, {})
            mine = list(locked.proposals.filter(pk__in=keys, applied_at__isnull=True).values_list("pk", flat=True))
            _apply(locked, mine, actor)
            done += len(mine)
    return done


def _apply(run: GradeRun, keys: Sequence[int] | None, actor: User, on: dt.date | None = None) -> list[Changed]:
    """Write the grades of these proposals (None: all) that are not applied yet, and tell the owners."""
    some = "" if keys is None else " AND p.id = ANY(%s)"
    params: list[Any] = [run.pk] if keys is None else [run.pk, list(keys)]
    begin_writing()
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {WANTED} (customer_id, business_unit_id, grade, source, points, run_id, model_id, reason, kept_until,"  # noqa: S608 -- our own names
            " actor_id) SELECT p.customer_id, %s::bigint, COALESCE(e.grade, p.grade),"
            " CASE WHEN e.id IS NULL THEN 'review' ELSE 'exception' END, p.points, p.run_id, %s, COALESCE(e.reason, ''),"
            " e.until, COALESCE(e.given_by_id, %s)"
            f" FROM {_PROPOSALS} p LEFT JOIN {_EXCEPTIONS} e ON e.run_id = p.run_id AND e.customer_id = p.customer_id"
            f" WHERE p.run_id = %s AND p.applied_at IS NULL{some}",
            [run.grade_unit_id, run.model_id, actor.pk, *params],
        )
        changed = write_grades(today=on)
        cursor.execute(
            f"UPDATE {_PROPOSALS} p SET applied_at = %s WHERE p.run_id = %s AND p.applied_at IS NULL{some}",  # noqa: S608 -- our own names
            [timezone.now(), *params],
        )
    if on is None:
        tell_owners(changed, run=run, actor=actor)
    return changed


def tell_owners(changed: Sequence[Changed], *, run: GradeRun | None, actor: User) -> None:
    """Owners are told which of their customers have another grade: one by name, several by number."""
    by_owner: dict[int, list[Changed]] = defaultdict(list)
    for entry in changed:
        if entry.owner_id is not None:
            by_owner[entry.owner_id].append(entry)
    owners = User.objects.in_bulk(by_owner)
    for pk, entries in sorted(by_owner.items()):
        if len(entries) == 1:
            _tell_of_one(owners[pk], entries[0], actor)
        elif run is not None:
            url = f"{reverse('customers:gradeproposal_list')}?{urlencode({'run': run.pk, 'owner': pk, 'moved': '1'})}"
            notify(recipients=[owners[pk]], kind=TOLD, title=_many(len(entries)), url=url, actor=actor)


def _many(count: int) -> Any:
    return lambda: (
        ngettext("%(n)d of your customers has a new grade", "%(n)d of your customers have new grades", count)
        % {"n": count}
    )


def _tell_of_one(owner: User, entry: Changed, actor: User) -> None:
    customer = Customer._base_manager.get(pk=entry.pk)
    values = {"name": str(customer), "old": entry.old or "–", "new": entry.new or "–"}
    notify(
        recipients=[owner],
        kind=TOLD,
        title=lambda: _("%(name)s: grade %(old)s → %(new)s") % values,
        record=customer,
        actor=actor,
    )


def give_exception(rows: QuerySet[GradeProposal], *, actor: User, grade: str, reason: str, until: dt.date) -> int:
    """Let customers of proposals get another grade than the proposed one, until a day; returns how many. In place of the
    exceptions they had. Also while the review waits for approval: the approver approves with exceptions.

    Raises NotAllowed, and DomainError without a reason, for a day that is past, or a review that is decided.
    """
    if not may_set_grade(actor):
        raise NotAllowed(_("You may not set grades."))
    if until <= timezone.localdate():
        raise DomainError(_("The last day of an exception lies ahead."), field="until")
    done = 0
    with transaction.atomic():
        for proposal in rows.order_by("run_id", "pk").select_related("customer"):
            run = lock_row(GradeRun.objects.all(), proposal.run_id)
            if run.state != RunState.OPEN:
                raise DomainError(_("This review is decided: its grades cannot be changed any more."))
            GradeException.objects.filter(run=run, customer=proposal.customer_id).delete()
            create_record(
                GradeException(
                    run=run, customer=proposal.customer, grade=grade, reason=reason, until=until, given_by=actor
                )
            )
            done += 1
    return done


def take_exception_back(rows: QuerySet[GradeProposal], *, actor: User) -> int:
    """The customers of these proposals get the proposed grade after all; returns how many exceptions that were."""
    if not may_set_grade(actor):
        raise NotAllowed(_("You may not set grades."))
    done = 0
    with transaction.atomic():
        for proposal in rows.order_by("run_id", "pk"):
            run = lock_row(GradeRun.objects.all(), proposal.run_id)
            if run.state == RunState.OPEN:
                done += GradeException.objects.filter(run=run, customer=proposal.customer_id).delete()[0]
    return done


def exceptions_of(keys: Iterable[tuple[int, int]]) -> list[GradeException]:
    """The exceptions given in these reviews to these customers (pairs of keys), for rows that the reader sees already."""
    wanted = set(keys)
    rows = GradeException.objects.filter(run__in={run for run, _pk in wanted}, customer__in={pk for _run, pk in wanted})
    return [row for row in rows if (row.run_id, row.customer_id) in wanted]


def open_proposals(keys: Sequence[int]) -> dict[int, GradeProposal]:
    """What open reviews propose for these customers, whom the reader sees already: by the own unit's model before the group's."""
    rows = GradeProposal.objects.filter(customer__in=keys, run__state=RunState.OPEN)
    return {row.customer_id: row for row in rows.order_by("-run__for_group", "run__month", "pk")}
