"""Joins documents that come in any order, and keeps what follows from the joins: shipped quantities and settlements.

Set-based: each function looks only at the rows it is given. Called inside the transaction that wrote them.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from crm.locks import AdvisoryLock, transaction_lock
from orders.enums import NOTHING_LEFT_TO_SHIP, InvoiceKind, ReceivableKind

SHIPPING, SETTLING = 1, 2  # orders and shipments; invoices and receivables
_OVER = [status.value for status in NOTHING_LEFT_TO_SHIP]
# An invoice is paid when all of these are cleared; payments on account that name it do not count.
_CLAIM = (ReceivableKind.INVOICE, ReceivableKind.CREDIT_MEMO, ReceivableKind.REMAINDER, ReceivableKind.OTHER)
_CLAIMS = [kind.value for kind in _CLAIM]


def drop_order_lines(ids: list[int]) -> None:
    """Delete lines that an order no longer has; shipment lines that fulfilled them wait again."""
    _run("UPDATE orders_shipmentline SET order_line_id = NULL WHERE order_line_id = ANY(%s)", [ids])
    _run("DELETE FROM orders_salesorderline WHERE id = ANY(%s)", [ids])


def drop_shipment_lines(ids: list[int]) -> None:
    """Delete lines that a delivery no longer has."""
    _run("DELETE FROM orders_shipmentline WHERE id = ANY(%s)", [ids])


def drop_invoice_lines(ids: list[int]) -> None:
    """Delete lines that an invoice no longer has, with their settlements."""
    _run("DELETE FROM orders_settlement WHERE invoice_line_id = ANY(%s)", [ids])
    _run("DELETE FROM orders_invoiceline WHERE id = ANY(%s)", [ids])


def drop_return_lines(ids: list[int]) -> None:
    """Delete lines that a return no longer has."""
    _run("DELETE FROM orders_customerreturnline WHERE id = ANY(%s)", [ids])


def order_line_of(table: str) -> str:
    """SQL for the order line that a row of this table names: new lines have it from the start, which spares a second write."""
    return (
        "(SELECT wanted.id FROM orders_salesorderline wanted JOIN orders_salesorder o ON o.id = wanted.order_id"  # noqa: S608 -- our own names
        f" WHERE o.number = {table}.order_number AND wanted.item = {table}.order_item)"
    )


@contextmanager
def one_at_a_time(what: int) -> Iterator[None]:
    """A transaction that waits for others who write one of two kinds of document that belong together, and makes others wait.

    Of two at once neither would see the other's rows: the link between them would be missing for ever, for what has not changed
    is not written again.
    """
    with transaction.atomic():
        transaction_lock(AdvisoryLock.DOCUMENT_LINKS, what)
        yield


def invoice_of(table: str) -> str:
    """SQL for the invoice that a row of this table names by number."""
    return (
        f"(SELECT i.id FROM orders_invoice i WHERE i.number = {table}.invoice_number AND {table}.invoice_number <> '')"  # noqa: S608 -- our own names
    )


def join_shipment_lines(*, order_numbers: Collection[str] = (), shipment_ids: Collection[int] = ()) -> set[int]:
    """Join shipment lines to the order lines they name, for these orders or these shipments; the order lines joined.

    An order can only be waited for: what it no longer has leaves its shipment lines without a link, as does a shipment that
    names another order by now which has not come.
    """
    if order_numbers:
        sql = (
            f"WITH w AS MATERIALIZED (SELECT l.id, {order_line_of('l')} AS wanted FROM orders_shipmentline l"  # noqa: S608 -- our own names
            "   WHERE l.order_line_id IS NULL AND l.order_number = ANY(%s))"
            " UPDATE orders_shipmentline sl SET order_line_id = w.wanted FROM w"
            " WHERE sl.id = w.id AND w.wanted IS NOT NULL RETURNING w.wanted"
        )
        return _ids(sql, [list(order_numbers)])
    sql = (
        "UPDATE orders_shipmentline sl SET order_line_id = w.wanted"  # noqa: S608 -- our own names
        f" FROM (SELECT l.id, {order_line_of('l')} AS wanted FROM orders_shipmentline l WHERE l.shipment_id = ANY(%s)) w"
        " WHERE sl.id = w.id AND w.wanted IS DISTINCT FROM sl.order_line_id RETURNING w.wanted"
    )
    return _ids(sql, [list(shipment_ids)]) if shipment_ids else set()


def lines_of_orders(order_ids: Collection[int]) -> set[int]:
    """The lines of these orders that shipment lines fulfil."""
    sql = (
        "SELECT l.id FROM orders_salesorderline l WHERE l.order_id = ANY(%s)"
        " AND (l.shipped_base <> 0 OR EXISTS (SELECT 1 FROM orders_shipmentline sl WHERE sl.order_line_id = l.id))"
    )
    return _ids(sql, [list(order_ids)])


def order_lines_of_shipments(numbers: Collection[str]) -> set[int]:
    """The order lines that the deliveries of these numbers fulfil."""
    sql = (
        "SELECT DISTINCT sl.order_line_id FROM orders_shipmentline sl JOIN orders_shipment s ON s.id = sl.shipment_id"
        " WHERE s.number = ANY(%s) AND sl.order_line_id IS NOT NULL"
    )
    return _ids(sql, [list(numbers)])


def refresh_shipped(*, order_line_ids: Collection[int]) -> set[dt.date]:
    """Count again what these order lines have shipped; the months (first days) in which a line changed.

    A line is shipped in full on the day the part left that made its quantity complete, or the last part when the ERP calls the
    order delivered with less: it allows for a tolerance.
    """
    if not order_line_ids:
        return set()
    sql = (
        "WITH parts AS (SELECT sl.order_line_id AS id, sl.quantity_base AS base, sl.shipped_on AS day,"
        "   sum(sl.quantity_base) OVER (PARTITION BY sl.order_line_id ORDER BY sl.shipped_on) AS so_far"
        "   FROM orders_shipmentline sl JOIN orders_shipment s ON s.id = sl.shipment_id"
        "   WHERE sl.order_line_id = ANY(%(ids)s) AND sl.shipped_on IS NOT NULL AND s.gone_at IS NULL),"
        " shipped AS (SELECT p.id, sum(p.base) AS base, max(p.day) AS last,"
        "   min(p.day) FILTER (WHERE p.so_far >= l.quantity_base) AS full_on"
        "   FROM parts p JOIN orders_salesorderline l ON l.id = p.id GROUP BY 1),"
        " wanted AS (SELECT l.id, l.shipped_on AS old_day, coalesce(sh.base, 0) AS base,"
        "   CASE WHEN sh.base > 0 AND sh.base >= l.quantity_base THEN sh.full_on"
        "   WHEN sh.base > 0 AND o.status = ANY(%(over)s) THEN sh.last END AS day"
        "   FROM orders_salesorderline l JOIN orders_salesorder o ON o.id = l.order_id"
        "   LEFT JOIN shipped sh ON sh.id = l.id WHERE l.id = ANY(%(ids)s)),"
        " done AS (UPDATE orders_salesorderline l SET shipped_base = w.base, shipped_on = w.day FROM wanted w"
        "   WHERE l.id = w.id AND (l.shipped_base, l.shipped_on) IS DISTINCT FROM (w.base, w.day)"
        "   RETURNING l.ordered_on, l.promised_on, l.shipped_on, w.old_day)"
        " SELECT DISTINCT date_trunc('month', d)::date FROM done,"
        " unnest(ARRAY[ordered_on, promised_on, shipped_on, old_day]) AS d WHERE d IS NOT NULL"
    )
    return {row[0] for row in _run(sql, {"ids": list(order_line_ids), "over": _OVER})}


def join_receivables(*, invoice_ids: Collection[int] = (), receivable_ids: Collection[int] = ()) -> set[int]:
    """Join receivables to the invoices they name, by invoice number or by accounting document; the invoices touched.

    One that names another invoice by now leaves that of before. The invoices take their due date from their own items.
    """
    ids = list(invoice_ids or receivable_ids)
    if not ids:
        return set()
    narrow = "i.id = ANY(%s)" if invoice_ids else "r.id = ANY(%s)"
    left: set[int] = set()
    if receivable_ids:
        left = _ids(
            "UPDATE orders_receivable r SET invoice_id = NULL FROM orders_invoice i"
            " WHERE r.id = ANY(%s) AND i.id = r.invoice_id AND NOT (i.number = r.invoice_number OR (r.invoice_number = ''"
            " AND r.invoice_reference = i.company_code || '/' || i.fiscal_year || '/' || i.accounting_document))"
            " RETURNING i.id",
            [ids],
        )
    touched = _ids(
        "UPDATE orders_receivable r SET invoice_id = i.id FROM orders_invoice i"  # noqa: S608 -- our own names
        f" WHERE {narrow} AND r.invoice_number <> '' AND i.number = r.invoice_number"
        " AND r.invoice_id IS DISTINCT FROM i.id RETURNING i.id",
        [ids],
    )
    touched |= _ids(
        "UPDATE orders_receivable r SET invoice_id = i.id FROM orders_invoice i"  # noqa: S608 -- our own names
        f" WHERE {narrow} AND r.invoice_number = '' AND r.invoice_reference <> '' AND i.accounting_document <> ''"
        " AND i.accounting_document = split_part(r.invoice_reference, '/', 3)"
        " AND i.fiscal_year = split_part(r.invoice_reference, '/', 2)"
        " AND i.company_code = split_part(r.invoice_reference, '/', 1)"
        " AND r.invoice_reference = i.company_code || '/' || i.fiscal_year || '/' || i.accounting_document"
        " AND r.invoice_id IS DISTINCT FROM i.id RETURNING i.id",
        [ids],
    )
    seen = touched | left | (set(invoice_ids) if invoice_ids else _invoices_of(ids))
    _take_due_dates(seen)
    return touched | left


def invoices_of_receivables(numbers: Collection[str]) -> set[int]:
    """The invoices that the receivables of these numbers belong to."""
    sql = "SELECT DISTINCT invoice_id FROM orders_receivable WHERE number = ANY(%s) AND invoice_id IS NOT NULL"
    return _ids(sql, [list(numbers)])


def refresh_settlements(*, invoice_ids: Collection[int]) -> set[dt.date]:
    """Make, change and remove the settlements of these invoices; the months (first days) that gained or lost one.

    An invoice is settled on the day the last of its items was cleared. A clearing that was reset takes the settlement away.
    """
    if not invoice_ids:
        return set()
    ids = list(invoice_ids)
    parameters = {"ids": ids, "claims": _CLAIMS, "pro_forma": InvoiceKind.PRO_FORMA.value}
    days = [row[0] for row in _run(f"{_WANTED} {_REMOVE}", parameters)]
    for old, new in _run(f"{_WANTED} {_MAKE}", parameters):
        days += [old, new]
    return {day.replace(day=1) for day in days if day is not None}


_WANTED = (
    "WITH paid AS (SELECT r.invoice_id, max(r.cleared_on) AS day FROM orders_receivable r"
    "   WHERE r.invoice_id = ANY(%(ids)s) AND r.gone_at IS NULL AND r.kind = ANY(%(claims)s)"
    "   GROUP BY 1 HAVING bool_and(r.cleared_on IS NOT NULL)),"
    " wanted AS (SELECT l.*, p.day FROM paid p JOIN orders_invoice i ON i.id = p.invoice_id"
    "   JOIN orders_invoiceline l ON l.invoice_id = i.id WHERE i.kind <> %(pro_forma)s AND i.gone_at IS NULL)"
)
_REMOVE = (
    "DELETE FROM orders_settlement s USING orders_invoiceline l WHERE l.id = s.invoice_line_id AND l.invoice_id = ANY(%(ids)s)"
    " AND NOT EXISTS (SELECT 1 FROM wanted w WHERE w.id = l.id) RETURNING s.settled_on"
)
_MAKE = (
    ", old AS (SELECT s.invoice_line_id, s.settled_on FROM orders_settlement s JOIN wanted w ON w.id = s.invoice_line_id),"
    " done AS (INSERT INTO orders_settlement AS s (invoice_line_id, customer_id, product_id, product_line_id, settled_on,"
    "   amount_base, business_unit_id, region_id, team_id, owner_id)"
    "   SELECT id, customer_id, product_id, product_line_id, day, net_base, business_unit_id, region_id, team_id, owner_id"
    "   FROM wanted ORDER BY id ON CONFLICT (invoice_line_id) DO UPDATE SET customer_id = excluded.customer_id,"
    "   product_id = excluded.product_id, product_line_id = excluded.product_line_id, settled_on = excluded.settled_on,"
    "   amount_base = excluded.amount_base, business_unit_id = excluded.business_unit_id, region_id = excluded.region_id,"
    "   team_id = excluded.team_id, owner_id = excluded.owner_id"
    "   WHERE (s.customer_id, s.product_id, s.product_line_id, s.settled_on, s.amount_base, s.business_unit_id, s.region_id,"
    "   s.team_id, s.owner_id) IS DISTINCT FROM (excluded.customer_id, excluded.product_id, excluded.product_line_id,"
    "   excluded.settled_on, excluded.amount_base, excluded.business_unit_id, excluded.region_id, excluded.team_id,"
    "   excluded.owner_id) RETURNING s.invoice_line_id, s.settled_on)"
    " SELECT old.settled_on, done.settled_on FROM done LEFT JOIN old ON old.invoice_line_id = done.invoice_line_id"
)


def _invoices_of(receivable_ids: list[int]) -> set[int]:
    return _ids(
        "SELECT DISTINCT invoice_id FROM orders_receivable WHERE id = ANY(%s) AND invoice_id IS NOT NULL",
        [receivable_ids],
    )


def _take_due_dates(invoice_ids: Iterable[int]) -> None:
    sql = (
        "UPDATE orders_invoice i SET due_on = r.due_on"
        " FROM (SELECT w.id, max(r.due_on) AS due_on FROM unnest(%s::bigint[]) AS w(id)"
        "   LEFT JOIN orders_receivable r ON r.invoice_id = w.id AND r.kind = ANY(%s) GROUP BY 1) r"
        " WHERE i.id = r.id AND i.due_on IS DISTINCT FROM r.due_on"
    )
    _run(sql, [list(invoice_ids), _CLAIMS])


def _ids(sql: str, parameters: Any) -> set[int]:
    return {row[0] for row in _run(sql, parameters) if row[0] is not None}


def _run(sql: str, parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall()) if cursor.description else []
