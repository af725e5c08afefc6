"""The form of a move between stages: it asks for what the move still lacks, and for nothing else."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.generic.forms import narrow_choices, style
from crm.records.fields import ListedFormField
from opportunities.domain.funnel import Plan
from opportunities.domain.opportunity import first_step
from opportunities.enums import GateItemKind
from opportunities.forms.opportunity import answer_field
from opportunities.models import Opportunity
from opportunities.rules import Move


class MoveForm(forms.Form):
    """Fields for the missing gate items, the next step where there is none, the reason of going back or of asking for approval,
    and the reason and winner of a loss."""

    def __init__(self, *args: Any, plan: Plan, opportunity: Opportunity, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in plan.missing:
            if item.kind == GateItemKind.OUTCOME:  # others bring it about
                continue
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
            self.fields["lost_price"] = forms.DecimalField(
                label=_("Price of the winner (per kg)"),
                required=False,
                min_value=Decimal("0.0001"),
                max_digits=18,
                decimal_places=4,
                help_text=_("If it is known: the price gap is worked out from it."),
            )
        if plan.needs_step:
            self.fields["next_step"] = forms.CharField(label=_("Next step"), max_length=200)
            self.fields["next_step_on"] = forms.DateField(label=_("Next step on"), initial=first_step()["next_step_on"])
        needed = plan.needs_reason or bool(plan.approval)
        if needed or plan.move is Move.LOSE:
            self.fields["reason"] = forms.CharField(
                label=_("Reason") if needed else _("Remark"),
                required=needed,
                max_length=500,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        narrow_choices(self, user)
        for field in self.fields.values():
            style(field)

    def answers(self) -> dict[str, Any]:
        """What was typed, without the reason."""
        return {name: value for name, value in self.cleaned_data.items() if name != "reason"}

    def takes_files(self) -> bool:
        """Whether a document is asked for."""
        return any(isinstance(field, forms.FileField) for field in self.fields.values())

    def reason(self) -> str:
        """Why the move is made, "" when nothing was asked."""
        return str(self.cleaned_data.get("reason", ""))
