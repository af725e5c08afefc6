"""The tables of orders as they are stored, for comparing two states."""

from typing import Any

from django.db import connection

TABLES = (
    "orders_salesorder",
    "orders_salesorderline",
    "orders_shipment",
    "orders_shipmentline",
    "orders_invoice",
    "orders_invoiceline",
    "orders_receivable",
    "orders_settlement",
)


def snapshot() -> dict[str, list[tuple[Any, ...]]]:
    """Every row with every column, and its physical version: a row written again to the same values differs."""
    result = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT xmin::text, * FROM {table} ORDER BY id")
            result[table] = cursor.fetchall()
    return result


# Without surrogate keys, transaction ids and the time of reading: what two runs over the same source must agree in.
CONTENT = {
    "orders_salesorder": "SELECT number, customer_id, currency_id, kind, status, ordered_on, net, net_base, owner_id"
    " FROM orders_salesorder",
    "orders_salesorderline": "SELECT o.number, l.item, l.quantity_base, l.net_base, l.shipped_base, l.shipped_on, l.promised_on"
    " FROM orders_salesorderline l JOIN orders_salesorder o ON o.id = l.order_id",
    "orders_shipment": "SELECT number, status, shipped_on, customer_id FROM orders_shipment",
    "orders_shipmentline": "SELECT s.number, l.item, l.quantity_base, l.order_number, o.number, ol.item"
    " FROM orders_shipmentline l"
    " JOIN orders_shipment s ON s.id = l.shipment_id LEFT JOIN orders_salesorderline ol ON ol.id = l.order_line_id"
    " LEFT JOIN orders_salesorder o ON o.id = ol.order_id",
    "orders_invoice": "SELECT number, kind, net, gross, net_base, due_on, cancelled FROM orders_invoice",
    "orders_invoiceline": "SELECT i.number, l.item, l.net, l.net_base, l.quantity_base FROM orders_invoiceline l"
    " JOIN orders_invoice i ON i.id = l.invoice_id",
    "orders_receivable": "SELECT r.number, r.kind, r.amount, r.amount_base, r.cleared_on, i.number FROM orders_receivable r"
    " LEFT JOIN orders_invoice i ON i.id = r.invoice_id",
    "orders_settlement": "SELECT i.number, l.item, s.settled_on, s.amount_base FROM orders_settlement s"
    " JOIN orders_invoiceline l ON l.id = s.invoice_line_id JOIN orders_invoice i ON i.id = l.invoice_id",
}


def content() -> dict[str, list[tuple[Any, ...]]]:
    """The rows by what they say."""
    with connection.cursor() as cursor:
        result = {}
        for table, sql in CONTENT.items():
            cursor.execute(sql)
            result[table] = sorted(cursor.fetchall(), key=repr)
        return result
