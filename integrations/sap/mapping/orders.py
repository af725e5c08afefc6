"""Sales orders: A_SalesOrder with its items and their schedule lines."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from integrations.sap.client import Row
from integrations.sap.mapping.base import (
    Document,
    EntitySet,
    FieldMap,
    Lookups,
    Stamped,
    base_quantity,
    field,
    first_text,
    known_currency,
    number,
    required_day,
    text,
)
from integrations.sap.values import day, decimal, moment, norm_id
from orders.domain.documents import OrderLineRow, OrderRow, Written, write_orders
from orders.enums import OrderStatus


def order_status(
    rejection: Any,
    block: Any,
    delivery_block: Any,
    billing_block: Any,
    credit: Any,
    approval: Any,
    process: Any,
    delivery: Any,
) -> str:
    """Where an order stands, from the ERP's statuses: rejected, blocked, finished, or how far delivered."""
    if text(rejection) == "C":
        return OrderStatus.CANCELLED.value
    if (
        text(block) in ("B", "C")
        or text(delivery_block)
        or text(billing_block)
        or text(credit) == "B"
        or text(approval) == "A"
    ):
        return OrderStatus.ON_HOLD.value
    if text(process) == "C":
        return OrderStatus.COMPLETED.value
    by_delivery = {"B": OrderStatus.PART_DELIVERED, "C": OrderStatus.DELIVERED}
    return by_delivery.get(text(delivery), OrderStatus.OPEN).value


HEADER = FieldMap(
    field("number", norm_id, "SalesOrder"),
    field("customer", norm_id, "SoldToParty"),
    field("currency_id", text, "TransactionCurrency"),
    field("source_changed_at", moment, "LastChangeDateTime"),
    field("kind", first_text, "SalesOrderTypeInternalCode", "SalesOrderType"),
    field("customer_reference", text, "PurchaseOrderByCustomer"),
    field("ordered_on", required_day, "SalesOrderDate"),
    field("requested_on", day, "RequestedDeliveryDate"),
    field(
        "status",
        order_status,
        "OverallSDDocumentRejectionSts",
        "TotalBlockStatus",
        "DeliveryBlockReason",
        "HeaderBillingBlockReason",
        "TotalCreditCheckStatus",
        "SalesDocApprovalStatus",
        "OverallSDProcessStatus",
        "OverallTotalDeliveryStatus",
    ),
    field("net", decimal, "TotalNetAmount"),
)

ITEM = FieldMap(
    field("item", number, "SalesOrderItem"),
    field("product", norm_id, "Material"),
    field("text", text, "SalesOrderItemText"),
    field("quantity", decimal, "RequestedQuantity"),
    field("unit", first_text, "RequestedQuantitySAPUnit", "RequestedQuantityUnit"),
    field("rejected", lambda reason: bool(text(reason)), "SalesDocumentRjcnReason"),
    field("net", decimal, "NetAmount"),
)

SCHEDULE = FieldMap(
    field("promised_on", day, "ConfirmedDeliveryDate"),
    field("confirmed", decimal, "ConfdOrderQtyByMatlAvailCheck"),
)


def build(row: Row, look: Lookups) -> Document:
    """An order with its lines. Raises Rejected or another DomainError."""
    head = HEADER.read(row)
    currency = known_currency(head.pop("currency_id"), look)
    customer = look.customer(head.pop("customer"))
    to_base = look.conversion.to_base
    ordered_on = head["ordered_on"]
    header = OrderRow(
        customer_id=customer, currency_id=currency, net_base=to_base(head["net"], currency, ordered_on), **head
    )
    lines = []
    for item_row in SALES_ORDERS.item_rows(row):
        item = ITEM.read(item_row)
        product = look.product(item.pop("product"))
        lines.append(
            OrderLineRow(
                number=header.number,
                product_id=product,
                quantity_base=base_quantity(look, product, item["quantity"], item["unit"], Decimal(0), ""),
                promised_on=_promised_on(SALES_ORDERS.schedule_rows(item_row)),
                net_base=to_base(item["net"], currency, ordered_on),
                **item,
            )
        )
    return Document(header, lines)


def _promised_on(rows: list[Row]) -> dt.date | None:
    """The day by which the whole quantity is confirmed: the latest schedule line that confirms something."""
    lines = [SCHEDULE.read(row) for row in rows]
    return max((line["promised_on"] for line in lines if line["promised_on"] and line["confirmed"] > 0), default=None)


def write(documents: list[Document], read_at: dt.datetime) -> Written:
    """Hand over to the orders app."""
    lines = [line for document in documents for line in document.lines]
    return write_orders(orders=[document.header for document in documents], lines=lines, system="SAP", read_at=read_at)


def control(row: Row) -> tuple[str, Decimal]:
    """Currency and net amount."""
    return text(row.get("TransactionCurrency")), decimal(row.get("TotalNetAmount"))


SALES_ORDERS = EntitySet(
    name="A_SalesOrder",
    label=_("Sales orders"),
    service="API_SALES_ORDER_SRV",
    entity="sales_order",
    lock=1,
    key=("SalesOrder",),
    header=HEADER,
    window=Stamped("LastChangeDateTime", "CreationDate"),
    customer="SoldToParty",
    items=ITEM,
    to_items="to_Item",
    schedule=SCHEDULE,
    to_schedule="to_ScheduleLine",
    build=build,
    write=write,
    control=control,
)
