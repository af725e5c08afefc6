"""JSON as a browser would send a form: so the form of the page checks what a program sends."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from crm.generic.merging import put_value
from integrations.api.errors import Problem
from integrations.api.keys import ENTITIES
from integrations.api.parsing import require
from integrations.domain.external_keys import key_of
from opportunities.forms.quote import BreaksField

LINES, EXTRA = "lines", "extra"
LINE_KEYS = ("pk", "id")  # what forms call the key of a line
OWN = "version_read"  # the form's, not the caller's
LONGEST_NUMBER = 40  # digits that are written out


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


def made_of(field: Any, name: str, value: Any) -> Any:
    """What a form's field makes of a JSON value. Raises ValidationError, Problem."""
    data = QueryDict(mutable=True)
    _put(data, field, name, value)
    return field.clean(field.widget.value_from_datadict(data, {}, name))


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
    found = {("" if name == NON_FIELD_ERRORS else name): told for name, told in _of_fields(form)}
    lines = getattr(form, LINES, None)
    if lines is not None and lines.is_bound:
        for number, line in enumerate(lines.forms):
            found |= {f"{LINES}.{number}.{_called(name)}": told for name, told in _of_fields(line)}
        if told := list(lines.non_form_errors()):
            found[LINES] = told
    return found


def refuse_lost_lines(form: Any) -> None:
    """The page leaves out a line without a product; a program is told. `form` is valid. Raises Problem."""
    lines = getattr(form, LINES, None)
    if lines is None or not lines.is_bound:
        return
    lost = [number for number, line in enumerate(lines.forms) if not line.is_line]
    if lost:
        told = [_("Choose the product; a line that shall go is left out.")]
        raise Problem(422, "invalid", errors={f"{LINES}.{number}.product": told for number in lost})


def _called(name: str) -> str:
    """What the caller names a field of a line."""
    return "id" if name in LINE_KEYS else "" if name == NON_FIELD_ERRORS else name


def _of_fields(form: Any) -> list[tuple[str, list[str]]]:
    """The messages of each field, in words for programs."""
    return [
        (name, [text for error in errors for text in _words(form.fields.get(name), error)])
        for name, errors in form.errors.as_data().items()
    ]


def _words(field: Any, error: ValidationError) -> list[str]:
    if isinstance(field, forms.ModelChoiceField) and error.code in ("invalid_choice", "invalid_pk_value"):
        return [_("There is none of that name within your reach.")]
    if isinstance(field, forms.DateField) and error.code == "invalid":
        return [_("Send a day as YYYY-MM-DD.")]
    if isinstance(field, forms.DateTimeField) and error.code == "invalid":
        return [_("Send a moment with its zone: 2027-03-01T00:00:00Z")]
    return [str(text) for text in error.messages]


def _put_lines(data: QueryDict, formset: Any, lines: Any) -> None:
    """All the lines there shall be; one that names the key of a stored line keeps what it does not name. Raises Problem."""
    if not isinstance(lines, list) or not all(isinstance(line, dict) for line in lines):
        raise Problem(422, "invalid", errors={LINES: [_("Send a list of objects.")]})
    data[f"{formset.prefix}-TOTAL_FORMS"] = data[f"{formset.prefix}-INITIAL_FORMS"] = str(len(lines))
    fields = formset.empty_form.fields
    key = next(name for name in LINE_KEYS if name in fields)
    stored = {str(form[key].value()): form for form in formset.initial_forms if form[key].value()}
    for number, line in enumerate(lines):
        prefix = f"{formset.prefix}-{number}"
        if line.get("id") is not None:
            known = stored.pop(str(line["id"]), None)  # each once
            if known is None:
                told = _("There is no line with this id, or it came before: leave the id out for a new line.")
                raise _wrong(f"{LINES}.{number}.id", told)
            _put_stored(data, known, prefix)
        for name, value in line.items():
            place = key if name == "id" else name
            if place not in fields or name == "DELETE" or (place == key and name != "id"):
                raise _wrong(f"{LINES}.{number}.{name}", _("This cannot be set here."))
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
    elif isinstance(value, bool) and isinstance(field, forms.CharField):
        raise _wrong(told or name, _("Send a text, not true or false."))
    else:
        value = key_in(field, value)
        data[name] = "" if value is None else _text(value)


def _text(value: Any) -> str:
    """A value as one types it: a number without an exponent, as long as it is no monster."""
    plain = isinstance(value, Decimal) and abs(value.adjusted()) < LONGEST_NUMBER
    return f"{value:f}" if plain else str(value)


def _wrong(name: str, text: str) -> Problem:
    return Problem(422, "invalid", errors={name: [text]})


def _steps(steps: list[Any], name: str) -> str:
    """Price breaks as the page writes them: [{"from": 1000, "price": "31.5"}] as "1000: 31.5"."""
    if not all(isinstance(step, dict) and {"from", "price"} <= step.keys() for step in steps):
        raise _wrong(name, _("Send a list of objects with “from” and “price”."))
    return "; ".join(f"{_text(step['from'])}: {_text(step['price'])}" for step in steps)


def key_in(field: Any, value: Any) -> Any:
    """The key of a chosen record, looked up where the key in another system was sent."""
    if not isinstance(value, dict):
        return value
    system, key = value.get("system"), value.get("key")
    entity = ENTITIES.get(field.queryset.model, "")
    found = key_of(system=system, entity=entity, key=key) if isinstance(system, str) and isinstance(key, str) else None
    return found or f"{system} {key}"
