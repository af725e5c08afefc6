"""Decide requests: approve, reject, return, pass on, withdraw, remind. Each takes the request's row first, so of two people who
press at the same moment one wins and the other is told who was quicker."""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.errors import AlreadyDecided, DomainError, NotAllowed
from crm.formats import moment
from crm.locks import lock_row
from crm.organisation.models import User
from crm.transitions import transition
from crm.workflow.domain.approval_changes import record_of, refuse_changed_since
from crm.workflow.domain.approval_people import may_decide
from crm.workflow.domain.approval_steps import close, forget_waiting, give, open_next, tell, tell_asked, write_event
from crm.workflow.models import ApprovalAssignment, ApprovalRequest, ApprovalRequestStep, RequestState
from crm.workflow.models.approval_policy import Rule
from crm.workflow.models.approval_request import DECISIONS, EventKind, Outcome, deciding_as

REMIND_AGAIN = dt.timedelta(hours=1)
TOLD = {
    RequestState.APPROVED: gettext_lazy("Approved: %(title)s"),
    RequestState.REJECTED: gettext_lazy("Rejected: %(title)s"),
    RequestState.RETURNED: gettext_lazy("Returned for change: %(title)s"),
}
CALLBACKS = {
    RequestState.APPROVED: "on_approved",
    RequestState.REJECTED: "on_rejected",
    RequestState.RETURNED: "on_returned",
    RequestState.WITHDRAWN: "on_withdrawn",
}


def approve(*, request: ApprovalRequest, actor: User, step: int | None = None, reason: str = "") -> ApprovalRequest:
    """Approve the step that is the actor's turn; `step` is the key of the one the actor saw, so that a second press approves no
    later one. After the last step the request is approved and its document's kind carries it out.

    Raises AlreadyDecided when somebody was quicker, NotAllowed when it is not the actor's turn, DomainError when it cannot be
    carried out, or would change what somebody else has changed since it was asked for.
    """
    with transaction.atomic():
        locked, mine = _take(request, actor, step)
        if locked.is_change:
            refuse_changed_since(locked, record_of(locked))
        _record(locked, mine, Outcome.APPROVED, EventKind.APPROVED, actor, reason)
        if _step_is_done(mine.step) and not _others_open(locked) and not open_next(locked, actor):
            _end(locked, RequestState.APPROVED, actor, reason)
    return locked


def reject(*, request: ApprovalRequest, actor: User, step: int | None = None, reason: str = "") -> ApprovalRequest:
    """Reject the request as a whole; needs a reason. Raises as approve() does."""
    return _refuse(request, actor, step, reason, RequestState.REJECTED)


def return_for_change(
    *, request: ApprovalRequest, actor: User, step: int | None = None, reason: str = ""
) -> ApprovalRequest:
    """Give it back: the requester changes the document and asks again. Needs a reason. Raises as approve() does."""
    return _refuse(request, actor, step, reason, RequestState.RETURNED)


def _refuse(
    request: ApprovalRequest, actor: User, step: int | None, reason: str, target: RequestState
) -> ApprovalRequest:
    if not reason.strip():
        raise DomainError(_("Say why: the requester needs to know."), field="reason")
    with transaction.atomic():
        locked, mine = _take(request, actor, step)
        _record(locked, mine, Outcome(target.value), EventKind(target.value), actor, reason)
        _end(locked, target, actor, reason)
    return locked


def delegate(
    *, request: ApprovalRequest, actor: User, to: User, step: int | None = None, reason: str = ""
) -> ApprovalRequest:
    """Let a colleague decide in one's place. Raises as approve() does, and DomainError on "to" for somebody who may not decide,
    has to decide this step already, or asked for it."""
    if not to.is_active or not may_decide(to):
        message = _("%(name)s is not active or may not decide requests: choose somebody else.")
        raise DomainError(message % {"name": to}, field="to")
    with transaction.atomic():
        locked, mine = _take(request, actor, step)
        if to.pk == locked.requester_id and not locked.own_allowed:
            raise DomainError(_("Nobody decides their own request: choose somebody else."), field="to")
        if mine.step.assignments.filter(user=to, closed_at__isnull=True).exists():
            raise DomainError(_("%(name)s has to decide this step already.") % {"name": to}, field="to")
        close(mine, Outcome.DELEGATED, actor)
        given = give(locked, mine.step, to, given_by=mine.user, now=timezone.now())
        absent = mine.user if mine.user_id != actor.pk else None
        write_event(
            locked, EventKind.DELEGATED, actor, step=mine.step, for_user=absent, to_user=given.user, reason=reason
        )
        tell_asked(locked, to, actor, "approval.delegated")
    return locked


def withdraw(*, request: ApprovalRequest, actor: User, reason: str = "") -> ApprovalRequest:
    """Take the request back; the document can be changed again. Only who asked may. Raises NotAllowed, AlreadyDecided."""
    if request.requester_id != actor.pk:
        raise NotAllowed(_("Only %(name)s may withdraw this request.") % {"name": request.requester})
    with transaction.atomic():
        locked = _pending(request)
        write_event(locked, EventKind.WITHDRAWN, actor, reason=reason)
        _end(locked, RequestState.WITHDRAWN, actor, reason)
    return locked


def remind(*, request: ApprovalRequest, actor: User) -> int:
    """Remind those whose turn it is; once an hour. Returns how many. Raises NotAllowed, AlreadyDecided, DomainError."""
    if request.requester_id != actor.pk:
        raise NotAllowed(_("Only %(name)s may remind of this request.") % {"name": request.requester})
    with transaction.atomic():
        locked, now = _pending(request), timezone.now()
        if locked.reminded_at is not None and now - locked.reminded_at < REMIND_AGAIN:
            message = _("They were reminded on %(time)s already. You can remind them once an hour.")
            raise DomainError(message % {"time": moment(locked.reminded_at)})
        people = [row.user for row in locked.assignments.filter(is_open=True).select_related("user")]
        for person in people:
            tell_asked(locked, person, actor, "approval.reminder")
        write_event(locked, EventKind.REMINDED, actor)
        ApprovalRequest.objects.filter(pk=locked.pk).update(reminded_at=now)
    return len(people)


def approve_many(rows: QuerySet[ApprovalRequest], *, actor: User, reason: str = "") -> int:
    """Approve those of the rows that are the actor's turn; returns how many. One that somebody else decided meanwhile, or that
    cannot be carried out, is left as it is."""
    done = 0
    for request in (
        ApprovalRequest.objects.waiting_for(actor).filter(pk__in=rows.order_by().values("pk")).order_by("pk")
    ):
        try:
            approve(request=request, actor=actor, reason=reason)
        except DomainError:
            continue
        done += 1
    return done


def my_assignment(request: ApprovalRequest, user: User, step: int | None = None) -> ApprovalAssignment | None:
    """The open assignment that this user would decide: the own one first, then one of somebody the user stands in for."""
    people = deciding_as(user)
    rows = request.assignments.filter(is_open=True, user__in=people).select_related("step", "user", "step__role")
    if step is not None:
        rows = rows.filter(step=step)
    return min(rows, key=lambda row: (row.user_id != user.pk, row.step.order, row.pk), default=None)


def _pending(request: ApprovalRequest) -> ApprovalRequest:
    """The request, locked; raises AlreadyDecided when it does not wait any more."""
    locked = lock_row(ApprovalRequest.objects.select_related("requester"), request.pk)
    if locked.state != RequestState.PENDING:
        raise AlreadyDecided(_who_was_quicker(locked, None))
    return locked


def _take(request: ApprovalRequest, actor: User, step: int | None) -> tuple[ApprovalRequest, ApprovalAssignment]:
    """The locked request and the actor's own part in it."""
    locked = lock_row(ApprovalRequest.objects.select_related("requester"), request.pk)
    mine = my_assignment(locked, actor, step) if locked.state == RequestState.PENDING else None
    if mine is None:
        asked = locked.assignments.filter(user__in=deciding_as(actor))
        over = (asked.filter(step=step) if step is not None else asked).filter(closed_at__isnull=False)
        if locked.state != RequestState.PENDING or over.exists():
            raise AlreadyDecided(_who_was_quicker(locked, step))
        raise NotAllowed(_("It is not your turn to decide this request."))
    if actor.pk == locked.requester_id and not locked.own_allowed:
        raise NotAllowed(_("Nobody decides their own request: the approver or another deputy has to."))
    return locked, mine


def _who_was_quicker(request: ApprovalRequest, step: int | None) -> str:
    log = request.log.filter(kind__in=[*DECISIONS, EventKind.WITHDRAWN, EventKind.DELEGATED, EventKind.ESCALATED])
    rows = log.filter(step=step) if step is not None and log.filter(step=step).exists() else log
    last = rows.select_related("actor").order_by("-at", "-pk").first()
    if last is None or last.actor is None:
        return _("This has been decided already. Reload the page to see how it stands.")
    return _("%(name)s was quicker: %(what)s. Reload the page to see how it stands.") % {
        "name": last.actor,
        "what": last.get_kind_display(),
    }


def _record(
    request: ApprovalRequest, mine: ApprovalAssignment, outcome: str, kind: str, actor: User, reason: str
) -> None:
    close(mine, outcome, actor)
    absent = mine.user if mine.user_id != actor.pk else None
    write_event(request, kind, actor, step=mine.step, for_user=absent, reason=reason)


def _step_is_done(step: ApprovalRequestStep) -> bool:
    """Whether the step has all it needs; then its other approvers need not decide any more."""
    open_ones = list(step.assignments.filter(closed_at__isnull=True).select_related("user"))
    if step.rule == Rule.ALL and open_ones:
        return False
    for assignment in open_ones:
        close(assignment, Outcome.DROPPED)
    ApprovalRequestStep.objects.filter(pk=step.pk).update(closed_at=timezone.now())
    return True


def _others_open(request: ApprovalRequest) -> bool:
    """Whether a step that runs beside is still open."""
    return request.steps.filter(opened_at__isnull=False, closed_at__isnull=True).exists()


def _end(request: ApprovalRequest, target: RequestState, actor: User, reason: str) -> None:
    """The request is decided as a whole: nobody has to decide any more, the document's kind carries it out, who asked is told."""
    for assignment in request.assignments.filter(closed_at__isnull=True).select_related("user"):
        close(assignment, Outcome.DROPPED)
    request.steps.filter(closed_at__isnull=True).update(closed_at=timezone.now())
    transition(request, target, actor=actor, reason=reason)
    _carry_out(request, target, actor)
    if target in TOLD:
        kind = "approval.returned" if target == RequestState.RETURNED else "approval.decided"
        tell(request, [request.requester], kind, TOLD[target], actor, reason)
    forget_waiting([request.requester])


def _carry_out(request: ApprovalRequest, target: RequestState, actor: User) -> None:
    """What the document's kind does about it. A document that is gone, or whose kind is, can be refused but not approved."""
    declared, record = request.declared, record_of(request, lock=True)
    if record is None:
        if target == RequestState.APPROVED:
            raise DomainError(_("The document is gone: reject the request, or have it withdrawn."))
        return
    if target == RequestState.APPROVED:
        refuse_changed_since(request, record)
    callback = getattr(declared, CALLBACKS[target])
    if callback is not None:
        callback(record=record, request=request, actor=actor)
