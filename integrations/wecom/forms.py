"""The forms of the WeCom settings, and of a check-in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.generic.forms import RecordForm
from customers.models import Customer
from integrations.models import WecomCheckin, WecomSettings
from integrations.validators import validate_aes_key
from integrations.wecom.domain.checkins import NOTE
from integrations.wecom.domain.settings import SECRETS


def _secret(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=help_text,
    )


class WecomSettingsForm(RecordForm):
    """The application and what it is used for. Stored secrets are never shown; an empty one keeps them."""

    secret = _secret(_("Secret"), _("Kept encrypted. Leave it empty to keep the stored one."))
    callback_token = _secret(
        _("Token"), _("Of “Receive messages” in WeCom. Without it cards have a link and no buttons.")
    )
    aes_key = _secret(_("EncodingAESKey"))

    class Meta:
        model = WecomSettings
        fields = ("corp_id", "agent_id", "base_url", "sign_in", "messages", "organisation", "check_ins")
        help_texts = {
            "corp_id": _("In WeCom's administration, under “My company”."),
            "agent_id": _("On the page of the application that was made for this site."),
            "check_ins": _(
                "Of the people whose account is linked, with place and time; the managers above see them too."
            ),
            "base_url": _("Another one than WeCom's own only behind a gateway, or for an installation of your own."),
        }

    sections = (
        (_("Application"), ("corp_id", "agent_id", "secret", "base_url")),
        (_("Used for"), ("sign_in", "messages", "organisation", "check_ins")),
        (_("Presses on cards"), ("callback_token", "aes_key")),
    )

    def clean_aes_key(self) -> str:
        """Empty, or of the right form."""
        value: str = self.cleaned_data["aes_key"]
        if value:
            validate_aes_key(value)
        return value

    def secrets(self) -> dict[str, str]:
        """What was typed."""
        return {name: self.cleaned_data[name] for name in SECRETS}


def _note() -> forms.CharField:
    return forms.CharField(
        label=_("What came of the visit"),
        required=False,
        max_length=NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Becomes a comment on the customer, and counts as a contact."),
    )


class CheckinForm(RecordForm):
    """At which customer it was, and what came of it; all else is as WeCom told it."""

    note = _note()

    class Meta:
        model = WecomCheckin
        fields = ("customer",)


class AssignCheckinsForm(forms.Form):
    """At which customer several check-ins were."""

    customer = forms.ModelChoiceField(label=_("Customer"), queryset=Customer.objects.none())
    note = _note()
