"""Filters of lists, on django-filter: choices narrowed to what the reader may see, active ones shown as chips."""

from dataclasses import dataclass
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from crm.generic.forms import narrow_choices
from crm.generic.paging import PAGING_KEYS
from crm.organisation.models import User
from crm.records import masking


@dataclass(frozen=True)
class Chip:
    """An active filter: its field, what was chosen, and the query string without it."""

    label: str
    value: str
    without: str


class ListFilter(django_filters.FilterSet):
    """Base of the lists' filters. Needs `request`; `q` searches when the model has a search text, or its query set an own
    `search()` and the filter says `searchable`."""

    searchable: ClassVar[bool] = False
    q = django_filters.CharFilter(label=_("Search"), method="search")

    def __init__(self, data: Any = None, queryset: QuerySet[Any] | None = None, *, request: Any, **kwargs: Any) -> None:
        super().__init__(data, queryset, request=request, **kwargs)
        if not self.can_search():
            del self.filters["q"]
        narrow_choices(self.form, request.user)

    @classmethod
    def can_search(cls) -> bool:
        """Whether the list has a search field."""
        return cls.searchable or hasattr(cls._meta.model, "search_text")

    def search(self, queryset: Any, name: str, value: str) -> Any:
        """Rows that contain the words."""
        return masking.search(queryset, value, self.request.user)

    def chips(self, params: QueryDict) -> list[Chip]:
        """The active filters, as text; those not valid are left out."""
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
            chips.append(Chip(str(field.label or name), shown_value(field, value), "?" + rest.urlencode()))
        return chips


def shown_value(field: Any, value: Any) -> str:
    """A cleaned value in words."""
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, slice):
        return f"{value.start or ''} – {value.stop or ''}"
    labels = (
        {str(key): str(label) for key, label in getattr(field, "choices", []) if not hasattr(value, "pk")}
        if _is_plain(field)
        else {}
    )
    values = value if isinstance(value, list | tuple | QuerySet) else [value]
    return "、".join(labels.get(str(item), getattr(item, "label", None) or str(item)) for item in values)


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
