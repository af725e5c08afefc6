"""Intents: written in the transaction that approves or submits; and what people do with messages afterwards."""

import base64
import secrets
from contextlib import suppress
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.saving import create_record
from crm.errors import DomainError
from crm.jobs import enqueue
from crm.locks import AdvisoryLock, is_held, lock_row
from crm.models import User
from crm.transitions import transition
from integrations.domain.outbox.kinds import Outgoing, switched_on
from integrations.domain.outbox.registry import KINDS, kind_of
from integrations.enums import MessageKind, MessageState
from integrations.models import OutboxMessage

TASK = "integrations.outbox"
QUEUE = "sync"
ENDED = (MessageState.REFUSED, MessageState.DEAD, MessageState.GIVEN_UP)


def on_state_changed(*, label: str, pk: int, **_others: Any) -> None:
    """Inside the transaction of a step: an approved registration and a submitted order request are to be in the ERP."""
    for kind in KINDS.values():
        record = kind.begun(pk) if label == kind.begins else None
        if record is not None and kind.kind in switched_on():
            _put(kind, record)


def hand_over(*, kind: MessageKind, record: Any, actor: User) -> OutboxMessage:
    """Send a record that was not sent by itself: it was there before its kind was switched on. Pressed twice it is sent once.

    Raises DomainError when its kind is switched off, or it cannot be handed over, such as one that is in the ERP already.
    """
    if kind not in switched_on():
        raise DomainError(_("Handing over to the ERP is switched off."))
    kind_of(kind).refuse(record)
    return _put(kind_of(kind), record)


def _put(kind: Outgoing, record: Any) -> OutboxMessage:
    """The record's message, waiting: a new one, or the one that had ended without success."""
    rows = OutboxMessage._base_manager.select_for_update().filter(kind=kind.kind, object_id=record.pk)
    with transaction.atomic():
        message = rows.first() or _made(kind, record) or rows.get()
        if message.state in ENDED:
            revive(message, None)
        enqueue(TASK, queue=QUEUE, key=message.pk)
    return message


def _made(kind: Outgoing, record: Any) -> OutboxMessage | None:
    """A new message; None when somebody else has made the record's at the same moment."""
    now = timezone.now()
    values = {"reference": _reference(), "next_try_at": now, "state_since": now, "title": kind.title(record)}
    made = OutboxMessage(kind=kind.kind, object_id=record.pk, **values)
    try:
        with transaction.atomic():
            return create_record(made)
    except DomainError:
        if not OutboxMessage._base_manager.filter(kind=kind.kind, object_id=record.pk).exists():
            raise
    return None


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
    """Try again those of these messages that are not in the ERP, nor come to be meanwhile; how many."""
    open_rows = rows.exclude(state__in=(MessageState.CONFIRMED, MessageState.SENDING))
    keys = list(open_rows.order_by("pk").values_list("pk", flat=True))
    done = 0
    for message in OutboxMessage._base_manager.filter(pk__in=keys).order_by("pk"):
        with suppress(DomainError):
            send_again(message=message, actor=actor)
            done += 1
    return done


def give_up(*, message: OutboxMessage, actor: User, reason: str) -> OutboxMessage:
    """Do not send it any more. Raises TransitionError without a reason, or while it is in doubt whether it is in the ERP, and
    DomainError while it is being sent."""
    with transaction.atomic():
        stored: OutboxMessage = lock_row(OutboxMessage._base_manager.all(), message.pk)
        if is_held(AdvisoryLock.OUTBOX, stored.pk):
            raise DomainError(_("It is being sent to the ERP just now. Try again in a minute."))
        transition(stored, MessageState.GIVEN_UP, actor=actor, reason=reason)
    return stored


def take_record_back(*, message: OutboxMessage, actor: User, reason: str) -> Any:
    """Make the record of a refused message one that can be corrected; handed in again it is sent again, under the same reference.

    Raises DomainError while it may be, or may come to be, in the ERP, and for a kind that has no such step.
    """
    with transaction.atomic():
        stored: OutboxMessage = lock_row(OutboxMessage._base_manager.all(), message.pk)
        kind = kind_of(stored.kind)
        record = kind.record(stored.object_id)
        if not may_take_back(stored) or record is None or kind.take_back is None:
            raise DomainError(_("Only what the ERP refused can be corrected: it may be there."))
        return kind.take_back(record, actor, reason)


def may_take_back(message: OutboxMessage) -> bool:
    """Whether its record can be corrected: it is certain that the ERP does not have it."""
    ended = message.state in (MessageState.REFUSED, MessageState.GIVEN_UP)
    return kind_of(message.kind).take_back is not None and ended and message.posted_at is None


def waiting_count(user: User) -> int | None:
    """How many messages are on their way or stopped, for the menu; None when there are none."""
    over = (MessageState.CONFIRMED, MessageState.GIVEN_UP)
    return OutboxMessage.objects.visible_to(user).exclude(state__in=over).count() or None
