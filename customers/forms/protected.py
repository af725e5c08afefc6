"""The form that says which fields of customers are protected."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.records.extra import fields_of
from customers.domain.protected import OPEN, label_of
from customers.forms.customer import CustomerForm
from customers.models import Customer


def protectable() -> list[tuple[str, Any]]:
    """The fields of the customer's form that can be protected, extra fields last."""
    names = [*CustomerForm.Meta.fields, *(field.form_name for field in fields_of(Customer))]
    return [(name, label_of(name)) for name in names if name not in OPEN]


class ProtectedForm(forms.Form):
    """A tick for each."""

    fields_held = forms.MultipleChoiceField(
        label=_("Changed by request only"), choices=protectable, required=False, widget=forms.CheckboxSelectMultiple
    )
