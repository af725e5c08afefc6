"""Webhooks: which outside address is told what, and every message that was or will be sent to it."""

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel, RecordModel
from crm.base.scopes import Reference
from integrations.enums import SendState, Topic

_ADMINISTRATION = Reference("administrators only; the page needs the permission")


@pghistory.track(exclude=["secret_encrypted", "old_secret_encrypted", "failing_since"])
class Webhook(RecordModel):
    """An address of another system that is told of events. It reads as `owner`: what this person does not see is not sent.

    `topics` are of Topic, `records` names of kinds as in the API's addresses (empty: all). The secret before the present
    one is valid until `old_secret_until`, so that the other side can change it without a gap.
    """

    name = models.CharField(_("name"), max_length=60, unique=True)
    url = models.CharField(_("address"), max_length=500)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=pgettext_lazy("webhook", "reads as"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_(
            "What this person does not see is not sent. Requests that this person decides can be decided there."
        ),
    )
    topics = models.JSONField(_("events"), default=list)
    records = models.JSONField(_("records"), default=list, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    secret_encrypted = models.TextField(editable=False)
    old_secret_encrypted = models.TextField(editable=False, blank=True)
    old_secret_until = models.DateTimeField(null=True, editable=False)
    failing_since = models.DateTimeField(_("failing since"), null=True, editable=False)
    disabled_at = models.DateTimeField(_("switched off on"), null=True, editable=False)

    scope = _ADMINISTRATION

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class WebhookDelivery(BaseModel):
    """A message: written in the transaction of what it tells, sent by a worker. `body` is made when it is first sent, and stays.

    An approval that is asked for brings `callback_digest`, the hash of the token by which it can be decided once, until
    `callback_until`.
    """

    webhook = models.ForeignKey(Webhook, verbose_name=_("webhook"), on_delete=models.CASCADE, related_name="deliveries")
    message = models.UUIDField(_("message"), default=uuid.uuid4, editable=False)
    event = models.CharField(_("event"), max_length=20)
    label = models.CharField(max_length=60, blank=True)
    object_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(_("time"))
    state = models.CharField(_("state"), max_length=10, choices=SendState.choices, default=SendState.WAITING)
    due_at = models.DateTimeField(_("next attempt"))
    claimed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    body = models.TextField(_("message sent"), blank=True)
    status = models.PositiveSmallIntegerField(_("answer"), null=True)
    answer = models.TextField(_("answer's beginning"), blank=True)
    milliseconds = models.PositiveIntegerField(_("took"), null=True)
    error = models.TextField(_("error"), blank=True)
    errors = models.JSONField(_("error in each language"), default=dict, blank=True)
    log = models.JSONField(
        _("attempts"), default=list, blank=True
    )  # at, status, milliseconds, errors of each, the last ones
    sent_at = models.DateTimeField(_("delivered"), null=True)
    callback_digest = models.CharField(max_length=64, blank=True)
    callback_until = models.DateTimeField(null=True)
    callback_used_at = models.DateTimeField(null=True)

    scope = _ADMINISTRATION

    class Meta:
        verbose_name = _("webhook message")
        verbose_name_plural = _("webhook messages")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(state="waiting"), name="webhook_waiting"),
            models.Index(fields=["claimed_at"], condition=Q(state="sending"), name="webhook_sending"),
            models.Index(fields=["webhook", "-id"], name="webhook_messages"),
            models.Index(fields=["label", "object_id"], name="webhook_record"),
            models.Index(fields=["callback_digest"], condition=~Q(callback_digest=""), name="webhook_callback"),
        ]

    def __str__(self) -> str:
        return str(self.message)

    @property
    def said(self) -> str:
        """What went wrong, in the reader's language; messages that failed before this was kept have it in one only."""
        return str(self.errors.get(get_language() or "") or self.error)

    @property
    def event_label(self) -> str:
        """The event in words; that of a test is none of those one can subscribe to."""
        return str(dict(Topic.choices).get(self.event, _("test")))
