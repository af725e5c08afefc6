"""Approvals that an outside system decides: it is told of each request with an address that decides it once.

The person in whose name it decides is a step's approver like any other: within the site this person can decide too, and when the
time is over the policy passes the step on.
"""

import datetime as dt
import hashlib
import re
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from crm.acting import acting
from crm.errors import AlreadyDecided, DomainError
from crm.workflow.domain.approval_decisions import approve, reject, return_for_change
from crm.workflow.models import ApprovalAssignment, ApprovalRequest
from integrations.models import WebhookDelivery

ASSIGNMENT = "crm.approvalassignment"
DECISIONS = {"approve": approve, "reject": reject, "return": return_for_change}
_TOKEN = re.compile(r"(\\?/decide\\?/)[\w-]+")  # some escape the slashes of JSON


def digest_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def token_of(delivery: WebhookDelivery) -> str:
    """What decides: the same for each attempt, because a receiver that drops repeats answers to the address it saw first; of a
    webhook that leads elsewhere by now it is another."""
    told = f"{delivery.message} {delivery.webhook.url}"
    return salted_hmac("integrations.webhooks.oa", told, algorithm="sha256").hexdigest()


def message(delivery: WebhookDelivery) -> dict[str, Any] | None:
    """What is asked, and where to answer; None when it is decided, or somebody else's turn by now."""
    found = ApprovalAssignment.objects.filter(pk=delivery.object_id or 0, is_open=True)
    assignment = found.select_related("request__requester", "step").first()
    if assignment is None or assignment.user_id != delivery.webhook.owner_id:
        return None
    token = token_of(delivery)
    until = timezone.now() + dt.timedelta(hours=settings.APPROVAL_CALLBACK_HOURS)
    WebhookDelivery.objects.filter(pk=delivery.pk).update(callback_digest=digest_of(token), callback_until=until)
    request = assignment.request
    return {
        "kind": "approvals",
        "approval": {
            "code": request.code,
            "title": request.title,
            "document": request.document,
            "requester": request.requester.label,
            "reason": request.reason,
            "shown": [{key: row.get(key) for key in ("label", "old", "new")} for row in request.shown],
        },
        "callback": settings.SITE_URL + reverse("api:decide", args=[token]),
        "callback_until": until.isoformat(),
    }


def without_token(text: str) -> str:
    """A message, or what came back, as it is kept."""
    return _TOKEN.sub(r"\1…", text)


def _is_off(delivery: WebhookDelivery) -> bool:
    """Whether a person has switched the webhook off; one that went off because it failed has told what can still be decided."""
    return not delivery.webhook.is_active and delivery.webhook.disabled_at is None


def decide(*, token: str, decision: str, name: str, comment: str) -> ApprovalRequest:
    """Decide as the outside system's person says; once. The audit trail and the request's own log name who decided there.

    Raises DomainError for a token that is unknown, used or too old, or whose webhook somebody switched off, and whatever the
    decision itself raises.
    """
    with transaction.atomic():
        rows = WebhookDelivery.objects.select_for_update(of=("self",)).select_related("webhook__owner")
        delivery = rows.filter(callback_digest=digest_of(token)).first()
        if (
            delivery is None
            or delivery.callback_until is None
            or delivery.callback_until < timezone.now()
            or token_of(delivery) != token  # kept by a worker that sent to the address of before while that was changed
            or _is_off(delivery)
        ):
            raise DomainError(_("This address decides nothing any more: decide within the site."))
        if delivery.callback_used_at is not None:
            raise AlreadyDecided(_("This has been decided already."))
        assignment = ApprovalAssignment.objects.select_related("request").filter(pk=delivery.object_id or 0).first()
        owner = delivery.webhook.owner
        if assignment is None or not assignment.is_open or assignment.user_id != owner.pk or not owner.is_active:
            raise AlreadyDecided(_("This has been decided already."))
        reason = _("%(comment)s (decided outside by %(name)s)") % {"comment": comment, "name": name}
        with acting(user=owner.pk, verb="decide_outside", reason=reason):
            run = DECISIONS[decision]
            decided: ApprovalRequest = run(
                request=assignment.request, actor=owner, step=assignment.step_id, reason=reason.strip()
            )
        WebhookDelivery.objects.filter(pk=delivery.pk).update(callback_used_at=timezone.now())
    return decided
