"""A document that waits for approval is frozen: what is decided about is what was seen."""

from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm import extension_points
from crm.errors import Frozen
from crm.workflow.models import ApprovalRequest, RequestState


def is_document(model: type) -> bool:
    """Whether records of this kind are frozen when they are sent for approval."""
    return bool(_freezing(model))


def _freezing(model: Any) -> list[str]:
    """The kinds of document that freeze records of this kind."""
    label = model._meta.label
    return [entry.key for entry in extension_points.approval_documents.all() if entry.model == label and entry.freezes]


def pending_requests(model: Any, keys: Sequence[int]) -> list[ApprovalRequest]:
    """The running requests that freeze these records."""
    kind = ContentType.objects.get_for_model(model)
    rows = ApprovalRequest.objects.filter(content_type=kind, object_id__in=keys, state=RequestState.PENDING)
    rows = rows.filter(document__in=_freezing(model))
    return list(rows.order_by("pk"))


def refuse_frozen(model: type, keys: Sequence[int]) -> None:
    """Raise Frozen when one of these records waits for approval."""
    found = pending_requests(model, keys)
    if not found:
        return
    first = found[0]
    url = reverse("workflow:approvalrequest_record", args=[first.pk])
    if len(keys) == 1:
        message = _(
            "“%(title)s” waits for approval (%(code)s) and cannot be changed until that is decided or withdrawn."
        )
        raise Frozen(message % {"title": first.title, "code": first.code}, url=url)
    message = ngettext(
        "%(n)d of these records waits for approval and cannot be changed: “%(title)s”. Leave it out, or wait for the decision.",
        "%(n)d of these records wait for approval and cannot be changed, the first is “%(title)s”. Leave them out, or wait for"
        " the decisions.",
        len(found),
    )
    raise Frozen(message % {"n": len(found), "title": first.title}, url=url)
