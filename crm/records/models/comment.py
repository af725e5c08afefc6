"""What people say about a record."""

from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.base.models import RecordModel
from crm.records.scopes import AboutQuerySet, WithRecord

LONGEST = 4000


class CommentQuerySet(AboutQuerySet):
    """The comments of a record."""

    def present(self) -> Any:
        """Those that were not deleted."""
        return self.filter(deleted_at__isnull=True)


@pghistory.track()
class Comment(RecordModel):
    """A comment: plain text, in which "@name" mentions colleagues; `mentioned` are their keys."""

    content_type = models.ForeignKey("contenttypes.ContentType", on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("author"), on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField(_("comment"), max_length=LONGEST)
    mentioned = ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)
    edited_at = models.DateTimeField(_("edited at"), null=True, editable=False)
    deleted_at = models.DateTimeField(_("deleted at"), null=True, editable=False)

    objects: ClassVar[Any] = CommentQuerySet.as_manager()
    scope = WithRecord()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["content_type", "object_id", "id"], name="comment_record")]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="comment_says_something")]

    def __str__(self) -> str:
        return self.text[:60]
