"""Filters of lists, on django-filter: choices narrowed to what the reader may see, active ones shown as chips."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from crm.base.guarding import path_hidden
from crm.formats import enumerated
from crm.generic.criteria import Asked, Choice, Criterion, Day, Number, Person, Related, Text, YesNo
from crm.generic.days import field_at
from crm.generic.forms import narrow_choices
from crm.generic.inputs import DaysField
from crm.generic.paging import PAGING_KEYS
from crm.generic.tagging import TagSelect, tagged_keys
from crm.generic.where import NAME as WHERE
from crm.generic.where import Where
from crm.organisation.models import User
from crm.records import masking
from crm.records.choices import all_options, listed
from crm.records.extra import fields_of
from crm.records.models import RecordMark, Tag
from crm.records.references import kind_of

MARKS = ("tag", "mark")  # the filters that every list of records has; a list without them sets both to None


@dataclass(frozen=True)
class Chip:
    """An active filter: its field, what was chosen, and the query string without it."""

    label: str
    value: str
    without: str


class ListFilter(django_filters.FilterSet):
    """Base of the lists' filters. Needs `request`; `q` searches when the model has a search text, or its query set an own
    `search()` and the filter says `searchable`. `where` holds conditions over what the filters offer, and over `also`."""

    searchable: ClassVar[bool] = False
    also: ClassVar[Sequence[Criterion]] = ()
    q = django_filters.CharFilter(label=_("Search"), method="search")
    tag = django_filters.ModelMultipleChoiceFilter(
        label=_("Tags"), queryset=Tag.objects.none(), method="by_tag", widget=TagSelect
    )
    mark = django_filters.ChoiceFilter(
        label=_("Marked by me"),
        choices=(("starred", _("My favourites")), ("followed", _("Followed by me"))),
        method="by_mark",
    )

    def __init__(self, data: Any = None, queryset: QuerySet[Any] | None = None, *, request: Any, **kwargs: Any) -> None:
        super().__init__(data, queryset, request=request, **kwargs)
        if not self.can_search():
            del self.filters["q"]
        for name, further in self.further_filters().items():
            further.parent, further.model = self, self._meta.model
            self.filters[name] = further
        if extra := [field for field in fields_of(self._meta.model) if field.filterable]:
            self._add_extra_filters(extra)
        for name in MARKS:  # after the filters of the list's own
            if name in self.filters:
                self.filters.move_to_end(name)
        narrow_choices(self.form, request.user)
        if "tag" in self.form.fields:
            tags = self.form.fields["tag"]
            tags.queryset = tags.queryset.usable(self._meta.model._meta.label_lower if self._meta.model else "")

    def further_filters(self) -> dict[str, django_filters.Filter]:
        """Filters that depend on what is chosen already (`self.data`), by name."""
        return {}

    def _add_extra_filters(self, fields: list[Any]) -> None:
        """A filter for each extra field that lists can be filtered by."""
        from crm.generic.extra import filters_for  # noqa: PLC0415 -- builds on this module

        for field in fields:
            for name, each in filters_for(field).items():
                each.field_name, each.parent, each.model = name, self, self._meta.model
                self.filters[name] = each

    @classmethod
    def can_search(cls) -> bool:
        """Whether the list has a search field."""
        return cls.searchable or hasattr(cls._meta.model, "search_text")

    def search(self, queryset: Any, name: str, value: str) -> Any:
        """Rows that contain the words."""
        return masking.search(queryset, value, self.request.user)

    def by_tag(self, rows: QuerySet[Any], name: str, tags: QuerySet[Tag]) -> QuerySet[Any]:
        """Rows that bear one of the tags."""
        if not tags:
            return rows
        kind = kind_of(rows.model)
        return rows.filter(pk__in=tagged_keys(kind, tags))

    def by_mark(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Rows that the reader has starred, or follows."""
        kind = kind_of(rows.model)
        marks = RecordMark.objects.visible_to(self.request.user).filter(
            content_type=kind, **{f"{value}_at__isnull": False}
        )
        return rows.filter(pk__in=marks.values("object_id"))

    @cached_property
    def criteria(self) -> dict[str, Criterion]:
        """What conditions may ask: by name, what the filters offer first."""
        filters = [criterion_of(name, found) for name, found in self.filters.items() if name != "q"]
        model, reader = self._meta.model, self.request.user
        also = (
            criterion
            if criterion.label
            else replace(criterion, label=capfirst(field_at(model, criterion.at).verbose_name))
            for criterion in self.also
        )
        offered = [
            criterion
            for criterion in also
            if not masking.hides(model, criterion.at, reader) and not path_hidden(model, criterion.at, reader)
        ]
        return {criterion.name: criterion for criterion in (*filters, *offered)}

    @cached_property
    def where(self) -> Where | None:
        """The conditions of the query string."""
        text = (self.data or {}).get(WHERE)
        return Where(text, self.criteria, self._meta.model, self.request.user) if text else None

    def filter_queryset(self, queryset: Any) -> Any:
        """The rows that pass the filters and the conditions."""
        found = super().filter_queryset(queryset)
        return found.filter(self.where.query()) if self.where else found

    def chips(self, params: QueryDict) -> list[Chip]:
        """The active filters and conditions, as text; filters not valid are left out."""
        chips = []
        self.form.is_valid()
        for name, field in self.form.fields.items():
            value = self.form.cleaned_data.get(name) if hasattr(self.form, "cleaned_data") else None
            if name == "q" or value in (None, "", [], False) or (hasattr(value, "exists") and not value):
                continue
            rest = params.copy()
            for key in [key for key in rest if key == name or key.startswith(f"{name}_")]:
                del rest[key]
            for name_of_paging in PAGING_KEYS:
                rest.pop(name_of_paging, None)
            chips.append(Chip(str(field.label or name), shown_value(field, value), _address(rest)))
        return chips + self._where_chips(params)

    def _where_chips(self, params: QueryDict) -> list[Chip]:
        """A chip for each condition or group when all must hold, else one for them together."""
        where = self.where
        if where is None:
            return []
        if not where.is_valid or where.group is None:
            return [Chip(str(_("Conditions")), str(_("cannot be read here")), _with(params, ""))]
        group = where.group
        if group.mode == "any":
            return [Chip(str(_("Any of")), where.words(group, shown_value), _with(params, ""))]
        return [
            Chip("", where.words(item, shown_value), _with(params, group.without(index).text()))
            for index, item in enumerate(group.items)
        ]


def _with(params: QueryDict, where: str) -> str:
    """The query string with other conditions, from the first page on."""
    rest = params.copy()
    for name in (*PAGING_KEYS, WHERE):
        rest.pop(name, None)
    if where:
        rest[WHERE] = where
    return _address(rest)


def _address(params: QueryDict) -> str:
    """The list with that query string; without any it would open with the reader's default view."""
    return f"?{params.urlencode() or 'view=all'}"


def shown_value(field: Any, value: Any) -> str:
    """A cleaned value in words."""
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, slice):
        return f"{value.start or ''} – {value.stop or ''}"
    if isinstance(value, Decimal):
        return f"{value:,f}"
    if isinstance(value, tuple):
        return " – ".join(shown_value(field, item) for item in value)
    labels = (
        {str(key): str(label) for key, label in getattr(field, "choices", []) if not hasattr(value, "pk")}
        if _is_plain(field)
        else {}
    )
    values = value if isinstance(value, list | tuple | QuerySet) else [value]
    return enumerated(labels.get(str(item), getattr(item, "label", None) or str(item)) for item in values)


def _is_plain(field: Any) -> bool:
    return hasattr(field, "choices") and not hasattr(field, "queryset")


def visible(model: Any) -> Any:
    """The rows of a model that the reader may see, for `queryset=` of a filter."""
    return lambda request: model.objects.visible_to(request.user)


class ChoicesFilter(django_filters.MultipleChoiceFilter):
    """Tick several choices of a field.

    Its condition is one IN without DISTINCT, which would keep PostgreSQL from reading rows in the order of an index.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(distinct=False, **kwargs)

    def filter(self, qs: Any, value: list[str]) -> Any:
        """Rows whose field has one of the values; all of them when none is ticked."""
        return qs.filter(**{f"{self.field_name}__in": value}) if value else qs


class OwnerFilter(django_filters.ModelChoiceFilter):
    """Choose an owner among colleagues, sought by name as one types."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Owner"))
        super().__init__(queryset=visible(User), **kwargs)


class OnlyFilter(django_filters.BooleanFilter):
    """A box that leaves only some rows when it is ticked; not ticked it narrows nothing."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.CheckboxInput, **kwargs)

    def filter(self, qs: Any, value: Any) -> Any:
        """The rows for which it is so."""
        return super().filter(qs, True) if value else qs


class DaysFilter(django_filters.Filter):
    """Choose days: relative to today, between two dates, or none."""

    field_class = DaysField

    def filter(self, qs: Any, value: Any) -> Any:
        """Rows whose day is one of them."""
        return qs.filter(value.condition(qs.model, self.field_name)) if value else qs


def criterion_of(name: str, found: django_filters.Filter) -> Criterion:
    """What conditions may ask of the field that a filter narrows the list by."""
    label, path, choices = found.label or name, found.field_name, found.extra.get("choices", ())
    if found.method or found.exclude:
        return Asked(name, label, filter=found)
    if isinstance(found, django_filters.ModelChoiceFilter):
        model = found.field.queryset.model
        return Person(name, label, path) if model is User else Related(name, label, path, model)
    if isinstance(found, django_filters.ChoiceFilter | django_filters.MultipleChoiceFilter):
        return Choice(name, label, path, choices)
    if isinstance(found, django_filters.BooleanFilter):
        return YesNo(name, label, path, found.lookup_expr)
    if isinstance(found, DaysFilter):
        return Day(name, label, path)
    if isinstance(found, django_filters.RangeFilter | django_filters.NumberFilter):
        return Number(name, label, path)
    return Text(name, label, path)


class ListedFilter(ChoicesFilter):
    """Tick items of a choice list."""

    def __init__(self, *, list_key: str, **kwargs: Any) -> None:
        super().__init__(choices=all_options(list_key), **kwargs)


class ListedTextFilter(django_filters.CharFilter):
    """Words of a list that other text may be entered in: items whose name contains them, and such text."""

    def __init__(self, *, list_key: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.list_key = list_key

    def filter(self, qs: Any, value: str) -> Any:
        """Rows with such an item or such a text."""
        if not value:
            return qs
        word = value.casefold()
        codes = [
            item.code
            for item in listed(self.list_key).items
            if word in item.name.casefold() or word in item.name_en.casefold()
        ]
        return qs.filter(Q(**{f"{self.field_name}__in": codes}) | Q(**{f"{self.field_name}__icontains": value}))
