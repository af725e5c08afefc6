"""State changes: the only way a state field is written (architecture rule 2)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.acting import acting
from crm.base.days import check_days
from crm.base.saving import refuse_held
from crm.errors import StaleVersion, TransitionError
from crm.events import state_changed

Guard = Callable[[Any, Any, dict[str, Any]], None]


@dataclass(frozen=True)
class Transitions:
    """The table of moves of a model.

    field: the state field. since: the field that holds when the state began. history: related name of the StateChange rows.
    allowed(source, target) says whether the move exists; guards raise TransitionError with what is missing; they see the
    record, the target and the other values about to be written. needs_reason(source, target): moves that must say why.
    """

    field: str
    since: str
    history: str
    allowed: Callable[[Any, Any], bool]
    guards: tuple[Guard, ...] = ()
    needs_reason: Callable[[Any, Any], bool] = lambda source, target: False


def moves(table: dict[str, Iterable[str]]) -> Callable[[Any, Any], bool]:
    """`allowed` from a mapping of source to targets."""
    sets = {source: frozenset(targets) for source, targets in table.items()}
    return lambda source, target: target in sets.get(source, frozenset())


def transition(
    record: models.Model, target: Any, *, actor: Any, reason: str = "", changes: dict[str, Any] | None = None
) -> Any:
    """Move the record to `target`, together with `changes` of other fields, and write its history row, which is returned.

    Raises TransitionError when the move does not exist or a guard refuses, DomainError for a day beyond the bounds, StaleVersion
    when the record's state changed since it was read, Frozen when something holds it back. Nothing is written then. Moving to
    the present state is an error, not a silence: the caller misread the record.
    """
    rules: Transitions = type(record).transitions  # type: ignore[attr-defined]
    changes = dict(changes or {})
    source = getattr(record, rules.field)
    if not rules.allowed(source, target):
        raise TransitionError(_("This step is not possible from the present state. Reload the page to see it."))
    if rules.needs_reason(source, target) and not reason.strip():
        raise TransitionError(_("Say why: this step needs a reason."), missing=[("reason", _("Reason"))])
    for guard in rules.guards:
        guard(record, target, changes)
    check_days(type(record), changes.items())
    now = timezone.now()
    values = {**changes, rules.field: target, rules.since: now, "updated_at": now, "version": models.F("version") + 1}
    with transaction.atomic(), acting(verb="move", reason=reason):
        found = type(record)._base_manager.filter(pk=record.pk, **{rules.field: source}).update(**values)
        if not found:
            current = type(record)._base_manager.get(pk=record.pk)
            raise StaleVersion(_("Somebody else moved this record. Reload the page to see its state."), current=current)
        refuse_held(type(record), [record.pk])
        began = getattr(record, rules.since)
        row = getattr(record, rules.history).create(
            source=source,
            target=target,
            at=now,
            seconds_in_source=max(0, int((now - began).total_seconds())) if began else 0,
            actor=actor,
            reason=reason,
        )
        state_changed.send(
            label=record._meta.label_lower,
            pk=record.pk,
            actor=getattr(actor, "pk", None),
            owner=getattr(record, "owner_id", None),
        )
    record.refresh_from_db()
    return row
