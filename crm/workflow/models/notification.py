"""What people are told."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm import extension_points
from crm.base.models import BaseModel
from crm.base.scopes import OwnRows


class Notification(BaseModel):
    """Something one person is told, in that person's language; `count` of them when a storm was folded into one.

    `in_inbox` is false for those who want this kind by other channels only.
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("recipient"), on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField(_("kind"), max_length=60)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    url = models.CharField(_("address"), max_length=500, blank=True)
    content_type = models.ForeignKey(
        "contenttypes.ContentType", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    object_id = models.PositiveBigIntegerField(null=True, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("caused by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    count = models.PositiveIntegerField(_("how many"), default=1)
    in_inbox = models.BooleanField(_("in the inbox"), default=True)
    created_at = models.DateTimeField(_("created"))
    at = models.DateTimeField(_("time"))
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    scope = OwnRows("recipient")

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(content_type__isnull=True, object_id__isnull=True)
                | Q(content_type__isnull=False, object_id__isnull=False),
                name="notification_whole_reference",
            ),
        ]
        indexes = [
            models.Index(fields=["recipient", "-at", "-id"], name="notification_newest"),
            models.Index(fields=["recipient", "kind"], condition=Q(read_at__isnull=True), name="notification_unread"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def declared(self) -> Any:
        """The kind as it was registered; None when the app that had it is gone."""
        try:
            return extension_points.notification_kinds.get(self.kind)
        except KeyError:
            return None

    @property
    def heading(self) -> str:
        """The title, for several folded into one the kind's own."""
        declared = self.declared
        if self.count > 1 and declared is not None and declared.folded is not None:
            return str(declared.folded % {"count": self.count})
        return self.title

    @property
    def reference(self) -> tuple[int | None, int | None]:
        """The record it is about."""
        return self.content_type_id, self.object_id
