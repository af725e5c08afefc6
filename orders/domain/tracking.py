"""How far a sales order has come: ordered, shipped, received, invoiced, paid, with days and shares."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from orders.enums import NOTHING_LEFT_TO_SHIP, OrderStatus
from orders.models import Invoice, InvoiceLine, Receivable, SalesOrder, SalesOrderLine, Shipment, ShipmentLine
from orders.rules import days_overdue

ZERO = Decimal(0)


@dataclass
class LineTrack:
    """An order line with what has become of it. Amounts are net, in the order's currency; quantities in the base unit."""

    line: SalesOrderLine
    is_over: bool = False  # nothing more of the order leaves
    received: Decimal = ZERO
    invoiced: Decimal = ZERO
    paid: Decimal = ZERO
    batches: list[str] = field(default_factory=list)

    @property
    def is_shipped(self) -> bool:
        """Whether all of it has left."""
        return self.line.shipped_on is not None or self.line.shipped_base >= self.line.quantity_base > 0

    def is_late(self, today: dt.date) -> bool:
        """Whether it left, or still waits, past its promised day."""
        promised, shipped = self.line.promised_on, self.line.shipped_on
        if promised is None or (shipped is None and self.is_over):
            return False
        return (shipped or today) > promised


@dataclass
class OrderTrack:
    """An order with its lines and the documents that followed."""

    order: SalesOrder
    lines: list[LineTrack]
    shipments: list[Shipment]
    invoices: list[Invoice]
    receivables: list[Receivable]
    invoiced_by: dict[int, Decimal]  # net of this order per invoice
    weights: dict[int, Decimal] = field(
        default_factory=dict
    )  # what of this order is in each shipment, in the base unit

    @property
    def valid(self) -> list[LineTrack]:
        """The lines that are not rejected."""
        return [line for line in self.lines if not line.line.rejected]

    def total(self, name: str) -> Decimal:
        """The sum of an amount over the valid lines: received, invoiced or paid."""
        return sum((getattr(line, name) for line in self.valid), ZERO)

    @property
    def quantity(self) -> Decimal:
        """Ordered, in the base unit."""
        return sum((line.line.quantity_base for line in self.valid), ZERO)

    @property
    def shipped(self) -> Decimal:
        """Shipped, in the base unit."""
        return sum((line.line.shipped_base for line in self.valid), ZERO)

    @property
    def is_shipped(self) -> bool:
        """Whether every valid line has left in full."""
        return bool(self.valid) and all(line.is_shipped for line in self.valid)

    @property
    def is_received(self) -> bool:
        """Whether the customer has confirmed every shipment, and all has been shipped."""
        return self.is_shipped and bool(self.shipments) and all(one.received_on for one in self.shipments)

    @property
    def is_invoiced(self) -> bool:
        """Whether every line that costs something has been invoiced in full."""
        return self.order.net > 0 and self.total("invoiced") >= self.order.net

    @property
    def is_paid(self) -> bool:
        """Whether everything has been invoiced and paid."""
        return self.is_invoiced and self.total("paid") >= self.total("invoiced")

    def overdue(self, today: dt.date) -> list[Receivable]:
        """Items of its invoices that are overdue."""
        return [item for item in self.receivables if days_overdue(item, today)]

    def due(self, today: dt.date) -> list[LineTrack]:
        """The lines promised for today or earlier, without those that never leave."""
        due = [line for line in self.valid if line.line.promised_on and line.line.promised_on <= today]
        return [line for line in due if line.is_shipped or not line.is_over]


def track(order: SalesOrder, *, user: Any) -> OrderTrack:
    """Read what has become of an order, as far as the user may see it. Four queries; less for somebody who lacks a right."""
    is_over = order.status in (*NOTHING_LEFT_TO_SHIP, OrderStatus.CANCELLED)
    lines = {
        line.item: LineTrack(line, is_over)
        for line in SalesOrderLine.objects.visible_to(user)
        .filter(order=order)
        .select_related("product")
        .order_by("item")
    }
    by_key = {track.line.pk: track for track in lines.values()}
    weights: dict[int, Decimal] = defaultdict(Decimal)
    shipments = _shipments(order, user, by_key, weights) if user.has_perm("orders.view_shipment") else []
    invoices: dict[int, Invoice] = {}
    invoiced_by: dict[int, Decimal] = defaultdict(Decimal)
    rows = InvoiceLine.objects.visible_to(user).real().filter(order_number=order.number)
    if not user.has_perm("orders.view_invoice"):
        rows = rows.none()
    for row in rows.select_related("invoice", "settlement").order_by("invoice__invoiced_on", "invoice_id", "item"):
        invoices[row.invoice_id] = row.invoice
        invoiced_by[row.invoice_id] += row.net
        if row.order_item in lines:
            lines[row.order_item].invoiced += row.net
            lines[row.order_item].paid += row.net if getattr(row, "settlement", None) else ZERO
    items = Receivable.objects.visible_to(user).filter(invoice__in=list(invoices), gone_at__isnull=True)
    receivables = list(items.order_by("due_on", "pk")) if invoices and user.has_perm("orders.view_receivable") else []
    bills = list(invoices.values())
    return OrderTrack(order, list(lines.values()), shipments, bills, receivables, dict(invoiced_by), dict(weights))


def _shipments(
    order: SalesOrder, user: Any, lines: dict[int, LineTrack], weights: dict[int, Decimal]
) -> list[Shipment]:
    """The deliveries of the order; their quantities are added up, what was received and the batches put to the lines."""
    found: dict[int, Shipment] = {}
    rows = ShipmentLine.objects.visible_to(user).filter(order_line__order=order, shipment__gone_at__isnull=True)
    for row in rows.select_related("shipment").order_by("shipment__planned_on", "shipment_id", "item"):
        found[row.shipment_id] = row.shipment
        weights[row.shipment_id] += row.quantity_base
        line = lines.get(row.order_line_id or 0)
        if line is None:
            continue
        if row.shipment.received_on:
            line.received += row.quantity_base
        if row.batch and row.batch not in line.batches:
            line.batches.append(row.batch)
    return list(found.values())
