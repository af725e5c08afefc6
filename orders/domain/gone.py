"""Documents that the ERP no longer has.

What was unfinished was deleted there: it stays, marked, and counts nowhere until it appears there again. What was finished can
only have been archived (the ERP deletes no posted document, and no order with one after it): it stays, marked, and counts on.
"""

import datetime as dt
from collections.abc import Callable, Collection
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q

from crm.events import facts_changed
from orders.domain import links
from orders.enums import OrderStatus, ReturnStatus
from orders.models import (
    CustomerReturn,
    Invoice,
    InvoiceLine,
    Receivable,
    SalesOrder,
    SalesOrderLine,
    Shipment,
    ShipmentLine,
)


class _Kind(NamedTuple):
    """A kind of document: which are finished, the fact its rows count in ("" for none), where the days stand, what depends
    on it, and with whom it takes turns."""

    finished: Q
    fact: str
    lines: str
    days: str
    after: Callable[[list[int]], dict[str, set[dt.date]]]
    turns: int = 0


def mark_gone(*, model: Any, numbers: Collection[str], at: dt.datetime) -> list[int]:
    """Mark these documents as deleted or archived in the ERP; the ids of those that were not marked before.

    What follows from deleted ones is worked out again: shipped quantities of orders, settlements of invoices, and the figures.
    """
    kind = _KINDS[model]
    with links.one_at_a_time(kind.turns):
        unmarked = model._base_manager.filter(number__in=list(numbers), gone_at__isnull=True, archived_at__isnull=True)
        locked = list(unmarked.order_by("number").select_for_update().values_list("pk", flat=True))
        archived = set(model._base_manager.filter(kind.finished, pk__in=locked).values_list("pk", flat=True))
        model._base_manager.filter(pk__in=archived).update(archived_at=at)
        ids = [pk for pk in locked if pk not in archived]
        if not ids:
            return locked
        model._base_manager.filter(pk__in=ids).update(gone_at=at)
        months = kind.after(ids)
        if kind.fact:
            months[kind.fact] = months.get(kind.fact, set()) | _months(model, kind, ids)
        facts = sorted(fact for fact, found_months in months.items() if found_months)
        every = sorted({month for found_months in months.values() for month in found_months})
        if facts:
            facts_changed.send(facts=facts, months=[month.isoformat() for month in every])
    return locked


def _months(model: Any, kind: _Kind, ids: list[int]) -> set[dt.date]:
    sql = (
        f"SELECT DISTINCT date_trunc('month', d)::date FROM {model._meta.db_table} h{kind.lines},"  # noqa: S608 -- our own names
        f" unnest({kind.days}) AS d WHERE h.id = ANY(%s) AND d IS NOT NULL"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [ids])
        return {row[0] for row in cursor.fetchall()}


def _nothing(ids: list[int]) -> dict[str, set[dt.date]]:
    return {}


def _after_shipments(ids: list[int]) -> dict[str, set[dt.date]]:
    lines = ShipmentLine._base_manager.filter(shipment__in=ids, order_line__isnull=False)
    touched = set(lines.values_list("order_line", flat=True))
    return {"order_line": links.refresh_shipped(order_line_ids=touched)}


def _after_invoices(ids: list[int]) -> dict[str, set[dt.date]]:
    return {"settlement": links.refresh_settlements(invoice_ids=ids)}


def _after_receivables(ids: list[int]) -> dict[str, set[dt.date]]:
    items = Receivable._base_manager.filter(pk__in=ids, invoice__isnull=False)
    return {"settlement": links.refresh_settlements(invoice_ids=set(items.values_list("invoice", flat=True)))}


def _join(model: Any, parent: str) -> str:
    return f" JOIN {model._meta.db_table} l ON l.{parent} = h.id"


_KINDS: dict[Any, _Kind] = {
    SalesOrder: _Kind(
        Q(status__in=[OrderStatus.DELIVERED, OrderStatus.COMPLETED, OrderStatus.CANCELLED]),
        "order_line",
        _join(SalesOrderLine, "order_id"),
        "ARRAY[l.ordered_on, l.promised_on, l.shipped_on]",
        _nothing,
    ),
    CustomerReturn: _Kind(Q(status__in=[ReturnStatus.COMPLETED, ReturnStatus.REJECTED]), "", "", "", _nothing),
    Shipment: _Kind(
        Q(shipped_on__isnull=False),
        "shipment_line",
        _join(ShipmentLine, "shipment_id"),
        "ARRAY[l.shipped_on]",
        _after_shipments,
        links.SHIPPING,
    ),
    Invoice: _Kind(
        Q(pk__isnull=False),
        "invoice_line",
        _join(InvoiceLine, "invoice_id"),
        "ARRAY[l.invoiced_on]",
        _after_invoices,
        links.SETTLING,
    ),
    Receivable: _Kind(
        Q(cleared_on__isnull=False),
        "receivable",
        "",
        "ARRAY[h.posted_on, h.due_on, h.cleared_on]",
        _after_receivables,
        links.SETTLING,
    ),
}
