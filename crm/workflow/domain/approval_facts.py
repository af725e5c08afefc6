"""What a request keeps of its document: the facts that choose the policy, and the fields that the approver reads."""

import datetime as dt
from collections.abc import Iterable, Mapping
from copy import copy
from decimal import Decimal, InvalidOperation
from typing import Any

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import translation

from crm.approvable import ApprovalDocument, Shown
from crm.workflow.models.approval_policy import Operator


def proposed(record: models.Model, changes: Mapping[str, Any]) -> models.Model:
    """The record as it would be with the changes; the record itself stays as it is."""
    other = copy(record)
    other._state = copy(record._state)
    other._state.fields_cache = dict(record._state.fields_cache)
    for name, value in changes.items():
        setattr(other, name, value)
    return other


def facts_of(document: ApprovalDocument, record: Any) -> dict[str, str]:
    """The facts of a record, as text."""
    return {fact.name: as_text(fact.read(record)) for fact in document.facts}


def as_text(value: Any) -> str:
    """A plain value as text that a condition compares and JSON keeps."""
    if value is None:
        return ""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)


def all_hold(conditions: Iterable[Any], facts: Mapping[str, str]) -> bool:
    """Whether every condition holds for these facts."""
    return all(_holds(condition, facts.get(condition.fact, "")) for condition in conditions)


def _holds(condition: Any, fact: str) -> bool:
    if condition.operator == Operator.ONE_OF:
        return fact in condition.values
    number, limit = to_number(fact), to_number(condition.values[0])
    if number is None or limit is None:
        return False
    return number >= limit if condition.operator == Operator.AT_LEAST else number < limit


def to_number(text: str) -> Decimal | None:
    """A number of a fact or a condition; None when it is none."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def whole_document(document: ApprovalDocument, record: Any) -> list[dict[str, Any]]:
    """The fields that the approver reads of a new document."""
    return [_row(entry, None, record) for entry in document.show]


def changed_fields(document: ApprovalDocument, before: Any, after: Any, names: Iterable[str]) -> list[dict[str, Any]]:
    """The fields that the request would change, with what they are now."""
    known = {_name(entry): entry for entry in document.show}
    return [_row(known.get(name, name), before, after) for name in names]


def _name(entry: Shown) -> str:
    return entry if isinstance(entry, str) else entry[0]


def _row(entry: Shown, before: Any, after: Any) -> dict[str, Any]:
    """A field with its values, and under "in" the same in each language: who decides may read another than who asks."""
    by_language = {}
    for code, _label in settings.LANGUAGES:
        with translation.override(code):
            by_language[code] = _said(entry, before, after)
    return {"name": _name(entry), **_said(entry, before, after), "in": by_language}


def in_language(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of what a request shows, in the reader's language; as it was kept when it was made before languages were."""
    return {**row, **row.get("in", {}).get(translation.get_language(), {})}


def _said(entry: Shown, before: Any, after: Any) -> dict[str, str]:
    if isinstance(entry, str):
        label = str(after._meta.get_field(entry).verbose_name)
        old = _kept(before, entry) if before is not None else ""
        return {"label": label, "old": old, "new": _kept(after, entry)}
    _key, label, read = entry
    old = str(read(before)) if before is not None else ""
    return {"label": str(label), "old": old, "new": str(read(after))}


def _kept(record: Any, name: str) -> str:
    """A field's value as the request keeps it: what another row is called, else the plain value."""
    value = getattr(record, name)
    return str(getattr(value, "label", value)) if isinstance(value, models.Model) else as_text(value)


def field_of(model: type[models.Model] | None, name: str) -> Any:
    """The model's field of that name; None when it has none, or not any more."""
    try:
        return model._meta.get_field(name) if model is not None else None
    except FieldDoesNotExist:
        return None
