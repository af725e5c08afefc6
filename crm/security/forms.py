"""The forms of signing in and of the second factor."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SignInForm(AuthenticationForm):
    """User name, password and whether this device stays signed in."""

    remember = forms.BooleanField(label=_("Stay signed in on this device for 7 days"), required=False)
    error_messages = {
        "invalid_login": _("The user name or the password is wrong."),
        "inactive": _("This account is switched off."),
    }


class CodeForm(forms.Form):
    """A code of the app, or a recovery code where that is told."""

    code = forms.CharField(
        label=pgettext_lazy("sign-in", "Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )

    def __init__(self, *args: Any, numeric: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if numeric:
            self.fields["code"].widget.attrs["inputmode"] = "numeric"


class RemoveForm(CodeForm):
    """Password and code, before the second factor is taken away."""

    field_order = ("password", "code")
    password = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
