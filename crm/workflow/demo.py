"""What the apps' demo data about approvals has in common: policies in force, and requests that seem some hours old."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import F

from crm.demo.world import World
from crm.organisation.models import Role, User
from crm.workflow.domain.approval_policies import create_policy, publish, update_policy
from crm.workflow.models import ApprovalPolicy, ApprovalRequest

REMIND, ESCALATE = 8, 16  # working hours


def person(username: str) -> User:
    """Somebody of the demo company."""
    return User.objects.get(username=username)


def step(order: int, approver: str, role: str = "", **values: Any) -> dict[str, Any]:
    """A step of a policy; the role by its code."""
    return {
        "order": order,
        "approver": approver,
        "level": 1,
        "role": Role.objects.get(code=role) if role else None,
        "within": "unit",
        "person": None,
        "rule": "any",
        "remind_after": REMIND,
        "escalate_after": ESCALATE,
        **values,
    }


def policy_in_force(
    world: World,
    document: str,
    name: str,
    priority: int,
    steps: Sequence[Mapping[str, Any]],
    conditions: Sequence[tuple[str, str, list[str]]] = (),
) -> ApprovalPolicy:
    """A policy of the administrator's, in force since the company's first day."""
    admin = person("dengx")
    policy = create_policy(
        actor=admin, document=document, name=name, priority=priority, valid_from=world.first_day.item()
    )
    update_policy(
        instance=policy,
        expected_version=policy.version,
        actor=admin,
        conditions=[{"fact": fact, "operator": operator, "values": values} for fact, operator, values in conditions],
        steps=steps,
    )
    publish(policy=policy, actor=admin)
    return policy


def whose_turn(request: ApprovalRequest) -> User:
    """The first of those who decide now: a larger company has more teams, and other managers."""
    return request.assignments.filter(is_open=True).order_by("pk").select_related("user")[0].user


def backdate(request: ApprovalRequest, hours: int) -> None:
    """The request was made so many hours ago, and what was done about it followed."""
    by = dt.timedelta(hours=hours)
    ApprovalRequest.objects.filter(pk=request.pk).update(
        created_at=F("created_at") - by, state_since=F("state_since") - by
    )
    events = list(request.log.order_by("at", "pk"))
    for place, event in enumerate(events):
        event.at -= by * (len(events) - place) / len(events)
        event.save(update_fields=["at"])
    request.assignments.update(
        opened_at=F("opened_at") - by, remind_at=F("remind_at") - by, escalate_at=F("escalate_at") - by
    )
