"""The form of a campaign."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.generic.forms import ReasonForm, RecordForm
from leads.models import Campaign


class CampaignForm(RecordForm):
    """What is planned, and what it cost."""

    units = {"budget": _("CNY"), "spent": _("CNY")}
    sections = (
        (_("Basics"), ("name", "kind", "origin", "owner")),
        (_("Plan"), ("starts_on", "ends_on", "product_line", "region", "planned_leads", "goal")),
        (_("Money"), ("budget", "spent")),
    )

    class Meta:
        model = Campaign
        fields = (
            "name",
            "kind",
            "origin",
            "owner",
            "starts_on",
            "ends_on",
            "product_line",
            "region",
            "planned_leads",
            "goal",
            "budget",
            "spent",
        )


class BudgetForm(ReasonForm):
    """Asks for how much and why."""

    budget = forms.DecimalField(label=_("New budget"), max_digits=18, decimal_places=2, min_value=0)
    field_order = ("budget", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["budget"].unit = _("CNY")  # type: ignore[attr-defined]
