"""What the head of a record page says of the reader and the record: star, bell, tags."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from crm.base.querysets import may_write
from crm.records.domain.marks import note_visit
from crm.records.models import TagLink
from crm.records.references import reference_of


def marks_of(request: HttpRequest, record: Any) -> dict[str, Any]:
    """The variables of generic/_marks.html. Notes that the reader has looked at the record."""
    starred_at, followed_at = note_visit(actor=request.user, record=record)  # type: ignore[arg-type]
    links = TagLink.objects.visible_to(request.user, of=record).select_related("tag").order_by("tag__name", "tag_id")
    return {
        "record": record,
        "about": record._meta.label_lower,
        "starred": starred_at is not None,
        "followed": followed_at is not None,
        "owned": getattr(record, "owner_id", None) == request.user.pk,
        "tags": [link.tag for link in links],
        "can_tag": request.user.has_perm("crm.tag_records") and may_write(request.user, record),
    }


def dossier_address(name: str, record: Any, *more: Any) -> str:
    """The address of something that hangs on the record."""
    kind, key = reference_of(record)["content_type"], record.pk
    return reverse(f"dossier:{name}", args=[f"{kind.app_label}.{kind.model}", key, *more])
