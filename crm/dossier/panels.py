"""The discussion of a record: what was said, and its files."""

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat

from crm.base.querysets import may_write
from crm.generic.marks import dossier_address
from crm.organisation.models import User
from crm.records.domain.attachments import held_files
from crm.records.models import Attachment, Comment
from crm.records.models.attachment import FileKind
from crm.records.models.comment import LONGEST
from crm.records.references import may_change
from crm.records.sniffing import BY_EXTENSION, INLINE
from crm.records.text import rich_text

SHOWN = 30  # comments at a time
ICONS = {"image": "photo", "video": "player-play", "text": "file-text", "message": "mail"}


def comments(request: HttpRequest, record: Any) -> QuerySet[Comment]:
    """The comments that stand on the record, the newest first."""
    rows: QuerySet[Comment] = Comment.objects.visible_to(request.user, of=record).present()
    return rows.select_related("author").order_by("-pk")


def comments_before(request: HttpRequest, record: Any, before: int | None = None) -> dict[str, Any]:
    """The newest comments, or those older than that one; `older` is where the next ones come from."""
    rows = comments(request, record)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: SHOWN + 1])
    more = len(found) > SHOWN
    address = dossier_address("comments", record)
    return {
        "lines": comment_lines(request, record, found[:SHOWN]),
        "older": f"{address}?before={found[SHOWN - 1].pk}" if more else "",
    }


def comment_lines(request: HttpRequest, record: Any, rows: Sequence[Comment]) -> list[dict[str, Any]]:
    """Comments with their text made safe, and what the reader may do with each."""
    keys = {key for row in rows for key in row.mentioned}
    people = User.objects.visible_to(request.user).filter(pk__in=keys) if keys else []
    names = {person.pk: person.display_name for person in people}
    user = request.user
    return [
        {
            "comment": row,
            "text": rich_text(row.text, [names[key] for key in row.mentioned if key in names]),
            "to_me": user.pk in row.mentioned,
            "url": dossier_address("comment", record, row.pk),
            "delete_url": dossier_address("comment_delete", record, row.pk),
            "own": row.author_id == user.pk and user.has_perm("crm.add_comment"),
        }
        for row in rows
    ]


def files_of(request: HttpRequest, record: Any) -> dict[str, Any]:
    """The files of a record, the newest first, and how often each was fetched."""
    events = Attachment.pgh_event_models["download"].objects  # type: ignore[attr-defined]
    counted = (
        events.filter(pgh_obj_id=OuterRef("pk"), pgh_label="download")
        .order_by()
        .values("pgh_obj_id")
        .annotate(number=Count("pgh_id"))
        .values("number")
    )
    rows = Attachment.objects.visible_to(request.user, of=record).present().select_related("uploaded_by")
    rows = rows.annotate(downloads=Coalesce(Subquery(counted, output_field=IntegerField()), 0))
    user = request.user
    can_attach = user.has_perm("crm.add_attachment") and may_write(user, record)
    changes = may_change(user, record) and may_write(user, record)
    found = list(rows)
    held = held_files(record, [row.pk for row in found])
    return {
        "record": record,
        "about": record._meta.label_lower,
        "files": [
            _line(record, row, row.pk not in held and (changes or row.uploaded_by_id == user.pk)) for row in found
        ],
        "can_attach": can_attach,
        "kinds": FileKind.choices,
        "accept": ",".join(f".{extension}" for extension in BY_EXTENSION),
        "limit": settings.ATTACHMENT_MAX_BYTES,
        "limit_text": filesizeformat(settings.ATTACHMENT_MAX_BYTES),
    }


def _line(record: Any, row: Attachment, removable: bool) -> dict[str, Any]:
    url = dossier_address("file", record, row.pk)
    return {
        "file": row,
        "url": f"{url}?show=1" if row.mime in INLINE else url,
        "save_url": url,
        "inline": row.mime in INLINE,
        "remove_url": dossier_address("file_remove", record, row.pk) if removable else "",
        "icon": _icon(row),
        "size": filesizeformat(row.size),
        "downloads": row.downloads,  # type: ignore[attr-defined]
    }


def _icon(row: Attachment) -> str:
    suffix = PurePosixPath(row.name).suffix.lower()
    if suffix in (".xls", ".xlsx", ".csv", ".et"):
        return "file-spreadsheet"
    if suffix in (".zip", ".rar", ".7z"):
        return "package"
    return ICONS.get(row.mime.partition("/")[0], "file-text")


def discussion(request: HttpRequest, record: Any) -> dict[str, Any]:
    """The tab: the comments with the form for a new one, and the files."""
    return {
        **comments_before(request, record),
        **files_of(request, record),
        "can_comment": request.user.has_perm("crm.add_comment"),
        "people_url": dossier_address("people", record),
        "longest": LONGEST,
    }


def discussion_count(request: HttpRequest, record: Any) -> int | None:
    """How many comments and files there are, no number for none; no record has so many that counting would be felt."""
    said = Comment.objects.visible_to(request.user, of=record).present()
    files = Attachment.objects.visible_to(request.user, of=record).present()
    return said.order_by().count() + files.order_by().count() or None
