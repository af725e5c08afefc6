"""Sales orders: A_SalesOrder with its items, and their schedule lines and price conditions."""

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
    flag,
    known_currency,
    number,
    required_day,
    rows_at,
    text,
)
from integrations.sap.values import day, decimal, moment, norm_id
from orders.domain.details import ConditionRow, ScheduleRow
from orders.domain.documents import OrderLineRow, OrderRow, Written, write_orders
from orders.enums import OrderStatus

# Read for every order: an enumeration's value costs as much as the rest of it.
_OPEN, _ON_HOLD = OrderStatus.OPEN.value, OrderStatus.ON_HOLD.value
_COMPLETED, _CANCELLED = OrderStatus.COMPLETED.value, OrderStatus.CANCELLED.value
_BY_DELIVERY = {"B": OrderStatus.PART_DELIVERED.value, "C": OrderStatus.DELIVERED.value}


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
        return _CANCELLED
    if (
        text(block) in ("B", "C")
        or text(delivery_block)
        or text(billing_block)
        or text(credit) == "B"
        or text(approval) == "A"
    ):
        return _ON_HOLD
    if text(process) == "C":
        return _COMPLETED
    return _BY_DELIVERY.get(text(delivery), _OPEN)


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
    field("number", number, "ScheduleLine"),
    field("requested_on", day, "RequestedDeliveryDate"),
    field("confirmed_on", day, "ConfirmedDeliveryDate"),
    field("quantity", decimal, "ScheduleLineOrderQuantity"),
    field("confirmed", decimal, "ConfdOrderQtyByMatlAvailCheck"),
    field("delivered", decimal, "DeliveredQtyInOrderQtyUnit"),
)

COSTS = ("G", "Q")  # categories of conditions that are costs
COST_TYPES = ("VPRS", "EK01", "EK02", "EK03")  # and their types, where the category does not come


def per_quantity(value: Any) -> Decimal:
    """How much a rate is for; an empty one is for one."""
    return decimal(value) or Decimal(1)


def price_currency(code: Any) -> str:
    """The currency of a rate; a percentage has none."""
    return "" if text(code) == "%" else text(code)


def for_statistics(value: Any) -> bool:
    """A Boolean that V4 lacks: so it is no flag, whose type is compared."""
    return flag(value)


CONDITION = FieldMap(
    field("step", number, "PricingProcedureStep"),
    field("counter", number, "PricingProcedureCounter"),
    field("kind", text, "ConditionType"),
    field("rate", decimal, "ConditionRateValue"),
    field("currency", price_currency, "ConditionCurrency"),
    field("per", per_quantity, "ConditionQuantity"),
    field("unit", first_text, "ConditionQuantitySAPUnit", "ConditionQuantityUnit"),
    field("amount", decimal, "ConditionAmount"),
    field("statistical", for_statistics, "ConditionIsForStatistics"),
    field("inactive", lambda reason: bool(text(reason)), "ConditionInactiveReason"),
    field("condition_category", text, "ConditionCategory"),
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
    lines, conditions, schedule = [], [], []
    for item_row in SALES_ORDERS.item_rows(row):
        item = ITEM.read(item_row)
        product = look.product(item.pop("product"))
        parts = [SCHEDULE.read(part) for part in SALES_ORDERS.schedule_rows(item_row)]
        line = OrderLineRow(
            number=header.number,
            product_id=product,
            quantity_base=base_quantity(look, product, item["quantity"], item["unit"], Decimal(0), ""),
            promised_on=_promised_on(parts),
            net_base=to_base(item["net"], currency, ordered_on),
            **item,
        )
        lines.append(line)
        conditions += _conditions(line, rows_at(item_row, "to_PricingElement"))
        if not _says_the_same(header, line, parts):
            schedule += [ScheduleRow(order=line.number, item=line.item, **part) for part in parts]
    return Document(header, lines, (conditions, schedule))


def _promised_on(parts: list[dict[str, Any]]) -> dt.date | None:
    """The day by which the whole quantity is confirmed: the latest schedule line that confirms something."""
    days = (part["confirmed_on"] for part in parts if part["confirmed_on"] and part["confirmed"] > 0)
    return max(days, default=None)


def _says_the_same(header: OrderRow, line: OrderLineRow, parts: list[dict[str, Any]]) -> bool:
    """Whether the line says all that its schedule lines do: one, confirmed as a whole, wanted when the order is."""
    if not parts:
        return True
    (first, *others) = parts
    wanted = first["requested_on"] in (None, header.requested_on, line.promised_on)
    return not others and wanted and first["quantity"] == first["confirmed"] == line.quantity


def _conditions(line: OrderLineRow, rows: list[Row]) -> list[ConditionRow]:
    """The price conditions that say something: no subtotals without a type, none of nothing, and no costs."""
    found = []
    for row in rows:
        # Many are subtotals and costs: that is looked at before all is read.
        kind = text(row.get("ConditionType"))
        if not kind or kind in COST_TYPES or text(row.get("ConditionCategory")) in COSTS:
            continue
        condition = ConditionRow(line.number, line.item, *CONDITION.values(row)[:-1])
        if condition.rate or condition.amount:
            found.append(condition)
    return found


def write(documents: list[Document], read_at: dt.datetime) -> Written:
    """Hand over to the orders app."""
    return write_orders(
        orders=[document.header for document in documents],
        lines=[line for document in documents for line in document.lines],
        conditions=[row for document in documents for row in document.below[0]],
        schedule=[row for document in documents for row in document.below[1]],
        system="SAP",
        read_at=read_at,
    )


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
    also=(("to_Item/to_PricingElement", CONDITION),),
    build=build,
    write=write,
    control=control,
)
