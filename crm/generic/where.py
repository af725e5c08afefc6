"""The conditions of a list, read for one reader: the query, the words, the chips. A field or value that the list does not offer
this reader makes them invalid as a whole, and then nothing is found: less said would show, export or change more rows."""

from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Model, Q
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from crm.generic.conditions import Condition, Group, parse
from crm.generic.criteria import Criterion
from crm.generic.forms import narrow_choices, style

NAME = "where"  # in the query string


class ConditionForm(forms.Form):
    """The value beside one condition."""

    def __init__(self, data: Any, criterion: Criterion, op: str, reader: Any, prefix: str | None = None) -> None:
        super().__init__(data, prefix=prefix, auto_id="%s")
        field = criterion.input(op)
        if field is not None:
            field.label = criterion.label
            self.fields["v"] = field
            narrow_choices(self, reader)
            style(field)

    @property
    def value(self) -> Any:
        """The cleaned value, None when there is none to give."""
        return self.cleaned_data.get("v")

    def kept(self) -> tuple[str, ...]:
        """What the query string keeps of what was typed."""
        if "v" not in self.fields:
            return ()
        raw = self["v"].data
        return tuple(str(item) for item in (raw if isinstance(raw, list | tuple) else [raw]) if item not in (None, ""))


class Where:
    """The conditions `text` over `criteria`, for `reader`."""

    def __init__(self, text: str, criteria: dict[str, Criterion], model: type[Model], reader: Any) -> None:
        self.criteria, self.model, self.reader = criteria, model, reader
        try:
            self.group: Group | None = parse(text)
        except ValueError:
            self.group = None
        self.values: dict[Condition, tuple[Any, Any]] = {}

    @cached_property
    def is_valid(self) -> bool:
        """Whether every field, operator and value is one that the list offers this reader."""
        return self.group is not None and all(self._read(condition) for condition in self.group.conditions())

    def _read(self, condition: Condition) -> bool:
        criterion = self.criteria.get(condition.field)
        if criterion is None or condition.op not in criterion.operators(self.model):
            return False
        form = ConditionForm(MultiValueDict({"v": list(condition.values)}), criterion, condition.op, self.reader)
        if not form.is_valid():
            return False
        self.values[condition] = (form.value, form.fields.get("v"))
        return True

    def query(self) -> Q:
        """The rows for which the conditions hold; none when they are not valid."""
        return self._query(self.group) if self.is_valid and self.group else Q(pk__in=[])

    def _query(self, item: Condition | Group) -> Q:
        if isinstance(item, Group):
            found = Q()
            for part in item.items:
                found = found & self._query(part) if item.mode == "all" else found | self._query(part)
            return found
        return self.criteria[item.field].query(self.model, item.op, self.values[item][0], self.reader)

    def words(self, item: Condition | Group, shown: Any, *, inside: bool = False) -> str:
        """An item as a sentence; `shown(field, value)` says a value in words."""
        if isinstance(item, Group):
            joined = (_(" and ") if item.mode == "all" else _(" or ")).join(
                self.words(part, shown, inside=True) for part in item.items
            )
            return f"({joined})" if inside and len(item.items) > 1 else joined
        criterion = self.criteria[item.field]
        value, field = self.values[item]
        said = shown(field, value) if field is not None else ""
        return " ".join(filter(None, (str(criterion.label), str(criterion.operators(self.model)[item.op]), said)))
