"""The form of a move between stages: it asks for what the move still lacks, and for nothing else."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.generic.forms import narrow_choices, style
from crm.records.fields import ListedFormField
from opportunities.domain.funnel import Plan
from opportunities.forms.opportunity import answer_field
from opportunities.models import Opportunity
from opportunities.rules import Move


class MoveForm(forms.Form):
    """Fields for the missing gate items, for the reason of going back, and for the reason and winner of a loss."""

    def __init__(self, *args: Any, plan: Plan, opportunity: Opportunity, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in plan.missing:
            self.fields[item.key] = answer_field(item)
            self.fields[item.key].required = True
        if plan.move is Move.LOSE:
            self.fields["loss_reason"] = ListedFormField(label=_("Reason of loss"), list_key="loss_reason")
            self.fields["lost_to"] = forms.CharField(
                label=_("Lost to"),
                max_length=100,
                required=False,
                initial=opportunity.competitors[:100],
                help_text=_("The competitor who won; not needed when the project was cancelled."),
            )
        if plan.needs_reason or plan.move is Move.LOSE:
            self.fields["reason"] = forms.CharField(
                label=_("Reason") if plan.needs_reason else _("Remark"),
                required=plan.needs_reason,
                max_length=500,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        narrow_choices(self, user)
        for field in self.fields.values():
            style(field)

    def answers(self) -> dict[str, Any]:
        """What was typed, without the reason."""
        return {name: value for name, value in self.cleaned_data.items() if name != "reason"}

    def reason(self) -> str:
        """Why the move is made, "" when nothing was asked."""
        return str(self.cleaned_data.get("reason", ""))
