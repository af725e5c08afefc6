"""Forms of merging."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.generic.forms import narrow_choices, style
from customers.models import Customer


class OtherForm(forms.Form):
    """Which customer it is to be merged with."""

    other = forms.ModelChoiceField(label=gettext_lazy("The other customer"), queryset=Customer.objects.none())

    def __init__(self, *args: Any, user: Any, customer: Customer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.customer = customer
        narrow_choices(self, user)
        style(self.fields["other"])

    def clean_other(self) -> Customer:
        """Another one."""
        other: Customer = self.cleaned_data["other"]
        if other.pk == self.customer.pk:
            raise forms.ValidationError(_("A customer cannot be merged with itself: choose another one."))
        return other


class ConfirmForm(forms.Form):
    """The versions that were shown, and why."""

    winner_version = forms.IntegerField(widget=forms.HiddenInput)
    loser_version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Reason"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            style(field)


class ApartForm(forms.Form):
    """Two customers that are two companies, and why."""

    one = forms.IntegerField()
    other = forms.IntegerField()
    reason = forms.CharField(max_length=500)
