"""Files attached to records."""

from typing import Any, ClassVar
from uuid import uuid4

import pghistory
from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.models import RecordModel
from crm.records.scopes import AboutQuerySet, WithRecord


class FileKind(models.TextChoices):
    """What a file is, as the people who attach it say."""

    CONTRACT = "contract", _("Contract")
    QUOTATION = "quotation", _("Quotation")
    SPECIFICATION = "specification", _("Specification")
    REPORT = "report", _("Test report")
    PHOTO = "photo", _("Photo")
    MAIL = "mail", pgettext_lazy("kind of file", "E-mail")


def file_storage() -> Storage:
    """Where attached files lie: a folder outside the web root, or a bucket (settings)."""
    return storages["attachments"]


def stored_name(instance: models.Model, filename: str) -> str:
    """Where a file is kept: a name of ours, nothing of the user's."""
    return f"{timezone.now():%Y/%m}/{uuid4().hex}"


class AttachmentQuerySet(AboutQuerySet):
    """The files of a record."""

    def present(self) -> Any:
        """Those whose content has arrived and that were not removed."""
        return self.filter(stored_at__isnull=False, removed_at__isnull=True)


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), pghistory.ManualEvent("download")
)
class Attachment(RecordModel):
    """A file of a record. The row comes first, then the file, then `stored_at`: a row without it is of an upload that broke off.

    A removed one keeps its row, as what happened; its content is erased some weeks later, and then `file` is empty.
    """

    content_type = models.ForeignKey("contenttypes.ContentType", on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    name = models.CharField(_("name"), max_length=150)
    kind = models.CharField(_("kind of file"), max_length=20, choices=FileKind.choices, blank=True)
    mime = models.CharField(_("content type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    file = models.FileField(_("stored file"), storage=file_storage, max_length=100, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("attached by"), on_delete=models.PROTECT, related_name="+"
    )
    stored_at = models.DateTimeField(null=True, editable=False)
    removed_at = models.DateTimeField(_("removed at"), null=True, editable=False)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("removed by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    objects: ClassVar[Any] = AttachmentQuerySet.as_manager()
    scope = WithRecord()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["content_type", "object_id", "created_at"], name="attachment_record"),
            models.Index(fields=["created_at"], condition=Q(stored_at__isnull=True), name="attachment_unfinished"),
            models.Index(fields=["removed_at"], condition=Q(removed_at__isnull=False), name="attachment_removed"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "sha256", "name"],
                condition=Q(removed_at__isnull=True),
                name="attachment_once",
                violation_error_message=_("This very file is attached already."),
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="attachment_removed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name
