"""Ask for approval of a document or of changes to it. docs/approvals.md explains it."""

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm import extension_points
from crm.approvable import ApprovalDocument
from crm.base.saving import create_record
from crm.errors import DomainError, NotAllowed
from crm.locks import lock_row
from crm.organisation.domain.placement import placement_of
from crm.organisation.models import User
from crm.records.domain.numbers import record_number
from crm.records.pinyin import search_text_of
from crm.transitions import transition
from crm.workflow.domain.approval_facts import changed_fields, facts_of, proposed, whole_document
from crm.workflow.domain.approval_people import Seat, approvers_of
from crm.workflow.domain.approval_policies import STEP_FIELDS, first_match, policies_in_force
from crm.workflow.domain.approval_steps import open_next, write_event
from crm.workflow.links import reference_of
from crm.workflow.models import (
    ApprovalAssignment,
    ApprovalPolicy,
    ApprovalRequest,
    ApprovalRequestStep,
    ApprovalStep,
    RequestState,
)
from crm.workflow.models.approval_request import EventKind

NUMBERED = "approval"  # the kind of number
LONGEST_TITLE = 200


def request_approval(
    *, document: str, record: Any, actor: User, reason: str = "", changes: Mapping[str, Any] | None = None
) -> ApprovalRequest:
    """Send a document for approval, or (with `changes`, new values by field) changes to it; it is frozen until that is decided.

    The first policy in force whose conditions hold gives the steps; they are copied, so that later editions change nothing here.
    Raises NotAllowed, and DomainError when the document cannot be sent as it stands, waits already, falls under no policy, or
    when a step has nobody who could decide it.
    """
    declared = extension_points.approval_documents.get(document)
    if not actor.has_perm(declared.permission):
        raise NotAllowed(_("You may not send this for approval."))
    with transaction.atomic():
        # locked first: whoever saves it at this moment is waited for, and whoever comes later finds it frozen
        stored = lock_row(apps.get_model(declared.model)._base_manager.all(), record.pk)
        declared.ready(stored, dict(changes or {}))
        after = proposed(stored, changes or {})
        facts = facts_of(declared, after)
        policy = first_match(policies_in_force(document), facts)
        if policy is None and not declared.free_without_policy:
            raise DomainError(no_policy(declared))
        seat, title = seat_of(declared, stored, actor), declared.title(stored)
        request = ApprovalRequest(
            document=document,
            title=title[:LONGEST_TITLE],
            requester=actor,
            reason=reason,
            team=seat.team,
            business_unit=seat.business_unit,
            policy=policy,
            own_allowed=policy.own_allowed if policy is not None else False,
            facts=facts,
            shown=changed_fields(declared, stored, after, changes) if changes else whole_document(declared, stored),
            is_change=bool(changes),
            state_since=timezone.now(),
            search_text=search_text_of(title, others=(actor.label, reason)),
            **reference_of(stored),
        )
        request.code = record_number(NUMBERED, request)
        create_record(request)
        write_event(request, EventKind.REQUESTED, actor, reason=reason)
        if policy is None:
            _approve_at_once(request, declared, stored, actor)
        else:
            _copy_steps(request, policy, seat)
            open_next(request, actor)
    return request


def seat_of(declared: ApprovalDocument, record: Any, requester: User) -> Seat:
    """Where approvers are sought: as the document says, else where the requester stands today."""
    team, unit = declared.place(record)
    if unit is None:
        place = placement_of(requester, timezone.localdate())
        team, unit = place.team, place.business_unit
    return Seat(requester, team, unit)


def no_policy(declared: ApprovalDocument) -> str:
    """Why a document cannot be sent, and who mends it."""
    return _(
        "No approval policy covers this (%(kind)s). An administrator can add one in the settings, under “Approval policies”."
    ) % {"kind": declared.label}


def planned_path(
    *, declared: ApprovalDocument, record: Any, actor: User
) -> tuple[ApprovalPolicy, list[tuple[ApprovalStep, list[User]]]]:
    """The policy that would decide about the document as it is, and its steps with their people, before one asks.

    Raises DomainError when there is none, or nobody for a step.
    """
    policy = first_match(policies_in_force(declared.key), facts_of(declared, record))
    if policy is None:
        raise DomainError(no_policy(declared))
    seat = seat_of(declared, record, actor)
    steps = policy.steps.select_related("role", "person")
    return policy, [(step, approvers_of(step, seat, own_allowed=policy.own_allowed)) for step in steps]


def _copy_steps(request: ApprovalRequest, policy: ApprovalPolicy, seat: Seat) -> None:
    """The policy's steps with the people who decide them, all of whom are known from the start."""
    for step in policy.steps.select_related("role", "person"):
        people = approvers_of(step, seat, own_allowed=policy.own_allowed)
        copied = ApprovalRequestStep.objects.create(
            request=request, **{name: getattr(step, name) for name in STEP_FIELDS}
        )
        for person in people:
            ApprovalAssignment.objects.create(request=request, step=copied, user=person)


def _approve_at_once(request: ApprovalRequest, declared: ApprovalDocument, record: Any, actor: User) -> None:
    write_event(request, EventKind.FREE, None)
    transition(request, RequestState.APPROVED, actor=actor)
    if declared.on_approved is not None:
        declared.on_approved(record=record, request=request, actor=actor)
