"""What an export of many rows asks for."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AskForm(forms.Form):
    """Why somebody needs more rows than the role may export."""

    reason = forms.CharField(
        label=_("What you need the rows for"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )
