"""Intents: written in the transaction that approves or submits; and what people do with messages afterwards."""

import base64
import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.saving import create_record
from crm.errors import DomainError
from crm.jobs import enqueue
from crm.locks import lock_row
from crm.models import User
from crm.transitions import transition
from customers.enums import RegistrationState
from customers.models import Customer, CustomerRegistration
from integrations.domain.outbox.kinds import erp_number, switched_on
from integrations.domain.outbox.registry import kind_of
from integrations.enums import MessageKind, MessageState
from integrations.models import OutboxMessage
from orders.domain.requests import take_back
from orders.enums import OrderRequestState
from orders.models import OrderRequest

TASK = "integrations.outbox"
QUEUE = "sync"
ENDED = (MessageState.REFUSED, MessageState.DEAD, MessageState.GIVEN_UP)


def on_state_changed(*, label: str, pk: int, **_others: Any) -> None:
    """Inside the transaction of a step: an approved registration and a submitted order request are to be in the ERP."""
    if label == "orders.orderrequest":
        request = OrderRequest._base_manager.filter(pk=pk, state=OrderRequestState.SUBMITTED).first()
        if request is not None:
            _intend(MessageKind.ORDER, request)
    elif label == "customers.customerregistration":
        found = CustomerRegistration._base_manager.filter(pk=pk, state=RegistrationState.APPROVED)
        registration = found.select_related("customer").first()
        if registration is not None and registration.customer is not None and not _is_known(registration.customer):
            _intend(MessageKind.PARTNER, registration.customer)


def _is_known(customer: Customer) -> bool:
    """Whether it has a number there already: it was registered for that number."""
    return bool(erp_number("customer", customer.pk))


def _intend(kind: MessageKind, record: Any) -> None:
    if kind in switched_on():
        _put(kind, record)


def hand_over(*, kind: MessageKind, record: Any, actor: User) -> OutboxMessage:
    """Send a record that was not sent by itself: it was there before its kind was switched on. Pressed twice it is sent once.

    Raises DomainError when its kind is switched off, or it is in the ERP already.
    """
    if kind not in switched_on():
        raise DomainError(_("Handing over to the ERP is switched off."))
    if kind == MessageKind.PARTNER and _is_known(record):
        raise DomainError(_("The customer is in the ERP already."))
    if kind == MessageKind.ORDER and record.state != OrderRequestState.SUBMITTED:
        raise DomainError(_("Submit the order request first."))
    return _put(kind, record)


def _put(kind: MessageKind, record: Any) -> OutboxMessage:
    """The record's message, waiting: a new one, or the one that had ended without success."""
    title = kind_of(kind).title(record)
    with transaction.atomic():
        now = timezone.now()
        message = OutboxMessage._base_manager.select_for_update().filter(kind=kind, object_id=record.pk).first()
        if message is None:
            values = {"reference": _reference(), "next_try_at": now, "state_since": now, "title": title}
            message = create_record(OutboxMessage(kind=kind, object_id=record.pk, **values))
        elif message.state in ENDED:
            revive(message, None)
        enqueue(TASK, queue=QUEUE, key=message.pk)
    return message


def _reference() -> str:
    """Our mark: 20 characters, as long as the ERP's shortest field for it; 80 bits of chance, capitals and digits only."""
    return "CRM-" + base64.b32encode(secrets.token_bytes(10)).decode()


def send_again(*, message: OutboxMessage, actor: User) -> OutboxMessage:
    """Try again what ended without success, or what waits, now. Raises DomainError when it is in the ERP or being sent."""
    with transaction.atomic():
        stored: OutboxMessage = lock_row(OutboxMessage._base_manager.all(), message.pk)
        if stored.state in ENDED:
            revive(stored, actor)
        elif stored.state in (MessageState.WAITING, MessageState.DOUBT):
            OutboxMessage._base_manager.filter(pk=stored.pk).update(next_try_at=timezone.now())
        else:
            raise DomainError(_("It is in the ERP, or being sent just now."))
        enqueue(TASK, queue=QUEUE, key=stored.pk)
    return stored


def revive(message: OutboxMessage, actor: User | None) -> None:
    changes = {"attempts": 0, "next_try_at": timezone.now(), "problem": "", "details": {}}
    transition(message, MessageState.WAITING, actor=actor, changes=changes)


def send_again_many(rows: Any, *, actor: User) -> int:
    """Try again those of these messages that are not in the ERP; how many."""
    open_rows = rows.exclude(state__in=(MessageState.CONFIRMED, MessageState.SENDING))
    keys = list(open_rows.order_by("pk").values_list("pk", flat=True))
    for message in OutboxMessage._base_manager.filter(pk__in=keys).order_by("pk"):
        send_again(message=message, actor=actor)
    return len(keys)


def give_up(*, message: OutboxMessage, actor: User, reason: str) -> OutboxMessage:
    """Do not send it any more. Raises TransitionError without a reason, or while it is in doubt whether it is in the ERP."""
    with transaction.atomic():
        stored: OutboxMessage = lock_row(OutboxMessage._base_manager.all(), message.pk)
        transition(stored, MessageState.GIVEN_UP, actor=actor, reason=reason)
    return stored


def take_order_back(*, message: OutboxMessage, actor: User, reason: str) -> OrderRequest:
    """Make the order request of a refused message a draft again; submitted again it is sent again, under the same reference.

    Raises DomainError while it may be, or may come to be, in the ERP.
    """
    with transaction.atomic():
        stored: OutboxMessage = lock_row(OutboxMessage._base_manager.all(), message.pk)
        request = OrderRequest._base_manager.filter(pk=stored.object_id).first()
        if not may_take_back(stored) or request is None:
            raise DomainError(_("Only what the ERP refused can be corrected: it may be there."))
        return take_back(request=request, actor=actor, reason=reason)


def may_take_back(message: OutboxMessage) -> bool:
    """Whether its order request can be made a draft again: it is certain that the ERP does not have it."""
    ended = message.state in (MessageState.REFUSED, MessageState.GIVEN_UP)
    return message.kind == MessageKind.ORDER and ended and message.posted_at is None


def waiting_count(user: User) -> int | None:
    """How many messages are on their way or stopped, for the menu; None when there are none."""
    over = (MessageState.CONFIRMED, MessageState.GIVEN_UP)
    return OutboxMessage.objects.visible_to(user).exclude(state__in=over).count() or None
