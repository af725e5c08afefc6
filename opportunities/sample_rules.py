"""The rules of samples: which steps there are, and what must be known before one is taken. Nothing here writes."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from crm.errors import TransitionError
from opportunities.enums import SampleKind, SampleState, SampleVerdict

MOVES: dict[str, Iterable[str]] = {
    SampleState.DRAFT: [SampleState.PENDING, SampleState.CANCELLED],
    SampleState.PENDING: [SampleState.APPROVED, SampleState.DRAFT],
    SampleState.APPROVED: [SampleState.DISPATCHED, SampleState.CANCELLED],
    SampleState.DISPATCHED: [SampleState.RECEIVED, SampleState.CANCELLED],
    SampleState.RECEIVED: [SampleState.EVALUATED, SampleState.CANCELLED],
}
AWAITS_FEEDBACK = (SampleState.DISPATCHED, SampleState.RECEIVED)
ENDED = (SampleState.EVALUATED, SampleState.CANCELLED)
# An experimental product among the lines decides who approves, then a moulded part.
_STRICTEST = (SampleKind.EXPERIMENTAL, SampleKind.MOULDED, SampleKind.COMMERCIAL)


def strictest_kind(kinds: Iterable[str]) -> str:
    """The kind of a request with lines of these kinds."""
    found = set(kinds)
    return next((kind.value for kind in _STRICTEST if kind in found), SampleKind.COMMERCIAL.value)


def check_dispatch(record: Any, target: Any, changes: dict[str, Any]) -> None:
    """What is sent has a batch and a certificate of analysis, or it is said why it has none; and the way it is sent is known."""
    if target != SampleState.DISPATCHED:
        return
    if not changes.get("carrier") or not changes.get("dispatched_on") or not changes.get("feedback_due_on"):
        raise TransitionError(_("Say who carries it, when it was dispatched and by when the customer shall answer."))
    lines = list(record.lines.all())
    unbatched = [line.label for line in lines if not line.batch]
    if unbatched:
        raise TransitionError(_("These samples have no batch yet: %(lines)s") % {"lines": "、".join(unbatched)})
    uncertified = [line.label for line in lines if not line.has_coa]
    if uncertified and not str(changes.get("no_coa_reason") or "").strip():
        message = _("These samples have no COA: %(lines)s. Name it, or say why it is sent without.")
        raise TransitionError(
            message % {"lines": "、".join(uncertified)}, missing=[("no_coa_reason", _("why without COA"))]
        )


def check_receipt(record: Any, target: Any, changes: dict[str, Any]) -> None:
    """The day of receipt is known."""
    if target == SampleState.RECEIVED and not changes.get("received_on"):
        raise TransitionError(_("Say on which day the customer received it."))


def check_verdict(record: Any, target: Any, changes: dict[str, Any]) -> None:
    """A verdict with its comment; a failure with its reason."""
    if target != SampleState.EVALUATED:
        return
    verdict = changes.get("verdict")
    if not verdict or not changes.get("evaluated_on"):
        raise TransitionError(_("Say what the customer's verdict is and since when."))
    if verdict == SampleVerdict.FAILED and not changes.get("failure"):
        raise TransitionError(_("Say why the sample failed."), missing=[("failure", _("why it failed"))])
    if verdict != SampleVerdict.PASSED and not str(changes.get("verdict_comment") or "").strip():
        message = _("Say under which conditions it passed, or what went wrong.")
        raise TransitionError(message, missing=[("verdict_comment", _("comment on the verdict"))])
