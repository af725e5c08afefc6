"""The form of the ERP connection."""

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.generic.forms import RecordForm
from integrations.models import ErpConnection


class ConnectionForm(RecordForm):
    """Address and account. The stored password is never shown; an empty one keeps it."""

    password = forms.CharField(
        label=_("Password"),
        required=False,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Kept encrypted. Leave it empty to keep the stored one."),
    )

    class Meta:
        model = ErpConnection
        fields = ("name", "base_url", "username", "is_active")
        help_texts = {"base_url": _("Scheme and host of the gateway, such as https://erp.example.com.")}

    field_order = ("name", "base_url", "username", "password", "is_active", "version_read")
