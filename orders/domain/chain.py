"""How far a customer's orders have come, several at once: what is left to ship, to invoice and to be paid."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Min, Q, Sum

from customers.models import Customer
from orders.enums import NOTHING_LEFT_TO_SHIP
from orders.models import Invoice, InvoiceLine, Receivable, SalesOrder, SalesOrderLine, Shipment, ShipmentLine

ZERO = Decimal(0)


@dataclass
class OrderChain:
    """An order and what followed. Quantities in the base unit; amounts net, in the order's currency."""

    order: SalesOrder
    quantity: Decimal = ZERO
    shipped: Decimal = ZERO
    late: bool = False  # a line is past its promised day and has not left
    promised_on: dt.date | None = None  # the first line that has not left
    invoiced: Decimal = ZERO
    paid: Decimal = ZERO
    due_on: dt.date | None = None  # the first item not paid
    shipments: list[Shipment] = field(default_factory=list)
    invoices: list[Invoice] = field(default_factory=list)

    @property
    def to_ship(self) -> Decimal:
        """What has not left and is still to."""
        if self.order.status in NOTHING_LEFT_TO_SHIP:
            return ZERO
        return max(self.quantity - self.shipped, ZERO)

    @property
    def to_invoice(self) -> Decimal:
        """What has not been invoiced."""
        return max(self.order.net - self.invoiced, ZERO)

    @property
    def to_pay(self) -> Decimal:
        """What has been invoiced but not paid."""
        return max(self.invoiced - self.paid, ZERO)


def chains_of(orders: Sequence[SalesOrder], customer: Customer, user: Any, today: dt.date) -> list[OrderChain]:
    """The chains of these orders of a customer, which the caller has found for the user: five queries however many they are, less
    for somebody who lacks a right."""
    found = {order.pk: OrderChain(order) for order in orders}
    if found:
        _add_lines(found, customer, user, today)
        if user.has_perm("orders.view_shipment"):
            _add_shipments(found, customer, user)
        if user.has_perm("orders.view_invoice"):
            bills = _add_invoices(found, customer, user)
            if bills and user.has_perm("orders.view_receivable"):
                _add_due_days(bills, customer, user)
    return list(found.values())


def _add_lines(found: dict[int, OrderChain], customer: Customer, user: Any, today: dt.date) -> None:
    rows = SalesOrderLine.objects.visible_to(user, of=customer).valid().filter(order__in=list(found)).order_by()
    sums = rows.values("order").annotate(
        quantity=Sum("quantity_base"),
        shipped=Sum("shipped_base"),
        promised=Min("promised_on", filter=Q(shipped_on__isnull=True)),
    )
    for row in sums:
        chain = found[row["order"]]
        chain.quantity, chain.shipped, chain.promised_on = row["quantity"], row["shipped"], row["promised"]
        chain.late = bool(chain.to_ship and chain.promised_on and chain.promised_on < today)


def _add_shipments(found: dict[int, OrderChain], customer: Customer, user: Any) -> None:
    lines = ShipmentLine.objects.filter(order_line__order__in=list(found)).order_by()
    of_order: dict[int, set[int]] = defaultdict(set)
    for order, key in lines.visible_to(user, of=customer).values_list("order_line__order", "shipment"):
        of_order[key].add(order)
    rows = Shipment.objects.visible_to(user, of=customer).filter(pk__in=list(of_order), gone_at__isnull=True)
    for shipment in rows.order_by("planned_on", "pk") if of_order else ():
        for order in of_order[shipment.pk]:
            found[order].shipments.append(shipment)


def _add_invoices(found: dict[int, OrderChain], customer: Customer, user: Any) -> dict[int, list[OrderChain]]:
    """Put the invoices to the orders; the orders of each invoice."""
    by_number = {chain.order.number: chain for chain in found.values()}
    lines = InvoiceLine.objects.visible_to(user, of=customer).real().filter(order_number__in=list(by_number))
    bills: dict[int, list[OrderChain]] = defaultdict(list)
    for line in lines.select_related("invoice", "settlement").order_by("invoiced_on", "invoice_id", "item"):
        chain = by_number[line.order_number]
        chain.invoiced += line.net
        chain.paid += line.net if getattr(line, "settlement", None) else ZERO
        if chain not in bills[line.invoice_id]:
            bills[line.invoice_id].append(chain)
            chain.invoices.append(line.invoice)
    return bills


def _add_due_days(bills: dict[int, list[OrderChain]], customer: Customer, user: Any) -> None:
    """By when the first item that is not paid is due."""
    items = Receivable.objects.visible_to(user, of=customer).filter(invoice__in=list(bills), amount_base__gt=0)
    waiting = items.filter(cleared_on__isnull=True, gone_at__isnull=True, due_on__isnull=False)
    for invoice, due_on in waiting.order_by("-due_on").values_list("invoice", "due_on"):
        for chain in bills[invoice]:
            chain.due_on = due_on
