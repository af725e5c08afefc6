"""Attach files to records, and remove them. The file is written and erased outside of transactions."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Any

import pghistory
import structlog
from django.conf import settings
from django.db import models, transaction
from django.db.models import Sum
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.querysets import may_write
from crm.base.saving import create_record
from crm.errors import DomainError, NotAllowed
from crm.events import record_attached
from crm.extension_points import file_holds
from crm.organisation.models import User
from crm.records.models import Attachment
from crm.records.models.attachment import FileKind, stored_name
from crm.records.references import may_change, reference_of
from crm.records.sniffing import clean_name, sniff

UNFINISHED = dt.timedelta(
    hours=1
)  # an upload takes seconds; a row without its file after that is of one that broke off
KEPT = dt.timedelta(days=30)  # the content of a removed file

log = structlog.get_logger(__name__)


def attach(*, actor: User, record: models.Model, upload: Any, kind: str = "") -> Attachment:
    """Keep an uploaded file (django.core.files.File) with the record. Raises DomainError, which says what to do, for one that is
    too large, of a kind that is not taken, not what its name says, or there already."""
    name = clean_name(upload.name or "")
    if upload.size > settings.ATTACHMENT_MAX_BYTES:
        raise DomainError(
            _("The file is larger than %(limit)s. Make it smaller, or split it.")
            % {"limit": filesizeformat(settings.ATTACHMENT_MAX_BYTES)}
        )
    found = sniff(name, upload)
    present = Attachment.objects.filter(**reference_of(record)).present()
    if (present.aggregate(sum=Sum("size"))["sum"] or 0) + upload.size > settings.ATTACHMENTS_MAX_BYTES:
        raise DomainError(
            _("All files of a record together may have %(limit)s. Remove some that are not needed.")
            % {"limit": filesizeformat(settings.ATTACHMENTS_MAX_BYTES)}
        )
    row = Attachment(
        **reference_of(record),
        name=name,
        kind=kind if kind in FileKind.values else "",
        mime=found.mime,
        size=upload.size,
        sha256=_digest(upload),
        uploaded_by=actor,
    )
    row.file.name = stored_name(row, name)
    create_record(row)
    try:
        row.file.storage.save(row.file.name, upload)
    except Exception as error:  # whatever a store answers
        log.error("attachment_not_stored", attachment=row.pk, error=repr(error))
        row.delete()
        raise DomainError(_("The file could not be stored. Try again, or tell your administrator.")) from error
    with transaction.atomic():
        row.stored_at = timezone.now()
        row.save(update_fields=["stored_at", "updated_at"])
        record_attached.send(label=record._meta.label_lower, pk=record.pk, actor=actor.pk, name=name)
    return row


def same_file(record: models.Model, upload: Any) -> Attachment | None:
    """The file of the record that has this very content; None when there is none."""
    found = Attachment.objects.filter(**reference_of(record)).present().filter(sha256=_digest(upload))
    return found.filter(stored_at__isnull=False).order_by("pk").first()


def sent_by(user: User, record: models.Model, keys: Sequence[int]) -> dict[int, Attachment]:
    """Those of these files that are the record's and that this person attached, by key."""
    rows = Attachment.objects.filter(**reference_of(record)).present()
    return {row.pk: row for row in rows.filter(pk__in=keys, uploaded_by=user)}


def _digest(upload: Any) -> str:
    digest = hashlib.sha256()
    upload.seek(0)
    for piece in upload.chunks():
        digest.update(piece)
    upload.seek(0)
    return digest.hexdigest()


def may_remove(actor: User, record: models.Model, attachment: Attachment) -> bool:
    """Who attached it, and those who may change the record."""
    return attachment.uploaded_by_id == actor.pk or (may_change(actor, record) and may_write(actor, record))


def held_files(record: models.Model, keys: Sequence[int]) -> dict[int, Any]:
    """Those of the record's files that must stay, each with the reason."""
    holds = file_holds.all(record._meta.label) if keys else []
    return {key: hold.why for hold in holds for key in hold.held(keys)}


def remove(*, attachment: Attachment, record: models.Model, actor: User) -> None:
    """Take a file off the record. Its row stays as what happened; the content is erased after KEPT. Raises NotAllowed, and
    DomainError for one that something is made of."""
    if held := held_files(record, [attachment.pk]):
        raise DomainError(str(held[attachment.pk]))
    if not may_remove(actor, record, attachment):
        raise NotAllowed(_("Only who attached a file, and those who may change the record, can remove it."))
    rows = Attachment.objects.filter(pk=attachment.pk, removed_at__isnull=True)
    rows.update(removed_at=timezone.now(), removed_by=actor, updated_at=timezone.now())


def note_download(*, attachment: Attachment) -> None:
    """Leave in the trail that somebody got the file: who and when comes from the request."""
    pghistory.create_event(attachment, label="download")


def sweep() -> int:
    """Erase what broken-off uploads left behind, and the content of files removed long ago; returns how many. Erasing comes
    first, so that a sweep that dies in between finds the row again."""
    now = timezone.now()
    count = 0
    for row in Attachment.objects.filter(stored_at__isnull=True, created_at__lt=now - UNFINISHED).order_by("pk"):
        row.file.storage.delete(str(row.file.name))
        row.delete()
        count += 1
    for row in Attachment.objects.filter(removed_at__lt=now - KEPT).exclude(file="").order_by("pk"):
        row.file.storage.delete(str(row.file.name))
        Attachment.objects.filter(pk=row.pk).update(file="")
        count += 1
    return count
