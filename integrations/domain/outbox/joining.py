"""What the sync brings back: the documents of confirmed messages, and those that settle what was in doubt."""

from contextlib import suppress
from typing import Any

from django.db import transaction
from django.utils import timezone

from crm.errors import DomainError, StaleVersion
from crm.locks import AdvisoryLock, LockTaken, session_lock
from integrations.domain.outbox.kinds import Back
from integrations.domain.outbox.registry import KINDS
from integrations.domain.outbox.sending import confirm
from integrations.enums import MessageState
from integrations.models import OutboxMessage

ROUND = 500


def join_documents() -> int:
    """Link what has come back to what it came of; returns how many. Safe to run twice.

    A document that bears our reference is ours, whatever became of its message: that settles what was in doubt or given up.
    """
    done = 0
    for kind in KINDS.values():
        if kind.back is not None:
            messages = OutboxMessage._base_manager.filter(kind=kind.kind)
            _recognise(kind.back, messages)
            sent = messages.filter(state=MessageState.CONFIRMED, joined_at=None)
            done += sum(_join(kind.back, *pair) for pair in kind.back.arrived(sent, ROUND))
    return done


def _recognise(back: Back, messages: Any) -> None:
    """Close messages that are not confirmed although their document is here."""
    tried = messages.filter(payload__isnull=False).exclude(state__in=(MessageState.CONFIRMED, MessageState.SENDING))
    for message, rows in back.unsettled(tried, ROUND):
        with suppress(LockTaken, StaleVersion), session_lock(AdvisoryLock.OUTBOX, message.pk):
            confirm(message=message, rows=rows)


def _join(back: Back, message: OutboxMessage, document: Any) -> bool:
    with transaction.atomic():
        mine = OutboxMessage._base_manager.filter(pk=message.pk, joined_at=None)
        if not mine.update(joined_at=timezone.now()):
            return False
        try:
            with transaction.atomic():
                back.link(message, document)
        except DomainError:  # the number still leads to it
            return False
    return True
