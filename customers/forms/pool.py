"""Forms of the pool."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.generic.forms import RecordForm
from crm.models import Team, User
from customers.enums import Grade
from customers.models import CustomerPool, RecycleRule
from customers.models.pool import NEVER


class AssignForm(forms.Form):
    """To whom, and why."""

    owner = forms.ModelChoiceField(label=_("New owner"), queryset=User.objects.visible_to(None))
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class ProtectForm(forms.Form):
    """Until when, and why."""

    until = forms.DateField(label=_("Keep until"))
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class CustomerPoolForm(RecordForm):
    """A pool: whose, who may claim how much."""

    teams = forms.ModelMultipleChoiceField(
        label=_("Teams"),
        queryset=Team.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Who may claim; without any the whole business unit."),
    )
    managers = forms.ModelMultipleChoiceField(label=_("Managers"), queryset=User.objects.none(), required=False)
    sections = (
        (_("Pool"), ("name", "business_unit", "product_line", "region", "active")),
        (_("People"), ("teams", "managers")),
        (_("Limits"), ("daily_limit", "capacity", "capacity_counts", "lock_days")),
    )

    class Meta:
        model = CustomerPool
        fields = (
            "name",
            "business_unit",
            "product_line",
            "region",
            "daily_limit",
            "capacity",
            "capacity_counts",
            "lock_days",
            "active",
        )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if self.instance.pk:
            self.initial.setdefault("teams", [team.pk for team in self.instance.teams.all()])
            self.initial.setdefault("managers", [person.pk for person in self.instance.managers.all()])

    def _save_m2m(self) -> None:
        """Teams and managers are set by the domain function."""


class RecycleRuleForm(RecordForm):
    """When customers of which grades go into a pool."""

    grades = forms.MultipleChoiceField(
        label=_("Grades"),
        choices=[
            *((grade.value, grade.label) for grade in Grade if grade not in NEVER),
            ("-", _("without a grade")),
        ],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Customers of grade S and A are never taken automatically."),
    )

    class Meta:
        model = RecycleRule
        fields = ("pool", "idle_days", "idle_from", "never_won_months", "active")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.order_fields(["pool", "grades"])
        if self.instance.pk:
            self.initial["grades"] = [grade or "-" for grade in self.instance.grades]

    def values(self) -> dict[str, Any]:
        """The cleaned values; customers without a grade have the empty one."""
        values = super().values()
        return {**values, "grades": ["" if grade == "-" else grade for grade in values["grades"]]}
