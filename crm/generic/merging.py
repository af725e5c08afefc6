"""A stale save: three versions of each field that differs (as it was read, as it is stored now, as it was typed), and the choice.

The page posts everything that was typed again, with `merge` naming the fields shown, `merge-NAME` saying "mine" or "theirs" for
each, `version_read` the version that was shown as stored, and `base_version` the one that the typing began with.
"""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.db.models import Model
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from crm.formats import EMPTY, day, enumerated, moment
from crm.records.choices import listed
from crm.records.fields import ListedFormField
from crm.records.trail import Entry, as_of, changes_since
from crm.records.trail_members import members_at
from crm.records.trail_words import permission_words

MINE, THEIRS = "mine", "theirs"
OWN_KEYS = ("csrfmiddlewaretoken", "version_read", "base_version", "merge")
FormMaker = Callable[..., Any]


@dataclass(frozen=True)
class Line:
    """A field of which the versions differ. `read` is None when the trail does not hold what was read.

    `choice` is empty as long as the reader has to choose: both sides have changed the field. `mine` is the bound field when what
    was typed can be changed here, `mine_text` what was typed in words.
    """

    name: str
    label: str
    read: str | None
    theirs: str
    mine_text: str
    choice: str
    mine: forms.BoundField | None
    changed: Entry | None
    missing: bool = False


@dataclass(frozen=True)
class MergePage:
    """What the page of a stale save shows."""

    lines: list[Line]
    carried: list[tuple[str, str]]  # what was typed into all other fields
    again: list[forms.BoundField]  # passwords, which no page repeats
    version_read: int
    base_version: int


def number_in(data: QueryDict, name: str) -> int:
    """A version in what was sent; 0 when there is none."""
    text = data.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def unanswered(data: QueryDict) -> list[str]:
    """The fields of a merge page for which nothing was chosen."""
    return [name for name in data.getlist("merge") if data.get(f"merge-{name}") not in (MINE, THEIRS)]


def settled(make: FormMaker, stored: Model, data: QueryDict) -> QueryDict:
    """What was sent, with what the reader saw as stored in the fields for which that was chosen."""
    chosen = [name for name in data.getlist("merge") if data.get(f"merge-{name}") == THEIRS]
    if not chosen:
        return data
    seen = _form_at(make, stored, number_in(data, "version_read")) or make(instance=stored)
    out = data.copy()
    for name in chosen:
        if name in seen.fields:
            unknown = _is_many(seen.fields[name]) and seen.initial.get(name) is None
            put_value(out, make(instance=stored)[name] if unknown else seen[name])
    return out


def merge_page(make: FormMaker, stored: Model, data: QueryDict, *, base_version: int) -> MergePage:
    """Compare what was typed with what is stored now and with what was read when the typing began."""
    version = stored.version  # type: ignore[attr-defined]
    mine = make(instance=copy(stored), data=data)  # validation writes into its instance
    mine.is_valid()
    theirs = make(instance=stored)
    read = _form_at(make, stored, base_version)
    changed = changes_since(stored, base_version)
    lines, again = [], []
    for name in mine.fields:
        if name == "version_read":
            continue
        if isinstance(mine.fields[name].widget, forms.PasswordInput):
            again.append(make(instance=stored)[name])
        elif line := _line(name, mine, theirs, read, data):
            entry = changed.get(name) or changed.get("")
            lines.append(replace(line, changed=entry) if line.theirs != line.read else line)
    editable = {line.name for line in lines if line.mine is not None}
    hidden = {name for name, field in mine.fields.items() if isinstance(field.widget, forms.PasswordInput)}
    carried = [
        (key, value)
        for key, values in data.lists()
        if key not in OWN_KEYS and not key.startswith("merge-") and key not in editable and key not in hidden
        for value in values
    ]
    return MergePage(lines, carried, again, version_read=version, base_version=base_version)


def _form_at(make: FormMaker, stored: Any, version: int) -> Any:
    """The form of the record as it stood at a version; None when the trail does not hold that.

    Of a many-to-many field whose past is not known the form says nothing: its initial value is None.
    """
    stood = stored if stored.version == version else as_of(stored, version)
    if stood is None:
        return None
    form = make(instance=stood)
    if stood is not stored:
        for name, field in form.fields.items():
            if _is_many(field):
                form.initial[name] = members_at(stored, name, version)
    return form


def _is_many(field: forms.Field) -> bool:
    return isinstance(field, forms.ModelMultipleChoiceField)


def _line(name: str, mine: Any, theirs: Any, read: Any, data: QueryDict) -> Line | None:
    """The field's line, or None when nothing about it differs."""
    field = mine.fields[name]
    typed = mine.cleaned_data[name] if name in mine.cleaned_data else mine[name].value()
    my, their = _plain(field, typed), _plain(field, theirs.get_initial_for_field(theirs.fields[name], name))
    value = read.get_initial_for_field(read.fields[name], name) if read is not None else None
    known = read is not None and (value is not None or not _is_many(field))
    was = _plain(field, value) if known else None
    if my == their:
        return None
    choice = ""
    if known and my == was:
        choice = THEIRS
    elif known and their == was:
        choice = MINE
    answered = data.get(f"merge-{name}") if name in data.getlist("merge") else None
    common = set(my) & set(their) if isinstance(my, tuple) and isinstance(their, tuple) else set()
    simple = not _is_many(field) and not isinstance(field, forms.MultipleChoiceField | forms.FileField)
    return Line(
        name=name,
        label=str(capfirst(field.label or name)),
        read=_words(theirs, name, was, common) if known else None,
        theirs=_words(theirs, name, their, common),
        mine_text=_words(mine, name, my, common),
        choice=answered if answered in (MINE, THEIRS) else choice,
        mine=mine[name] if simple else None,
        changed=None,
        missing="merge" in data and name in unanswered(data),
    )


def _plain(field: forms.Field, value: Any) -> Any:
    """A value as it can be compared: keys instead of records, nothing for every kind of empty."""
    value = field.prepare_value(value)
    if callable(value):
        value = value()
    if isinstance(value, list | tuple | set):
        return tuple(sorted(str(one) for one in value))
    return "" if value is None or value is False else value


def _words(form: Any, name: str, value: Any, common: set[str]) -> str:
    """A compared value in words; of a list what is not common to both sides."""
    field = form.fields[name]
    if isinstance(value, tuple):
        rest = [one for one in value if one not in common]
        return enumerated(_choice(field, one) for one in rest) or EMPTY
    if value == "":
        named = "" if hasattr(field, "queryset") else str(dict(getattr(field, "choices", ())).get("", "")).strip("-")
        return _("no") if isinstance(field, forms.BooleanField) else named or EMPTY
    if value is True:
        return _("yes")
    if isinstance(field, ListedFormField):
        return listed(field.list_key).label(value)
    if hasattr(field, "choices"):
        return _choice(field, value)
    if hasattr(value, "hour"):
        return moment(value)
    if hasattr(value, "year"):
        return day(value)
    return str(field.widget.format_value(value) or value)


def _choice(field: Any, value: Any) -> str:
    if hasattr(field, "queryset"):
        row = field.queryset.filter(pk=value).first()
        return str(field.label_from_instance(row)) if row is not None else str(value)
    label = {str(key): str(text) for key, text in field.choices}.get(str(value), str(value))
    return permission_words().get(label, label) if label == str(value) and "." in label else label


def put_value(data: MultiValueDict[str, Any], bound: forms.BoundField) -> None:
    """Write a form's own value into what was sent, as a browser would send it."""
    value, widget, name = bound.value(), bound.field.widget, bound.html_name
    if isinstance(value, list | tuple):
        data.setlist(name, [str(one) for one in value])
    elif isinstance(widget, forms.CheckboxInput):
        data.pop(name, None)
        if value:
            data[name] = "on"
    elif value is None and isinstance(bound.field, forms.ModelMultipleChoiceField):
        data.pop(name, None)  # nothing is chosen: a browser sends no value, and an empty one is none of the choices
    elif value is None:
        data[name] = ""
    else:
        data[name] = str(value) if isinstance(widget, forms.Select) else str(widget.format_value(value) or "")
