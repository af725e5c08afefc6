"""Database rules: beside which field their message is shown, and one writer at a time where a rule compares rows."""

from typing import Any
from zlib import crc32

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models

from crm.locks import AdvisoryLock, transaction_lock


def field_of(constraint: models.BaseConstraint) -> str | None:
    """The field that a constraint is about; None for one about several."""
    if isinstance(constraint, models.CheckConstraint):
        fields = _named(constraint.condition)
    else:
        fields = {*getattr(constraint, "fields", ()), *_named(getattr(constraint, "condition", None))}
    return fields.pop() if len(fields) == 1 else None


def _named(part: Any) -> set[str]:
    """The fields that a condition names, on either side of its comparisons."""
    if isinstance(part, models.Q):
        return set().union(*(_named(child) for child in part.children))
    if isinstance(part, tuple):
        return {part[0].partition("__")[0]} | _named(part[1])
    return {part.name} if isinstance(part, models.F) else set()  # type: ignore[attr-defined]


def take_turns(model: type[models.Model]) -> None:
    """Wait for other writers of a table with an exclusion constraint, until the transaction ends; nothing for other tables.

    PostgreSQL finds a conflict after it has written the row: two writers whose rows exclude each other would wait for each
    other, and one would end in a deadlock's error instead of the rule's message.
    """
    if any(isinstance(constraint, ExclusionConstraint) for constraint in model._meta.constraints):
        transaction_lock(AdvisoryLock.EXCLUSION, crc32(model._meta.db_table.encode()) >> 1)
