"""The forms of stages and sales processes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.generic.forms import style
from crm.models import ProductLine
from opportunities.enums import StageCategory
from opportunities.models import ProcessStage, SalesProcess, Stage
from opportunities.paths import Terms


def _probability(**more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=_("Win probability (%)"), min_value=0, max_value=100, **more)


def _days(**more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=_("Standard days"), min_value=1, max_value=999, **more)


class StageForm(forms.Form):
    """A stage of the funnel. Where work has ended there is nothing to expect: such a stage has a name only."""

    version_read = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Chinese name"), max_length=100)
    name_en = forms.CharField(label=_("English name"), max_length=100, required=False)
    probability = _probability()
    standard_days = _days()
    after = forms.ModelChoiceField(
        label=_("After"), queryset=Stage.objects.none(), required=False, empty_label=_("as the first stage")
    )

    def __init__(self, *args: Any, user: Any, stage: Stage | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if stage is not None:
            for name in ("name", "name_en", "probability", "standard_days"):
                self.initial.setdefault(name, getattr(stage, name))
            self.initial.setdefault("version_read", stage.version)
            del self.fields["after"]
            if stage.category != StageCategory.OPEN:
                del self.fields["probability"], self.fields["standard_days"]
        else:
            places: Any = self.fields["after"]
            places.queryset = Stage.objects.visible_to(user).filter(category=StageCategory.OPEN).order_by("position")
            places.label_from_instance = lambda one: one.label
            self.initial.setdefault("after", places.queryset.last())
        for field in self.fields.values():
            style(field)

    def values(self) -> dict[str, Any]:
        """What was typed, without the version and the place."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("version_read", "after")}


class ProcessForm(forms.Form):
    """A sales process: its product lines, and a row for each stage of the funnel."""

    version_read = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Chinese name"), max_length=100)
    name_en = forms.CharField(label=_("English name"), max_length=100, required=False)
    lines = forms.ModelMultipleChoiceField(
        label=_("Product lines"),
        queryset=ProductLine.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose the product lines that the process is for.")},
    )

    def __init__(self, *args: Any, user: Any, process: SalesProcess | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines: Any = self.fields["lines"]
        lines.queryset = ProductLine.objects.visible_to(user).order_by("code")
        lines.label_from_instance = lambda line: line.label
        self.stages = list(
            Stage.objects.visible_to(user).filter(category=StageCategory.OPEN).order_by("position", "pk")
        )
        rows = {}
        if process is not None:
            self.initial.update(name=process.name, name_en=process.name_en, version_read=process.version)
            self.initial["lines"] = list(process.lines.values_list("product_line", flat=True))
            rows = {
                row.stage_id: row
                for row in ProcessStage.objects.visible_to(user).filter(process=process, valid_until=None)
            }
        for stage in self.stages:
            found = rows.get(stage.pk)
            label = {"stage": stage.label}
            self.fields[f"on-{stage.pk}"] = forms.BooleanField(
                label=_("Goes through “%(stage)s”") % label, required=False, initial=process is None or bool(found)
            )
            self.fields[f"probability-{stage.pk}"] = _probability(initial=(found or stage).probability, required=False)
            self.fields[f"days-{stage.pk}"] = _days(initial=(found or stage).standard_days, required=False)
        for field in self.fields.values():
            style(field)

    def clean(self) -> dict[str, Any]:
        """A stage on the path needs both figures."""
        values = dict(super().clean() or {})
        for stage in self.stages:
            for name in (f"probability-{stage.pk}", f"days-{stage.pk}"):
                if values.get(f"on-{stage.pk}") and values.get(name) is None and name not in self.errors:
                    self.add_error(
                        name,
                        _("Say how likely the win is in “%(stage)s” and how long it may take.")
                        % {"stage": stage.label},
                    )
        return values

    def table(self) -> list[dict[str, Any]]:
        """The rows."""
        return [
            {
                "stage": stage,
                "on": self[f"on-{stage.pk}"],
                "probability": self[f"probability-{stage.pk}"],
                "days": self[f"days-{stage.pk}"],
            }
            for stage in self.stages
        ]

    def terms(self) -> dict[int, Terms]:
        """The stages ticked, with what they mean."""
        data = self.cleaned_data
        return {
            stage.pk: Terms(data[f"probability-{stage.pk}"], data[f"days-{stage.pk}"])
            for stage in self.stages
            if data[f"on-{stage.pk}"]
        }
