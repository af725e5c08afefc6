"""JSON as a browser would send a form: so the form of the page checks what a program sends."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import QueryDict
from django.utils.translation import gettext as _

from crm.generic.merging import put_value
from integrations.api.errors import Problem
from integrations.api.keys import ENTITIES
from integrations.domain.external_keys import key_of
from opportunities.forms.quote import BreaksField

LINES, EXTRA = "lines", "extra"
LINE_KEYS = ("pk", "id")  # what forms call the key of a line
OWN = "version_read"  # the form's, not the caller's


def require(value: Any) -> dict[str, Any]:
    """A JSON object; anything else is a problem."""
    if not isinstance(value, dict):
        raise Problem(400, "malformed", _("Send a JSON object."))
    return value


def sent(form: Any, values: Mapping[str, Any]) -> QueryDict:
    """What a browser would send of the form as it is shown, with the JSON values over it. Raises Problem for names it has not."""
    data = QueryDict(mutable=True)
    for name in form.fields:
        put_value(data, form[name])
    values = dict(values)
    lines = values.pop(LINES, None) if hasattr(form, LINES) else None
    extra = {field.key: field.form_name for field in getattr(form, "extra_fields", ())}
    if EXTRA in values and extra:
        given = require(values.pop(EXTRA))
        values |= {extra.get(key, f"{EXTRA}.{key}"): value for key, value in given.items()}
    unknown = [name for name in values if name not in form.fields or name == OWN]
    if unknown:
        raise Problem(422, "invalid", errors={name: [_("This cannot be set here.")] for name in unknown})
    for name, value in values.items():
        _put(data, form.fields[name], form[name].html_name, value)
    if lines is not None:
        _put_lines(data, form.lines, lines)
    return data


def checked(make: Any, values: Mapping[str, Any]) -> Any:
    """The valid form, `make(data)`, filled with JSON; None when it asks for nothing. Raises Problem."""
    shown = make(None)
    if shown is None:
        if values:
            raise Problem(422, "invalid", errors={name: [_("This cannot be set here.")] for name in values})
        return None
    form = make(sent(shown, values))
    if not form.is_valid():
        raise Problem(422, "invalid", errors=messages_of(form))
    return form


def messages_of(form: Any) -> dict[str, list[str]]:
    """What is wrong, by field; of the lines by their number."""
    found = {("" if name == NON_FIELD_ERRORS else name): list(told) for name, told in form.errors.items()}
    lines = getattr(form, LINES, None)
    if lines is not None and lines.is_bound:
        for number, errors in enumerate(lines.errors):
            found |= {f"{LINES}.{number}.{name}": list(told) for name, told in errors.items()}
        if told := list(lines.non_form_errors()):
            found[LINES] = told
    return found


def _put_lines(data: QueryDict, formset: Any, lines: Any) -> None:
    """All the lines there shall be; one that names the key of a stored line keeps what it does not name."""
    if not isinstance(lines, list) or not all(isinstance(line, dict) for line in lines):
        raise Problem(422, "invalid", errors={LINES: [_("Send a list of objects.")]})
    data[f"{formset.prefix}-TOTAL_FORMS"] = data[f"{formset.prefix}-INITIAL_FORMS"] = str(len(lines))
    fields = formset.empty_form.fields
    key = next(name for name in LINE_KEYS if name in fields)
    stored = {str(form[key].value()): form for form in formset.initial_forms if form[key].value()}
    for number, line in enumerate(lines):
        prefix = f"{formset.prefix}-{number}"
        if known := stored.get(str(line.get("id"))):
            _put_stored(data, known, prefix)
        for name, value in line.items():
            place = key if name == "id" else name
            if place not in fields or name == "DELETE":
                raise Problem(422, "invalid", errors={f"{LINES}.{number}.{name}": [_("This cannot be set here.")]})
            _put(data, fields[place], f"{prefix}-{place}", value, told=f"{LINES}.{number}.{name}")


def _put_stored(data: QueryDict, form: Any, prefix: str) -> None:
    """What a stored line shows, at the place of the line that names it."""
    shown = QueryDict(mutable=True)
    for name in form.fields:
        put_value(shown, form[name])
        data.setlist(f"{prefix}-{name}", shown.getlist(form[name].html_name))


def _put(data: QueryDict, field: forms.Field, name: str, value: Any, *, told: str = "") -> None:
    """One value as a browser sends it. A record of another system may stand for ours: {"system": …, "key": …}.

    `told` is what the caller calls the field, where that is not `name`.
    """
    if isinstance(field, forms.FileField):
        raise _wrong(told or name, _("Files are added on the page."))
    data.pop(name, None)
    if isinstance(value, list) and isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField):
        named = isinstance(field, forms.ModelMultipleChoiceField)
        if any(isinstance(item, list) or (isinstance(item, dict) and not named) for item in value):
            raise _wrong(told or name, _("Send a list of single values."))
        data.setlist(name, [str(key_in(field, item)) for item in value])
    elif isinstance(field.widget, forms.CheckboxInput):
        if value not in (True, False, None):
            raise _wrong(told or name, _("Send true or false."))
        if value:
            data[name] = "on"
    elif isinstance(field, BreaksField) and isinstance(value, list):
        data[name] = _steps(value, told or name)
    elif isinstance(value, list) or (isinstance(value, dict) and not isinstance(field, forms.ModelChoiceField)):
        raise _wrong(told or name, _("Send a single value."))
    else:
        value = key_in(field, value)
        data[name] = "" if value is None else str(value)


def _wrong(name: str, text: str) -> Problem:
    return Problem(422, "invalid", errors={name: [text]})


def _steps(steps: list[Any], name: str) -> str:
    """Price breaks as the page writes them: [{"from": 1000, "price": "31.5"}] as "1000: 31.5"."""
    if not all(isinstance(step, dict) and {"from", "price"} <= step.keys() for step in steps):
        raise _wrong(name, _("Send a list of objects with “from” and “price”."))
    return "; ".join(f"{step['from']}: {step['price']}" for step in steps)


def key_in(field: Any, value: Any) -> Any:
    """The key of a chosen record, looked up where the key in another system was sent."""
    if not isinstance(value, dict):
        return value
    system, key = value.get("system"), value.get("key")
    entity = ENTITIES.get(field.queryset.model, "")
    found = key_of(system=system, entity=entity, key=key) if isinstance(system, str) and isinstance(key, str) else None
    return found or f"{system} {key}"
