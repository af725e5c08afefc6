"""The forms that make an opportunity of a lead: filled with what the lead knows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.generic.forms import narrow_choices, style
from crm.models import ProductLine
from customers.forms.registration import RegisterForm
from customers.models import Customer
from leads.models import Lead
from opportunities.domain.conversion import opportunity_name

OPPORTUNITY = ("opportunity", "product_line", "expected_close_on")


def opportunity_fields() -> dict[str, forms.Field]:
    """What is asked about the opportunity, whether the customer exists or not."""
    return {
        "product_line": forms.ModelChoiceField(
            label=_("Product line"), queryset=ProductLine.objects.none(), required=False
        ),
        "expected_close_on": forms.DateField(label=_("Expected close"), required=False),
    }


class ConvertForm(forms.Form):
    """Which customer, and how the opportunity is called; the rest comes from the lead."""

    name = forms.CharField(label=_("Opportunity"), max_length=200)
    customer = forms.ModelChoiceField(
        label=_("Customer"),
        queryset=Customer.objects.none(),
        required=False,
        help_text=_("Is it none of the customers we have? Then go on to register the company."),
    )

    def __init__(self, *args: Any, lead: Lead, user: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {})
        kwargs["initial"] = {
            "name": opportunity_name(lead),
            "customer": lead.customer_id,
            "product_line": lead.product_line_id,
            **kwargs["initial"],
        }
        super().__init__(*args, **kwargs)
        self.fields.update(opportunity_fields())
        narrow_choices(self, user)
        for field in self.fields.values():
            style(field)


class LeadRegisterForm(RegisterForm):
    """The registration of the lead's company, and what the opportunity shall be once it is a customer."""

    opportunity = forms.CharField(label=_("Opportunity"), max_length=200)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields.update(opportunity_fields())
        narrow_choices(self, user)
        for name in OPPORTUNITY:
            style(self.fields[name])

    def company(self) -> list[forms.BoundField]:
        """The fields about the company."""
        return [field for field in self.visible_fields() if field.name not in OPPORTUNITY]

    def about_opportunity(self) -> list[forms.BoundField]:
        """The fields about the opportunity."""
        return [self[name] for name in OPPORTUNITY]
