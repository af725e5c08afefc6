"""Forms of registrations."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from crm.generic.forms import RecordForm
from customers.forms.customer import CreditCodeField
from customers.models import CustomerRegistration
from customers.validators import validate_credit_code


def _code_field() -> CreditCodeField:
    return CreditCodeField(
        label=capfirst(_("unified social credit code")),
        required=False,
        max_length=18,
        validators=[validate_credit_code],
    )


class RegisterForm(RecordForm):
    """A new company: its name is carried over from the box, seven fields are typed, everything else follows."""

    credit_code = _code_field()
    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = CustomerRegistration
        fields = ("name", "credit_code", "industry", "city", "kind", "contact_name", "contact_phone", "next_step")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["city"].required = True
        self.fields["contact_phone"].required = True

    def values(self) -> dict[str, Any]:
        """What was typed of the company."""
        values = super().values()
        values.pop("shown", None)
        return values


class RegistrationForm(RecordForm):
    """Corrections of a registration that is not sent, or came back."""

    credit_code = _code_field()
    sections = (
        (_("Company"), ("name", "credit_code", "kind", "industry", "province", "city", "region")),
        (_("First contact"), ("contact_name", "contact_phone")),
        (_("Next step"), ("next_step",)),
    )

    class Meta:
        model = CustomerRegistration
        fields = (
            "name",
            "credit_code",
            "kind",
            "industry",
            "province",
            "city",
            "region",
            "contact_name",
            "contact_phone",
            "next_step",
        )
