"""Requests for changes whose record was changed by somebody else meanwhile: who decides has to see that, and decides anew."""

import json
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.acting import acting
from crm.errors import AlreadyDecided, DomainError, NotAllowed
from crm.locks import lock_row
from crm.organisation.models import User
from crm.workflow.domain.approval_facts import changed_fields, extra_of, field_of, plain_text, proposed
from crm.workflow.domain.approval_steps import tell
from crm.workflow.models import ApprovalRequest, RequestState
from crm.workflow.models.approval_request import Outcome, deciding_as

CHANGED = gettext_lazy("Compared anew: %(title)s")


def record_of(request: ApprovalRequest, *, lock: bool = False) -> Any:
    """The record a request is about, whoever asks; None when it is gone, or its kind is."""
    declared = request.declared
    if declared is None:
        return None
    rows: Any = apps.get_model(declared.model)._base_manager.filter(pk=request.object_id)
    return (rows.select_for_update(of=("self",)) if lock else rows).first()


def changed_since(request: ApprovalRequest, record: Any) -> dict[str, str]:
    """What is stored now, as text, in the fields of a change that were something else when it was asked for."""
    if not request.is_change or record is None:
        return {}
    now = {row["name"]: plain_text(record, row["name"]) for row in request.shown if "was" in row}
    return {row["name"]: now[row["name"]] for row in request.shown if "was" in row and now[row["name"]] != row["was"]}


def refuse_changed_since(request: ApprovalRequest, record: Any) -> None:
    """Raise DomainError when what would be approved is not what was seen."""
    if changed_since(request, record):
        message = _(
            "Somebody changed this meanwhile. Open the request, compare it with what is stored now, then decide."
        )
        raise DomainError(message)


def compare_anew(*, request: ApprovalRequest, actor: User) -> ApprovalRequest:
    """Set the request against what is stored now, by somebody whose turn it is; who asked and who approved before are told.

    Raises NotAllowed when it is not the actor's turn, AlreadyDecided, DomainError when the record is gone.
    """
    with transaction.atomic(), acting(verb="compare_anew", reason=request.code):
        locked: ApprovalRequest = lock_row(ApprovalRequest.objects.all(), request.pk)
        if locked.state != RequestState.PENDING:
            raise AlreadyDecided(_("This has been decided already. Reload the page to see how it stands."))
        if not locked.assignments.filter(is_open=True, user__in=deciding_as(actor)).exists():
            raise NotAllowed(_("It is not your turn to decide this request."))
        record, declared = record_of(locked, lock=True), locked.declared
        if record is None or declared is None:
            raise DomainError(_("The document is gone: reject the request, or have it withdrawn."))
        wanted = {name: wanted_value(record, name, text) for name, text in locked.new_values().items()}
        locked.shown = changed_fields(declared, record, proposed(record, wanted), wanted)
        locked.save(update_fields=["shown", "updated_at"])
        approved = locked.assignments.filter(outcome=Outcome.APPROVED).select_related("user")
        people = [locked.requester, *(row.user for row in approved)]
        tell(locked, people, "approval.changed", CHANGED, actor)
    return locked


def wanted_value(record: Any, name: str, text: str) -> Any:
    """A value of a request as the field holds it."""
    if extra_of(type(record), name) is not None:
        return json.loads(text) if text else None
    return value_of(field_of(type(record), name), text)


def value_of(field: Any, text: str) -> Any:
    """The value that a request keeps as text, as the model's field holds it."""
    if not text:
        return None if field.null else field.to_python("")
    if field.is_relation:
        return field.related_model._base_manager.filter(pk=text).first()
    return field.to_python(text)
