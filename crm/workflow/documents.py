"""Registering kinds of documents that are approved: with the document comes the panel on its records' pages."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.approvable import ApprovalDocument, ApprovalFact
from crm.extension_points import approval_documents, panels
from crm.organisation.models import BusinessUnit
from crm.workflow.panels.approval import APPROVAL_PANEL


def register_document(document: ApprovalDocument) -> None:
    """Let documents of this kind be sent for approval; called by an app's extensions.py.

    Several kinds may be about the same model (a document, and a change to it): its page then shows the requests of both.
    """
    shown = any(entry.model == document.model for entry in approval_documents.all())
    approval_documents.register(document)
    if not shown:
        panels.register(APPROVAL_PANEL, group=document.model)


def business_unit_fact(read: Callable[[Any], Any] = lambda record: record.business_unit) -> ApprovalFact:
    """The fact that most kinds of document have: whose business it is."""
    return ApprovalFact("business_unit", _("business unit"), "choice", read, _units)


def _units() -> list[tuple[int, str]]:
    return [(unit.pk, unit.label) for unit in BusinessUnit.objects.order_by("code", "pk")]
