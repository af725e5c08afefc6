"""Writes the ERP's documents: orders, shipments, invoices, returns and receivables, many at a time and only what differs.

Each function is one transaction. It makes or changes the documents and their lines, drops lines that a document no longer has,
joins what belongs together (orders.domain.links), and tells which months of which facts have changed. A new document is stamped
with business unit, region, team and owner of its customer; a known one keeps its own, so that past figures stay.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

import structlog
from django.db import connection, transaction

from crm.events import facts_changed
from orders.domain import links
from orders.domain.details import DetailRow, write_details
from orders.domain.staging import HeaderTarget, LineTarget, fill, ids_of, stale_lines, upsert_headers, upsert_lines
from orders.models import (
    CustomerReturn,
    CustomerReturnLine,
    Invoice,
    InvoiceLine,
    Receivable,
    SalesOrder,
    SalesOrderLine,
    Shipment,
    ShipmentLine,
)

log = structlog.get_logger(__name__)


class OrderRow(NamedTuple):
    """A sales order as the ERP has it. `net` leaves out rejected lines; `net_base` is at the rate of the order date."""

    number: str
    customer_id: int
    currency_id: str
    source_changed_at: dt.datetime | None
    kind: str
    customer_reference: str
    ordered_on: dt.date
    requested_on: dt.date | None
    status: str
    net: Decimal
    net_base: Decimal


class OrderLineRow(NamedTuple):
    """A line of the order `number`."""

    number: str
    item: int
    product_id: int | None
    text: str
    quantity: Decimal
    unit: str
    quantity_base: Decimal
    promised_on: dt.date | None
    rejected: bool
    net: Decimal
    net_base: Decimal


class ShipmentRow(NamedTuple):
    """An outbound delivery."""

    number: str
    customer_id: int
    currency_id: str
    source_changed_at: dt.datetime | None
    planned_on: dt.date | None
    delivery_on: dt.date | None
    shipped_on: dt.date | None
    received_on: dt.date | None
    status: str
    carrier_reference: str


class ShipmentLineRow(NamedTuple):
    """A line of the delivery `number`; it names the order line it fulfils."""

    number: str
    item: int
    product_id: int | None
    text: str
    quantity: Decimal
    unit: str
    quantity_base: Decimal
    order_number: str
    order_item: int | None
    batch: str


class InvoiceRow(NamedTuple):
    """A billing document, signed: credit memos and cancellations negative."""

    number: str
    company_code: str
    customer_id: int
    currency_id: str
    source_changed_at: dt.datetime | None
    kind: str
    invoiced_on: dt.date
    net: Decimal
    tax: Decimal
    gross: Decimal
    net_base: Decimal
    cancelled: bool
    cancels_number: str
    accounting_document: str
    fiscal_year: str


class InvoiceLineRow(NamedTuple):
    """A line of the invoice `number`, signed like it."""

    number: str
    item: int
    product_id: int | None
    text: str
    quantity: Decimal
    unit: str
    quantity_base: Decimal
    order_number: str
    order_item: int | None
    delivery_number: str
    delivery_item: int | None
    net: Decimal
    gross: Decimal
    net_base: Decimal


class ReceivableRow(NamedTuple):
    """An item of a customer's account, signed: what the customer owes is positive."""

    number: str
    company_code: str
    customer_id: int
    currency_id: str
    source_changed_at: dt.datetime | None
    kind: str
    invoice_number: str
    invoice_reference: str
    posted_on: dt.date
    due_on: dt.date | None
    cleared_on: dt.date | None
    clearing_document: str
    amount: Decimal
    amount_base: Decimal


class ReturnRow(NamedTuple):
    """A return of goods or a request for a credit memo; amounts positive."""

    number: str
    customer_id: int
    currency_id: str
    source_changed_at: dt.datetime | None
    kind: str
    reason: str
    customer_reference: str
    requested_on: dt.date
    reference: str
    status: str
    net: Decimal
    net_base: Decimal


class ReturnLineRow(NamedTuple):
    """A line of the return `number`; it names the line that it goes back to."""

    number: str
    item: int
    product_id: int | None
    text: str
    quantity: Decimal
    unit: str
    quantity_base: Decimal
    reference_number: str
    reference_item: int | None
    rejected: bool
    net: Decimal
    net_base: Decimal


# Orders and deliveries do not name a company code, only a sales organisation.
_NO_COMPANY = (("company_code", "''"),)
_ORDERS = HeaderTarget(SalesOrder, OrderRow._fields, _NO_COMPANY)
_ORDER_LINES = LineTarget(
    SalesOrderLine,
    _ORDERS,
    "order_id",
    OrderLineRow._fields[1:],
    ("customer_id", "ordered_on"),
    (("shipped_base", "0"),),
)
_SHIPMENTS = HeaderTarget(Shipment, ShipmentRow._fields, _NO_COMPANY)
_SHIPMENT_LINES = LineTarget(
    ShipmentLine,
    _SHIPMENTS,
    "shipment_id",
    ShipmentLineRow._fields[1:],
    ("customer_id", "shipped_on"),
    (("order_line_id", links.order_line_of("s")),),
)
_INVOICES = HeaderTarget(Invoice, InvoiceRow._fields)
_INVOICE_LINES = LineTarget(
    InvoiceLine, _INVOICES, "invoice_id", InvoiceLineRow._fields[1:], ("customer_id", "invoiced_on")
)
_RETURNS = HeaderTarget(CustomerReturn, ReturnRow._fields, _NO_COMPANY)
_RETURN_LINES = LineTarget(
    CustomerReturnLine, _RETURNS, "customer_return_id", ReturnLineRow._fields[1:], ("customer_id", "requested_on")
)
_RECEIVABLES = HeaderTarget(Receivable, ReceivableRow._fields, (("invoice_id", links.invoice_of("s")),))

# The days whose months a row counts in, as an SQL array.
_ORDER_DAYS = "ARRAY[l.ordered_on, l.promised_on, l.shipped_on]"
_SHIPMENT_DAYS = "ARRAY[l.shipped_on]"
_INVOICE_DAYS = "ARRAY[l.invoiced_on]"
_RECEIVABLE_DAYS = "ARRAY[h.posted_on, h.due_on, h.cleared_on]"


@dataclass
class Written:
    """What a call did: number -> id of every document given, the numbers that were new or differed, those that were new, those
    that were there before with lines, months by fact."""

    ids: dict[str, int] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    new: set[str] = field(default_factory=set)
    before: set[str] = field(default_factory=set)
    months: dict[str, set[dt.date]] = field(default_factory=lambda: defaultdict(set))


def write_orders(
    *,
    orders: Sequence[OrderRow],
    lines: Sequence[OrderLineRow],
    system: str,
    read_at: dt.datetime,
    details: Sequence[DetailRow] = (),
) -> Written:
    """Write sales orders with all their lines and what hangs below these; deliveries that came before are joined to them.

    Args:
        system: the system they come from, for the log.
        read_at: when they were read.
    """
    with links.one_at_a_time(links.SHIPPING):
        done, dropped = _write(
            _ORDERS, orders, _ORDER_LINES, lines, read_at, "order_line", _ORDER_DAYS, links.drop_order_lines
        )
        order_ids = [done.ids[number] for number in done.before & done.changed]
        touched = links.join_shipment_lines(order_numbers=done.changed) | links.lines_of_orders(order_ids)
        done.months["order_line"] |= links.refresh_shipped(order_line_ids=touched)
        done.changed |= write_details(details, ids=done.ids, new=done.new)
        _tell(done, system, "order", len(orders), dropped)
    return done


def write_shipments(
    *, shipments: Sequence[ShipmentRow], lines: Sequence[ShipmentLineRow], system: str, read_at: dt.datetime
) -> Written:
    """Write deliveries with all their lines and count again what the order lines have shipped."""
    with links.one_at_a_time(links.SHIPPING):
        before = links.order_lines_of_shipments([row.number for row in shipments])
        done, dropped = _write(
            _SHIPMENTS,
            shipments,
            _SHIPMENT_LINES,
            lines,
            read_at,
            "shipment_line",
            _SHIPMENT_DAYS,
            links.drop_shipment_lines,
        )
        joined = links.join_shipment_lines(shipment_ids=[done.ids[number] for number in done.changed])
        touched = before | joined | links.order_lines_of_shipments(list(done.changed))
        done.months["order_line"] |= links.refresh_shipped(order_line_ids=touched)
        _tell(done, system, "shipment", len(shipments), dropped)
    return done


def write_invoices(
    *, invoices: Sequence[InvoiceRow], lines: Sequence[InvoiceLineRow], system: str, read_at: dt.datetime
) -> Written:
    """Write billing documents with all their lines, join the receivables that wait for them, and settle what is paid."""
    with links.one_at_a_time(links.SETTLING):
        done, dropped = _write(
            _INVOICES, invoices, _INVOICE_LINES, lines, read_at, "invoice_line", _INVOICE_DAYS, links.drop_invoice_lines
        )
        ids = [done.ids[number] for number in done.changed]
        links.join_receivables(invoice_ids=ids)
        done.months["settlement"] |= links.refresh_settlements(invoice_ids=set(ids))
        _tell(done, system, "invoice", len(invoices), dropped)
    return done


def write_returns(
    *, returns: Sequence[ReturnRow], lines: Sequence[ReturnLineRow], system: str, read_at: dt.datetime
) -> Written:
    """Write returns and credit memo requests with all their lines. They count in no figure."""
    with transaction.atomic():
        done, dropped = _write(
            _RETURNS, returns, _RETURN_LINES, lines, read_at, "", "ARRAY[h.requested_on]", links.drop_return_lines
        )
        done.months.clear()
        _tell(done, system, "return", len(returns), dropped)
    return done


def write_receivables(*, items: Sequence[ReceivableRow], system: str, read_at: dt.datetime) -> Written:
    """Write items of customers' accounts, join them to their invoices, and settle or unsettle those."""
    with links.one_at_a_time(links.SETTLING):
        before = links.invoices_of_receivables([row.number for row in items])
        done, dropped = _write(_RECEIVABLES, items, None, (), read_at, "receivable", _RECEIVABLE_DAYS, None)
        joined = links.join_receivables(receivable_ids=[done.ids[number] for number in done.changed])
        touched = before | joined | links.invoices_of_receivables(list(done.changed))
        done.months["settlement"] |= links.refresh_settlements(invoice_ids=touched)
        _tell(done, system, "receivable", len(items), dropped)
    return done


def _write(
    header: HeaderTarget,
    rows: Sequence[Any],
    line: LineTarget | None,
    line_rows: Sequence[Any],
    read_at: dt.datetime,
    fact: str,
    days: str,
    drop: Any,
) -> tuple[Written, int]:
    """Stage and write documents and lines; what changed, with its months before and after, and the number of lines dropped."""
    fill(header, rows)
    if line is not None:
        fill(line, line_rows)
    before = _months(header, line, days)
    done = Written()
    written = upsert_headers(header, read_at=read_at)
    done.changed, done.new = set(written), {number for number, new in written.items() if new}
    stale: list[tuple[int, str]] = []
    if line is not None:
        new = len(done.new) == len(rows)
        stale = [] if new else stale_lines(line)
        if stale:
            drop([pk for pk, _number in stale])
        done.changed |= {number for _pk, number in stale} | upsert_lines(line, new=new)
    done.ids = ids_of(header)
    done.before = {number for number, _month in before}
    if done.changed:
        done.months[fact] |= {month for number, month in before if number in done.changed}
        some = done.changed if len(done.changed) < len(done.ids) else None
        done.months[fact] |= _months_of(header, line, days, some)
    return done, len(stale)


def _months(header: HeaderTarget, line: LineTarget | None, days: str) -> set[tuple[str, dt.date]]:
    """Number and first day of each month that the staged documents count in as they are stored now."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT h.number, {_days_from(header, line, days)}")
        return {(number, day.replace(day=1)) for number, day in cursor.fetchall()}


def _months_of(
    header: HeaderTarget, line: LineTarget | None, days: str, numbers: Collection[str] | None
) -> set[dt.date]:
    """First days of the months that those of the staged documents, or all, count in as they are stored now."""
    sql = f"SELECT DISTINCT {_days_from(header, line, days)}"
    with connection.cursor() as cursor:
        if numbers is None:
            cursor.execute(sql)
        else:
            cursor.execute(f"{sql} AND h.number = ANY(%s)", [list(numbers)])
        return {day.replace(day=1) for (day,) in cursor.fetchall()}


def _days_from(header: HeaderTarget, line: LineTarget | None, days: str) -> str:
    lines = f" JOIN {line.table} l ON l.{line.parent} = h.id" if line is not None else ""
    return (
        f"d FROM {header.table} h"
        f" JOIN {header.stage} s ON s.number = h.number{lines}, unnest({days}) AS d WHERE d IS NOT NULL"
    )


def _tell(done: Written, system: str, what: str, count: int, dropped: int) -> None:
    """Announce the months that changed, once the transaction has committed."""
    log.debug(
        "documents_written", system=system, kind=what, given=count, changed=len(done.changed), lines_dropped=dropped
    )
    # Each fact with its own months: what is told is summed again, and a delivery's months are few of an order's.
    for fact, months in sorted(done.months.items()):
        if months:
            facts_changed.send(facts=[fact], months=[month.isoformat() for month in sorted(months)])
