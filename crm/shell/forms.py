"""The sign-in form."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """User name, password and whether this device stays signed in."""

    remember = forms.BooleanField(label=_("Stay signed in on this device for 7 days"), required=False)
    error_messages = {
        "invalid_login": _("The user name or the password is wrong."),
        "inactive": _("This account is switched off."),
    }
