"""Make, publish and retire approval policies, and find the one that a document falls under. docs/approvals.md explains it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.saving import create_record, save_record
from crm.errors import DomainError
from crm.locks import lock_row
from crm.organisation.models import User
from crm.transitions import transition
from crm.workflow.domain.approval_facts import all_hold
from crm.workflow.domain.approval_people import may_decide
from crm.workflow.models import ApprovalCondition, ApprovalPolicy, ApprovalStep, PolicyState
from crm.workflow.models.approval_policy import Approver

COPIED = ("document", "name", "priority", "own_allowed", "valid_until")
STEP_FIELDS = (
    "order",
    "approver",
    "level",
    "role",
    "within",
    "person",
    "rule",
    "remind_after",
    "escalate_after",
)


def create_policy(*, actor: User, **values: Any) -> ApprovalPolicy:
    """A draft without conditions and steps."""
    policy = ApprovalPolicy(state_since=timezone.now(), **values)
    with transaction.atomic():
        return create_record(policy)


def update_policy(
    *,
    instance: ApprovalPolicy,
    expected_version: int | None,
    actor: User,
    conditions: Sequence[Mapping[str, Any]] | None = None,
    steps: Sequence[Mapping[str, Any]] | None = None,
    **values: Any,
) -> ApprovalPolicy:
    """Change a draft; `conditions` and `steps`, where given, take the place of those it has.

    Raises StaleVersion, and DomainError for a policy that is or was in force: make a new edition of that one.
    """
    if instance.state != PolicyState.DRAFT:
        raise DomainError(_("A policy that is or was in force is not changed: make a new edition."))
    for name, value in values.items():
        setattr(instance, name, value)
    with transaction.atomic():
        save_record(instance, expected_version=expected_version, fields=list(values))
        if conditions is not None:
            instance.conditions.all().delete()
            for condition in conditions:
                create_record(ApprovalCondition(policy=instance, **condition))
        if steps is not None:
            instance.steps.all().delete()
            for step in steps:
                create_record(ApprovalStep(policy=instance, **step))
    return instance


def new_edition(*, policy: ApprovalPolicy, actor: User) -> ApprovalPolicy:
    """A draft with everything the policy has; published, it takes the policy's place. The one there is when there is one."""
    with transaction.atomic():
        locked = lock_row(ApprovalPolicy.objects.all(), policy.pk)
        there = ApprovalPolicy.objects.filter(replaces=locked, state=PolicyState.DRAFT).first()
        if there is not None:
            return there
        draft = create_record(
            ApprovalPolicy(
                state_since=timezone.now(),
                valid_from=timezone.localdate(),
                edition=locked.edition + 1,
                replaces=locked,
                **{name: getattr(locked, name) for name in COPIED},
            )
        )
        for condition in locked.conditions.all():
            kept = {"fact": condition.fact, "operator": condition.operator, "values": condition.values}
            create_record(ApprovalCondition(policy=draft, **kept))
        for step in locked.steps.all():
            create_record(ApprovalStep(policy=draft, **{name: getattr(step, name) for name in STEP_FIELDS}))
    return draft


def publish(*, policy: ApprovalPolicy, actor: User) -> Any:
    """Put a draft into force; the edition it replaces is retired in the same moment.

    Raises DomainError when it has no step, or a named person may not decide; TransitionError, StaleVersion.
    """
    steps = list(policy.steps.select_related("person", "role"))
    if not steps:
        raise DomainError(_("A policy needs at least one step: say who decides."))
    for step in steps:
        named = step.person if step.approver == Approver.PERSON else None
        if named is not None and not (named.is_active and may_decide(named)):
            message = _("%(name)s is not active or may not decide requests: name somebody else.")
            raise DomainError(message % {"name": named})
    with transaction.atomic():
        before = policy.replaces
        if before is not None and before.state == PolicyState.PUBLISHED:
            transition(before, PolicyState.RETIRED, actor=actor)
        return transition(policy, PolicyState.PUBLISHED, actor=actor)


def retire(*, policy: ApprovalPolicy, actor: User) -> Any:
    """Take it out of force, or give a draft up. Requests that run keep its steps. Raises TransitionError, StaleVersion."""
    return transition(policy, PolicyState.RETIRED, actor=actor)


def policies_in_force(document: str, on: dt.date | None = None) -> list[ApprovalPolicy]:
    """The policies of a kind of document with their conditions, in the order in which they are tried."""
    rows = ApprovalPolicy.objects.in_force(on or timezone.localdate()).filter(document=document)
    return list(rows.prefetch_related("conditions"))


def first_match(policies: Sequence[ApprovalPolicy], facts: Mapping[str, str]) -> ApprovalPolicy | None:
    """The first policy whose conditions all hold."""
    return next((policy for policy in policies if all_hold(policy.conditions.all(), facts)), None)
