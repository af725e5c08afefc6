"""The forms of an opportunity: its data with the technical specification, and handing it over."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.generic.extra import form_field
from crm.generic.forms import RecordForm, style
from crm.models import User
from opportunities.domain.funnel import Funnel
from opportunities.domain.opportunity import first_step
from opportunities.domain.specification import checked
from opportunities.enums import GateAnswer, GateItemKind, GateLevel, StageCategory
from opportunities.models import GateItem, Opportunity
from opportunities.rules import extra_field_of

PREFIX = "spec_"
LONGEST_ANSWER = 500

_BASICS = (
    "name",
    "customer",
    "end_customer",
    "product_line",
    "product",
    "expected_close_on",
    "forecast_category",
    "owner",
)
_VALUE = ("demand_kg", "our_volume_kg", "market_price", "proposed_price", "currency", "ramp_months")
_NEED = (
    "need",
    "category",
    "dimension",
    "source",
    "application",
    "target_function",
    "buying_motive",
    "timing",
    "certification",
)
_OFFER = ("competitors", "process", "solution", "support_needed")
_NEXT = ("next_step", "next_step_on")


class OpportunityForm(RecordForm):
    """Everything that is typed about an opportunity. The entries of the specification depend on its product line."""

    units = {
        "demand_kg": _("kg/year"),
        "our_volume_kg": _("kg/year"),
        "market_price": _("per kg"),
        "proposed_price": _("per kg"),
    }

    class Meta:
        model = Opportunity
        fields = (*_BASICS, *_VALUE, *_NEED, *_OFFER, *_NEXT, "loss_review")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if not user.has_perm("opportunities.transfer_opportunity"):
            del self.fields["owner"]
        self.items = {f"{PREFIX}{item.key}": item for item in self._specification_items()}
        for name, item in self.items.items():
            self.fields[name] = answer_field(item)
            self.initial.setdefault(name, self.instance.specification.get(item.key, ""))
        first = Funnel().open_stages[:1]
        early = tuple(name for name, item in self.items.items() if first and item.stage_id == first[0].pk)
        later = tuple(name for name in self.items if name not in early)
        self.sections = (
            (_("Basics"), (*_BASICS, *early)),
            (_("Volume and price"), _VALUE),
            (_("Need"), _NEED),
            (_("Technical requirements"), later),
            (_("Competition and offer"), _OFFER),
            *self._last_section(),
        )
        self.sections = tuple(section for section in self.sections if section[1])

    def _last_section(self) -> list[Any]:
        """What comes next while it is open; how it could be lost once it was."""
        stage = self.instance.stage if self.instance.pk else None
        if stage is None or stage.is_open:
            del self.fields["loss_review"]
            for name in _NEXT:
                self.fields[name].required = True
            if stage is None:
                for name, value in first_step().items():
                    self.initial.setdefault(name, value)
            return [(_("Next step"), _NEXT)]
        if stage.category != StageCategory.LOST:
            del self.fields["loss_review"]
            return [(_("Next step"), _NEXT)]
        for name in _NEXT:
            del self.fields[name]
        return [(_("Review of the loss"), ("loss_review",))]

    def _specification_items(self) -> list[GateItem]:
        """The entries that apply to the stored product line; on a new opportunity those that apply to every line."""
        line = self.instance.product_line.code if self.instance.pk and self.instance.product_line else ""
        rows = list(
            GateItem.objects.visible_to(self.user)
            .filter(kind=GateItemKind.SPECIFICATION)
            .select_related("stage")
            .order_by("stage__position", "position", "-pk")
        )
        here, since = self.instance.stage_id, self.instance.stage_since
        rows = [item for item in rows if item.held_at(since if item.stage_id == here else None)]
        if not self.instance.pk:
            first = min((item.stage.position for item in rows), default=0)
            rows = [item for item in rows if item.stage.position == first]
        return [item for item in rows if item.level_for(line) != GateLevel.OFF]

    def values(self) -> dict[str, Any]:
        """The cleaned values, the entries of the specification put together; those of other product lines stay."""
        values = super().values()
        typed = {item.key: values.pop(name, "") for name, item in self.items.items()}
        if typed:
            typed = {item.key: checked(item, typed[item.key]) for item in self.items.values()}
            kept = {key: text for key, text in self.instance.specification.items() if key not in typed}
            values["specification"] = {**kept, **{key: text for key, text in typed.items() if text}}
        return values


def answer_field(item: GateItem) -> forms.Field:
    """The form field that asks for a gate item: the model's own, a tick, a file, or what an entry of the specification takes."""
    if item.kind == GateItemKind.CHECK:
        return forms.BooleanField(label=item.label, required=False)
    if item.kind == GateItemKind.DOCUMENT:
        return forms.FileField(label=item.label, required=False)
    if item.kind == GateItemKind.SPECIFICATION:
        return _entry_field(item)
    if item.kind == GateItemKind.EXTRA:
        return form_field(extra_field_of(item))
    field: forms.Field = Opportunity._meta.get_field(item.key).formfield(label=item.label)  # type: ignore[union-attr,assignment]
    style(field)
    return field


def _entry_field(item: GateItem) -> forms.Field:
    field: forms.Field
    if item.answer == GateAnswer.CHOICE:
        field = forms.ChoiceField(choices=[("", "—"), *((option, option) for option in item.options)])
    elif item.answer == GateAnswer.DATE:
        field = forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    else:
        field = forms.CharField(max_length=LONGEST_ANSWER)
    if item.answer == GateAnswer.NUMBER:
        field.unit = item.unit  # type: ignore[union-attr]
        field.help_text = _("A number or a range, as 50, 50±3, 40-60 or ≥7.")
    field.label, field.required = item.label, False
    return field


class TransferForm(forms.Form):
    """Asks for the new owner of many opportunities."""

    owner = forms.ModelChoiceField(label=_("New owner"), queryset=User.objects.none())
    reason = forms.CharField(
        label=_("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=500
    )
