"""The funnel: what each stage still asks of an opportunity, and the moves between stages."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.acting import acting
from crm.base.saving import as_domain_error, readable
from crm.errors import StaleVersion
from crm.locks import lock_row
from crm.models import ProductLine, User
from crm.records.extra import fields_of, merged
from crm.transitions import transition
from opportunities import rules
from opportunities.domain.opportunity import AMOUNT_FIELDS, amounts, announce, months_of
from opportunities.enums import GateItemKind, StageCategory
from opportunities.models import GateItem, Opportunity, OpportunityStageChange, Stage
from opportunities.rules import GateStatus, Move


@dataclass(frozen=True)
class Plan:
    """A move that one could make, and what it asks for first."""

    target: Stage
    move: Move
    missing: tuple[GateItem, ...]
    needs_reason: bool

    @property
    def is_ready(self) -> bool:
        """Whether the move can be made without asking anything."""
        return not self.missing and not self.needs_reason and self.move is not Move.LOSE


class Funnel:
    """Stages, gate items and product lines, each read once when needed, for any number of opportunities."""

    @cached_property
    def stages(self) -> list[Stage]:
        """All stages by position."""
        return list(Stage.objects.order_by("position", "pk"))

    @cached_property
    def open_stages(self) -> list[Stage]:
        """Those that work goes on in."""
        return [stage for stage in self.stages if stage.category == StageCategory.OPEN]

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

    def gate(self, opportunity: Opportunity, stage_id: int | None = None) -> GateStatus:
        """The gate of its present stage, or of the stage given."""
        since = None if stage_id and stage_id != opportunity.stage_id else opportunity.stage_since
        items = [item for item in self.items.get(stage_id or opportunity.stage_id, []) if item.held_at(since)]
        return rules.gate_status(opportunity, items, self.line_code(opportunity))

    def plans(self, opportunity: Opportunity) -> list[Plan]:
        """Every move there is from its present stage, by the target's position."""
        return [plan for stage in self.stages if (plan := self.plan(opportunity, stage)) is not None]

    def plan(self, opportunity: Opportunity, target: Stage) -> Plan | None:
        """The move to `target` and what it lacks; None when there is no such move."""
        source = next(stage for stage in self.stages if stage.pk == opportunity.stage_id)
        move = rules.move_between(source, target, self.stages)
        if move is None:
            return None
        missing: dict[str, GateItem] = {}
        for stage in rules.gates_on_the_way(source, target, self.stages):
            missing |= {item.key: item for item in self.gate(opportunity, stage.pk).missing if item.key not in missing}
        return Plan(target, move, tuple(missing.values()), rules.needs_reason(source, target))


def gate(opportunity: Opportunity) -> GateStatus:
    """The gate of its present stage: how many items are answered, and each with its answer."""
    return Funnel().gate(opportunity)


def gates(rows: Iterable[Opportunity]) -> dict[int, GateStatus]:
    """The gates of many opportunities by primary key, in at most two queries however many there are."""
    funnel = Funnel()
    return {row.pk: funnel.gate(row) for row in rows}


def advance(
    *,
    opportunity: Opportunity,
    target: Stage,
    actor: User,
    reason: str = "",
    answers: dict[str, Any] | None = None,
) -> OpportunityStageChange:
    """Move the opportunity to `target`; `answers` (by gate item key, and loss_reason, lost_to) are saved in the same transaction.

    Raises TransitionError when there is no such move or something is missing (named in `missing`), StaleVersion when somebody
    moved it since `opportunity` was read, DomainError for an answer that breaks a rule. Nothing is written then.
    """
    with transaction.atomic(), acting(verb="advance", reason=reason):
        # Without joins: PostgreSQL drops a row from a locking query when the one it waited for changed a joined column.
        record = lock_row(Opportunity._base_manager.all(), opportunity.pk)
        if record.stage_id != opportunity.stage_id:
            raise StaleVersion(moved_meanwhile(record), current=record)
        before = months_of(record)
        changes = _changes(record, target, dict(answers or {}))
        try:
            row = transition(record, target, actor=actor, reason=reason, changes=changes)
        except IntegrityError as error:
            raise readable(record, error) from error
        announce(record, before)
    opportunity.refresh_from_db()
    return row


def _changes(record: Opportunity, target: Stage, answers: dict[str, Any]) -> dict[str, Any]:
    """The values that a move writes beside the stage: the answers, checked, and what follows from them and from the target."""
    changes = _answered(record, answers)
    if target.category == StageCategory.LOST:
        changes["loss_reason"] = answers.get("loss_reason") or ""
        changes["lost_to"] = (answers.get("lost_to") or "").strip()
    else:
        changes |= {"loss_reason": "", "lost_to": ""}
    is_end = target.category in (StageCategory.WON, StageCategory.LOST)
    changes["closed_on"] = timezone.localdate() if is_end else None
    if any(name in changes for name in AMOUNT_FIELDS):
        changes |= amounts(record, changes)
    return changes


def _answered(record: Opportunity, answers: dict[str, Any]) -> dict[str, Any]:
    """Answers by gate item as values of fields; raises DomainError for one that its field does not take."""
    kinds = dict(GateItem.objects.values_list("key", "kind"))
    changes: dict[str, Any] = {}
    specification = dict(record.specification)
    for key, value in answers.items():
        if key in ("loss_reason", "lost_to"):
            continue
        if kinds[key] == GateItemKind.EXTRA:
            own = [field for field in fields_of(Opportunity) if field.form_name == key]
            changes["extra"] = merged(changes.get("extra", record.extra), own, {key: value})
            continue
        if kinds[key] == GateItemKind.SPECIFICATION:
            specification[key] = str(value).strip()
            changes["specification"] = specification
            continue
        field = Opportunity._meta.get_field(key)
        try:
            changes[key] = value if field.is_relation else field.clean(value, record)  # type: ignore[union-attr]
        except ValidationError as error:
            raise as_domain_error(ValidationError({key: error.messages})) from error
    return changes


def moved_meanwhile(record: Opportunity) -> str:
    """Who was quicker, and where the opportunity stands now."""
    last = record.stage_changes.select_related("actor").order_by("-at", "-pk").first()
    who = last.actor if last and last.actor else _("Somebody else")
    message = _("%(who)s moved “%(name)s” to “%(stage)s” in the meantime. Nothing was changed.")
    return message % {"who": who, "name": record.name, "stage": record.stage.label}
