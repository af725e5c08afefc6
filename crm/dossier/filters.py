"""Filters of tags."""

from typing import ClassVar

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from crm.generic.filters import ChoicesFilter, ListFilter
from crm.records.models import Tag
from crm.records.models.tag import TagColour


class TagFilter(ListFilter):
    """What one narrows tags by."""

    tag = None
    mark = None
    searchable: ClassVar[bool] = True
    colour = ChoicesFilter(label=_("Colour"), choices=TagColour.choices)
    is_active = django_filters.BooleanFilter(label=_("In use"))

    class Meta:
        model = Tag
        fields = ()

    def search(self, queryset: QuerySet[Tag], name: str, value: str) -> QuerySet[Tag]:
        """By a part of the name."""
        return queryset.filter(name__icontains=value.strip())
