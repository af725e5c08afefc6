"""A customer that the ERP has already, by its tax number: take that number, or have another one created all the same."""

from django.db import transaction
from django.utils.translation import gettext as _

from crm.errors import DomainError
from crm.jobs import enqueue
from crm.locks import lock_row
from crm.models import User
from customers.domain.merging.preview import standing
from customers.models import Customer
from integrations.domain.numbers import settle_number
from integrations.domain.outbox.messages import QUEUE, TASK, revive
from integrations.enums import MessageState, NumberKind, Problem
from integrations.models import OutboxMessage


def existing_number(message: OutboxMessage) -> str:
    """The number there with the same tax number, while that is what the message waits for; else empty."""
    if message.state != MessageState.REFUSED or message.problem != Problem.EXISTS:
        return ""
    return str(message.details.get("number", ""))


def use_existing(*, message: OutboxMessage, actor: User) -> int:
    """The customer is the one that the ERP has: it gets that number, and what waits for it is tried again; how many rows.

    The tax number says so, hence no right but that to change the customer is asked. Raises DomainError when the message does not
    wait for this, or another customer has the number.
    """
    with transaction.atomic():
        stored, number = _asked(message)
        customer = Customer.objects.get(pk=standing(stored.object_id))
        return settle_number(kind=NumberKind.CUSTOMER, number=number, record=customer, actor=actor)


def create_anyway(*, message: OutboxMessage, actor: User) -> OutboxMessage:
    """It is another company: send the customer all the same. Raises DomainError when the message does not wait for this."""
    with transaction.atomic():
        stored, number = _asked(message)
        OutboxMessage._base_manager.filter(pk=stored.pk).update(passed_over=number)
        revive(stored, actor)
        enqueue(TASK, queue=QUEUE, key=stored.pk)
    return stored


def _asked(message: OutboxMessage) -> tuple[OutboxMessage, str]:
    stored: OutboxMessage = lock_row(OutboxMessage._base_manager.all(), message.pk)
    number = existing_number(stored)
    if not number:
        raise DomainError(_("The ERP does not ask this any more. Reload the page."))
    return stored, number
