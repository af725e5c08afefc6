"""The form of a target."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from analytics.catalogue import CATALOGUE
from analytics.enums import Direction
from analytics.models import Target
from analytics.models.target import MEMBERS
from crm.generic.forms import RecordForm


def indicator_choices() -> list[tuple[int, str]]:
    """The indicators that can have a target: those with a direction, but not completion rates, which are made of targets."""
    return [
        (indicator.number, f"{indicator.number} {indicator.name} ({indicator.unit.label})")
        for indicator in CATALOGUE.values()
        if indicator.direction != Direction.NONE and indicator.target_of is None and not indicator.of_whole
    ]


class TargetForm(RecordForm):
    """A target of a month. Of a stored one only the value changes: another month is another target."""

    indicator = forms.TypedChoiceField(label=_("indicator"), coerce=int, choices=indicator_choices)

    class Meta:
        model = Target
        fields = ("indicator", "month", *MEMBERS, "value")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["business_unit"].help_text = _("For the whole company leave unit, region, team and person empty.")
        if self.instance.pk:
            for name in ("indicator", "month", *MEMBERS):
                self.fields[name].disabled = True
