"""What a kind of message must answer, and why a record may not be ready to be sent."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from integrations.enums import MessageKind, Problem
from integrations.models import ExternalRef, OutboxMessage, OutboxSwitch
from integrations.sap.client import ODataClient, Row
from integrations.sync.lookups import SYSTEM


class Unready(Exception):
    """The record cannot be sent as things stand. `details` are the values of the problem's words."""

    def __init__(self, problem: Problem, **details: Any) -> None:
        super().__init__(problem)
        self.problem = problem
        self.details = details


@dataclass(frozen=True)
class Outgoing:
    """A kind of message: one record of ours becomes one entity of the ERP.

    `find(key)` gives the record while it is to be sent, else None; `title(record)` what people call it. `waits(record)` says what
    must happen first; then it is asked again, and others go before it. `payload(record, reference)` is what is posted; it raises
    Unready for what somebody has to correct. `beforehand(client, message, record)` asks the ERP whether it has it already;
    it raises Unready, or ExternalError. `look_up(client, message)` finds what an earlier attempt made, by our reference.
    `number(row)` is the entity's number in the ERP; `confirm(key, number)` keeps it, in the transaction that closes the message.
    `change` is the right to change such records; `model` their label.
    """

    kind: MessageKind
    model: str
    change: str
    service: str
    entity_set: str
    find: Callable[[int], Any]
    title: Callable[[Any], str]
    waits: Callable[[Any], Unready | None]
    payload: Callable[[Any, str], Row]
    beforehand: Callable[[ODataClient, OutboxMessage, Any], None]
    look_up: Callable[[ODataClient, OutboxMessage], Row | None]
    number: Callable[[Row], str]
    confirm: Callable[[int, str], None]


def switched_on() -> set[str]:
    """The kinds that are handed over."""
    return set(OutboxSwitch._base_manager.filter(is_on=True).values_list("kind", flat=True))


def erp_number(entity: str, key: int) -> str:
    """The number that a record of ours has in the ERP; empty for none. Of several (after a merge) the first that was known."""
    refs = ExternalRef._base_manager.filter(system=SYSTEM, entity=entity, object_id=key)
    return refs.order_by("pk").values_list("external_id", flat=True).first() or ""
