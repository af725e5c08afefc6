"""The company's application in WeCom: saved with its secrets encrypted, opened, tested."""

from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from crm.base.remembered import Remembered, changed
from crm.base.saving import create_record, save_record
from crm.errors import DomainError, ExternalError
from integrations.domain.connection import decrypted, encrypted
from integrations.models import WecomSettings
from integrations.wecom.client import Access, WecomClient, WecomError

SECRETS = ("secret", "callback_token", "aes_key")
FIELDS = ["corp_id", "agent_id", "base_url", "sign_in", "messages", "organisation", "check_ins"]


class Finding(NamedTuple):
    """What the test found about one thing that we need of WeCom."""

    label: str
    works: bool
    message: str


_kept: Remembered[WecomSettings | None] = Remembered(lambda: WecomSettings.objects.order_by("pk").first())


def switched_on(switch: str) -> WecomSettings | None:
    """The settings where they have a secret and this switch is on; None otherwise."""
    row = _kept.get()  # asked with every notification
    return row if row is not None and row.secret_encrypted and getattr(row, switch) else None


def save_settings(
    *, row: WecomSettings, secrets: dict[str, str], actor: Any, expected_version: int | None = None
) -> WecomSettings:
    """Create or change the settings; an empty secret keeps the stored one, as long as it goes to the same place.

    `secrets`: "secret", "callback_token", "aes_key". Raises DomainError, StaleVersion. `actor` is the administrator, whom the
    trail names.
    """
    stored = WecomSettings.objects.filter(pk=row.pk).first() if row.pk else None
    moved = stored is not None and (stored.base_url, stored.corp_id) != (row.base_url, row.corp_id)
    if not secrets["secret"] and (moved or stored is None or not stored.secret_encrypted):
        raise DomainError(_("Enter the secret: it is needed for a new address or company ID."), field="secret")
    for name in SECRETS:
        if secrets[name]:
            setattr(row, f"{name}_encrypted", encrypted(secrets[name]))
    if bool(row.callback_token_encrypted) != bool(row.aes_key_encrypted):
        raise DomainError(_("Enter both the token and the EncodingAESKey, or neither."), field="callback_token")
    with transaction.atomic():
        changed()
        if stored is None:
            return create_record(row)
        fields = [*FIELDS, *(f"{name}_encrypted" for name in SECRETS)]
        return save_record(row, expected_version=expected_version, fields=fields)


def open_client(row: WecomSettings, **options: Any) -> WecomClient:
    """A client for the application; `options` as of WecomClient. Raises ExternalError when the secret cannot be read."""
    return WecomClient(Access(row.base_url, row.corp_id, row.agent_id, decrypted(row.secret_encrypted)), **options)


def callback_secrets(row: WecomSettings) -> tuple[str, str]:
    """The token and the AES key that presses on cards are signed and encrypted with. Raises ExternalError."""
    return decrypted(row.callback_token_encrypted), decrypted(row.aes_key_encrypted)


def callback_address() -> str:
    """What an administrator enters in WeCom as the address that receives messages."""
    return settings.SITE_URL + reverse("integrations:wecom_callback")


def link_to(path: str) -> str:
    """An address for messages that opens a page of ours, signed in with WeCom."""
    return f"{settings.SITE_URL}{reverse('integrations:wecom_sign_in')}?{urlencode({'next': path})}"


def check(client: WecomClient, row: WecomSettings) -> list[Finding]:
    """Try what is needed: the secret, the application, and the directory where it is imported. The first failure ends it."""
    found: list[Finding] = []

    def tried(label: str, call: Any, told: Any) -> bool:
        try:
            found.append(Finding(label, works=True, message=told(call())))
        except WecomError as error:
            found.append(Finding(label, works=False, message=str(error.message)))
        return found[-1].works

    if not tried(_("Company and secret"), client.new_token, lambda token: _("ready")):
        return found
    tried(_("Application"), lambda: client.get("agent/get", agentid=row.agent_id), lambda app: app.get("name", ""))
    if row.organisation:
        tried(
            _("Directory"),
            lambda: client.get("department/list"),
            lambda answer: _("departments: %(n)d") % {"n": len(answer.get("department", []))},
        )
    return found


def settings_or_refuse(switch: str) -> WecomSettings:
    """The settings with this switch on. Raises ExternalError when it is off."""
    row = switched_on(switch)
    if row is None:
        raise ExternalError(
            _("WeCom is not switched on for this: an administrator can do so in the settings."), permanent=True
        )
    return row
