"""Who is told when a message is refused, or cannot be delivered."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from crm.models import User
from crm.workflow.domain.notifications import notify
from customers.models import Customer
from integrations.domain.outbox.words import in_words
from integrations.enums import MessageKind, MessageState
from integrations.models import OutboxMessage
from orders.models import OrderRequest

REFUSED = "erp.refused"
DEAD = "erp.dead"
SEND = "integrations.send_outboxmessage"


def tell_of(message: OutboxMessage) -> None:
    """Tell the owner of its record; those who look after the messages too, when it was not delivered."""
    record = _record(message)
    owner = getattr(record, "owner", None)

    def title() -> str:
        return _("%(record)s: %(state)s") % {"record": message.title, "state": in_words(message).title}

    def text() -> str:
        words = in_words(message)
        return " ".join(filter(None, (words.said, words.advice)))

    if owner is not None:
        notify(recipients=[owner], kind=REFUSED, title=title, text=text, record=record)
    if message.state == MessageState.DEAD or owner is None:
        may = Q(is_superuser=True) | Q(roles__permissions__contains=[SEND])
        people = User.objects.filter(may, is_active=True).distinct()
        notify(recipients=people, kind=DEAD, title=title, text=text, record=message)


def _record(message: OutboxMessage) -> Any:
    """The record, in whatever state it is."""
    model: Any = Customer if message.kind == MessageKind.PARTNER else OrderRequest
    return model._base_manager.filter(pk=message.object_id).select_related("owner").first()
