"""All kinds of messages, by their key."""

from integrations.domain.outbox.kinds import Outgoing
from integrations.domain.outbox.orders import ORDERS
from integrations.domain.outbox.partners import PARTNERS

KINDS: dict[str, Outgoing] = {kind.kind: kind for kind in (PARTNERS, ORDERS)}


def kind_of(name: str) -> Outgoing:
    """The kind of that name."""
    return KINDS[name]
