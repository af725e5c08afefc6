"""The forms of approvals: what a decision asks for, and the builder of policies."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from crm.approvable import ApprovalFact
from crm.generic.forms import RecordForm, narrow_choices, style
from crm.organisation.models import Role, User
from crm.workflow.filters.approval import document_choices
from crm.workflow.models import ApprovalPolicy
from crm.workflow.models.approval_policy import Approver, Operator, Rule, Within

MOST_STEPS = 12
SPARE_STEPS = 2


class CommentForm(forms.Form):
    """Asks for a word, if one likes to say one."""

    reason = forms.CharField(
        label=pgettext_lazy("approval", "Comment"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )


class DecisionForm(CommentForm):
    """The same; `step` is the one that the page showed."""

    step = forms.IntegerField(required=False, widget=forms.HiddenInput)


class RefusalForm(DecisionForm):
    """Asks why, which the requester has to know."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)


class DelegateForm(DecisionForm):
    """Asks to whom."""

    to = forms.ModelChoiceField(label=_("Who decides instead"), queryset=User.objects.none())
    field_order = ("to", "reason", "step")


class SubmitForm(forms.Form):
    """Asks what the approvers should know."""

    reason = forms.CharField(
        label=_("What the approvers should know"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )


class StepForm(forms.Form):
    """A step of a policy; one that is left as it comes is none."""

    order = forms.IntegerField(
        label=pgettext_lazy("approval", "Step"),
        initial=1,
        min_value=1,
        max_value=50,
        help_text=_("The same number: side by side."),
    )
    approver = forms.ChoiceField(label=_("Decided by"), choices=[("", "—"), *Approver.choices])
    level = forms.IntegerField(label=_("Levels up"), initial=1, min_value=1, max_value=9, help_text=_("For managers."))
    role = forms.ModelChoiceField(label=_("Role"), queryset=Role.objects.none(), required=False)
    within = forms.ChoiceField(label=_("Role sought"), choices=Within.choices, initial=Within.UNIT)
    person = forms.ModelChoiceField(
        label=pgettext_lazy("approval", "Person"), queryset=User.objects.none(), required=False
    )
    rule = forms.ChoiceField(label=_("Must approve"), choices=Rule.choices, initial=Rule.ANY)
    remind_after = forms.IntegerField(
        label=_("Remind after (working hours)"), min_value=1, max_value=999, required=False
    )
    escalate_after = forms.IntegerField(
        label=_("Pass on to the manager after (working hours)"), min_value=1, max_value=999, required=False
    )

    def clean(self) -> dict[str, Any]:
        """A role or person is named where it decides; other steps keep none."""
        values = super().clean() or {}
        for name, kind in (("role", Approver.ROLE), ("person", Approver.PERSON)):
            if values.get("approver") != kind:
                values[name] = None
            elif not values.get(name):
                message = gettext("Choose the role.") if name == "role" else gettext("Choose the person.")
                self.add_error(name, message)
        return values


StepFormSet: Any = formset_factory(
    StepForm, extra=SPARE_STEPS, can_delete=True, max_num=MOST_STEPS, validate_max=True, absolute_max=MOST_STEPS + 5
)


class NewPolicyForm(RecordForm):
    """What a new policy is for; conditions and steps come next."""

    document = forms.ChoiceField(label=_("Kind of document"), choices=document_choices)

    class Meta:
        model = ApprovalPolicy
        fields = ("document", "name", "priority", "valid_from", "valid_until", "own_allowed")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.initial.setdefault("valid_from", timezone.localdate())


class PolicyForm(RecordForm):
    """A draft: its dates, a line for every fact that its kind of document has, and its steps."""

    class Meta:
        model = ApprovalPolicy
        fields = ("name", "priority", "valid_from", "valid_until", "own_allowed")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        declared = self.instance.declared
        self.facts: list[ApprovalFact] = list(declared.facts) if declared is not None else []
        stored = {(row.fact, row.operator): row.values for row in self.instance.conditions.all()}
        for fact in self.facts:
            for operator in operators_of(fact):
                name = field_name(fact.name, operator)
                self.fields[name] = condition_field(fact, operator)
                values = stored.get((fact.name, operator))
                if values is not None:
                    self.initial[name] = values if operator == Operator.ONE_OF else values[0]
        self.steps = StepFormSet(self.data if self.is_bound else None, prefix="steps", initial=self._stored_steps())
        self.steps.extra = SPARE_STEPS if self.steps.initial else SPARE_STEPS + 1
        for form in self.steps:
            narrow_choices(form, user)
            for field in form.fields.values():
                style(field)

    def _stored_steps(self) -> list[dict[str, Any]]:
        names = list(StepForm.base_fields)
        return [{name: getattr(step, name) for name in names} for step in self.instance.steps.all()]

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The policy itself, then its conditions."""
        own = [self[name] for name in self.Meta.fields]
        conditions = [self[field_name(fact.name, op)] for fact in self.facts for op in operators_of(fact)]
        return [("", own), (gettext("It applies when all of this holds"), conditions)] if conditions else [("", own)]

    def is_valid(self) -> bool:
        """The steps too."""
        steps_valid = self.steps.is_valid()
        return super().is_valid() and steps_valid

    def values(self) -> dict[str, Any]:
        """The policy's own values, its conditions and its steps."""
        values = super().values()
        own = {name: values[name] for name in self.Meta.fields}
        return {**own, "conditions": list(self._conditions(values)), "steps": list(self._steps())}

    def _conditions(self, values: dict[str, Any]) -> Iterable[dict[str, Any]]:
        for fact in self.facts:
            for operator in operators_of(fact):
                value = values.get(field_name(fact.name, operator))
                if value not in (None, "", []):
                    texts = list(value) if operator == Operator.ONE_OF else [str(value)]
                    yield {"fact": fact.name, "operator": operator, "values": texts}

    def _steps(self) -> Iterable[dict[str, Any]]:
        for form in self.steps:
            if form.cleaned_data and form.cleaned_data.get("approver") and not form.cleaned_data.get("DELETE"):
                yield {name: form.cleaned_data[name] for name in StepForm.base_fields}


def operators_of(fact: ApprovalFact) -> tuple[str, ...]:
    """How a fact of that kind is compared."""
    return (Operator.ONE_OF,) if fact.kind == "choice" else (Operator.AT_LEAST, Operator.LESS_THAN)


def field_name(fact: str, operator: str) -> str:
    """The name of the field of a condition."""
    return f"if__{fact}__{operator}"


def condition_field(fact: ApprovalFact, operator: str) -> forms.Field:
    """The field of a condition; empty: the policy does not ask for it."""
    if operator == Operator.ONE_OF:
        choices = [(str(key), label) for key, label in fact.choices()] if fact.choices else []
        field: forms.Field = forms.MultipleChoiceField(
            label=fact.label,
            choices=choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("None ticked: any."),
        )
        return field
    label = gettext("%(fact)s: at least") if operator == Operator.AT_LEAST else gettext("%(fact)s: less than")
    field = forms.DecimalField(label=label % {"fact": fact.label}, required=False, max_digits=18)
    if fact.kind == "money":
        field.unit = _("CNY")  # type: ignore[attr-defined]
    elif fact.unit:
        field.unit = fact.unit  # type: ignore[attr-defined]
    style(field)
    return field
