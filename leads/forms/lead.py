"""The forms of a lead."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.generic.forms import RecordForm
from crm.models import User
from leads.models import Lead


class LeadForm(RecordForm):
    """What is known about a lead. Only a new one takes an owner here; later it is assigned."""

    units = {"expected_amount": _("CNY")}
    sections = (
        (_("Company"), ("company_name", "contact_name", "phone", "email", "region", "customer")),
        (_("Need"), ("need", "product_line", "expected_amount")),
        (_("Origin"), ("source", "campaign", "received_on", "owner")),
    )

    class Meta:
        model = Lead
        fields = (
            "company_name",
            "contact_name",
            "phone",
            "email",
            "region",
            "customer",
            "need",
            "product_line",
            "expected_amount",
            "source",
            "campaign",
            "received_on",
            "owner",
        )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if self.instance.pk:
            del self.fields["owner"]


class AssignForm(forms.Form):
    """Asks who shall follow up."""

    owner = forms.ModelChoiceField(label=_("Owner"), queryset=User.objects.none())
    reason = forms.CharField(
        label=_("Remark"), required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=500
    )
