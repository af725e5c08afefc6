"""The funnel: what each stage still asks of an opportunity, and the moves between stages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.acting import acting
from crm.base.saving import as_domain_error, readable, save_record
from crm.errors import StaleVersion
from crm.locks import lock_row
from crm.models import ProductLine, User
from crm.records.domain.attachments import attach
from crm.records.extra import fields_of, merged
from crm.transitions import transition
from opportunities import rules
from opportunities.domain import specification
from opportunities.domain.opportunity import AMOUNT_FIELDS, amounts, announce, first_step, months_of
from opportunities.enums import GateItemKind, StageCategory
from opportunities.models import GateItem, Opportunity, OpportunityStageChange, Stage
from opportunities.outcomes import read_outside
from opportunities.paths import Paths, open_stages
from opportunities.rules import GateStatus, Move

MORE = ("loss_reason", "lost_to", "lost_price", "next_step", "next_step_on")  # what a move asks beside the gate


@dataclass(frozen=True)
class Plan:
    """A move that one could make, and what it asks for first."""

    target: Stage
    move: Move
    missing: tuple[GateItem, ...]
    needs_reason: bool
    passed: tuple[GateItem, ...] = ()
    approval: str = ""  # what asks for an approval; empty when none is needed
    needs_step: bool = False  # whether a next step has to be agreed

    @property
    def is_ready(self) -> bool:
        """Whether the move can be made without asking anything."""
        asks = self.missing or self.needs_reason or self.approval or self.needs_step
        return not asks and self.move is not Move.LOSE

    @property
    def blocked(self) -> tuple[GateItem, ...]:
        """What is missing and cannot be typed here: results that others must bring about."""
        return tuple(item for item in self.missing if item.kind == GateItemKind.OUTCOME)


class Funnel:
    """Stages, paths, gate items and product lines, each read once when needed, for any number of opportunities."""

    def __init__(self) -> None:
        self.paths = Paths()

    @property
    def stages(self) -> list[Stage]:
        """All stages by position."""
        return self.paths.stages

    @property
    def open_stages(self) -> list[Stage]:
        """Those that work goes on in."""
        return open_stages(self.stages)

    def path(self, opportunity: Opportunity) -> list[Stage]:
        """The stages it goes through, the closed ones too."""
        return self.paths.of(opportunity)

    @cached_property
    def items(self) -> dict[int, list[GateItem]]:
        """The gate items of each stage by position, former ones too."""
        found: dict[int, list[GateItem]] = {}
        for item in GateItem.objects.order_by("stage", "position", "pk"):
            found.setdefault(item.stage_id, []).append(item)
        return found

    @cached_property
    def _line_codes(self) -> dict[int, str]:
        return dict(ProductLine.objects.values_list("pk", "code"))

    def line_code(self, opportunity: Opportunity) -> str:
        """The code of its product line, "" for none; without a query where the row came with its product line."""
        line = opportunity.product_line_id
        if line and Opportunity.product_line.is_cached(opportunity):
            return opportunity.product_line.code  # type: ignore[union-attr]
        return self._line_codes.get(line, "") if line else ""

    def held(self, opportunity: Opportunity, stage_id: int | None = None) -> list[GateItem]:
        """What the gate of its present stage, or of the stage given, asks of it."""
        since = None if stage_id and stage_id != opportunity.stage_id else opportunity.stage_since
        return [item for item in self.items.get(stage_id or opportunity.stage_id, []) if item.held_at(since)]

    def look_outside(self, rows: Iterable[Opportunity]) -> None:
        """Read what gates ask for outside these opportunities, once for all of them."""
        self._outside |= read_outside(rows, (item for items in self.items.values() for item in items))

    @cached_property
    def _outside(self) -> dict[int, Mapping[str, Any]]:
        return {}

    def gate(self, opportunity: Opportunity, stage_id: int | None = None) -> GateStatus:
        """The gate of its present stage, or of the stage given."""
        if opportunity.pk not in self._outside:
            self.look_outside([opportunity])
        items, outside = self.held(opportunity, stage_id), self._outside.get(opportunity.pk)
        return rules.gate_status(opportunity, items, self.line_code(opportunity), outside=outside)

    def plans(self, opportunity: Opportunity) -> list[Plan]:
        """Every move there is from its present stage, by the target's position."""
        return [plan for stage in self.path(opportunity) if (plan := self.plan(opportunity, stage)) is not None]

    def plan(self, opportunity: Opportunity, target: Stage) -> Plan | None:
        """The move to `target` and what it lacks; None when there is no such move."""
        path = self.path(opportunity)
        source = next(stage for stage in path if stage.pk == opportunity.stage_id)
        move = rules.move_between(source, target, path)
        if move is None:
            return None
        missing: dict[str, GateItem] = {}
        passed: dict[str, GateItem] = {}
        for stage in rules.gates_on_the_way(source, target, path):
            status = self.gate(opportunity, stage.pk)
            missing |= {item.key: item for item in status.missing if item.key not in missing}
            passed |= {answer.item.key: answer.item for answer in status.answers if answer.answered}
        return Plan(
            target,
            move,
            tuple(missing.values()),
            needs_reason=move in rules.WITH_REASON,
            passed=tuple(passed.values()),
            approval=self._approval(opportunity, move),
            needs_step=move is Move.REOPEN and not opportunity.next_step,
        )

    def _approval(self, opportunity: Opportunity, move: Move) -> str:
        """What asks for an approval of the move."""
        if move not in (Move.FORWARD, Move.SKIP, Move.WIN):
            return ""
        asked = rules.approval_items(opportunity, self.held(opportunity), self.line_code(opportunity))
        if asked:
            return asked[0].label
        return _("A stage is skipped") if move is Move.SKIP else ""


def gate(opportunity: Opportunity) -> GateStatus:
    """The gate of its present stage: how many items are answered, and each with its answer."""
    return Funnel().gate(opportunity)


def gates(rows: Iterable[Opportunity]) -> dict[int, GateStatus]:
    """The gates of many opportunities by primary key; the number of queries does not depend on how many there are."""
    rows, funnel = list(rows), Funnel()
    funnel.look_outside(rows)
    return {row.pk: funnel.gate(row) for row in rows}


def advance(
    *,
    opportunity: Opportunity,
    target: Stage,
    actor: User,
    reason: str = "",
    answers: dict[str, Any] | None = None,
    approved: bool = False,
) -> OpportunityStageChange:
    """Move the opportunity to `target`; `answers` (by gate item key, and those of MORE) are saved in the same transaction.
    `approved`: the move was approved (opportunities/domain/move_approval.py).

    Raises TransitionError when there is no such move or something is missing (named in `missing`), StaleVersion when somebody
    moved it since `opportunity` was read, DomainError for an answer that breaks a rule. Nothing is written then.
    """
    with transaction.atomic(), acting(verb="advance", reason=reason):
        # Without joins: PostgreSQL drops a row from a locking query when the one it waited for changed a joined column.
        record = lock_row(Opportunity._base_manager.all(), opportunity.pk)
        if record.stage_id != opportunity.stage_id:
            raise StaleVersion(moved_meanwhile(record), current=record)
        before = months_of(record)
        record.approved_target = target.pk if approved else None
        meant = {"probability_left": record.probability, "days_left": record.standard_days}
        changes = move_values(record, target, dict(answers or {}), actor)
        record.gate_answers = changes.get("gate_answers", record.gate_answers)
        try:
            row = transition(record, target, actor=actor, reason=reason, changes=changes)
        except IntegrityError as error:
            raise readable(record, error) from error
        OpportunityStageChange.objects.filter(pk=row.pk).update(**meant)
        specification.store_values(record)
        announce(record, before)
    opportunity.refresh_from_db()
    return row


def answer(
    *, opportunity: Opportunity, expected_version: int | None, actor: User, answers: dict[str, Any]
) -> Opportunity:
    """Save answers to gate items without a move. Raises DomainError for one that its item does not take, StaleVersion."""
    with transaction.atomic():
        record = lock_row(Opportunity._base_manager.all(), opportunity.pk)
        values = answered(record, answers, actor)
        if any(name in values for name in AMOUNT_FIELDS):
            values |= amounts(record, values)
        for name, value in values.items():
            setattr(record, name, value)
        save_record(record, expected_version=expected_version, fields=list(values))
        specification.store_values(record)
        announce(record)
    return record


def move_values(record: Opportunity, target: Stage, answers: dict[str, Any], actor: User) -> dict[str, Any]:
    """The values that a move writes beside the stage: the answers, checked, and what follows from them and from the target."""
    changes = answered(record, answers, actor)
    lost = target.category == StageCategory.LOST
    changes["loss_reason"] = (answers.get("loss_reason") or "") if lost else ""
    changes["lost_to"] = (answers.get("lost_to") or "").strip() if lost else ""
    changes["lost_price"] = answers.get("lost_price") if lost else None
    is_end = target.category in (StageCategory.WON, StageCategory.LOST)
    changes["closed_on"] = timezone.localdate() if is_end else None
    changes |= {name: answers[name] for name in ("next_step", "next_step_on") if answers.get(name)}
    if target.is_open and not (changes.get("next_step") or record.next_step):
        changes |= first_step()
    if any(name in changes for name in AMOUNT_FIELDS):
        changes |= amounts(record, changes)
    line = changes.get("product_line", record.product_line)
    terms = Paths().terms(target, line.pk if line else None)
    return changes | {"probability": terms.probability, "standard_days": terms.standard_days}


def answered(record: Opportunity, answers: dict[str, Any], actor: User) -> dict[str, Any]:
    """Answers by gate item as values of fields; raises DomainError for one that its field does not take."""
    items = {item.key: item for item in GateItem.objects.order_by("valid_until")}  # those that hold now come last
    changes: dict[str, Any] = {}
    for key, value in answers.items():
        if key in MORE:
            continue
        item = items[key]
        if item.kind == GateItemKind.EXTRA:
            own = [field for field in fields_of(Opportunity) if field.form_name == key]
            changes["extra"] = merged(changes.get("extra", record.extra), own, {key: value})
        elif item.kind == GateItemKind.SPECIFICATION:
            known = changes.get("specification", record.specification)
            changes["specification"] = {**known, key: specification.checked(item, value)}
        elif item.kind in (GateItemKind.CHECK, GateItemKind.DOCUMENT):
            known = changes.get("gate_answers", record.gate_answers)
            changes["gate_answers"] = {**known, key: _kept(record, item, value, actor)}
        elif item.kind == GateItemKind.FIELD:
            changes[key] = _field_value(record, key, value)
    return changes


def _kept(record: Opportunity, item: GateItem, value: Any, actor: User) -> Any:
    """What is kept of a tick, and of a document: the key of the attachment that it becomes."""
    if item.kind == GateItemKind.CHECK:
        return bool(value)
    return attach(actor=actor, record=record, upload=value).pk


def _field_value(record: Opportunity, key: str, value: Any) -> Any:
    field = Opportunity._meta.get_field(key)
    try:
        return value if field.is_relation else field.clean(value, record)  # type: ignore[union-attr]
    except ValidationError as error:
        raise as_domain_error(ValidationError({key: error.messages})) from error


def moved_meanwhile(record: Opportunity) -> str:
    """Who was quicker, and where the opportunity stands now."""
    last = record.stage_changes.select_related("actor").order_by("-at", "-pk").first()
    who = last.actor if last and last.actor else _("Somebody else")
    message = _("%(who)s moved “%(name)s” to “%(stage)s” in the meantime. Nothing was changed.")
    return message % {"who": who, "name": record.name, "stage": record.stage.label}
