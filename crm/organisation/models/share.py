"""Collaborators on single records."""

import pghistory
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel
from crm.base.scopes import Reference


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class RecordShare(BaseModel):
    """A record opened to a colleague out of whose reach it lies, until a day or for good."""

    class Level(models.TextChoices):
        """What the colleague may do with it, as far as the colleague's roles allow it at all."""

        READ = "read", _("may read")
        WRITE = "write", _("may change")

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.BigIntegerField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("collaborator"), on_delete=models.CASCADE, related_name="shares"
    )
    level = models.CharField(_("access"), max_length=5, choices=Level.choices, default=Level.READ)
    shared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("shared by"), on_delete=models.PROTECT, related_name="+", null=True
    )
    until = models.DateField(_("until"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    scope = Reference("shown on the page of the record, which the reader has found in reach")
    trail_parent = "object_id"

    class Meta:
        verbose_name = _("collaborator")
        verbose_name_plural = _("collaborators")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "user"],
                name="share_once",
                violation_error_message=_("This colleague is a collaborator already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.content_type_id}/{self.object_id}: {self.user_id}"
