"""What conditions may ask of a list's rows: each kind of field with its operators, the input beside, and the query of it."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.db.models import Model, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.generic.days import field_at
from crm.generic.inputs import DaysField, RangeField
from crm.organisation.models import TeamMembership, User

EMPTY: Mapping[str, Any] = {"empty": _("is empty"), "filled": _("is not empty")}
IN: Mapping[str, Any] = {"in": pgettext_lazy("condition", "is"), "out": pgettext_lazy("condition", "is not")}


@dataclass(frozen=True)
class Criterion:
    """A field that conditions may name. `path` leads to it from the row, over to-one relations; empty: its name. `label` empty:
    the field's own."""

    name: str
    label: Any = ""
    path: str = ""
    ops: ClassVar[Mapping[str, Any]] = {}

    @property
    def at(self) -> str:
        """Where the value lies."""
        return self.path or self.name

    def operators(self, model: type[Model]) -> dict[str, Any]:
        """What can be asked, by key; whether it is empty only where it can be."""
        model_field = field_at(model, self.at)
        way_may_end = any(step.null or not step.concrete for step in _relations(model, self.at))
        may_be_empty = model_field.null or way_may_end or (model_field.blank and model_field.empty_strings_allowed)
        return {**self.ops, **(EMPTY if may_be_empty else {})}

    def input(self, op: str) -> forms.Field | None:
        """The field for the value beside an operator; None when the operator says it all."""
        return None

    def query(self, model: type[Model], op: str, value: Any, reader: Any) -> Q:
        """The rows for which it holds."""
        if op in EMPTY:
            none = Q(**{f"{self.at}__isnull": True})
            if field_at(model, self.at).empty_strings_allowed:
                none |= Q(**{self.at: ""})
            return none if op == "empty" else ~none
        return self.asked(op, value, reader)

    def asked(self, op: str, value: Any, reader: Any) -> Q:
        """As `query`, for the operators of the kind."""
        raise NotImplementedError


def _relations(model: Any, path: str) -> list[Any]:
    found = []
    for step in path.split("__")[:-1]:
        found.append(model._meta.get_field(step))
        model = found[-1].related_model
    return found


@dataclass(frozen=True)
class Text(Criterion):
    """Words; upper and lower case are the same."""

    ops: ClassVar[Mapping[str, Any]] = {
        "has": _("contains"),
        "lacks": _("does not contain"),
        "is": pgettext_lazy("condition", "is"),
        "starts": _("begins with"),
    }
    _lookups: ClassVar[Mapping[str, str]] = {
        "has": "icontains",
        "lacks": "icontains",
        "is": "iexact",
        "starts": "istartswith",
    }

    def input(self, op: str) -> forms.Field | None:
        return None if op in EMPTY else forms.CharField(max_length=100)

    def asked(self, op: str, value: Any, reader: Any) -> Q:
        found = Q(**{f"{self.at}__{self._lookups[op]}": value})
        return ~found if op == "lacks" else found


@dataclass(frozen=True)
class Number(Criterion):
    """A number; `unit` stands behind the input."""

    unit: Any = ""
    ops: ClassVar[Mapping[str, Any]] = {
        "eq": "=",
        "gt": ">",
        "lt": "<",
        "gte": "≥",
        "lte": "≤",
        "between": _("between"),
    }

    def input(self, op: str) -> forms.Field | None:
        if op in EMPTY:
            return None
        if op == "between":
            return RangeField()
        return forms.DecimalField(max_digits=18, decimal_places=3, widget=forms.NumberInput(attrs={"step": "any"}))

    def asked(self, op: str, value: Any, reader: Any) -> Q:
        return Q(**{f"{self.at}__{'range' if op == 'between' else 'exact' if op == 'eq' else op}": value})


@dataclass(frozen=True)
class Day(Criterion):
    """A day or a moment."""

    ops: ClassVar[Mapping[str, Any]] = {"on": pgettext_lazy("condition", "is")}

    def operators(self, model: type[Model]) -> dict[str, Any]:
        return dict(self.ops)  # the days can be "empty" themselves

    def input(self, op: str) -> forms.Field | None:
        return DaysField()

    def query(self, model: type[Model], op: str, value: Any, reader: Any) -> Q:
        return value.condition(model, self.at)  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Choice(Criterion):
    """One of several choices."""

    choices: Any = ()
    ops: ClassVar[Mapping[str, Any]] = IN

    def input(self, op: str) -> forms.Field | None:
        if op in EMPTY:
            return None
        return forms.MultipleChoiceField(choices=self.choices, widget=forms.SelectMultiple(attrs={"data-ts": ""}))

    def asked(self, op: str, value: Any, reader: Any) -> Q:
        found = Q(**{f"{self.at}__in": value})
        return ~found if op == "out" else found


@dataclass(frozen=True)
class Related(Criterion):
    """A related record, among those the reader may see."""

    model: Any = None
    ops: ClassVar[Mapping[str, Any]] = IN

    def input(self, op: str) -> forms.Field | None:
        if op in {**EMPTY, **PERSON}:
            return None
        rows = self.model.objects.none()  # narrow_choices() puts those in reach here
        return forms.ModelMultipleChoiceField(rows, widget=forms.SelectMultiple(attrs={"data-ts": ""}))

    def query(self, model: type[Model], op: str, value: Any, reader: Any) -> Q:
        if not field_at(model, self.at).many_to_many:
            return super().query(model, op, value, reader)
        rows = model._base_manager.filter(super().query(model, "empty" if op in EMPTY else "in", value, reader))
        found = Q(pk__in=rows.values("pk"))
        return ~found if op in ("out", "filled") else found

    def asked(self, op: str, value: Any, reader: Any) -> Q:
        found = Q(**{f"{self.at}__in": [row.pk for row in value]})
        return ~found if op == "out" else found


PERSON: Mapping[str, Any] = {"me": _("is me"), "team": _("is in my team")}


@dataclass(frozen=True)
class Person(Related):
    """A colleague: the reader, the reader's team of today, or chosen ones."""

    model: Any = User
    ops: ClassVar[Mapping[str, Any]] = {**PERSON, **IN}

    def asked(self, op: str, value: Any, reader: Any) -> Q:
        if op == "me":
            return Q(**{self.at: reader.pk})
        if op == "team":
            return Q(**{f"{self.at}__in": _team_mates(reader)})
        return super().asked(op, value, reader)


def _team_mates(reader: Any) -> Any:
    """The keys of those who are in the reader's team today."""
    today = timezone.localdate()
    running = TeamMembership._base_manager.filter(Q(ends_on=None) | Q(ends_on__gte=today), starts_on__lte=today)
    return running.filter(team__in=running.filter(user=reader).values("team")).values("user")


@dataclass(frozen=True)
class YesNo(Criterion):
    """Whether something is so."""

    lookup: str = "exact"
    ops: ClassVar[Mapping[str, Any]] = {
        "yes": pgettext_lazy("condition", "yes"),
        "no": pgettext_lazy("condition", "no"),
    }

    def operators(self, model: type[Model]) -> dict[str, Any]:
        return dict(self.ops)

    def asked(self, op: str, value: Any, reader: Any) -> Q:
        return Q(**{f"{self.at}__{self.lookup}": op == "yes"})


@dataclass(frozen=True)
class Asked(Criterion):
    """What only a filter of the list knows how to find."""

    filter: Any = None
    ops: ClassVar[Mapping[str, Any]] = IN

    @property
    def flag(self) -> bool:
        """Whether the filter is a question of yes or no."""
        return isinstance(self.filter.field, forms.BooleanField | forms.NullBooleanField)

    def operators(self, model: type[Model]) -> dict[str, Any]:
        return dict(YesNo.ops if self.flag else IN)

    def input(self, op: str) -> forms.Field | None:
        if self.flag:
            return None
        field: forms.Field = deepcopy(self.filter.field)
        field.required = True
        return field

    def query(self, model: type[Model], op: str, value: Any, reader: Any) -> Q:
        rows = self.filter.filter(model.objects.all(), True if self.flag else value)  # type: ignore[attr-defined]
        found = Q(pk__in=rows.order_by().values("pk"))
        return ~found if op in ("out", "no") else found
