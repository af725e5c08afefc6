"""The rules of new-product development: its steps, and what must be known before one is taken. Nothing here writes."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from crm.errors import TransitionError
from opportunities.enums import DevelopmentState as S
from opportunities.enums import Feasibility

MOVES: dict[str, Iterable[str]] = {
    S.DRAFT: [S.SUBMITTED, S.CANCELLED],
    S.SUBMITTED: [S.FEASIBILITY, S.ASSESSED, S.DECLINED, S.DRAFT, S.CANCELLED],
    S.FEASIBILITY: [S.ASSESSED, S.DECLINED, S.DRAFT, S.CANCELLED],
    S.ASSESSED: [S.PENDING, S.DECLINED, S.CANCELLED],
    S.PENDING: [S.ACCEPTED, S.ASSESSED],
    S.ACCEPTED: [S.DEVELOPMENT, S.CANCELLED],
    S.DEVELOPMENT: [S.TRIAL, S.CANCELLED],
    S.TRIAL: [S.DEVELOPMENT, S.RELEASED, S.CANCELLED],
}
ENDED = (S.RELEASED, S.DECLINED, S.CANCELLED)
WITH_RESEARCH = (S.SUBMITTED, S.FEASIBILITY)
BEFORE_PROJECT = (S.DRAFT, S.SUBMITTED, S.FEASIBILITY, S.ASSESSED)  # the requirement may still change
PROJECT = (S.ACCEPTED, S.DEVELOPMENT, S.TRIAL)
AT_WORK = (S.DEVELOPMENT, S.TRIAL)


def check_answer(record: Any, target: Any, changes: dict[str, Any]) -> None:
    """The answer of research says whether and by when; doubts are named where it is feasible with doubts only."""
    if target != S.ASSESSED or record.state == S.PENDING:
        return
    if not changes.get("verdict") or not str(changes.get("feasibility") or "").strip():
        raise TransitionError(_("Say whether it is feasible, and on what that rests."))
    if not changes.get("promised_on"):
        message = _("Say by when it can be developed.")
        raise TransitionError(message, missing=[("promised_on", _("promised for"))])
    if changes["verdict"] == Feasibility.DOUBTFUL and not str(changes.get("doubts") or "").strip():
        raise TransitionError(_("Name the doubts."), missing=[("doubts", _("doubts"))])


def check_end(record: Any, target: Any, changes: dict[str, Any]) -> None:
    """What is declined or cancelled says why, by a reason of the list: reasons are counted later."""
    if target in (S.DECLINED, S.CANCELLED) and not changes.get("end_reason"):
        raise TransitionError(_("Say why: this step needs a reason."), missing=[("end_reason", _("Reason"))])


def check_project(record: Any, target: Any, changes: dict[str, Any]) -> None:
    """A project has a day by which it is to be finished."""
    if target == S.PENDING and not changes.get("due_on"):
        raise TransitionError(_("Say by when it is to be released."), missing=[("due_on", _("to be released by"))])
