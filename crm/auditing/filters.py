"""What one narrows the audit trail by."""

from collections.abc import Sequence
from typing import Any

import django_filters
from django.db.models import BooleanField, Model, Q
from django.db.models.expressions import RawSQL
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.models import NamedModel
from crm.extension_points import trail_verbs
from crm.formats import EMPTY
from crm.generic.filters import DaysFilter, ListFilter, OwnerFilter
from crm.organisation.models import User
from crm.records.models import TrailEntry, TrailErasure
from crm.records.models.trail import Deed
from crm.records.trail import kinds, part_field
from crm.records.trail_tables import Tracked
from crm.records.trail_words import said_fields

DEEDS = [choice for choice in Deed.choices if choice[0] != Deed.BEFORE]
MOST_RECORDS = 200  # of each kind that a search looks for


def kind_choices() -> list[tuple[str, str]]:
    """All kinds of record with a trail."""
    return sorted(
        ((key, str(capfirst(kind.model._meta.verbose_name))) for key, kind in kinds().items()), key=lambda pair: pair[1]
    )


def verb_choices() -> list[tuple[str, Any]]:
    """What changes are made for."""
    return [(verb.key, verb.label) for verb in trail_verbs.all()]


class TrailFilter(ListFilter):
    """Person, kind of record, field, what happened, what for, when, from where; the search finds records."""

    tag = None
    mark = None
    searchable = True
    by = OwnerFilter(label=pgettext_lazy("audit trail", "Person"), method="by_person")
    kind = django_filters.ChoiceFilter(label=_("Kind of record"), choices=kind_choices)
    field = django_filters.ChoiceFilter(
        label=_("Field"), method="of_field", choices=(), help_text=_("Choose a kind of record first.")
    )
    label = django_filters.ChoiceFilter(label=pgettext_lazy("audit trail", "Change"), choices=DEEDS)
    verb = django_filters.ChoiceFilter(
        label=pgettext_lazy("audit trail", "Action"), choices=verb_choices, method="with_fact"
    )
    at = DaysFilter(label=_("Time"))
    address = django_filters.CharFilter(label=_("Network address"), method="with_fact")
    request = django_filters.CharFilter(label=_("Request"), method="with_fact")

    class Meta:
        model = TrailEntry
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = kinds().get((self.data or {}).get("kind", ""))
        if kind is not None:
            names = [(each.name, str(capfirst(each.verbose_name))) for each in said_fields(kind.model, kind.events)]
            self.form.fields["field"].choices = [("", EMPTY), *names]  # type: ignore[attr-defined]
            self.form.fields["field"].help_text = ""

    def by_person(self, queryset: Any, name: str, value: User) -> Any:
        """Changes made by a person."""
        return queryset.filter(context__metadata__contains={"user": value.pk})

    def with_fact(self, queryset: Any, name: str, value: str) -> Any:
        """Changes made under a fact: verb, address, request."""
        return queryset.filter(context__metadata__contains={name: value.strip()})

    def of_field(self, queryset: Any, name: str, value: str) -> Any:
        """Changes of a field of the chosen kind: those whose value is another than in the event before."""
        kind = kinds().get((self.data or {}).get("kind", ""))
        if kind is None:
            return queryset
        column = kind.model._meta.get_field(value).column  # type: ignore[union-attr]
        events = kind.events._meta.db_table
        differs = (
            f"SELECT true FROM {events} e CROSS JOIN LATERAL (SELECT p.{column} FROM {events} p WHERE p.pgh_obj_id = e.pgh_obj_id"  # noqa: S608 -- our own names
            f" AND p.pgh_id < e.pgh_id ORDER BY p.pgh_id DESC LIMIT 1) b"
            f" WHERE e.pgh_id = crm_trail.event_id AND e.{column} IS DISTINCT FROM b.{column}"
        )
        condition = RawSQL(f"EXISTS ({differs})", [], output_field=BooleanField())  # noqa: S611 -- our own names
        return queryset.filter(kind=kind.kind, label=Deed.UPDATE).filter(condition)

    def search(self, queryset: Any, name: str, value: str) -> Any:
        """Changes of the records that the words find, and of their parts."""
        wanted = Q(pk__in=())
        for kind in kinds().values():
            keys = found_keys(kind.model, value, self.request.user)
            if keys:
                wanted |= Q(kind=kind.kind, record_id__in=keys)
                for part in kinds().values():
                    wanted |= of_part(part, kind.model, keys)
        return queryset.filter(wanted)


class ErasureFilter(ListFilter):
    """Person, kind of record, time; the search is for words of the reason and for a record's key."""

    tag = None
    mark = None
    searchable = True
    by = OwnerFilter(label=pgettext_lazy("audit trail", "Person"))
    kind = django_filters.ChoiceFilter(label=_("Kind of record"), choices=kind_choices)
    at = DaysFilter(label=_("Time"))

    class Meta:
        model = TrailErasure
        fields: tuple[str, ...] = ()

    def search(self, queryset: Any, name: str, value: str) -> Any:
        """Erasures with these words in the reason, or of the record with this key."""
        found = Q(reason__icontains=value)
        return queryset.filter(
            found | Q(records__contains=[int(value)]) if value.isdecimal() and len(value) < 18 else found
        )


def found_keys(model: type[Model], text: str, user: Any) -> list[int]:
    """The keys of the records of a kind that the words find, within the reader's scope."""
    names = {each.name for each in model._meta.concrete_fields}
    own_number = "number" in names and not part_field(model)
    if not (model is User or issubclass(model, NamedModel) or "search_text" in names or own_number):
        return []
    rows: Any = model.objects.visible_to(user)  # type: ignore[attr-defined]
    if model is User:
        rows = rows.filter(Q(display_name__icontains=text) | Q(username__icontains=text))
    elif issubclass(model, NamedModel):
        rows = rows.filter(Q(name__icontains=text) | Q(code__iexact=text))
    else:
        rows = rows.search(text)
    return list(rows.order_by("-pk").values_list("pk", flat=True)[:MOST_RECORDS])


def of_part(part: Tracked, model: type[Model], keys: Sequence[int]) -> Q:
    """The changes of the parts of these records."""
    name = part_field(part.model)
    if not name or name == "object_id" or part.model._meta.get_field(name).related_model is not model:
        return Q()
    events: Any = part.events._base_manager
    return Q(kind=part.kind, event_id__in=events.filter(**{f"{name}__in": keys}).values("pgh_id"))
