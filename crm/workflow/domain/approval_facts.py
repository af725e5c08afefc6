"""What a request keeps of its document: the facts that choose the policy, and the fields that the approver reads."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from copy import copy
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import translation

from crm.approvable import ApprovalDocument, Shown
from crm.languages import in_each_language
from crm.records.extra import all_fields_of, shown
from crm.records.models.extra import ExtraField
from crm.workflow.models.approval_policy import Operator


def proposed(record: models.Model, changes: Mapping[str, Any]) -> models.Model:
    """The record as it would be with the changes; the record itself stays as it is."""
    other = copy(record)
    other._state = copy(record._state)
    other._state.fields_cache = dict(record._state.fields_cache)
    for name, value in changes.items():
        extra = extra_of(type(record), name)
        if extra is None:
            setattr(other, name, value)
        else:
            other.extra = with_extra(other.extra, extra, value)  # type: ignore[attr-defined]
    return other


def extra_of(model: Any, name: str) -> ExtraField | None:
    """The extra field that has this name in forms; None for a field of the model's own."""
    if not name.startswith("x_"):
        return None
    return next((field for field in all_fields_of(model) if field.form_name == name), None)


def with_extra(stored: Mapping[str, Any], field: ExtraField, value: Any) -> dict[str, Any]:
    """The values of extra fields with this one laid over; None takes it away."""
    rest = {key: kept for key, kept in stored.items() if key != field.key}
    return rest if value is None else {**rest, field.key: value}


def plain_text(record: Any, name: str) -> str:
    """What stands in a field, as text to compare with and to read back; of an extra field as JSON."""
    extra = extra_of(type(record), name)
    if extra is None:
        return as_text(getattr(record, name))
    value = record.extra.get(extra.key)
    return "" if value is None else json.dumps(value, ensure_ascii=False)


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
    """The fields that the request would change, with what they are now; under "was" and "key" as plain values."""
    known = {_name(entry): entry for entry in document.show}
    return [{**_row(known.get(name, name), before, after), **_plain(name, before, after)} for name in names]


def _plain(name: str, before: Any, after: Any) -> dict[str, str]:
    if field_of(type(after), name) is None and extra_of(type(after), name) is None:
        return {}
    return {"was": plain_text(before, name), "key": plain_text(after, name)}


def _name(entry: Shown) -> str:
    return entry if isinstance(entry, str) else entry[0]


def _row(entry: Shown, before: Any, after: Any) -> dict[str, Any]:
    """A field with its values, and under "in" the same in each language: who decides may read another than who asks."""
    by_language = in_each_language(lambda: _said(entry, before, after))
    return {"name": _name(entry), **_said(entry, before, after), "in": by_language}


def in_language(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of what a request shows, in the reader's language; as it was kept when it was made before languages were."""
    return {**row, **row.get("in", {}).get(translation.get_language(), {})}


def _said(entry: Shown, before: Any, after: Any) -> dict[str, str]:
    extra = extra_of(type(after), entry) if isinstance(entry, str) else None
    if extra is not None:
        old, new = (shown(extra, one.extra.get(extra.key)) if one is not None else "" for one in (before, after))
        return {"label": extra.label, "old": old, "new": new}
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
    """The model's field of that name; None when it has none, or not any more, and for rows that hang on the record."""
    try:
        found = model._meta.get_field(name) if model is not None else None
    except FieldDoesNotExist:
        return None
    return found if isinstance(found, models.Field) else None
