"""Beside which field the message of a database rule is shown."""

from typing import Any

from django.db import models


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
