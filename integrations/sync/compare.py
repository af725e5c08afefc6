"""Compares documents with the source by number: who has which, and whether the amounts agree."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import Q, Sum

from integrations.enums import DifferenceKind
from integrations.models import SyncState
from integrations.sap import values
from integrations.sap.client import ODataClient, Row
from integrations.sap.mapping import ENTITY_SETS, EntitySet
from integrations.sap.values import decimal
from integrations.sync import reading
from integrations.sync.documents import documents_of, number_of
from orders.enums import InvoiceKind
from orders.models import ShipmentLine

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Entry:
    """What counts of a document: its day, organisation, currency or unit, signed amount, and of account items whether it is open.

    An open item of before the days compared has no day.
    """

    day: dt.date | None
    org: str
    group: str
    amount: Decimal
    is_open: bool = False
    newest: str = ""


@dataclass(frozen=True)
class Pair:
    """A document as it is there and here; None where it is not."""

    number: str
    theirs: Entry | None
    ours: Entry | None

    @property
    def kind(self) -> str:
        """How they differ; "" when they agree."""
        if self.ours is None:
            return DifferenceKind.THERE.value
        if self.theirs is None:
            return DifferenceKind.HERE.value
        theirs, ours = self.theirs, self.ours
        if theirs.is_open != ours.is_open:
            return DifferenceKind.OPEN.value
        same = (theirs.day, theirs.group, theirs.amount) == (ours.day, ours.group, ours.amount)
        if ours.org and theirs.org != ours.org:  # of sales documents we do not keep it
            same = False
        return "" if same else DifferenceKind.VALUE.value


@dataclass(frozen=True)
class _Side:
    """How a set's documents are compared: by the source's property `day`, in `org`; `with_open`: beside them all that are open.

    `measure` gives group and amount of a row, `ours` (number, day, org, group, amount, and whether it is open) of our documents.
    """

    day: str
    org: str
    properties: tuple[str, ...]
    measure: Callable[[EntitySet, Row], tuple[str, Decimal]]
    ours: Callable[[dt.date, dt.date], Iterable[tuple[Any, ...]]]
    with_open: bool = False


def comparable(entity_set: EntitySet) -> bool:
    """Whether the set's documents can be compared."""
    return entity_set.name in _SIDES


def with_open(entity_set: EntitySet) -> bool:
    """Whether all that is open is compared beside the documents of the days."""
    return _SIDES[entity_set.name].with_open


def compare(entity_set: EntitySet, *, client: ODataClient, first: dt.date, last: dt.date) -> list[Pair]:
    """All documents of these days on both sides, by number, and of account items all that are open.

    Those that seem to differ are asked for once more: what changed there while we read is not a difference, nor is what changed
    there since we last read it.
    """
    side = _SIDES[entity_set.name]
    theirs = dict(_theirs(entity_set, side, client, first, last))
    ours = {number: Entry(*rest) for number, *rest in side.ours(first, last)}
    pairs = [Pair(number, theirs.get(number), ours.get(number)) for number in sorted(theirs.keys() | ours.keys())]
    doubtful = [pair.number for pair in pairs if pair.kind]
    if not doubtful:
        return pairs
    again = dict(_again(entity_set, side, client, doubtful, first, last))
    state = SyncState.objects.filter(pk=entity_set.name).first()
    watermark = state.watermark if state and entity_set.window.stamp else ""  # a mere date tells nothing of the hour
    fresh = [_settled(pair, again.get(pair.number), watermark) for pair in pairs if pair.kind]
    return [pair for pair in pairs if not pair.kind] + [pair for pair in fresh if pair is not None]


def _settled(pair: Pair, now: Entry | None, watermark: str) -> Pair | None:
    """The pair by what the source says now; None when it has yet to be read, or both have lost it."""
    if now is None and pair.ours is None:
        return None
    if now is not None and watermark and now.newest > watermark:
        return None
    return replace(pair, theirs=now)


def _theirs(
    entity_set: EntitySet, side: _Side, client: ODataClient, first: dt.date, last: dt.date
) -> Iterator[tuple[str, Entry]]:
    documents = documents_of(entity_set)
    assert documents is not None
    conditions = [f"{side.day} ge {values.date_literal(first)} and {side.day} le {values.date_literal(last)}"]
    if side.with_open:
        conditions.append(documents.open_there)
    wanted = (*side.properties, *entity_set.window.properties)
    for condition in conditions:
        for rows in reading.selected(entity_set, client, wanted, condition):
            for row in rows:
                yield number_of(entity_set, row), _entry(entity_set, side, row, first, last)


def _again(
    entity_set: EntitySet, side: _Side, client: ODataClient, numbers: Sequence[str], first: dt.date, last: dt.date
) -> Iterator[tuple[str, Entry]]:
    documents = documents_of(entity_set)
    assert documents is not None
    for _part, rows in reading.by_number(entity_set, client, documents, numbers):
        for row in rows:
            found = _entry(entity_set, side, row, first, last)
            if not side.with_open or found.is_open or found.day:
                yield number_of(entity_set, row), found


def _entry(entity_set: EntitySet, side: _Side, row: Row, first: dt.date, last: dt.date) -> Entry:
    group, amount = side.measure(entity_set, row)
    day, is_open = values.day(row.get(side.day)), False
    if side.with_open:
        is_open, day = row.get("IsCleared") not in (True, "true", "X"), _within(day, first, last)
    return Entry(day, str(row.get(side.org) or ""), group, amount, is_open, entity_set.window.newest(row))


def _within(day: dt.date | None, first: dt.date, last: dt.date) -> dt.date | None:
    return day if day is not None and first <= day <= last else None


def _control(entity_set: EntitySet, row: Row) -> tuple[str, Decimal]:
    return entity_set.control(row)


def _delivered(entity_set: EntitySet, row: Row) -> tuple[str, Decimal]:
    """The quantities of the items as they stand there; units are not told apart."""
    return "", sum((decimal(item.get("ActualDeliveryQuantity")) for item in entity_set.item_rows(row)), NOTHING)


def _there(name: str, **narrow: Any) -> Any:
    """Our documents of an entity set that the ERP should have."""
    documents = documents_of(ENTITY_SETS[name])
    assert documents is not None
    return documents.rows().filter(**narrow)


def _orders(first: Any, last: Any) -> Iterable[tuple[Any, ...]]:
    rows = _there("A_SalesOrder", ordered_on__range=(first, last))
    for number, day, currency, net in rows.values_list("number", "ordered_on", "currency_id", "net"):
        yield number, day, "", currency, net


def _shipments(first: Any, last: Any) -> Iterable[tuple[Any, ...]]:
    rows = _there("A_OutbDeliveryHeader", planned_on__range=(first, last))
    lines = ShipmentLine._base_manager.filter(shipment__in=rows).order_by().values_list("shipment")
    quantities = dict(lines.annotate(Sum("quantity")))
    for pk, number, day in rows.values_list("pk", "number", "planned_on"):
        yield number, day, "", "", quantities.get(pk, NOTHING)


def _invoices(first: Any, last: Any) -> Iterable[tuple[Any, ...]]:
    rows = _there("A_BillingDocument", invoiced_on__range=(first, last))
    for number, day, company, currency, net, kind in rows.values_list(
        "number", "invoiced_on", "company_code", "currency_id", "net", "kind"
    ):
        yield number, day, company, currency, NOTHING if kind == InvoiceKind.PRO_FORMA else net


def _items(first: Any, last: Any) -> Iterable[tuple[Any, ...]]:
    rows = _there("A_OperationalAcctgDocItemCube").filter(
        Q(posted_on__range=(first, last)) | Q(cleared_on__isnull=True)
    )
    for number, day, company, currency, amount, cleared_on in rows.values_list(
        "number", "posted_on", "company_code", "currency_id", "amount", "cleared_on"
    ):
        yield number, _within(day, first, last), company, currency, amount, cleared_on is None


def _requests(name: str) -> Callable[[dt.date, dt.date], Iterable[tuple[Any, ...]]]:
    """Our returns, or credit memo requests."""

    def ours(first: Any, last: Any) -> Iterable[tuple[Any, ...]]:
        rows = _there(name, requested_on__range=(first, last))
        for number, day, currency, net in rows.values_list("number", "requested_on", "currency_id", "net"):
            yield number, day, "", currency, net

    return ours


def _sold(day: str, ours: Callable[[dt.date, dt.date], Iterable[tuple[Any, ...]]]) -> _Side:
    """A sales document, by its date and its net amount."""
    return _Side(
        day, "SalesOrganization", (day, "SalesOrganization", "TransactionCurrency", "TotalNetAmount"), _control, ours
    )


_SIDES = {
    "A_SalesOrder": _sold("SalesOrderDate", _orders),
    "A_CustomerReturn": _sold("CustomerReturnDate", _requests("A_CustomerReturn")),
    "A_CreditMemoRequest": _sold("CreditMemoRequestDate", _requests("A_CreditMemoRequest")),
    "A_OutbDeliveryHeader": _Side(
        "PlannedGoodsIssueDate",
        "SalesOrganization",
        ("PlannedGoodsIssueDate", "SalesOrganization", "to_DeliveryDocumentItem/ActualDeliveryQuantity"),
        _delivered,
        _shipments,
    ),
    "A_BillingDocument": _Side(
        "BillingDocumentDate",
        "CompanyCode",
        ("BillingDocumentDate", "CompanyCode", "TransactionCurrency", "TotalNetAmount", "SDDocumentCategory"),
        _control,
        _invoices,
    ),
    "A_OperationalAcctgDocItemCube": _Side(
        "PostingDate",
        "CompanyCode",
        ("PostingDate", "CompanyCode", "TransactionCurrency", "AmountInTransactionCurrency", "IsCleared"),
        _control,
        _items,
        with_open=True,
    ),
}
