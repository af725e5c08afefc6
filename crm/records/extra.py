"""The extra fields as pages read them, and their values: how they are checked, stored and shown.

Stored are plain JSON values: text, number, ISO date, true or false, a code, a list of codes, a person's key. A decimal has at
most 15 digits, which a JSON number holds exactly.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from crm.base.remembered import Remembered
from crm.formats import day, enumerated, num
from crm.organisation.models import User
from crm.records.choices import listed
from crm.records.models.extra import LISTS, NUMBERS, TEXTS, ExtraField, FieldType, kind_of

TEXT_LENGTH = 500
LONG_TEXT_LENGTH = 5000
DIGITS = 15


_Fields = tuple[ExtraField, ...]
_NONE: tuple[_Fields, _Fields] = ((), ())


def _load() -> dict[str, tuple[_Fields, _Fields]]:
    """By kind of record: all fields, and those in use."""
    found: dict[str, list[ExtraField]] = {}
    for field in ExtraField.objects.select_related("choice_list").order_by("record", "position", "pk"):
        found.setdefault(field.record, []).append(field)
    return {
        record: (tuple(fields), tuple(field for field in fields if field.is_active)) for record, fields in found.items()
    }


_FIELDS: Remembered[dict[str, tuple[_Fields, _Fields]]] = Remembered(_load)


def all_fields_of(model: Any) -> tuple[ExtraField, ...]:
    """The extra fields of a kind of record, those not in use too."""
    defined = _FIELDS.get()
    return (defined.get(kind_of(model), _NONE) if defined else _NONE)[0]


def fields_of(model: Any) -> tuple[ExtraField, ...]:
    """Those in use, in their order."""
    defined = _FIELDS.get()
    return (defined.get(kind_of(model), _NONE) if defined else _NONE)[1]


def from_json(field: ExtraField, value: Any) -> Any:
    """The value as Python has it: Decimal, date; None for nothing. A person stays a key, a choice a code."""
    if value is None or value == "" or value == []:
        return None
    if field.type == FieldType.DECIMAL:
        return Decimal(str(value))
    if field.type == FieldType.DATE:
        return dt.date.fromisoformat(value)
    return value


def to_json(field: ExtraField, value: Any) -> Any:
    """What is stored of a cleaned value; None for nothing."""
    if value is None or value == "" or value == []:
        return None
    if field.type == FieldType.DECIMAL:
        return int(value) if value == value.to_integral_value() else float(value)
    if field.type == FieldType.DATE:
        return value.isoformat()
    if field.type == FieldType.PERSON:
        return getattr(value, "pk", value)
    return list(value) if field.type == FieldType.CHOICES else value


def merged(stored: dict[str, Any], fields: Iterable[ExtraField], typed: dict[str, Any]) -> dict[str, Any]:
    """The stored values with those typed over them; emptied ones are gone, those of other fields stay."""
    extra = dict(stored)
    for field in fields:
        value = to_json(field, typed.get(field.form_name))
        if value is None:
            extra.pop(field.key, None)
        else:
            extra[field.key] = value
    return extra


def shown(field: ExtraField, value: Any, people: dict[int, str] | None = None) -> str:
    """A stored value in words, "" for nothing. `people` has names by key; without it they are read."""
    value = from_json(field, value)
    if value is None:
        return ""
    if field.type in NUMBERS:
        figure = num(value, field.places if field.type == FieldType.DECIMAL else 0)
        return f"{figure} {field.unit}".strip()
    if field.type == FieldType.DATE:
        return day(value)
    if field.type == FieldType.BOOLEAN:
        return _("yes") if value else _("no")
    if field.type in LISTS:
        known = listed(field.choice_list.key)  # type: ignore[union-attr]
        return enumerated(known.label(code) for code in (value if isinstance(value, list) else [value]))
    if field.type == FieldType.PERSON:
        return (people if people is not None else people_named([value])).get(value, "")
    return str(value)


def people_named(keys: Iterable[int]) -> dict[int, str]:
    """The names of people by key."""
    wanted = set(keys)
    return dict(User.objects.filter(pk__in=wanted).values_list("pk", "display_name")) if wanted else {}


def described(record: Any) -> list[tuple[str, str]]:
    """The extra fields of a record in words, with their labels; none for a kind that has none."""
    fields = fields_of(type(record))
    return [(field.label, shown(field, record.extra.get(field.key))) for field in fields]


def searched(record: Any) -> tuple[str, ...]:
    """The texts of a record that the search finds it by."""
    extra = record.extra
    if not extra:
        return ()
    return tuple(str(extra[f.key]) for f in fields_of(type(record)) if f.searchable and extra.get(f.key))


def changes(model: Any, before: dict[str, Any] | None, after: dict[str, Any] | None) -> list[tuple[str, str, str]]:
    """What differs between two states of the values: label, before, after; "—" for nothing."""
    before, after = before or {}, after or {}
    by_key = {field.key: field for field in all_fields_of(model)}
    out = []
    for key in [*by_key, *sorted({*before, *after} - by_key.keys())]:
        old, new = before.get(key), after.get(key)
        if old == new:
            continue
        field = by_key.get(key)
        words = [shown(field, value) if field else str(value or "") for value in (old, new)]
        out.append((field.label if field else key, words[0] or "—", words[1] or "—"))
    return out


def check_values(model: Any, extra: dict[str, Any]) -> None:
    """Raise ValidationError on the first value that is not of its field's type, or of no field.

    Ranges and what is required are asked of people, in forms and sheets: a definition that became narrower must not keep a
    record with older values from being handed over.
    """
    known = {field.key: field for field in all_fields_of(model)}
    for key, value in extra.items():
        field = known.get(key)
        if field is None:
            raise ValidationError(_("There is no extra field “%(key)s”.") % {"key": key})
        if field.is_active and (problem := problem_of(field, value)):
            raise ValidationError(f"{field.label}: {problem}")


def problem_of(field: ExtraField, value: Any) -> str:
    """What is wrong with a value about to be stored, "" for nothing."""
    if field.type in TEXTS:
        limit = TEXT_LENGTH if field.type == FieldType.TEXT else LONG_TEXT_LENGTH
        return _wrong(isinstance(value, str) and len(value) <= limit)
    if field.type in NUMBERS:
        return _number_problem(field, value)
    if field.type == FieldType.DATE:
        return _wrong(_is_day(value))
    if field.type == FieldType.BOOLEAN:
        return _wrong(isinstance(value, bool))
    if field.type == FieldType.PERSON:
        return _wrong(isinstance(value, int) and not isinstance(value, bool))
    return _choice_problem(field, value)


def _wrong(is_right: bool) -> str:
    return "" if is_right else _("This value is not of the field's type.")


def _is_day(value: Any) -> bool:
    try:
        return dt.date.fromisoformat(value).isoformat() == value
    except (TypeError, ValueError):
        return False


def _number_problem(field: ExtraField, value: Any) -> str:
    whole = field.type == FieldType.INTEGER
    if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
        return _wrong(False)
    return "" if abs(value) < 10**DIGITS else _("The number is too large.")


def _choice_problem(field: ExtraField, value: Any) -> str:
    known = listed(field.choice_list.key)  # type: ignore[union-attr]
    codes: Sequence[Any] = value if field.type == FieldType.CHOICES and isinstance(value, list) else [value]
    right = all(isinstance(code, str) and known.accepts(code) for code in codes)
    return "" if right else _("This is not in the list of choices.")
