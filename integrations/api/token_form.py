"""The form of a new token."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.generic.forms import style
from integrations.api.resources import FURTHER, RESOURCES

USUAL = dt.timedelta(days=90)


def kinds() -> list[tuple[str, str]]:
    """The kinds of record a token may be limited to."""
    return [(resource.name, resource.label) for resource in RESOURCES] + [(name, str(label)) for name, label in FURTHER]


class TokenForm(forms.Form):
    """What the token is for, what it may do, until when."""

    name = forms.CharField(
        label=pgettext_lazy("token", "Name"),
        max_length=60,
        help_text=_("The program that uses it, such as “MES” or “reporting”."),
    )
    expires_on = forms.DateField(
        label=pgettext_lazy("token", "Valid until"), initial=lambda: timezone.localdate() + USUAL
    )
    writes = forms.BooleanField(label=_("May write"), required=False, help_text=_("Without it the token reads only."))
    records = forms.MultipleChoiceField(
        label=_("Only for"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: everything that you may see yourself."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["records"].choices = kinds()  # type: ignore[attr-defined]
        for field in self.fields.values():
            style(field)
