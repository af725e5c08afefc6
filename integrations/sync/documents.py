"""What the sync must know of an entity set's rows beyond their fields: which are open, and how one is asked for."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from integrations.domain.facts import mark_vanished
from integrations.enums import NumberKind
from integrations.models import ErpCredit, ErpCustomer, ErpProduct, ExternalRef
from integrations.sap import values
from integrations.sap.client import Row
from integrations.sap.mapping import ENTITY_SETS, EntitySet
from integrations.sync.lookups import SYSTEM
from orders.domain.gone import mark_gone
from orders.enums import OrderStatus, ReturnKind, ReturnStatus, ShipmentStatus
from orders.models import CustomerReturn, Invoice, Receivable, SalesOrder, Shipment

WIDTH = 10  # digits of a document number there
PRODUCT_WIDTH = 18  # and of a product's
THERE = {"gone_at__isnull": True, "archived_at__isnull": True}  # documents that the ERP should have
CONFIRMED_WITHIN = dt.timedelta(days=60)  # a receipt is confirmed that long after the goods left, if ever


@dataclass(frozen=True, kw_only=True)
class Known:
    """Rows of ours that an entity set fills, known by the ERP's number in `key`; a model of several sets is narrowed by `only`.

    `there` tells which of them the ERP should have; `find` makes the source's condition for a row by its number.
    """

    model: Any
    find: Callable[[str], str]
    key: str = "number"
    only: Mapping[str, Any] = field(default_factory=dict)
    there: Mapping[str, Any] = field(default_factory=lambda: THERE)

    def rows(self) -> Any:
        """Those that the ERP should have."""
        return self.model._base_manager.filter(**self.there, **self.only).order_by()


RETURNS = ("customer_return", "credit_request")  # of one table: the API keeps keys of both under the first


@dataclass(frozen=True, kw_only=True)
class Documents(Known):
    """`open_here` gives our documents that may still change, `open_there` is the source's condition for the same; `entity` is
    what their keys are kept under."""

    entity: str
    open_here: Callable[[], Any]
    open_there: str

    def rows(self) -> Any:
        """Those that the ERP should have: not what another system has brought by the API."""
        return super().rows().exclude(Exists(_others(self.entity).filter(object_id=OuterRef("pk"))))


def documents_of(entity_set: EntitySet) -> Documents | None:
    """What is known of the set's documents; None for a set of something else."""
    return _DOCUMENTS.get(entity_set.name)


def known_of(entity_set: EntitySet) -> Known:
    """What is known of the set's rows, master data or documents."""
    return _DOCUMENTS.get(entity_set.name) or _MASTER[entity_set.name]


def entity_set_of(document: Any) -> EntitySet:
    """The entity set that the document comes from. Raises StopIteration for something else."""
    names = (
        name
        for name, found in _DOCUMENTS.items()
        if found.model is type(document) and all(getattr(document, at) == value for at, value in found.only.items())
    )
    return ENTITY_SETS[next(names)]


def _others(entity: str) -> Any:
    """Keys of documents that only another system than the ERP has brought."""
    refs = ExternalRef._base_manager.filter(entity__in=RETURNS if entity in RETURNS else (entity,))
    own = refs.filter(system=SYSTEM, object_id=OuterRef("object_id"))
    return refs.exclude(system=SYSTEM).exclude(Exists(own))


def brought_by(document: Any) -> str:
    """The other system that has brought the document by the API; "" for the ERP's."""
    found = _others(entity_set_of(document).entity).filter(object_id=document.pk)
    return found.values_list("system", flat=True).first() or ""


class Origin(NamedTuple):
    """The other system that has brought a document, None for the ERP's; and when its entity set was last read in full, and
    last handed in."""

    system: str | None
    success: dt.datetime | None
    handed_in: dt.datetime | None


def origin_of(document: Any, states: Any) -> Origin:
    """Where the document comes from, by `states`, the states of the sync that the reader sees. One query."""
    entity_set = entity_set_of(document)
    system = _others(entity_set.entity).filter(object_id=OuterRef("pk")).values("system")[:1]
    state = states.filter(pk=entity_set.name)
    times = (Subquery(state.values(name)[:1]) for name in ("last_success_at", "handed_in_at"))
    rows = type(document)._base_manager.filter(pk=document.pk).order_by()
    return Origin(*rows.values_list(Subquery(system), *times).get())


def brought_by_others(entity_set: EntitySet, numbers: Collection[str]) -> dict[str, str]:
    """Those of these numbers that stand on documents of other systems, with the system."""
    documents = documents_of(entity_set)
    if documents is None or not numbers:
        return {}
    sql = f"SELECT id, number FROM {documents.model._meta.db_table} WHERE number = ANY(%s)"  # noqa: S608 -- our own name
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(numbers)])
        here = dict(cursor.fetchall())
    if not here:
        return {}
    found = _others(entity_set.entity).filter(object_id__in=list(here))
    return {here[pk]: system for pk, system in found.values_list("object_id", "system")}


def number_of(entity_set: EntitySet, row: Row) -> str:
    """Our number of a row of which at least the key is known. Raises ValueError for a key that cannot be read."""
    if documents_of(entity_set) is None:
        return entity_set.external_id(row)
    source = next(item for item in entity_set.header.fields if item.name == "number")
    return str(source.read(*(row.get(name) for name in source.sources)))


def known_numbers(known: Known) -> set[str]:
    """The numbers of our rows that the ERP should have."""
    return set(known.rows().values_list(known.key, flat=True).iterator(chunk_size=20_000))


def known_among(known: Known, numbers: Collection[str]) -> list[str]:
    """Those of these numbers that are ours and should be in the ERP."""
    rows = known.rows().filter(**{f"{known.key}__in": list(numbers)})
    return list(rows.order_by(known.key).values_list(known.key, flat=True).distinct())


def ask(entity_set: str, numbers: Collection[str]) -> None:
    """Have these documents read by the next run, whatever their stamps say; asked for again, they are read once more."""
    if not numbers:
        return
    sql = (
        "INSERT INTO integrations_readrequest (entity_set, number, asked_at)"
        " SELECT %s, n, now() FROM unnest(%s::text[]) AS n ORDER BY n"
        " ON CONFLICT (entity_set, number) DO UPDATE SET asked_at = excluded.asked_at"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [entity_set, sorted(numbers)])


def forget(entity_set: EntitySet, kind: str, key: int) -> list[str]:
    """The numbers of the set's documents of a customer or with a product ("customer" or "product") that the ERP should have.

    Their hashes go: a later pass would take the unchanged row for taken.
    """
    documents = documents_of(entity_set)
    if documents is None:
        return []
    rows = _of(documents.model, kind, key)
    refs = ExternalRef._base_manager.filter(system=SYSTEM, entity=entity_set.entity, object_id__in=rows.values("pk"))
    refs.update(row_hash="")
    found = rows.filter(pk__in=refs.values("object_id"), **THERE)
    return list(found.values_list("number", flat=True))


def _of(model: Any, kind: str, key: int) -> Any:
    rows = model._base_manager.order_by()
    if kind == NumberKind.CUSTOMER:
        return rows.filter(customer=key)
    has_lines = any(field.name == "lines" for field in model._meta.related_objects)
    return rows.filter(lines__product=key).distinct() if has_lines else rows.none()


def analyze(entity_set: EntitySet) -> None:
    """Have the database count the tables that the set is written to: else it plans for empty ones while they fill."""
    documents = documents_of(entity_set)
    if documents is None:
        return
    parts = [field.related_model for field in documents.model._meta.related_objects if field.name == "lines"]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL default_statistics_target = 10")  # roughly, for now: autovacuum counts them later
        for model in (documents.model, *parts, ExternalRef):
            cursor.execute(f"ANALYZE {model._meta.db_table}")


def answered(entity_set: EntitySet, requests: Collection[tuple[str, dt.datetime]]) -> None:
    """Forget these requests, by number and when they were asked: their documents have been read. One that was asked for again
    meanwhile stays."""
    # locked in the order in which ask() locks them
    sql = (
        "WITH read AS (SELECT r.id FROM integrations_readrequest r"
        " JOIN unnest(%s::text[], %s::timestamptz[]) AS u (number, at) ON r.number = u.number AND r.asked_at = u.at"
        " WHERE r.entity_set = %s ORDER BY r.number FOR UPDATE OF r)"
        " DELETE FROM integrations_readrequest r USING read WHERE r.id = read.id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [[number for number, _at in requests], [at for _number, at in requests], entity_set.name])


def key_of(number: str) -> str:
    """The key under which rows of a document's number are kept: without the zeros of its parts."""
    return "/".join(values.norm_id(part) for part in number.split("/"))


def mark(entity_set: EntitySet, known: Known, numbers: Collection[str]) -> int:
    """Mark what the source no longer has; how many were not marked before. When one appears again, it is taken anew."""
    refs = ExternalRef.objects.filter(system=SYSTEM, entity=entity_set.entity)
    if not isinstance(known, Documents):
        refs.filter(external_id__in=numbers).update(row_hash="")
        return mark_vanished(model=known.model, key=known.key, numbers=numbers, at=timezone.now())
    ids = mark_gone(model=known.model, numbers=numbers, at=timezone.now())
    refs.filter(object_id__in=ids).update(row_hash="")
    return len(ids)


def _same(name: str, number: str, width: int = WIDTH) -> str:
    """The property equals the number, with or without the zeros that pad it there."""
    plain = f"{name} eq {values.text_literal(number)}"
    if not number.isdigit() or len(number) >= width:
        return plain
    return f"({plain} or {name} eq {values.text_literal(number.zfill(width))})"


def _by(name: str, width: int = WIDTH) -> Callable[[str], str]:
    return lambda number: _same(name, number, width)


def _credit_account(key: str) -> str:
    """All accounts of the partner: how a segment is padded is not known."""
    return _same("BusinessPartner", key.partition("/")[0])


def _account_document(number: str) -> str:
    """All items of the document: item numbers are padded differently from system to system."""
    company, year, document = [*number.split("/"), "", "", ""][:3]
    wanted = [f"CompanyCode eq {values.text_literal(company)}", f"FiscalYear eq {values.text_literal(year)}"]
    return "(" + " and ".join([*wanted, _same("AccountingDocument", document)]) + ")"


def _open_orders() -> Any:
    return _DOCUMENTS["A_SalesOrder"].rows().exclude(status__in=[OrderStatus.COMPLETED, OrderStatus.CANCELLED])


def _open_shipments() -> Any:
    rows = _DOCUMENTS["A_OutbDeliveryHeader"].rows().exclude(status=ShipmentStatus.RECEIVED)
    return rows.exclude(status=ShipmentStatus.SHIPPED, shipped_on__lt=timezone.localdate() - CONFIRMED_WITHIN)


def _open_invoices() -> Any:
    waiting = _open_items().filter(invoice__isnull=False)
    rows = _DOCUMENTS["A_BillingDocument"].rows()
    return rows.filter(pk__in=waiting.values("invoice")) | rows.filter(accounting_document="")


def _open_items() -> Any:
    return _DOCUMENTS["A_OperationalAcctgDocItemCube"].rows().filter(cleared_on__isnull=True)


def _returns(name: str, kind: ReturnKind) -> Documents:
    """Returns, or credit memo requests: one table here, two sets there."""
    closed = [ReturnStatus.COMPLETED, ReturnStatus.REJECTED]
    return Documents(
        model=CustomerReturn,
        entity=ENTITY_SETS[f"A_{name}"].entity,
        only={"kind": kind.value},
        find=_by(name),
        open_here=lambda: _DOCUMENTS[f"A_{name}"].rows().exclude(status__in=closed),
        open_there="OverallSDProcessStatus ne 'C'",
    )


_DOCUMENTS = {
    "A_SalesOrder": Documents(
        model=SalesOrder,
        entity=ENTITY_SETS["A_SalesOrder"].entity,
        find=_by("SalesOrder"),
        open_here=_open_orders,
        open_there="OverallSDProcessStatus ne 'C'",
    ),
    "A_OutbDeliveryHeader": Documents(
        model=Shipment,
        entity=ENTITY_SETS["A_OutbDeliveryHeader"].entity,
        find=_by("DeliveryDocument"),
        open_here=_open_shipments,
        open_there="OverallGoodsMovementStatus ne 'C' or OverallProofOfDeliveryStatus eq 'A'"
        " or OverallDelivReltdBillgStatus eq 'A'",
    ),
    "A_BillingDocument": Documents(
        model=Invoice,
        entity=ENTITY_SETS["A_BillingDocument"].entity,
        find=_by("BillingDocument"),
        open_here=_open_invoices,
        open_there="",
    ),
    "A_OperationalAcctgDocItemCube": Documents(
        model=Receivable,
        entity=ENTITY_SETS["A_OperationalAcctgDocItemCube"].entity,
        find=_account_document,
        open_here=_open_items,
        open_there="IsCleared eq false",
    ),
    "A_CustomerReturn": _returns("CustomerReturn", ReturnKind.RETURN),
    "A_CreditMemoRequest": _returns("CreditMemoRequest", ReturnKind.CREDIT),
}
_SEEN = {"vanished_at__isnull": True}
_MASTER = {
    "A_BusinessPartner": Known(model=ErpCustomer, find=_by("BusinessPartner"), key="partner", there=_SEEN),
    "A_Product": Known(model=ErpProduct, find=_by("Product", PRODUCT_WIDTH), there=_SEEN),
    "CreditManagementAccount": Known(model=ErpCredit, find=_credit_account, key="key", there=_SEEN),
}
