"""The form that makes an opportunity of a lead: filled with what the lead knows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.generic.forms import narrow_choices, style
from crm.models import ProductLine
from customers.models import Customer
from leads.models import Lead
from opportunities.domain.conversion import opportunity_name


class ConvertForm(forms.Form):
    """Which customer, and how the opportunity is called; the rest comes from the lead."""

    name = forms.CharField(label=_("Opportunity"), max_length=200)
    customer = forms.ModelChoiceField(
        label=_("Customer"),
        queryset=Customer.objects.none(),
        required=False,
        help_text=_("Leave it empty to make a new customer of the lead's company."),
    )
    create_anyway = forms.BooleanField(
        label=_("Create the customer all the same"), required=False, widget=forms.HiddenInput
    )
    product_line = forms.ModelChoiceField(label=_("Product line"), queryset=ProductLine.objects.none(), required=False)
    expected_close_on = forms.DateField(label=_("Expected close"), required=False)

    def __init__(self, *args: Any, lead: Lead, user: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {})
        kwargs["initial"] = {
            "name": opportunity_name(lead),
            "customer": lead.customer_id,
            "product_line": lead.product_line_id,
            **kwargs["initial"],
        }
        super().__init__(*args, **kwargs)
        narrow_choices(self, user)
        for field in self.fields.values():
            style(field)

    def ask_for_consent(self) -> None:
        """Show the tick that makes a customer although one of that name exists."""
        self.fields["create_anyway"].widget = forms.CheckboxInput()
