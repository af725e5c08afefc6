"""Reminders and escalation when working hours have passed, and what happens to the requests of somebody who leaves."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from crm.organisation.models import User
from crm.workflow.domain.approval_people import managers_above
from crm.workflow.domain.approval_steps import ASKED, close, give, tell, tell_asked, write_event
from crm.workflow.models import ApprovalAssignment, ApprovalRequest, RequestState
from crm.workflow.models.approval_request import EventKind, Outcome

CHUNK = 100  # assignments that are looked at in one transaction
PASSED_ON = gettext_lazy("Passed on to your manager, the time being over: %(title)s")


def tell_late() -> int:
    """Remind approvers whose reminder has come, and pass on what waits too long to the approver's manager. Returns how many.

    Each is one transaction with its mark, so it happens once, however often this runs; requests that somebody decides just now
    are left to the next run.
    """
    now = timezone.now()
    late = Q(remind_at__lte=now, reminded_at__isnull=True) | Q(escalate_at__lte=now)
    keys = ApprovalAssignment.objects.filter(late, is_open=True).order_by("pk").values_list("pk", "request_id")
    return sum(_tell(assignment_id, request_id) for assignment_id, request_id in list(keys[:CHUNK]))


def _tell(assignment_id: int, request_id: int) -> bool:
    with transaction.atomic():
        rows = ApprovalRequest.objects.filter(pk=request_id, state=RequestState.PENDING)
        request = rows.select_related("requester").select_for_update(of=("self",), skip_locked=True).first()
        if request is None:
            return False
        mine = ApprovalAssignment.objects.filter(pk=assignment_id, is_open=True).select_related("user", "step").first()
        if mine is None:
            return False
        now = timezone.now()
        if mine.escalate_at is not None and mine.escalate_at <= now:
            return _escalate(request, mine)
        if mine.remind_at is None or mine.remind_at > now or mine.reminded_at is not None:
            return False
        ApprovalAssignment.objects.filter(pk=mine.pk).update(reminded_at=now)
        tell_asked(request, mine.user, None, "approval.reminder")
        write_event(request, EventKind.REMINDED, None, step=mine.step, to_user=mine.user)
        return True


def _escalate(request: ApprovalRequest, mine: ApprovalAssignment) -> bool:
    """The approver's manager decides instead. With nobody above it stays where it is and is reminded of once more."""
    above = [person for person in managers_above(mine.user) if person.pk != request.requester_id]
    if not above:
        ApprovalAssignment.objects.filter(pk=mine.pk).update(escalate_at=None, reminded_at=timezone.now())
        tell(request, [mine.user], "approval.reminder", ASKED, None)
        write_event(request, EventKind.REMINDED, None, step=mine.step, to_user=mine.user)
        return True
    close(mine, Outcome.ESCALATED)
    give(request, mine.step, above[0], given_by=mine.user, now=timezone.now())
    write_event(request, EventKind.ESCALATED, None, step=mine.step, for_user=mine.user, to_user=above[0])
    tell_asked(request, above[0], None, "approval.escalated")
    tell(request, [mine.user], "approval.escalated", PASSED_ON, None)
    return True


def count_to_decide(user: User) -> int:
    """How many steps of running requests are this user's to decide, now or later."""
    return ApprovalAssignment.objects.filter(user=user, closed_at__isnull=True).count()


def take_over_approvals(*, source: User, target: User, actor: User) -> int:
    """Give what somebody who leaves has to decide, now or later, to a colleague. Where the colleague asked for it, the next
    manager above decides instead. Returns how many."""
    with transaction.atomic():
        mine = ApprovalAssignment.objects.filter(user=source, closed_at__isnull=True)
        keys = sorted(set(mine.values_list("request_id", flat=True)))
        requests = ApprovalRequest.objects.filter(pk__in=keys).order_by("pk").select_for_update(of=("self",))
        by_key = {request.pk: request for request in requests.select_related("requester")}
        rows = list(mine.select_related("step", "user").order_by("pk"))
        for row in rows:
            _hand_over(by_key[row.request_id], row, target, actor)
    return len(rows)


def _hand_over(request: ApprovalRequest, row: ApprovalAssignment, target: User, actor: User) -> None:
    was_open, to = row.is_open, target
    if target.pk == request.requester_id and not request.own_allowed:
        to = next((person for person in managers_above(target)), target)
    close(row, Outcome.DELEGATED, actor)
    if was_open:
        give(request, row.step, to, given_by=row.user, now=timezone.now())
        tell_asked(request, to, actor, "approval.delegated")
    elif not row.step.assignments.filter(user=to, closed_at__isnull=True).exists():
        ApprovalAssignment.objects.create(request=request, step=row.step, user=to, given_by=row.user)
    write_event(request, EventKind.DELEGATED, actor, step=row.step, for_user=row.user, to_user=to)
