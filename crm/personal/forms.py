"""The forms of personal data."""

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.generic.forms import RecordForm
from crm.personal.models import RetentionRule


class EraseForm(forms.Form):
    """Who asked for it, and why; kept with what was erased."""

    requested_by = forms.CharField(
        label=_("Requested by"),
        max_length=200,
        help_text=_("Who asked, how and when, without the data that goes: “the person, by letter of 3 May”."),
    )
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}), max_length=500)


class RuleForm(RecordForm):
    """How long a kind is kept."""

    units = {"months": _("months")}

    class Meta:
        model = RetentionRule
        fields = ("months", "is_active")
