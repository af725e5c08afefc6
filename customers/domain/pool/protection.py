"""Keep a customer from the pool: the owner asks, the manager decides."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.saving import create_record
from crm.errors import DomainError, NotAllowed
from crm.models import ApprovalRequest, User
from crm.transitions import transition
from crm.workflow.domain.approvals import request_approval
from customers.enums import ProtectionState
from customers.models import Customer, CustomerActivity, PoolProtection

DOCUMENT = "pool_protection"
LONGEST = 366  # days


def ask_for_protection(*, customer: Customer, until: dt.date, reason: str, actor: User) -> PoolProtection:
    """Ask to keep one's customer until a day; the manager decides under the approval policy.

    Raises NotAllowed for another's customer, DomainError on "until" for a day that has passed or lies more than a year ahead, on
    "reason" without one, when it waits for a decision already, and when no policy covers it.
    """
    if customer.owner_id != actor.pk:
        raise NotAllowed(_("Only the owner asks to keep a customer."))
    today = timezone.localdate()
    if not today < until <= today + dt.timedelta(days=LONGEST):
        raise DomainError(_("Choose a day within a year from now."), field="until")
    if not reason.strip():
        raise DomainError(_("Say why you need the time."), field="reason")
    with transaction.atomic():
        row = PoolProtection(customer=customer, until=until, reason=reason, asked_by=actor, state_since=timezone.now())
        create_record(row)
        request_approval(document=DOCUMENT, record=row, actor=actor, reason=reason)
    row.refresh_from_db()
    return row


def ready(record: PoolProtection, changes: dict[str, Any]) -> None:
    """Raise DomainError for one that has been decided."""
    if record.state != ProtectionState.ASKED:
        raise DomainError(_("This has been decided already."))


def on_approved(*, record: PoolProtection, request: ApprovalRequest, actor: User) -> None:
    """The customer stays with whoever owned it when it was asked for; a later day that was granted before stands."""
    transition(record, ProtectionState.GRANTED, actor=actor, reason=request.code)
    owner = Customer._base_manager.filter(pk=record.customer_id).values_list("owner_id", flat=True).get()
    if owner != record.asked_by_id:
        return
    CustomerActivity._base_manager.get_or_create(customer_id=record.customer_id)
    row = CustomerActivity._base_manager.select_for_update(of=("self",)).get(pk=record.customer_id)
    row.protected_until = max(filter(None, (row.protected_until, record.until)))
    if row.recycle_on is not None and row.recycle_on <= row.protected_until:
        row.recycle_on, row.warned = None, None  # the next night foresees it anew
    row.save(update_fields=["protected_until", "recycle_on", "warned"])


def on_refused(*, record: PoolProtection, request: ApprovalRequest, actor: User) -> None:
    """Refused, returned or withdrawn: the customer is treated as before, and can be asked for anew."""
    transition(record, ProtectionState.REFUSED, actor=actor, reason=request.code)
