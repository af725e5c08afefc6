"""The forms of a gate: what it asks of whom, and one more thing to ask for."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from crm.formats import enumerated
from crm.generic.forms import style
from crm.models import ProductLine
from crm.records.extra import fields_of
from customers.enums import Grade
from opportunities.enums import GateAnswer, GateItemKind, GateLevel
from opportunities.forms.opportunity import OpportunityForm
from opportunities.models import GateItem, Opportunity, Stage
from opportunities.outcomes import gate_outcomes

NOT_ASKED = frozenset({"owner", "currency"})  # always filled in


class GateForm(forms.Form):
    """A table: a row for each item, a column for all product lines together and one for each of them."""

    version_read = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, stage: Stage, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = list(ProductLine.objects.visible_to(user).order_by("code"))
        rows = GateItem.objects.visible_to(user).current().filter(stage=stage)
        self.items = list(rows.order_by("position", "pk"))
        self.initial.setdefault("version_read", stage.version)
        for item in self.items:
            label = f"{item.label}: {_('all product lines')}"
            self._add(f"level-{item.pk}", label, list(GateLevel.choices), item.level)
            self.fields[f"place-{item.pk}"] = forms.IntegerField(
                label=_("Position of %(name)s") % {"name": item.label},
                min_value=1,
                max_value=999,
                initial=item.position,
                widget=forms.NumberInput(attrs={"class": "w-auto"}),
            )
            for line in self.lines:
                choices = [("", _("as all")), *GateLevel.choices]
                name = f"level-{item.pk}-{line.code}"
                self._add(name, f"{item.label}: {line.label}", choices, item.levels.get(line.code, ""), required=False)
        for field in self.fields.values():
            style(field)

    def _add(self, name: str, label: str, choices: list[Any], initial: str, *, required: bool = True) -> None:
        self.fields[name] = forms.ChoiceField(label=label, choices=choices, initial=initial, required=required)
        self.fields[name].widget.attrs["class"] = "form-select-sm w-auto"

    def table(self) -> list[dict[str, Any]]:
        """The rows."""
        return [
            {
                "item": item,
                "place": self[f"place-{item.pk}"],
                "all": self[f"level-{item.pk}"],
                "cells": [(line, self[f"level-{item.pk}-{line.code}"]) for line in self.lines],
            }
            for item in self.items
        ]

    def levels(self) -> dict[int, tuple[str, dict[str, str]]]:
        """What was chosen, by item; levels of product lines that are gone stay."""
        found = {}
        known = {line.code for line in self.lines}
        for item in self.items:
            by_line = {code: level for code, level in item.levels.items() if code not in known}
            for line in self.lines:
                if chosen := self.cleaned_data[f"level-{item.pk}-{line.code}"]:
                    by_line[line.code] = chosen
            found[item.pk] = (self.cleaned_data[f"level-{item.pk}"], by_line)
        return found

    def order(self) -> list[int]:
        """The items by the positions that were typed; equal ones as they were."""
        return [item.pk for item in sorted(self.items, key=lambda item: self.cleaned_data[f"place-{item.pk}"])]


class GateItemForm(forms.Form):
    """What else to ask for."""

    version_read = forms.IntegerField(widget=forms.HiddenInput)
    source = forms.ChoiceField(label=_("Asks for"))
    name = forms.CharField(
        label=_("Chinese name"),
        max_length=100,
        required=False,
        help_text=_("Needed for a new entry; otherwise the field's own name is taken when nothing is given."),
    )
    name_en = forms.CharField(label=_("English name"), max_length=100, required=False)
    answer = forms.ChoiceField(
        label=_("Answered with"),
        choices=GateAnswer.choices,
        initial=GateAnswer.TEXT,
        required=False,
        help_text=_("Of a new entry of the specification. Numbers can be searched by range."),
    )
    unit = forms.CharField(label=_("Unit"), max_length=20, required=False)
    minimum = forms.DecimalField(
        label=_("Smallest"),
        required=False,
        max_digits=18,
        decimal_places=4,
        help_text=_("Of an approval: the amount (CNY) from which it is needed."),
    )
    maximum = forms.DecimalField(label=_("Largest"), required=False, max_digits=18, decimal_places=4)
    options = forms.CharField(
        label=_("Choices"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One in a line. Of an approval: the customer grades that it is for; none: all."),
    )
    level = forms.ChoiceField(label=_("Asked of all product lines"), choices=GateLevel.choices)

    def __init__(self, *args: Any, stage: Stage, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("version_read", stage.version)
        self.fields["source"].choices = sources(stage, user)  # type: ignore[attr-defined]
        for field in self.fields.values():
            style(field)

    def clean(self) -> dict[str, Any]:
        """The details of what there is already are that one's own."""
        values = dict(super().clean() or {})
        lines = (values.pop("options", "") or "").splitlines()
        details = {name: values.pop(name, None) for name in ("answer", "unit", "minimum", "maximum")}
        source = values.get("source")
        if source == "new":
            values |= details | {
                "answer": details["answer"] or GateAnswer.TEXT,
                "options": [line.strip() for line in lines if line.strip()],
            }
        elif source == "approval":
            values |= {"minimum": details["minimum"], "options": self._grades(lines)}
        return values

    def _grades(self, lines: list[str]) -> list[str]:
        """The grades typed; an error beside the field for what is none."""
        grades = [line.strip().upper() for line in lines if line.strip()]
        unknown = [grade for grade in grades if grade not in Grade.values]
        if unknown:
            message = _("There is no grade %(name)s. Grades are %(all)s.")
            self.add_error("options", message % {"name": unknown[0], "all": enumerated(Grade.values)})
        return grades


def sources(stage: Stage, user: Any) -> list[Any]:
    """What a gate can ask for and does not yet."""
    rows = GateItem.objects.visible_to(user)
    asked = set(rows.current().filter(stage=stage).values_list("key", flat=True))
    own = [
        (f"{GateItemKind.FIELD}:{name}", capfirst(Opportunity._meta.get_field(name).verbose_name))  # type: ignore[union-attr]
        for name in OpportunityForm.Meta.fields
        if name not in asked and name not in NOT_ASKED
    ]
    extra = [
        (f"{GateItemKind.EXTRA}:{field.form_name}", field.label)
        for field in fields_of(Opportunity)
        if field.form_name not in asked
    ]
    entries = {
        item.key: item.label
        for item in rows.filter(kind=GateItemKind.SPECIFICATION).order_by("pk")
        if item.key not in asked
    }
    known = [(f"{GateItemKind.SPECIFICATION}:{key}", label) for key, label in entries.items()]
    outcomes = [
        (f"{GateItemKind.OUTCOME}:{outcome.key}", outcome.label)
        for outcome in gate_outcomes.all()
        if outcome.key not in asked
    ]
    groups = (
        (_("Fields"), own),
        (_("Extra fields"), extra),
        (_("Technical specification"), known),
        (_("Results of collaborations"), outcomes),
    )
    fresh = [
        ("new", _("a new entry of the technical specification")),
        ("check", _("a tick")),
        ("document", _("a document")),
        ("approval", _("an approval of the step")),
    ]
    return [*fresh, *((name, rows) for name, rows in groups if rows)]
