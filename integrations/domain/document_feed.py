"""Documents that another system than the ERP feeds: written by the ERP's writers, known by their keys there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import structlog
from django.db import DatabaseError, DataError, IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg.errors import NumericValueOutOfRange

from integrations.domain.external_keys import check_system
from integrations.domain.handed_in import note_handed_in, set_of_keys
from integrations.models import ExternalRef
from orders.domain import documents as writers
from orders.models import CustomerReturn, Invoice, Receivable, SalesOrder, Shipment

log = structlog.get_logger(__name__)
FEED = "integrations.feed_documents"


@dataclass(frozen=True)
class Kind:
    """A kind of document: its model, what its keys are kept under, its rows and how they are written."""

    model: Any
    entity: str
    header: Any
    line: Any
    write: Callable[..., writers.Written]


def _orders(headers: Any, lines: Any, **more: Any) -> writers.Written:
    return writers.write_orders(orders=headers, lines=lines, **more)


def _shipments(headers: Any, lines: Any, **more: Any) -> writers.Written:
    return writers.write_shipments(shipments=headers, lines=lines, **more)


def _invoices(headers: Any, lines: Any, **more: Any) -> writers.Written:
    return writers.write_invoices(invoices=headers, lines=lines, **more)


def _receivables(headers: Any, lines: Any, **more: Any) -> writers.Written:
    return writers.write_receivables(items=headers, **more)


def _returns(headers: Any, lines: Any, **more: Any) -> writers.Written:
    return writers.write_returns(returns=headers, lines=lines, **more)


KINDS = {
    "orders": Kind(SalesOrder, "sales_order", writers.OrderRow, writers.OrderLineRow, _orders),
    "shipments": Kind(Shipment, "shipment", writers.ShipmentRow, writers.ShipmentLineRow, _shipments),
    "invoices": Kind(Invoice, "invoice", writers.InvoiceRow, writers.InvoiceLineRow, _invoices),
    "receivables": Kind(Receivable, "receivable", writers.ReceivableRow, None, _receivables),
    "returns": Kind(CustomerReturn, "customer_return", writers.ReturnRow, writers.ReturnLineRow, _returns),
}


class Given(NamedTuple):
    """A document as it was sent: its key there, its row and its lines."""

    key: str
    header: Any
    lines: Sequence[Any]


class Fed(NamedTuple):
    """What came of it: created, updated, unchanged or failed; our key, or why not."""

    result: str
    pk: int | None = None
    reason: str = ""


def feed(*, kind: Kind, system: str, documents: Sequence[Given], actor: Any) -> list[Fed]:
    """Write the documents; a result for each, in their order. A number that another system has brought, and a key that
    stands for another number or a document out of the actor's reach, are left alone.

    Raises DomainError for a system whose documents the sync reads.
    """
    check_system(system)
    results: dict[int, Fed] = {}
    taken: list[tuple[int, Given]] = []
    seen: set[tuple[str, str]] = set()
    with transaction.atomic():
        stored = _stored(kind, system, documents, actor)
        for place, document in enumerate(documents):
            names = {("key", document.key), ("number", document.header.number)}
            reason = _("It came twice in this request.") if names & seen else stored.refuses(document)
            if reason:
                results[place] = Fed("failed", None, reason)
            else:
                seen |= names
                taken.append((place, document))
        _write(kind, system, taken, stored.by_number, results)
        if not documents or any(found.result != "failed" for found in results.values()):
            note_handed_in([set_of_keys(kind.entity)])
    return [results[place] for place in range(len(documents))]


class Stored(NamedTuple):
    """What there is of the documents that are sent: our keys by number; our keys and the numbers by the system's keys; which of
    them another system has brought too, and which the actor sees."""

    by_number: dict[str, int]
    by_key: dict[str, tuple[int, str]]
    of_others: set[int]
    visible: set[int]

    def refuses(self, document: Given) -> str:
        """Why the document is not taken; "" when nothing speaks against it."""
        pk, number = self.by_key.get(document.key, (0, ""))
        if (not pk and document.header.number in self.by_number) or pk in self.of_others:
            return _("Another system has brought a document of this number.")
        if pk and pk not in self.visible:
            return _("This key stands for a document out of your reach.")
        if pk and number != document.header.number:
            return _("This key stands for document %(number)s: send its number, or another key.") % {"number": number}
        return ""


def _stored(kind: Kind, system: str, documents: Sequence[Given], actor: Any) -> Stored:
    """What there is of these, by their keys and by their numbers."""
    keys = [document.key for document in documents]
    refs = ExternalRef.objects.filter(system=system, entity=kind.entity, external_id__in=keys)
    named = dict(refs.values_list("external_id", "object_id"))
    wanted = Q(number__in=[document.header.number for document in documents]) | Q(pk__in=named.values())
    numbers: dict[int, str] = dict(kind.model._base_manager.filter(wanted).values_list("pk", "number"))
    visible = kind.model.objects.visible_to(actor).filter(pk__in=numbers)
    others = ExternalRef.objects.filter(entity=kind.entity, object_id__in=numbers)
    return Stored(
        by_number={number: pk for pk, number in numbers.items()},
        by_key={key: (pk, numbers[pk]) for key, pk in named.items() if pk in numbers},
        of_others=set(others.exclude(system=system).values_list("object_id", flat=True)),
        visible=set(visible.values_list("pk", flat=True)),
    )


def _refusal(error: DatabaseError) -> str:
    """Why the database refuses a document, in words."""
    if isinstance(error.__cause__, NumericValueOutOfRange):
        return _("A number of it, or what it comes to in base currency or base unit, is too large.")
    return _("A value of it cannot be kept, or contradicts what is stored.")


def _write(
    kind: Kind, system: str, taken: list[tuple[int, Given]], before: dict[str, int], results: dict[int, Fed]
) -> None:
    """All at once; when the database refuses one of them, halves are tried until that one is found."""
    if not taken:
        return
    try:
        with transaction.atomic():
            lines = [line for _place, document in taken for line in document.lines]
            headers = [document.header for _place, document in taken]
            done = kind.write(headers, lines, system=system, read_at=timezone.now())
            ExternalRef.objects.bulk_create(
                (
                    ExternalRef(
                        system=system,
                        entity=kind.entity,
                        external_id=document.key,
                        object_id=done.ids[document.header.number],
                    )
                    for _place, document in taken
                    if document.header.number not in before
                )
            )
    except (DataError, IntegrityError) as error:
        log.info("document_refused", error=str(error).splitlines()[0])
        if len(taken) == 1:
            results[taken[0][0]] = Fed("failed", None, _refusal(error))
            return
        middle = len(taken) // 2
        _write(kind, system, taken[:middle], before, results)
        _write(kind, system, taken[middle:], before, results)
        return
    for place, document in taken:
        number = document.header.number
        changed = "updated" if number in done.changed else "unchanged"
        results[place] = Fed("created" if number not in before else changed, done.ids[number])
