"""Webhooks as administrators keep them: made and changed with an address that is safe, secrets, tests, replays."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base import remembered
from crm.base.saving import change_record, create_record
from crm.errors import DomainError, NotAllowed
from crm.jobs import enqueue
from crm.organisation.models import User
from integrations.domain.connection import decrypted, encrypted
from integrations.enums import SendState
from integrations.models import Webhook, WebhookDelivery
from integrations.webhooks.net import target_of
from integrations.webhooks.pausing import end_pause
from integrations.webhooks.signing import new_secret

OVERLAP = dt.timedelta(hours=48)  # so long the secret before is valid too
MOST_REPLAYED = 5000
TEST = "test"
READING = ("url", "owner", "topics", "records")  # what decides who is told what


def create_webhook(*, actor: User, **values: Any) -> Webhook:
    """A new one, with a secret that nobody has seen: the page makes one that is shown.

    Raises DomainError for an address that we do not send to, NotAllowed for an owner as whom the actor may not read.
    """
    _refuse_rise(actor, values["owner"])
    target_of(values["url"])
    webhook = create_record(Webhook(secret_encrypted=encrypted(new_secret()), **values))
    remembered.changed()
    return webhook


def update_webhook(*, instance: Webhook, expected_version: int | None, actor: User, **values: Any) -> Webhook:
    """Change it; switched on again it begins with a clean record. Raises DomainError and NotAllowed as above, StaleVersion.

    The owner of before counts as well: messages written as this person are kept, and can be sent again.
    """
    again = bool(values.get("is_active")) and not instance.is_active
    other = {name for name in READING if values.get(name, getattr(instance, name)) != getattr(instance, name)}
    if again or other:
        _refuse_rise(actor, instance.owner, values.get("owner", instance.owner))
    if "url" in other:
        target_of(values["url"])
    also = []
    if again:
        instance.failing_since = instance.disabled_at = None
        also = ["failing_since", "disabled_at"]
    with transaction.atomic():
        saved = change_record(instance, expected_version=expected_version, values=values, also=also)
        if other & {"url", "owner"}:  # what was told to the address of before decides nothing any more
            instance.deliveries.exclude(callback_digest="").update(callback_digest="")
    end_pause(instance.pk)
    remembered.changed()
    return saved


def may_read_as(actor: User, owner: User) -> bool:
    """Whether the actor may have what the owner sees, and decide as the owner: whoever has the address does.

    Equal rights are not enough, for reach and name are another's; whoever may change roles can give both.
    """
    if owner.pk == actor.pk or actor.is_superuser:
        return True
    return not owner.is_superuser and actor.has_perm("crm.change_role")


def _refuse_rise(actor: User, *owners: User) -> None:
    for owner in owners:
        if not may_read_as(actor, owner):
            raise NotAllowed(
                _("Only an administrator lets a webhook read as %(name)s: choose yourself.") % {"name": owner.label},
                field="owner",
            )


def renew_secret(*, webhook: Webhook, actor: Any) -> str:
    """A new secret, which is not shown again; the one before stays valid for two days."""
    secret = new_secret()
    Webhook.objects.filter(pk=webhook.pk).update(
        secret_encrypted=encrypted(secret),
        old_secret_encrypted=webhook.secret_encrypted,
        old_secret_until=timezone.now() + OVERLAP,
    )
    return secret


def secrets_of(webhook: Webhook) -> list[str]:
    """The secrets that are valid now."""
    found = [decrypted(webhook.secret_encrypted)]
    if webhook.old_secret_until is not None and webhook.old_secret_until > timezone.now():
        found.append(decrypted(webhook.old_secret_encrypted))
    return found


def send_test(record: Webhook, *, actor: Any) -> None:
    """Have a test message sent. Raises DomainError when it is switched off."""
    _refuse_off(record)
    now = timezone.now()
    with transaction.atomic():
        WebhookDelivery.objects.create(webhook=record, event=TEST, at=now, due_at=now)
        _send_now(record.pk)


def _refuse_off(webhook: Webhook) -> None:
    if not webhook.is_active:
        raise DomainError(_("It is switched off: switch it on first."))


def replay(record: WebhookDelivery, *, actor: Any) -> None:
    """Send the message again, as it was. Raises DomainError while it waits, and when the webhook is switched off."""
    _refuse_off(record.webhook)
    if not _send_again(WebhookDelivery.objects.filter(pk=record.pk), record.webhook_id):
        raise DomainError(_("It is on its way already."))


def replay_period(record: Webhook, *, actor: Any, since: dt.datetime, until: dt.datetime) -> int:
    """Send the messages of a period again, as they were; returns how many.

    Raises DomainError for none, or too many, and when the webhook is switched off.
    """
    _refuse_off(record)
    rows = record.deliveries.filter(at__gte=since, at__lte=until)
    keys = list(rows.order_by("pk").values_list("pk", flat=True)[: MOST_REPLAYED + 1])
    if len(keys) > MOST_REPLAYED:
        raise DomainError(_("More than %(n)s messages: choose a shorter time.") % {"n": MOST_REPLAYED}, field="since")
    count = _send_again(WebhookDelivery.objects.filter(pk__in=keys), record.pk)
    if not count:
        raise DomainError(_("There are no messages of that time."), field="since")
    return count


def _send_now(webhook: int) -> None:
    end_pause(webhook)
    enqueue("integrations.send_webhook", webhook=webhook)


def _send_again(rows: Any, webhook: int) -> int:
    with transaction.atomic():
        over = rows.exclude(state__in=(SendState.WAITING, SendState.SENDING))
        count = int(over.update(state=SendState.WAITING, due_at=timezone.now(), attempts=0, error="", errors={}))
        _send_now(webhook)
    return count
