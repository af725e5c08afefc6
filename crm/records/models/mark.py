"""What a person keeps of a record: a star, following it, and when it was last looked at."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.base.models import BaseModel
from crm.base.querysets import ScopedQuerySet
from crm.base.scopes import OwnRows
from crm.records.references import reference_of


class RecordMarkQuerySet(ScopedQuerySet):
    """Marks."""

    def followers_of(self, content_type: Any, keys: Any) -> Self:
        """The marks of those who follow one of these records."""
        return self.filter(content_type=content_type, object_id__in=keys, followed_at__isnull=False)

    def of_record(self, record: models.Model) -> Self:
        """The marks on a record."""
        return self.filter(**reference_of(record))


class RecordMark(BaseModel):
    """One row per person and record, so that a page that shows star and bell, and notes the visit, asks once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    content_type = models.ForeignKey("contenttypes.ContentType", on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    starred_at = models.DateTimeField(_("favourite since"), null=True)
    followed_at = models.DateTimeField(_("followed since"), null=True)
    seen_at = models.DateTimeField(_("last looked at"), null=True)

    objects: ClassVar[Any] = RecordMarkQuerySet.as_manager()
    scope = OwnRows("user")

    class Meta:
        verbose_name = _("mark on a record")
        verbose_name_plural = _("marks on records")
        indexes = [
            models.Index(fields=["user", "-seen_at"], condition=Q(seen_at__isnull=False), name="recordmark_seen"),
            models.Index(fields=["user"], condition=Q(starred_at__isnull=False), name="recordmark_starred"),
            models.Index(
                fields=["content_type", "object_id"], condition=Q(followed_at__isnull=False), name="recordmark_followed"
            ),
        ]
        constraints = [models.UniqueConstraint(fields=["user", "content_type", "object_id"], name="recordmark_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.content_type_id} {self.object_id}"
