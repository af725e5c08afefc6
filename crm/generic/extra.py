"""Extra fields on pages: the form field, the column and the filters of each type."""

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.db.models.fields.json import KT
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.lookups import Bigram
from crm.base.querysets import fold
from crm.generic.filters import visible
from crm.generic.tables import Column, Part
from crm.organisation.models import User
from crm.records.choices import all_options, listed
from crm.records.extra import DIGITS, LONG_TEXT_LENGTH, TEXT_LENGTH, from_json, people_named, shown
from crm.records.fields import ListedFormField
from crm.records.models.extra import LISTS, NUMBERS, RANGES, TEXTS, ExtraField, FieldType

YES_NO = (("true", gettext_lazy("yes")), ("false", gettext_lazy("no")))


def form_field(field: ExtraField) -> forms.Field:
    """The field of a form that asks for it."""
    common: dict[str, Any] = {"label": field.label, "required": field.required, "help_text": field.help}
    made = _form_field(field, common)
    if field.unit:
        made.unit = field.unit  # type: ignore[attr-defined]
    return made


def _form_field(field: ExtraField, common: dict[str, Any]) -> forms.Field:
    if field.type == FieldType.LONG_TEXT:
        return forms.CharField(max_length=LONG_TEXT_LENGTH, widget=forms.Textarea, **common)
    if field.type == FieldType.INTEGER:
        low, high = (None if limit is None else int(limit) for limit in (field.minimum, field.maximum))
        most = 10**DIGITS - 1
        return forms.IntegerField(
            min_value=-most if low is None else low, max_value=most if high is None else high, **common
        )
    if field.type == FieldType.DECIMAL:
        return forms.DecimalField(
            max_digits=DIGITS,
            decimal_places=field.places,
            min_value=field.minimum,
            max_value=field.maximum,
            **common,
        )
    if field.type == FieldType.DATE:
        return forms.DateField(**common)
    if field.type == FieldType.BOOLEAN:
        return YesNoField(**common)
    if field.type in LISTS:
        return _choice_field(field, common)
    if field.type == FieldType.PERSON:
        return forms.ModelChoiceField(queryset=User.objects.visible_to(None), **common)
    return forms.CharField(max_length=TEXT_LENGTH, **common)


def _choice_field(field: ExtraField, common: dict[str, Any]) -> forms.Field:
    key = field.choice_list.key  # type: ignore[union-attr]
    if field.type == FieldType.CHOICES:
        return SeveralField(key, **common)
    return ListedFormField(list_key=key, max_length=TEXT_LENGTH, **common)


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or not said."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=[("", "—"), *YES_NO], coerce=lambda text: text == "true", empty_value=None, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """True and False as the choices name them."""
        return str(value).lower() if isinstance(value, bool) else value


class SeveralField(forms.MultipleChoiceField):
    """Tick several items of a list: those offered and those stored."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, list_key: str, **kwargs: Any) -> None:
        super().__init__(choices=lambda: listed(list_key).options(), **kwargs)
        self.list_key = list_key

    def prepare_value(self, value: Any) -> Any:
        """Retired items that are stored are offered too, so that saving does not lose them."""
        known = listed(self.list_key)
        codes = value if isinstance(value, list | tuple) else []
        stored = [(code, known.label(code)) for code in codes if code not in dict(known.options())]
        self.choices = [*known.options(), *stored]
        return value

    def valid_value(self, value: Any) -> bool:
        """Every item of the list, retired or not."""
        return value in listed(self.list_key).by_code


def initial_value(field: ExtraField, extra: dict[str, Any]) -> Any:
    """What the form starts with; None for nothing."""
    return from_json(field, extra.get(field.key))


def column_for(field: ExtraField) -> Column:
    """The column of lists and exports; sorted by when its index is ready."""
    key, attribute = field.key, f"extra_{field.key}"
    is_person = field.type == FieldType.PERSON

    def words(row: Any) -> str:
        return shown(field, row.extra.get(key), getattr(row, attribute, None) if is_person else None)

    def value(row: Any) -> Any:
        if field.type in (*RANGES, *TEXTS):
            return from_json(field, row.extra.get(key))
        return words(row) or None

    def gather(rows: Sequence[Any]) -> None:
        names = people_named(pk for row in rows if (pk := row.extra.get(key)))
        for row in rows:
            setattr(row, attribute, names)

    return Column(
        field.form_name,
        field.label,
        lambda row: escape(words(row)[:120]) or "—",
        sort=f"extra__{key}" if field.type in RANGES and field.filterable and field.index_ready else "",
        css="num" if field.type in NUMBERS else "nw" if field.type in RANGES else "",
        shown=False,
        value=(Part(value, unit=field.unit),),
        phone=field.label,
        gather=gather if is_person else None,
    )


def filters_for(field: ExtraField) -> dict[str, django_filters.Filter]:
    """The filters of a list by their names in the query string."""
    name, label = field.form_name, field.label
    if field.type in RANGES:
        return {
            f"{name}_from": _range_filter(field, "gte", _("%(label)s from") % {"label": label}),
            f"{name}_to": _range_filter(field, "lte", _("%(label)s until") % {"label": label}),
        }
    if field.type in TEXTS:
        return {name: django_filters.CharFilter(label=label, method=_contains(field))}
    if field.type == FieldType.BOOLEAN:
        return {
            name: django_filters.ChoiceFilter(label=label, choices=YES_NO, method=_is(field, lambda v: v == "true"))
        }
    if field.type == FieldType.PERSON:
        return {
            name: django_filters.ModelChoiceFilter(
                label=label, queryset=visible(User), method=_is(field, lambda v: v.pk)
            )
        }
    options = all_options(field.choice_list.key)  # type: ignore[union-attr]
    return {
        name: django_filters.MultipleChoiceFilter(
            label=label, choices=options, widget=forms.CheckboxSelectMultiple, method=_any_of(field)
        )
    }


Method = Callable[[Any, str, Any], Any]


def _range_filter(field: ExtraField, way: str, label: str) -> django_filters.Filter:
    def narrowed(queryset: Any, _name: str, value: Any) -> Any:
        limit = value.isoformat() if field.type == FieldType.DATE else float(value)
        # the first condition repeats that of the index, which holds only rows with a value
        return queryset.filter(Q(extra__has_key=field.key), **{f"extra__{field.key}__{way}": limit})

    if field.type == FieldType.DATE:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        return django_filters.DateFilter(label=label, widget=widget, method=narrowed)
    return django_filters.NumberFilter(label=label, method=narrowed)


def _contains(field: ExtraField) -> Method:
    def narrowed(queryset: Any, _name: str, value: str) -> Any:
        return queryset.filter(Q(extra__has_key=field.key), Bigram(Lower(KT(f"extra__{field.key}")), fold(value)))

    return narrowed


def _is(field: ExtraField, stored: Callable[[Any], Any]) -> Method:
    return lambda queryset, _name, value: queryset.filter(extra__contains={field.key: stored(value)})


def _any_of(field: ExtraField) -> Method:
    def narrowed(queryset: Any, _name: str, values: list[str]) -> Any:
        found = Q()
        for code in values:
            found |= Q(extra__contains={field.key: [code] if field.type == FieldType.CHOICES else code})
        return queryset.filter(found) if values else queryset

    return narrowed
