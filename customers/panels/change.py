"""The change of protected fields that waits, on the customer's page."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from crm.formats import enumerated
from crm.models import ApprovalRequest
from crm.workflow.domain.approval_reading import waiting_names
from crm.workflow.models import RequestState
from crm.workflow.panels.approval import shown_rows
from customers.domain.customer_changes import DOCUMENT
from customers.models import Customer


def waiting_change(request: HttpRequest, customer: Customer) -> dict[str, Any] | None:
    """What would change, field by field, why, and who decides."""
    rows = ApprovalRequest.objects.visible_to(request.user, of=customer).filter(document=DOCUMENT)
    found = rows.filter(state=RequestState.PENDING).select_related("requester", "content_type").first()
    if found is None:
        return None
    return {
        "request_row": found,
        "rows": shown_rows(found),
        "waiting": enumerated(waiting_names([found.pk]).get(found.pk, ())),
        "url": reverse("workflow:approvalrequest_record", args=[found.pk]),
    }
