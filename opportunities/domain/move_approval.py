"""Moves that need an approval: those over a stage, and those that a gate asks one for. Approved, they are carried out."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from crm.errors import DomainError
from crm.models import ApprovalRequest, User
from crm.workflow.domain.approvals import request_approval
from opportunities import rules
from opportunities.domain.funnel import Funnel, advance, answer
from opportunities.domain.opportunity import update_opportunity
from opportunities.enums import StageCategory
from opportunities.models import Opportunity, Stage
from opportunities.rules import Move

DOCUMENT = "opportunity_move"


def request_move(
    *, opportunity: Opportunity, target: Stage, actor: User, reason: str, answers: dict[str, Any] | None = None
) -> ApprovalRequest:
    """Send a move for approval; `answers` are saved first, so that whoever decides reads them. The opportunity is frozen until
    then. Raises DomainError when the gate still lacks something, and as request_approval does."""
    given = dict(answers or {})
    with transaction.atomic():
        record = answer(opportunity=opportunity, expected_version=None, actor=actor, answers=given)
        step = {name: given[name] for name in ("next_step", "next_step_on") if given.get(name)}
        if step:
            record = update_opportunity(instance=record, expected_version=None, actor=actor, **step)
        return request_approval(document=DOCUMENT, record=record, actor=actor, reason=reason, changes={"stage": target})


def ready(record: Opportunity, changes: dict[str, Any]) -> None:
    """Raise DomainError unless the move exists, needs an approval and lacks nothing else."""
    plan = Funnel().plan(record, changes["stage"]) if changes.get("stage") else None
    if plan is None:
        raise DomainError(_("Choose the stage to move to, and send it for approval from there."))
    if plan.missing:
        raise DomainError(rules.still_missing([item.label for item in plan.missing]))
    if not plan.approval:
        raise DomainError(_("This step needs no approval: just move the opportunity."))


def on_approved(*, record: Opportunity, request: ApprovalRequest, actor: User) -> None:
    """Carry the move out, as the one who asked for it."""
    target = Stage.objects.get(pk=int(request.new_values()["stage"]))
    advance(opportunity=record, target=target, actor=request.requester, reason=request.reason, approved=True)


def kind_of_move(record: Opportunity) -> str:
    """Of a proposed opportunity: whether its move skips a stage ("skip"), wins ("win") or goes on ("forward")."""
    stored = Opportunity._base_manager.select_related("stage").get(pk=record.pk)
    move = rules.move_between(stored.stage, record.stage, rules.path_of(stored, {}))
    return move.value if move in (Move.SKIP, Move.WIN) else Move.FORWARD.value


def target_choices() -> list[tuple[Any, str]]:
    """The stages that one can move on to."""
    rows = Stage._base_manager.filter(category__in=(StageCategory.OPEN, StageCategory.WON)).order_by("position")
    return [(stage.pk, stage.label) for stage in rows]
