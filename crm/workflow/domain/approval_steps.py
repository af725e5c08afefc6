"""What requests and decisions have in common: opening steps with their clocks, writing events, telling people."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.events import approval_asked
from crm.organisation.domain.deputies import deputies_of
from crm.organisation.domain.working_time import WorkingTime, add_working_hours, working_time_of
from crm.organisation.models import User
from crm.workflow.domain.notifications import notify
from crm.workflow.models import (
    ApprovalAssignment,
    ApprovalEvent,
    ApprovalRequest,
    ApprovalRequestStep,
)

ASKED = gettext_lazy("Please decide: %(title)s")
ASKED_KIND = "approval.asked"
REMEMBERED = 60  # seconds that a person's number of requests to decide is kept, unless it changes
MOST_SHOWN = 99


def write_event(request: ApprovalRequest, kind: str, actor: User | None, **values: Any) -> ApprovalEvent:
    """Add a line to what was done about the request."""
    row: ApprovalEvent = ApprovalEvent.objects.create(
        request=request, kind=kind, actor=actor, at=timezone.now(), **values
    )
    return row


def open_next(request: ApprovalRequest, actor: User) -> bool:
    """Open the steps whose turn it is, and tell their approvers; False when none is left."""
    waiting = request.steps.filter(opened_at__isnull=True).order_by("order", "pk")
    steps = list(waiting.select_related("role", "person"))
    if not steps:
        return False
    time, now = working_time_of(request.business_unit_id), timezone.now()
    for step in steps:
        if step.order != steps[0].order:
            break
        ApprovalRequestStep.objects.filter(pk=step.pk).update(opened_at=now)
        for assignment in step.assignments.filter(closed_at__isnull=True).select_related("user"):
            open_assignment(assignment, step, time, now)
            tell_asked(request, assignment.user, actor)
    return True


def open_assignment(
    assignment: ApprovalAssignment, step: ApprovalRequestStep, time: WorkingTime, now: dt.datetime
) -> None:
    """It is this person's turn: the clocks begin to run."""
    assignment.is_open, assignment.opened_at = True, now
    if step.remind_after:
        assignment.remind_at = add_working_hours(now, step.remind_after, time)
    if step.escalate_after:
        assignment.escalate_at = add_working_hours(now, step.escalate_after, time)
    assignment.save()
    approval_asked.send(request=assignment.request_id, assignment=assignment.pk, user=assignment.user_id)
    forget_waiting([assignment.user])


def give(
    request: ApprovalRequest, step: ApprovalRequestStep, user: User, *, given_by: User, now: dt.datetime
) -> ApprovalAssignment:
    """Let somebody decide an open step, with clocks that begin anew; the assignment there is when there is one."""
    there = step.assignments.filter(user=user, closed_at__isnull=True).first()
    if there is not None:
        return there
    assignment = ApprovalAssignment(request=request, step=step, user=user, given_by=given_by)
    open_assignment(assignment, step, working_time_of(request.business_unit_id), now)
    return assignment


def close(assignment: ApprovalAssignment, outcome: str, decided_by: User | None = None) -> None:
    """Somebody's part in a step is over."""
    assignment.is_open, assignment.closed_at = False, timezone.now()
    assignment.outcome, assignment.decided_by = outcome, decided_by
    assignment.save(update_fields=["is_open", "closed_at", "outcome", "decided_by"])
    forget_waiting([assignment.user])


def tell_asked(request: ApprovalRequest, user: User, actor: User | None, kind: str = ASKED_KIND) -> None:
    """Tell somebody that a decision is waited for, and the deputy too when that person is absent today."""
    people = [user, *deputies_of(user, timezone.localdate())]
    tell(request, people, kind, ASKED, actor)
    forget_waiting(people)


def tell(
    request: ApprovalRequest, people: Iterable[User], kind: str, title: Any, actor: User | None, reason: str = ""
) -> None:
    """Tell people about the request: what it is about, and why."""

    def text() -> str:
        told = [request.headline, reason or _("Asked by %(name)s") % {"name": request.requester}]
        return " · ".join(part for part in told if part)

    notify(
        recipients=people,
        kind=kind,
        title=lambda: title % {"title": request.title},
        text=text,
        record=request,
        actor=actor,
    )


def waiting_count(user: User) -> int:
    """How many requests wait for this user's decision, at most 99; kept in the cache, for every page shows it."""
    found: int = cache.get_or_set(_key(user), lambda: _waiting(user), REMEMBERED)  # type: ignore[assignment]
    return found


def _waiting(user: User) -> int:
    return ApprovalRequest.objects.waiting_for(user).order_by()[:MOST_SHOWN].count()


def _key(user: User) -> str:
    return f"approvals:waiting:{user.pk}"


def forget_waiting(people: Iterable[User]) -> None:
    """What waits for these people has changed, once this transaction commits."""
    keys = [_key(person) for person in people]
    transaction.on_commit(lambda: cache.delete_many(keys))
