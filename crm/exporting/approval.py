"""Exports of more rows than a role allows, as documents that are approved."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.approvable import ApprovalDocument, ApprovalFact
from crm.errors import DomainError
from crm.exporting.domain.exports import DOCUMENT, start_approved
from crm.exporting.models import ExportLog
from crm.extension_points import NotificationKind, notification_kinds
from crm.formats import enumerated, num
from crm.generic.lists import column_names, list_name
from crm.organisation.models import User
from crm.workflow.documents import business_unit_fact, register_document


def place_of(log: ExportLog) -> tuple[None, None]:
    """An export belongs where its maker stands."""
    return None, None


def unit_of(log: ExportLog) -> Any:
    """The business unit of who asks."""
    user: User = log.created_by
    return user.business_unit


def ready(log: ExportLog, changes: dict[str, Any]) -> None:
    """Raise DomainError for an export that needs no approval, or has had it."""
    if not waits(log):
        raise DomainError(gettext("This export needs no approval, or has had it."))


def waits(log: ExportLog) -> bool:
    """Whether it was asked for and has not been begun."""
    return log.asked_rows is not None and log.job_id is None and log.finished_at is None


def register() -> None:
    """Called once, by the kernel's extensions."""
    notification_kinds.register(
        NotificationKind(
            "export.ready", _("An export that you asked for is ready"), "work", icon="file-export", order=160
        )
    )
    register_document(
        ApprovalDocument(
            key=DOCUMENT,
            label=_("Large export"),
            model="crm.ExportLog",
            permission="crm.export_lists",
            title=lambda log: list_name(log.list_key),
            among=lambda rows: rows.filter(asked_rows__isnull=False),
            facts=(
                ApprovalFact("rows", _("rows"), "number", lambda log: log.asked_rows or 0),
                business_unit_fact(unit_of),
            ),
            show=(
                ("list", _("list"), lambda log: list_name(log.list_key)),
                ("asked_rows", _("rows"), lambda log: num(log.asked_rows)),
                ("filters", _("filters"), lambda log: log.filters or "—"),
                ("columns", _("columns"), lambda log: enumerated(column_names(log.list_key, log.columns))),
                ("form", _("file type"), lambda log: log.get_form_display()),
            ),
            headline=lambda request: str(_("%(n)s rows")) % {"n": num(request.facts.get("rows"))},
            ready=ready,
            offered=waits,
            place=place_of,
            on_approved=start_approved,
            icon="file-export",
            order=900,
        )
    )
