"""Forms: the look of fields, choices narrowed to the reader's scope, remote choices for large tables, the version read."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import BLANK_CHOICE_DASH, Model
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from crm.base.guarding import may_see
from crm.formats import EMPTY
from crm.records.extra import fields_of, merged

FEWEST_DIGITS = 5  # of a phone number: short ones exist inside a company


def check_phone(text: str) -> None:
    """Whatever its spelling, a phone number has digits; what does not is a typing error: ValidationError."""
    if sum(character.isdigit() for character in text) < FEWEST_DIGITS:
        raise ValidationError(_("Not a phone number."))


def narrow_choices(form: forms.BaseForm, user: Any) -> None:
    """Offer only rows the user may see; of models with `remote_choices` the chosen one, the others come as one types."""
    for field in form.fields.values():
        queryset = getattr(field, "queryset", None)
        if queryset is None:
            continue
        field.queryset = queryset.model.objects.visible_to(user)  # type: ignore[attr-defined]
        model = queryset.model
        field.label_from_instance = _label  # type: ignore[attr-defined]
        if getattr(model, "remote_choices", False):
            field.widget = RemoteSelect(model, multiple=isinstance(field, forms.ModelMultipleChoiceField))
            field.widget.choices = field.choices  # type: ignore[attr-defined]


def _label(row: Any) -> str:
    return str(getattr(row, "label", None) or row)


class RemoteSelect(forms.Select):
    """A select that renders the chosen rows only and fetches others from the model's choices URL (Tom Select)."""

    def __init__(self, model: type[Model], *, multiple: bool = False) -> None:
        try:
            url = reverse("choices", args=[model._meta.label_lower])
        except NoReverseMatch:
            url = ""
        super().__init__(attrs={"data-ts": "", "data-url": url})
        self.allow_multiple_selected = multiple

    def optgroups(self, name: str, value: list[Any], attrs: Any = None) -> Any:
        """Only the chosen options, and the empty one."""
        chosen = [str(item) for item in value if item not in (None, "")]
        field = self.choices.field  # type: ignore[attr-defined]
        rows = field.queryset.filter(pk__in=[item for item in chosen if item.isdigit()]) if chosen else []
        options = [] if self.allow_multiple_selected else [self.create_option(name, "", "", not chosen, 0)]
        options += [self.create_option(name, row.pk, field.label_from_instance(row), True, 1) for row in rows]
        return [(None, options, 0)]


class RecordForm(forms.ModelForm):
    """Base of record forms. `user` narrows the choices; `version_read` carries the version the page showed.

    Guarded fields are for those only who may see them: whoever else edits the record leaves them as they are.
    `sections` groups fields under headings: ((heading, (field, ...)), ...). `units` puts a unit behind a field.
    """

    version_read = forms.IntegerField(widget=forms.HiddenInput, required=False)
    sections: tuple[tuple[Any, tuple[str, ...]], ...] = ()
    units: ClassVar[Mapping[str, Any]] = MappingProxyType({})
    required_fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        for name in [name for name in self.fields if not may_see(self._meta.model, name, user)]:
            del self.fields[name]
        if self.instance.pk:
            self.initial.setdefault("version_read", self.instance.version)
        self.extra_fields = fields_of(self._meta.model)
        if self.extra_fields:
            self._add_extra_fields()
        narrow_choices(self, user)
        for name in self.required_fields:
            self.fields[name].required = True
        for name, unit in self.units.items():
            if name in self.fields:
                self.fields[name].unit = unit  # type: ignore[attr-defined]
        for name, field in self.fields.items():
            if name.endswith("phone"):
                field.validators.append(check_phone)
            style(field)

    def _add_extra_fields(self) -> None:
        """The fields that administrators gave this kind of record."""
        from crm.generic.extra import form_field, initial_value  # noqa: PLC0415 -- builds on this module

        for field in self.extra_fields:
            self.fields[field.form_name] = form_field(field)
            if (value := initial_value(field, self.instance.extra)) is not None:
                self.initial.setdefault(field.form_name, value)

    def validate_unique(self) -> None:
        """Left to the database, so that a race gets the same message."""

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields under their headings; those in no section come last, without one."""
        named = [name for _heading, names in self.sections for name in names]
        groups = [(heading, [self[name] for name in names if name in self.fields]) for heading, names in self.sections]
        extra: dict[str, list[forms.BoundField]] = {}
        for field in self.extra_fields:
            named.append(field.form_name)
            extra.setdefault(field.heading, []).append(self[field.form_name])
        rest = [self[name] for name in self.fields if name not in named and name != "version_read"]
        return [*groups, *([("", rest)] if rest else []), *extra.items()]

    def values(self) -> dict[str, Any]:
        """The cleaned values without the version; those of extra fields in one, laid over what is stored."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "version_read"}
        if self.extra_fields:
            typed = {field.form_name: values.pop(field.form_name, None) for field in self.extra_fields}
            values["extra"] = merged(self.instance.extra, self.extra_fields, typed)
        return values


def style(field: forms.Field) -> None:
    """Native date inputs, decimal keyboards on phones, small text areas, a dash for the empty choice."""
    _shorten_empty_choice(field)
    if isinstance(field, forms.DateField):
        field.widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    elif isinstance(field, forms.DecimalField):
        field.localize = False
        field.widget = DecimalInput(attrs={"inputmode": "decimal"})
    elif isinstance(field.widget, forms.Textarea) and field.widget.attrs.get("rows") == "10":  # Django's own default
        field.widget.attrs["rows"] = 3


def _shorten_empty_choice(field: forms.Field) -> None:
    """Django's row of nine dashes becomes the one dash that stands for nothing elsewhere."""
    long = BLANK_CHOICE_DASH[0][1]
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label == long:
            field.empty_label = EMPTY
    elif isinstance(field, forms.ChoiceField):
        choices: list[Any] = list(field.choices)  # type: ignore[arg-type]
        if choices[:1] == [("", long)]:
            field.choices = [("", EMPTY), *choices[1:]]


class DecimalInput(forms.TextInput):
    """Shows a stored number without the zeros that its column's scale adds: 16.0000 as 16."""

    def format_value(self, value: Any) -> str | None:
        """The text in the input; what a user typed stays as it was typed."""
        if isinstance(value, Decimal) and value.is_finite():
            value = f"{value:f}"
            return value.rstrip("0").rstrip(".") if "." in value else value
        return super().format_value(value)


class ReasonForm(forms.Form):
    """Asks for a reason."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}), max_length=500)
