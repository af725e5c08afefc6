"""What the audit trail says of a change: the fields that differ, their names and values as a reader knows them."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db.models import BooleanField, Field, Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from crm.base.models import label_of
from crm.base.scopes import DataScope
from crm.formats import EMPTY, day, enumerated, moment
from crm.organisation.catalogue import ACTION_LABELS, record_kinds
from crm.organisation.models.role import Reach, Role
from crm.records.choices import listed
from crm.records.models.choices import ListedField

UNSAID = frozenset({"id", "version", "updated_at", "created_at", "search_text", "path"})
SECRET = re.compile(r"password|secret|token|totp|recovery|private_key|api_key|fingerprint", re.IGNORECASE)
HIDDEN = "•••"
NAMES = ("name", "display_name", "company_name", "title", "number", "code", "label")

Values = Mapping[str, Any]
Key = tuple[type[Model], Any]


@dataclass(frozen=True)
class Change:
    """A field that differs, in words. An empty `old` or `new` is a dash."""

    field: str
    label: str
    old: str
    new: str


class Names:
    """The names of related records: first all that will be said are asked for, then each kind is read once."""

    def __init__(self) -> None:
        self._wanted: dict[type[Model], set[Any]] = defaultdict(set)
        self._found: dict[Key, str] = {}

    def want(self, model: type[Model], key: Any) -> None:
        """This one will be said."""
        if key is not None and (model, key) not in self._found:
            self._wanted[model].add(key)

    def read(self) -> None:
        """One query for each kind of record."""
        for model, keys in self._wanted.items():
            for key, record in model._base_manager.in_bulk(list(keys)).items():
                self._found[model, key] = str(getattr(record, "label", None) or record)
        self._wanted.clear()

    def of(self, model: type[Model], key: Any) -> str:
        """The name; the key of a record that is gone."""
        if key is None:
            return EMPTY
        return self._found.get((model, key)) or _("No. %(key)s (gone)") % {"key": key}


def said_fields(model: type[Model], events: type[Model]) -> list[Field]:
    """The fields of which the trail speaks."""
    kept = {field.name for field in events._meta.concrete_fields}
    return [f for f in model._meta.concrete_fields if f.name in kept and f.name not in UNSAID]


def differing(fields: Iterable[Field], old: Values, new: Values) -> list[Field]:
    """The fields whose values differ; of an empty side those that the other has filled."""
    return [f for f in fields if (old.get(f.attname) or None) != (new.get(f.attname) or None)]


def want_names(names: Names, fields: Iterable[Field], *states: Values) -> None:
    """Ask for the names of all related records in these fields."""
    for field in fields:
        if field.related_model is not None:
            for state in states:
                names.want(field.related_model, state.get(field.attname))  # type: ignore[arg-type]


def change_of(field: Field, old: Values, new: Values, names: Names) -> Change:
    """One changed field in words. Of a list and of a mapping only what was taken away and what came."""
    before, after = old.get(field.attname), new.get(field.attname)
    label = str(capfirst(field.verbose_name))
    if SECRET.search(field.name) and not isinstance(field, BooleanField):
        return Change(field.name, label, HIDDEN if before else EMPTY, HIDDEN if after else EMPTY)
    if isinstance(before, list) or isinstance(after, list):
        was, now = list(before or ()), list(after or ())
        before, after = [one for one in was if one not in now], [one for one in now if one not in was]
    elif isinstance(before, dict) or isinstance(after, dict):
        was_pairs, now_pairs = dict(before or {}), dict(after or {})
        before = {key: value for key, value in was_pairs.items() if now_pairs.get(key) != value}
        after = {key: value for key, value in now_pairs.items() if was_pairs.get(key) != value}
    return Change(field.name, label, words(field, before, names), words(field, after, names))


def words(field: Field, value: Any, names: Names) -> str:
    """A value as a reader knows it."""
    if value is None or value == "" or value == [] or value == {}:
        return EMPTY
    if field.related_model is not None:
        return names.of(field.related_model, value)  # type: ignore[arg-type]
    if isinstance(field, ListedField):
        return listed(field.list_key).label(value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.datetime):
        return moment(value)
    if isinstance(value, dt.date):
        return day(value)
    if isinstance(value, Decimal):
        return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
    if isinstance(value, list):
        said = permission_words() if field.model is Role else {}
        return enumerated(_row(one) if isinstance(one, dict) else str(said.get(one, one)) for one in value)
    if isinstance(value, dict):
        return enumerated(f"{kind_name(key)}: {_mapped(one)}" for key, one in value.items())
    return str(value)


def _row(values: Mapping[str, Any]) -> str:
    """What stands in a list of mappings, without its keys."""
    return " ".join(str(value) for value in values.values() if value not in (None, ""))


def _mapped(value: Any) -> str:
    return str(Reach(value).label) if value in DataScope.ORDER else str(value)


def permission_words() -> dict[str, str]:
    """The rights of roles in words: "Customers: See"."""
    said: dict[str, str] = {}
    for kind in record_kinds():
        said |= {name: f"{kind.name}: {ACTION_LABELS[action]}" for action, name in kind.actions.items()}
        said |= {name: str(label) for name, label in kind.further}
    return said


def kind_name(label: str) -> str:
    """A kind of record in words; its label when a later release no longer has it."""
    model = _model(label)
    return str(capfirst(model._meta.verbose_name)) if model else label


@lru_cache(maxsize=256)
def _model(label: str) -> type[Model] | None:
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None


def own_name(values: Values) -> str:
    """What the row calls itself, as it stood then; empty when it has no name of its own."""
    for name in NAMES:
        if values.get(name):
            return (
                label_of(str(values[name]), str(values.get("name_en") or "")) if name == "name" else str(values[name])
            )
    return ""
