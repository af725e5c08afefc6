"""What pages read about requests: whose turn it is, the path so far and ahead, the reader's own part, for many rows at once."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from crm.organisation.models import User
from crm.workflow.models import ApprovalAssignment, ApprovalRequest, ApprovalRequestStep
from crm.workflow.models.approval_request import DECIDE, deciding_as


def waiting_names(keys: Sequence[int]) -> dict[int, list[str]]:
    """The names of those whose turn it is, by the request's key; one query."""
    names: dict[int, list[str]] = defaultdict(list)
    for row in ApprovalAssignment.objects.filter(request__in=keys, is_open=True).select_related("user").order_by("pk"):
        names[row.request_id].append(row.user.label)
    return names


def own_parts(keys: Sequence[int], user: User) -> dict[int, ApprovalAssignment]:
    """What this user has to decide now, by the request's key; one query, none for somebody who may not decide from a list."""
    if not user.has_perm(DECIDE):
        return {}
    rows = ApprovalAssignment.objects.filter(request__in=keys, is_open=True, user__in=deciding_as(user))
    found: dict[int, ApprovalAssignment] = {}
    for row in sorted(rows, key=lambda row: (row.user_id != user.pk, row.pk)):
        found.setdefault(row.request_id, row)
    return found


def log_of(request: ApprovalRequest) -> list[Any]:
    """Everything that was done about the request, in its order."""
    return list(request.log.select_related("actor", "for_user", "to_user").order_by("at", "pk"))


def steps_ahead(request: ApprovalRequest) -> list[tuple[ApprovalRequestStep, list[ApprovalAssignment]]]:
    """The steps that are not done, with the people who have to decide them."""
    steps = request.steps.filter(closed_at__isnull=True).select_related("role", "person").order_by("order", "pk")
    people: dict[int, list[ApprovalAssignment]] = defaultdict(list)
    for row in request.assignments.filter(closed_at__isnull=True).select_related("user").order_by("pk"):
        people[row.step_id].append(row)
    return [(step, people[step.pk]) for step in steps]


def progress(request: ApprovalRequest) -> tuple[int, int]:
    """How many of its steps are done, and how many there are."""
    closed = list(request.steps.values_list("closed_at", flat=True))
    return sum(at is not None for at in closed), len(closed)
