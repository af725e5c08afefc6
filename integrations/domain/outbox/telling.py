"""Who is told when a message is refused, or cannot be delivered."""

from django.db.models import Q
from django.utils.translation import gettext as _

from crm.models import User
from crm.workflow.domain.notifications import notify
from integrations.domain.outbox.registry import kind_of
from integrations.domain.outbox.words import in_words
from integrations.models import OutboxMessage

REFUSED = "erp.refused"
DEAD = "erp.dead"
SEND = "integrations.send_outboxmessage"


def tell_of(message: OutboxMessage, *, administrators: bool = False) -> None:
    """Tell the owner of its record; where it has none, or `administrators` have to see to it, those who may send messages."""
    kind = kind_of(message.kind)
    record = kind.record(message.object_id)
    owner = kind.owner(record) if record is not None else None

    def title() -> str:
        return _("%(record)s: %(state)s") % {"record": message.title, "state": in_words(message).title}

    def text() -> str:
        words = in_words(message)
        return " ".join(filter(None, (words.said, words.advice)))

    if owner is not None:
        notify(recipients=[owner], kind=REFUSED, title=title, text=text, record=record)
    if administrators or owner is None:
        may = Q(is_superuser=True) | Q(roles__permissions__contains=[SEND])
        people = User.objects.filter(may, is_active=True).distinct()
        notify(recipients=people, kind=DEAD, title=title, text=text, record=message)
