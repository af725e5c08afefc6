"""What a kind of message must answer, and why a record may not be ready to be sent."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from crm.models import User
from integrations.enums import MessageKind, Problem
from integrations.models import ExternalRef, OutboxMessage, OutboxSwitch
from integrations.sap.client import ODataClient, Row
from integrations.sync.lookups import SYSTEM


class Unready(Exception):
    """The record cannot be sent or confirmed as things stand. `details` are the values of the problem's words."""

    def __init__(self, problem: Problem, **details: Any) -> None:
        super().__init__(problem)
        self.problem = problem
        self.details = details


@dataclass(frozen=True)
class Back:
    """What the sync brings back of a kind.

    `unsettled(messages, limit)` gives those of these messages whose document is here, with the rows that name it, the older one
    first; `arrived(messages, limit)` those of these confirmed ones, with the document. `link(message, document)` joins it to what
    the record came of, in a transaction.
    """

    unsettled: Callable[[Any, int], list[tuple[OutboxMessage, list[Row]]]]
    arrived: Callable[[Any, int], list[tuple[OutboxMessage, Any]]]
    link: Callable[[OutboxMessage, Any], None]


@dataclass(frozen=True)
class Outgoing:
    """A kind of message: one record of ours becomes one entity of the ERP.

    What begins it: inside the transaction of each step of a record of `begins`, `begun(key)` gives the record to hand over, or
    None. `refuse(record)` raises DomainError when it cannot be handed over by a press either.

    The record: `record(key)` gives it in whatever state, `find(key)` while it is to be sent, else None; `owner(record)` is told
    what becomes of it; `title(record)` is what people call it. `model` is its label, `change` the right to change such records,
    `page` the name of its address. `take_back(record, actor, reason)` makes it one that can be corrected; None: there is no such
    step.

    Sending: `waits(record)` says what must happen first; then it is asked again, and others go before it. `payload(record,
    reference)` is what is posted; it raises Unready for what somebody has to correct. `beforehand(client, message, record)` asks
    the ERP whether it has it already; it raises Unready, or ExternalError. `look_up(client, message)` finds what earlier attempts
    made, by our reference: at most two rows, the older one first.

    Afterwards: `number(row)` is the entity's number in the ERP; it raises Unready while it has none. `confirm(key, number)` keeps
    it, in the transaction that closes the message; it raises Unready when another record has that number. `then()` is the step
    after it, in the same transaction. `back` is what the sync brings back, if anything.
    """

    kind: MessageKind
    model: str
    change: str
    page: str
    begins: str
    begun: Callable[[int], Any]
    refuse: Callable[[Any], None]
    record: Callable[[int], Any]
    owner: Callable[[Any], User | None]
    service: str
    entity_set: str
    find: Callable[[int], Any]
    title: Callable[[Any], str]
    waits: Callable[[Any], Unready | None]
    payload: Callable[[Any, str], Row]
    beforehand: Callable[[ODataClient, OutboxMessage, Any], None]
    look_up: Callable[[ODataClient, OutboxMessage], list[Row]]
    number: Callable[[Row], str]
    confirm: Callable[[int, str], None]
    then: Callable[[], None] = lambda: None
    take_back: Callable[[Any, User, str], Any] | None = None
    back: Back | None = None


def switched_on() -> set[str]:
    """The kinds that are handed over."""
    return set(OutboxSwitch._base_manager.filter(is_on=True).values_list("kind", flat=True))


def erp_number(entity: str, key: int) -> str:
    """The number that a record of ours has in the ERP; empty for none. Of several (after a merge) the first that was known."""
    refs = ExternalRef._base_manager.filter(system=SYSTEM, entity=entity, object_id=key)
    return refs.order_by("pk").values_list("external_id", flat=True).first() or ""
