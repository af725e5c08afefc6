"""Forms of improvement plans, their goals, and of the rates of serving."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from crm.generic.forms import RecordForm
from customers.domain.improvement import measures
from customers.models import ContributionRate, ImprovementGoal, ImprovementPlan

UNITS = {"money": "CNY", "kg": "kg", "percent": "%", "days": _("days"), "number": ""}


class PlanForm(RecordForm):
    """A plan; its customer is chosen once."""

    required_fields = ("owner",)
    sections = ((_("Plan"), ("customer", "title", "owner", "starts_on", "ends_on", "strategy")),)

    class Meta:
        model = ImprovementPlan
        fields = ("customer", "title", "owner", "starts_on", "ends_on", "strategy")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if self.instance.pk:
            del self.fields["customer"]
        else:
            self.initial.setdefault("owner", user.pk)


class GoalForm(RecordForm):
    """A goal: one of the measures that the person may see, and the value wanted."""

    measure = forms.ChoiceField(label=capfirst(_("measure")))

    class Meta:
        model = ImprovementGoal
        fields = ("plan", "measure", "target", "due_on")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["measure"].choices = [  # type: ignore[attr-defined]
            (key, f"{row.label} ({unit})" if (unit := UNITS.get(row.unit, "")) else str(row.label))
            for key, row in measures(user).items()
        ]
        if self.instance.pk:
            del self.fields["plan"]


class RateForm(RecordForm):
    """Rates from a day on."""

    units = {"per_shipment": "CNY", "capital_percent": "%"}

    class Meta:
        model = ContributionRate
        fields = ("starts_on", "per_shipment", "capital_percent")
