"""Forms of grading: the builder of scoring models, policies, exceptions."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.formats import plain_number
from crm.generic.forms import RecordForm, style
from customers.enums import Grade
from customers.extension_points import customer_measures
from customers.models import GradePolicy, GradingModel, GradingVeto

BANDS = 5  # bounds that a criterion can have
MOST, SPARE = 14, 2
WHOLE = Decimal(100)


def measure_choices(reader: Any = None, *, promised: bool = False) -> list[tuple[str, Any]]:
    """The figures there are, with the unit they are in; for a reader those that may be seen."""
    units = {"money": "CNY", "kg": "kg", "percent": "%", "days": gettext("days"), "number": ""}
    found = [
        entry
        for entry in customer_measures.all()
        if (entry.promised or not promised) and (reader is None or entry.shown_to(reader))
    ]
    return [(m.key, f"{m.label} ({units[m.unit]})" if units.get(m.unit) else str(m.label)) for m in found]


class CriterionForm(forms.Form):
    """A criterion with its bands; one without a figure is none."""

    measure = forms.ChoiceField(label=_("Figure"), required=False)
    weight = forms.DecimalField(label=_("Weight (%)"), min_value=0, max_value=100, max_digits=5, required=False)
    missing_points = forms.DecimalField(
        label=_("Points without a value"), min_value=0, max_value=100, max_digits=5, initial=0, required=False
    )
    is_potential = forms.BooleanField(label=_("Counts for new customers (potential)"), required=False)
    points_0 = forms.DecimalField(min_value=0, max_value=100, max_digits=5, required=False)

    def __init__(self, *args: Any, reader: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].choices = [("", "—"), *measure_choices(reader)]  # type: ignore[attr-defined]
        self.fields["points_0"].label = gettext("Points below the first bound")
        for number in range(1, BANDS + 1):
            named = {"n": number}
            self.fields[f"from_{number}"] = forms.DecimalField(
                label=gettext("Bound %(n)s") % named, max_digits=18, decimal_places=4, required=False
            )
            self.fields[f"points_{number}"] = forms.DecimalField(
                label=gettext("Points from bound %(n)s on") % named,
                min_value=0,
                max_value=100,
                max_digits=5,
                required=False,
            )
        for field in self.fields.values():
            style(field)

    def head(self) -> list[forms.BoundField]:
        """The fields above the bands."""
        return [self["measure"], self["weight"], self["missing_points"], self["is_potential"]]

    def bands(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each bound with the points from it on."""
        return [(self[f"from_{number}"], self[f"points_{number}"]) for number in range(1, BANDS + 1)]

    def clean(self) -> dict[str, Any]:
        """Bounds rise, each has its points, and more of a good figure does not give fewer points."""
        values = super().clean() or {}
        if not values.get("measure"):
            return values
        if not values.get("weight"):
            self.add_error("weight", gettext("Give the weight."))
        pairs = [(values.get(f"from_{n}"), values.get(f"points_{n}")) for n in range(1, BANDS + 1)]
        for number, (bound, points) in enumerate(pairs, start=1):
            if (bound is None) != (points is None) and f"from_{number}" not in self.errors:
                self.add_error(f"points_{number}", gettext("A bound and its points belong together."))
        given = [(bound, points) for bound, points in pairs if bound is not None and points is not None]
        if not given:
            self.add_error("from_1", gettext("Give at least one bound."))
        starts = [bound for bound, _points in given]
        if starts != sorted(set(starts)):
            self.add_error(None, gettext("The bounds rise from left to right."))
        self._check_direction([values.get("points_0") or Decimal(0), *(points for _bound, points in given)])
        return values

    def _check_direction(self, points: list[Decimal]) -> None:
        measure = customer_measures.get(self.cleaned_data["measure"])
        if measure.higher_is_better and points != sorted(points):
            self.add_error(None, gettext("More of this figure is better: the points must not fall."))
        if not measure.higher_is_better and points != sorted(points, reverse=True):
            self.add_error(None, gettext("Less of this figure is better: the points must not rise."))

    def criterion(self) -> dict[str, Any] | None:
        """What is to be stored; None for an empty line."""
        values = self.cleaned_data
        if not values.get("measure") or values.get("DELETE"):
            return None
        given = [
            (values[f"from_{n}"], values[f"points_{n}"])
            for n in range(1, BANDS + 1)
            if values.get(f"from_{n}") is not None
        ]
        return {
            "measure": values["measure"],
            "weight": values["weight"],
            "missing_points": values.get("missing_points") or Decimal(0),
            "is_potential": values["is_potential"],
            "starts": [bound for bound, _points in given],
            "points": [values.get("points_0") or Decimal(0), *(points for _bound, points in given)],
        }


def criterion_initial(row: Any) -> dict[str, Any]:
    """A stored criterion as the form shows it."""
    values: dict[str, Any] = {
        "measure": row.measure,
        "weight": row.weight,
        "missing_points": row.missing_points,
        "is_potential": row.is_potential,
        "points_0": row.points[0],
    }
    for number, (bound, points) in enumerate(zip(row.starts, row.points[1:], strict=True), start=1):
        values |= {f"from_{number}": bound, f"points_{number}": points}
    return values


class VetoForm(forms.Form):
    """A veto; one without a figure is none."""

    measure = forms.ChoiceField(label=_("Figure"), required=False)
    side = forms.ChoiceField(label=_("When"), choices=GradingVeto.Side.choices, required=False)
    bound = forms.DecimalField(label=_("Bound"), max_digits=18, decimal_places=4, required=False)
    cap = forms.ChoiceField(label=_("At most grade"), choices=[("", "—"), *Grade.choices[1:]], required=False)
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)

    def __init__(self, *args: Any, reader: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].choices = [("", "—"), *measure_choices(reader)]  # type: ignore[attr-defined]
        for field in self.fields.values():
            style(field)

    def clean(self) -> dict[str, Any]:
        """A veto needs all of its parts."""
        values = super().clean() or {}
        if values.get("measure"):
            for name in ("side", "bound", "cap", "reason"):
                if values.get(name) in (None, "") and name not in self.errors:
                    self.add_error(name, gettext("A veto needs this."))
        return values

    def veto(self) -> dict[str, Any] | None:
        """What is to be stored; None for an empty line."""
        values = self.cleaned_data
        if not values.get("measure") or values.get("DELETE"):
            return None
        return {name: values[name] for name in ("measure", "side", "bound", "cap", "reason")}


_HOW: dict[str, Any] = {"can_delete": True, "max_num": MOST, "validate_max": True, "absolute_max": MOST + 4}
CriterionFormSet: Any = formset_factory(CriterionForm, extra=SPARE, **_HOW)
VetoFormSet: Any = formset_factory(VetoForm, extra=1, **_HOW)


class NewGradingForm(RecordForm):
    """What a new model is for; criteria come next."""

    class Meta:
        model = GradingModel
        fields = ("name", "business_unit", "valid_from", "valid_until")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.initial.setdefault("valid_from", timezone.localdate())


class GradingForm(RecordForm):
    """A draft: its own values, its criteria and its vetoes."""

    sections = (
        (_("Model"), ("name", "business_unit", "valid_from", "valid_until")),
        (_("Grades from points"), ("s_from", "a_from", "b_from", "c_from", "hysteresis", "new_months")),
    )

    class Meta:
        model = GradingModel
        fields = (
            "name", "business_unit", "valid_from", "valid_until", "s_from", "a_from", "b_from", "c_from", "hysteresis",
            "new_months",
        )  # fmt: skip

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        data = self.data if self.is_bound else None
        stored, rows = [], self.instance.vetoes.all() if self.instance.pk else []
        if self.instance.pk:
            stored = [criterion_initial(row) for row in self.instance.criteria.all()]
        vetoes = [{name: getattr(row, name) for name in ("measure", "side", "bound", "cap", "reason")} for row in rows]
        self.criteria = CriterionFormSet(data, prefix="criteria", initial=stored, form_kwargs={"reader": user})
        self.vetoes = VetoFormSet(data, prefix="vetoes", initial=vetoes, form_kwargs={"reader": user})

    def is_valid(self) -> bool:
        """The criteria and vetoes too; the weights add up to 100 and no figure counts twice."""
        parts = [self.criteria.is_valid(), self.vetoes.is_valid()]
        valid = super().is_valid() and all(parts)
        if all(parts) and not self._check_weights():
            return False
        return valid

    def _check_weights(self) -> bool:
        rows = list(self._criteria())
        total = sum((row["weight"] for row in rows), Decimal(0))
        measures = [row["measure"] for row in rows]
        if rows and total != WHOLE:
            message = gettext("The weights add up to %(sum)s %%, not to 100 %%.")
            self.add_error(None, message % {"sum": plain_number(total)})
        if len(set(measures)) < len(measures):
            self.add_error(None, gettext("A figure counts only once in a model."))
        return not self.errors

    def _criteria(self) -> Iterator[dict[str, Any]]:
        for form in self.criteria:
            if (found := form.criterion()) is not None:
                yield found

    def values(self) -> dict[str, Any]:
        """The model's own values, its criteria and its vetoes."""
        vetoes = [found for form in self.vetoes if (found := form.veto()) is not None]
        return {**super().values(), "criteria": list(self._criteria()), "vetoes": vetoes}


class GradePolicyForm(RecordForm):
    """What customers of a grade are promised; only figures that can be checked are offered."""

    measure = forms.ChoiceField(label=_("Figure"))

    class Meta:
        model = GradePolicy
        fields = ("grade", "business_unit", "measure", "side", "bound", "valid_from", "valid_until", "note")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["measure"].choices = measure_choices(user, promised=True)  # type: ignore[attr-defined]
        self.initial.setdefault("valid_from", timezone.localdate())


class ExceptionForm(forms.Form):
    """Another grade than the proposed one, why and until when."""

    grade = forms.ChoiceField(label=_("Grade"), choices=Grade.choices)
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    until = forms.DateField(label=_("Keep until"))
    field_order = ("grade", "reason", "until")

    def clean_until(self) -> dt.date:
        """A day ahead."""
        until: dt.date = self.cleaned_data["until"]
        if until <= timezone.localdate():
            raise forms.ValidationError(gettext("The last day of an exception lies ahead."))
        return until
