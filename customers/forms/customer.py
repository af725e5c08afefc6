"""Forms of customers."""

import re
from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from crm.base.querysets import fold
from crm.generic.forms import RecordForm
from crm.models import User
from customers.domain.customer_changes import pending_change
from customers.domain.grading.grades import may_set_grade
from customers.domain.protected import CHANGE, held_fields, protected_fields
from customers.models import Customer
from customers.validators import validate_credit_code


class CreditCodeField(forms.CharField):
    """A credit code as people paste it: blanks, small letters and full-width characters are put right."""

    def to_python(self, value: Any) -> str:
        """The code in half-width capitals without blanks."""
        return re.sub(r"\s", "", fold(super().to_python(value) or "")).upper()


class CustomerForm(RecordForm):
    """A customer's own data. The owner is chosen once; afterwards the hand-over changes it. The grade comes from the
    grade review; only those with the right to set grades type it."""

    credit_code = CreditCodeField(
        label=capfirst(_("unified social credit code")),
        required=False,
        max_length=18,
        validators=[validate_credit_code],
    )
    create_anyway = forms.BooleanField(label=_("It is another company of the same name"), required=False)
    change_reason = forms.CharField(
        label=_("Why protected fields shall change"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed when you change a field with a lock: the change is sent for approval."),
    )
    sections = (
        (
            _("Company"),
            (
                "name",
                "short_name",
                "name_en",
                "credit_code",
                "kind",
                "state",
                "grade",
                "parent",
                "business_unit",
                "owner",
            ),
        ),
        (_("Market"), ("industry", "application", "annual_demand_kg", "strategic_value", "region")),
        (_("Contact data"), ("province", "city", "address", "phone", "website")),
        (_("Terms"), ("payment_terms_days", "credit_limit")),
        (_("Next step"), ("next_step", "next_step_on", "notes")),
        (_("Approval"), ("change_reason",)),
    )
    units: ClassVar[dict[str, Any]] = {"annual_demand_kg": "kg", "payment_terms_days": _("days"), "credit_limit": "CNY"}

    class Meta:
        model = Customer
        fields = (
            "name",
            "short_name",
            "name_en",
            "credit_code",
            "kind",
            "state",
            "grade",
            "parent",
            "business_unit",
            "owner",
            "industry",
            "application",
            "annual_demand_kg",
            "strategic_value",
            "region",
            "province",
            "city",
            "address",
            "phone",
            "website",
            "payment_terms_days",
            "credit_limit",
            "next_step",
            "next_step_on",
            "notes",
        )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if self.instance.pk:
            del self.fields["owner"]
        if not self.instance.pk or not ("business_unit" in protected_fields() or user.has_perm(CHANGE)):
            del self.fields["business_unit"]  # the owner's, and changed with the owner
        else:
            self.fields["business_unit"].required = False  # left out it stays
        parent: Any = self.fields["parent"]
        if self.instance.parent_id and not parent.queryset.filter(pk=self.instance.parent_id).exists():
            del self.fields["parent"]  # out of reach: it can be neither shown nor lost
        if not may_set_grade(user):
            del self.fields["grade"]
        held = [name for name in held_fields(user) if name in self.fields] if self.instance.pk else []
        if held:
            self._lock(held)
        else:
            del self.fields["change_reason"]

    def _lock(self, names: Sequence[str]) -> None:
        """Mark the fields that are changed by request. While a request waits they show what is stored, but for what was typed
        before it began; a field that was not sent was not typed."""
        waiting = pending_change(self.instance)
        for name in names:
            field = self.fields[name]
            field.locked = True  # type: ignore[attr-defined]
            field.help_text = _("Protected: a change is sent for approval.")
            if waiting is not None:
                field.help_text = _("%(code)s waits for a decision.") % {"code": waiting.code}
            sent = self.is_bound and self.add_prefix(name) in self.data
            field.disabled = not sent if self.is_bound else waiting is not None

    def values(self) -> dict[str, Any]:
        """What was typed; a business unit that was not sent stays."""
        values = super().values()
        if not values.get("business_unit"):
            values.pop("business_unit", None)
        return values

    def offer_to_create_anyway(self) -> bool:
        """Whether the question is open: only after a customer of the same name was found."""
        return "create_anyway" in self.data or bool(self.errors.get("name"))

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields under their headings; the question about the same name stands beside the name, once it has come up."""
        groups = super().groups()
        company = groups[0][1]
        rest = [
            (heading, [field for field in fields if field.name != "create_anyway"]) for heading, fields in groups[1:]
        ]
        if self.offer_to_create_anyway():
            company = [company[0], self["create_anyway"], *company[1:]]
        return [(groups[0][0], company), *[(heading, fields) for heading, fields in rest if fields]]


class TransferForm(forms.Form):
    """To whom, and why."""

    owner = forms.ModelChoiceField(label=_("New owner"), queryset=User.objects.visible_to(None))
    with_open = forms.BooleanField(
        label=_("With everything open"),
        required=False,
        initial=True,
        help_text=_("The old owner's open opportunities, complaints, leads and to-dos with these customers go along."),
    )
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class NextStepForm(forms.Form):
    """What to do next, and when."""

    next_step = forms.CharField(label=_("Next step"), max_length=200)
    next_step_on = forms.DateField(label=_("On"))
