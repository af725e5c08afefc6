"""How each person is told, and what is on its way to them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel
from crm.base.scopes import OwnRows, ViaParent
from crm.workflow.models.notification import Notification


class Digest(models.TextChoices):
    """When what is sent by other channels than the inbox goes out."""

    NOW = "now", _("at once")
    HOURLY = "hourly", _("collected, every hour")
    DAILY = "daily", _("collected, once a day")


class NotificationSettings(BaseModel):
    """When a person wants to be sent something. The quiet hours may go over midnight; both ends or neither."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(_("when"), max_length=10, choices=Digest.choices, default=Digest.NOW)
    daily_at = models.PositiveSmallIntegerField(_("hour of the day"), default=8)
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)

    scope = OwnRows("user")

    class Meta:
        verbose_name = _("notification settings")
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="notification_quiet_both_ends",
                violation_error_message=_("Say both when the quiet hours begin and when they end, or neither."),
            ),
            models.CheckConstraint(
                condition=Q(daily_at__lt=24),
                name="notification_hour_of_day",
                violation_error_message=_("Choose an hour of the day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.digest}"


class NotificationChoice(BaseModel):
    """A person wants a kind by a channel or not, where that is not what the kind itself says."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    channel = models.CharField(max_length=30)
    wanted = models.BooleanField()

    scope = OwnRows("user")

    class Meta:
        verbose_name = _("choice of a notification channel")
        constraints = [models.UniqueConstraint(fields=["user", "kind", "channel"], name="notification_choice_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind} {self.channel}: {self.wanted}"


class DeliveryState(models.TextChoices):
    """Where a delivery stands. One that was being sent when its worker died is never sent again: it may have gone out."""

    WAITING = "waiting", _("waiting")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")


class Delivery(BaseModel):
    """A notification on its way by a channel, not before `due_at`."""

    notification = models.ForeignKey(Notification, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(_("channel"), max_length=30)
    state = models.CharField(_("state"), max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    scope = ViaParent("notification")

    class Meta:
        verbose_name = _("delivery of a notification")
        constraints = [models.UniqueConstraint(fields=["notification", "channel"], name="delivery_once")]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(state="waiting"), name="delivery_waiting"),
            models.Index(fields=["claimed_at"], condition=Q(state="sending"), name="delivery_sending"),
        ]

    def __str__(self) -> str:
        return f"{self.notification_id} {self.channel}: {self.state}"
