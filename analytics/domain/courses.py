"""Computes the months of customers from orders, shipments, invoices and receipts; customers/domain stores them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, F, Sum
from django.db.models.functions import TruncMonth

from analytics.engine.reader import COMPANY
from crm.periods import add_months, month_start
from customers.domain.course import NAMES, CourseRow, store_courses
from customers.models.course import MONTHS
from orders.models import InvoiceLine, Receivable, SalesOrderLine, ShipmentLine

AT_ONCE = 5000  # customers; their months are held in memory
_NIL = Decimal(0)
_AMOUNT = DecimalField(max_digits=20, decimal_places=3)

Months = dict[int, dict[str, dict[dt.date, Decimal]]]


def refresh_courses(customers: list[int], *, today: dt.date) -> None:
    """Bring the months of these customers (sorted keys) up to date."""
    for start in range(0, len(customers), AT_ONCE):
        keys = customers[start : start + AT_ONCE]
        store_courses(_rows(_months(keys, today), today), customer_ids=keys)


def _months(keys: list[int], today: dt.date) -> Months:
    since, end = add_months(today, 1 - MONTHS), add_months(today, 1)
    found: Months = defaultdict(lambda: {name: {} for name in NAMES})
    share = F("order_line__net_base") * F("quantity_base") / F("order_line__quantity_base")
    invoiced = InvoiceLine.objects.real()
    for name, rows, date, value in (
        ("ordered", SalesOrderLine.objects.valid(), "ordered_on", Sum("net_base")),
        (
            "shipped",
            ShipmentLine.objects.filter(shipment__gone_at__isnull=True, order_line__quantity_base__gt=0),
            "shipped_on",
            Sum(share, output_field=_AMOUNT),
        ),
        ("invoiced", invoiced, "invoiced_on", Sum("net_base")),
        ("received", Receivable.objects.receipts(), "posted_on", -Sum("amount_base")),
        ("volume_kg", invoiced.by_weight(), "invoiced_on", Sum("quantity_base")),
    ):
        for customer, month, amount in _by_month(rows, keys, date, value, since, end):
            found[customer][name][month] = amount
    return found


def _by_month(rows: Any, keys: list[int], date: str, value: Any, since: dt.date, end: dt.date) -> Any:
    within = {f"{date}__gte": since, f"{date}__lt": end}
    found = rows.visible_to(COMPANY).filter(customer__any_of=keys, **within).order_by()
    return found.values_list("customer_id", TruncMonth(date)).annotate(value=value).iterator(chunk_size=20_000)


def _rows(found: Months, today: dt.date) -> Iterator[CourseRow]:
    until = month_start(today)
    months = [add_months(until, back - MONTHS + 1) for back in range(MONTHS)]
    for customer, values in found.items():
        yield CourseRow(customer, until, *([values[name].get(month, _NIL) for month in months] for name in NAMES))
