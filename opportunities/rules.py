"""The rules of the funnel: which moves there are, and what must be answered before a stage is left.

Nothing here writes. The functions read the stages and gate items they are given or reach from the record; the guards also what
lies outside it (opportunities/outcomes.py).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from crm.errors import TransitionError
from crm.records.choices import listed
from crm.records.extra import fields_of
from opportunities.choices import CANCELLED
from opportunities.enums import GateItemKind, GateLevel, StageCategory
from opportunities.outcomes import read_outside
from opportunities.paths import Paths

APPROVAL = "approval"  # what a move lacks that needs one
OUTSIDE = (GateItemKind.OUTCOME, GateItemKind.DOCUMENT)  # items whose answer does not lie in the record
LATE_FACTOR = 1.3  # of the standard days: from here on a stage takes far too long


class Move(Enum):
    """What a change of stage means."""

    FORWARD = "forward"
    SKIP = "skip"
    BACK = "back"
    WIN = "win"
    LOSE = "lose"
    HOLD = "hold"
    REOPEN = "reopen"


WITH_REASON = (Move.BACK, Move.SKIP, Move.HOLD, Move.REOPEN)


def move_between(source: Any, target: Any, stages: Iterable[Any]) -> Move | None:
    """The move from one stage to another, None when there is none. `stages` are those of the opportunity's path.

    Forward goes one open stage at a time (further is a skip, which needs approval), back any number; won follows the last open
    stage only; lost from anywhere open or on hold; an opportunity that is closed or on hold may be reopened.
    """
    stages = list(stages)
    if source.pk == target.pk or target not in stages:
        return None
    if source.category != StageCategory.OPEN:
        if target.category == StageCategory.OPEN:
            return Move.REOPEN
        from_hold = source.category == StageCategory.ON_HOLD and target.category == StageCategory.LOST
        return Move.LOSE if from_hold else None
    if target.category == StageCategory.LOST:
        return Move.LOSE
    if target.category == StageCategory.ON_HOLD:
        return Move.HOLD
    later = [
        stage.position for stage in stages if stage.category == StageCategory.OPEN and stage.position > source.position
    ]
    if target.category == StageCategory.WON:
        return None if later else Move.WIN
    if target.position < source.position:
        return Move.BACK
    return Move.FORWARD if target.position == min(later) else Move.SKIP


def allowed(source: Any, target: Any) -> bool:
    """Whether the move exists on some path, whatever the gate says; check_path says whether on the record's own."""
    return move_between(source, target, [source, target]) is not None


def needs_reason(source: Any, target: Any) -> bool:
    """Whether the move must say why, whatever the path; a skip says it in its request for approval."""
    return move_between(source, target, [source, target]) in WITH_REASON


def gates_on_the_way(source: Any, target: Any, stages: Iterable[Any]) -> list[Any]:
    """The stages whose gate must pass: the one left when going on, skipping or winning; all earlier ones when reopening."""
    move = move_between(source, target, stages)
    if move in (Move.FORWARD, Move.SKIP, Move.WIN):
        return [source]
    if move is Move.REOPEN:
        return [stage for stage in stages if stage.category == StageCategory.OPEN and stage.position < target.position]
    return []


@dataclass(frozen=True)
class Answer:
    """A gate item with what the opportunity says to it."""

    item: Any
    value: Any
    required: bool

    @property
    def answered(self) -> bool:
        """Whether there is an answer; blanks and zero are none, "no" is one."""
        value = self.value.strip() if isinstance(self.value, str) else self.value
        return value is False or bool(value)


@dataclass(frozen=True)
class GateStatus:
    """The gate of a stage for one opportunity."""

    answers: tuple[Answer, ...]

    @property
    def total(self) -> int:
        """How many items apply."""
        return len(self.answers)

    @property
    def done(self) -> int:
        """How many of them are answered."""
        return sum(answer.answered for answer in self.answers)

    @property
    def missing(self) -> list[Any]:
        """The required items without an answer."""
        return [answer.item for answer in self.answers if answer.required and not answer.answered]

    @property
    def passed(self) -> bool:
        """Whether the opportunity may leave the stage."""
        return not self.missing


def gate_status(
    record: Any,
    items: Iterable[Any],
    line_code: str,
    changes: dict[str, Any] | None = None,
    outside: Mapping[str, Any] | None = None,
) -> GateStatus:
    """The items that apply to the product line, each with its answer; `changes` are values about to be written, `outside` the
    answers by key that lie outside the record. Approvals are no answers: see check_approval."""
    changes, outside = changes or {}, outside or {}
    answers = []
    for item in items:
        level = item.level_for(line_code)
        if level != GateLevel.OFF and item.kind != GateItemKind.APPROVAL and is_known(item):
            value = outside.get(item.key) if item.kind in OUTSIDE else value_of(record, item, changes)
            answers.append(Answer(item, value, level == GateLevel.REQUIRED))
    return GateStatus(tuple(answers))


def approval_items(record: Any, items: Iterable[Any], line_code: str, amount: Any = None) -> list[Any]:
    """The items that ask for an approval of this opportunity: whose amount it reaches, if one is given, and whose grades include
    the customer's, if some are."""
    worth = record.amount_base if amount is None else amount
    return [
        item
        for item in items
        if item.kind == GateItemKind.APPROVAL
        and item.level_for(line_code) == GateLevel.REQUIRED
        and (item.minimum is None or worth >= item.minimum)
        and (not item.options or record.customer.grade in item.options)
    ]


def is_known(item: Any) -> bool:
    """Whether the item can be answered: an extra field may have been taken out of use since it was asked for."""
    return item.kind != GateItemKind.EXTRA or extra_field_of(item) is not None


def extra_field_of(item: Any) -> Any:
    """The extra field that an item asks for; None when it is out of use."""
    fields = fields_of(apps.get_model("opportunities", "Opportunity"))
    return next((field for field in fields if field.form_name == item.key), None)


def value_of(record: Any, item: Any, changes: dict[str, Any]) -> Any:
    """What the record says to the item: a field's value (the key of a related record), or an entry of the specification."""
    if item.kind == GateItemKind.SPECIFICATION:
        return (changes.get("specification", record.specification) or {}).get(item.key)
    if item.kind == GateItemKind.CHECK:
        return (changes.get("gate_answers", record.gate_answers) or {}).get(item.key) or None
    if item.kind == GateItemKind.EXTRA:
        return (changes.get("extra", record.extra) or {}).get(item.key.removeprefix("x_"))
    if item.key in changes:
        return changes[item.key]
    key = f"{item.key}_id"
    return getattr(record, key) if hasattr(record, key) else getattr(record, item.key, None)


def check_path(record: Any, target: Any, changes: dict[str, Any]) -> None:
    """Guard of the move: raises TransitionError when there is none on the record's path."""
    if move_between(record.stage, target, path_of(record, changes)) is None:
        raise TransitionError(_("This step is not possible from the present state. Reload the page to see it."))


def path_of(record: Any, changes: dict[str, Any]) -> list[Any]:
    """The stages on its path, for the product line it has or is about to have."""
    line = changes.get("product_line")
    return Paths().of(record, line.pk if line else None)


def check_gate(record: Any, target: Any, changes: dict[str, Any]) -> None:
    """Guard of the move: raises TransitionError that lists what the gates on the way still lack."""
    line = line_code(record, changes)
    missing: dict[str, Any] = {}
    for stage in gates_on_the_way(record.stage, target, path_of(record, changes)):
        items = items_held(stage, record)
        status = gate_status(record, items, line, changes, read_outside([record], items)[record.pk])
        missing |= {item.key: item.label for item in status.missing}
    if missing:
        raise TransitionError(still_missing(list(missing.values())), missing=list(missing.items()))


def check_approval(record: Any, target: Any, changes: dict[str, Any]) -> None:
    """Guard of the move: raises TransitionError when it needs an approval that it does not have (advance() says it has)."""
    source = record.stage
    move = move_between(source, target, path_of(record, changes))
    if record.approved_target == target.pk or move not in (Move.FORWARD, Move.SKIP, Move.WIN):
        return
    amount = changes.get("amount_base", record.amount_base)
    asked = approval_items(record, items_held(source, record), line_code(record, changes), amount)
    if move is Move.SKIP or asked:
        label = asked[0].label if asked else _("Approval")
        raise TransitionError(_("This step needs an approval: send it for approval."), missing=[(APPROVAL, label)])


def items_held(stage: Any, record: Any) -> list[Any]:
    """What the gate of a stage asks of an opportunity: what held when it came into the stage, what holds now of another."""
    since = record.stage_since if stage.pk == record.stage_id else None
    return [item for item in stage.gate_items.order_by("position") if item.held_at(since)]


def line_code(record: Any, changes: dict[str, Any]) -> str:
    """The code of the product line it has, or is about to have; "" for none."""
    line = changes.get("product_line", record.product_line)
    return str(line.code) if line else ""


def check_loss(record: Any, target: Any, changes: dict[str, Any]) -> None:
    """Guard of the move: an opportunity is lost for a reason and to a competitor; a cancelled project has no winner."""
    if target.category != StageCategory.LOST:
        return
    reason = changes.get("loss_reason") or ""
    missing = [] if listed("loss_reason").accepts(reason) else [("loss_reason", _("Reason of loss"))]
    if reason != CANCELLED and not (changes.get("lost_to") or "").strip():
        missing.append(("lost_to", _("Lost to")))
    if missing:
        raise TransitionError(still_missing([label for _key, label in missing]), missing=missing)


def still_missing(labels: Sequence[str]) -> str:
    """The sentence that lists what is lacking."""
    return _("Still missing: %(names)s.") % {"names": _(", ").join(labels)}


@dataclass(frozen=True)
class Pace:
    """How an opportunity keeps up: days in its stage, more than the standard (stuck), far too long or past its date (late)."""

    days: int
    stuck: bool
    late: bool
    past_close: bool


def pace_of(record: Any, now: datetime, today: date) -> Pace:
    """The pace at this moment; `today` is the reader's day. Closed ones and those on hold are never stuck."""
    days = max(0, (now - record.stage_since).days)
    if record.stage.category != StageCategory.OPEN:
        return Pace(days, stuck=False, late=False, past_close=False)
    standard = record.standard_days
    past = record.expected_close_on is not None and record.expected_close_on < today
    return Pace(days, stuck=days > standard, late=past or days > standard * LATE_FACTOR, past_close=past)
