"""Sales orders: A_SalesOrder with its items, and their schedule lines and price conditions."""

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial
from itertools import islice
from typing import Any

from django.utils.translation import gettext_lazy as _

from integrations.sap.client import Row
from integrations.sap.mapping.base import (
    Document,
    EntitySet,
    FieldMap,
    Lookups,
    Picked,
    Stamped,
    base_quantity,
    field,
    first_text,
    flag,
    known_currency,
    number,
    required_day,
    text,
)
from integrations.sap.values import decimal, norm_id, possible_day, possible_moment
from orders.domain.details import DetailRow, stored
from orders.domain.documents import OrderLineRow, OrderRow, Written, write_orders
from orders.enums import OrderStatus

Values = tuple[Any, ...]
_NOTHING = Decimal(0)

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
    field("source_changed_at", possible_moment, "LastChangeDateTime"),
    field("kind", first_text, "SalesOrderTypeInternalCode", "SalesOrderType"),
    field("customer_reference", text, "PurchaseOrderByCustomer"),
    field("ordered_on", required_day, "SalesOrderDate"),
    field("requested_on", possible_day, "RequestedDeliveryDate"),
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
    field("unit", first_text, "RequestedQuantityUnit", "RequestedQuantitySAPUnit"),
    field("rejected", lambda reason: bool(text(reason)), "SalesDocumentRjcnReason"),
    field("net", decimal, "NetAmount"),
)

SCHEDULE = FieldMap(
    field("number", number, "ScheduleLine"),
    field("requested_on", possible_day, "RequestedDeliveryDate"),
    field("confirmed_on", possible_day, "ConfirmedDeliveryDate"),
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
    field("unit", first_text, "ConditionQuantityUnit", "ConditionQuantitySAPUnit"),
    field("amount", decimal, "ConditionAmount"),
    field("statistical", for_statistics, "ConditionIsForStatistics"),
    field("inactive", lambda reason: bool(text(reason)), "ConditionInactiveReason"),
    field("condition_category", text, "ConditionCategory"),
)
_KIND, _CATEGORY = map(CONDITION.select.index, ("ConditionType", "ConditionCategory"))


def build(row: Row, look: Lookups) -> Document:
    """An order with its lines. Raises Rejected or another DomainError."""
    return build_all([SALES_ORDERS.picked(row)], look)[0]


def build_all(picked: Sequence[Picked], look: Lookups) -> list[Document]:
    """Orders with their lines, all or none: a page is read column by column. Raises as `build`, for any of them."""
    heads = HEADER.read_all([head for ((head,), _items, *_below) in picked])
    below = [found for _head, _items, *of_items in picked for found in of_items]
    items = zip(
        ITEM.read_all([item for _head, own, *_below in picked for item in own]),
        _read_below(CONDITION, [_of_prices(conditions) for conditions, _schedule in below]),
        _read_below(SCHEDULE, [schedule for _conditions, schedule in below]),
        strict=True,
    )
    return [_document(head, list(islice(items, len(own[1]))), look) for head, own in zip(heads, picked, strict=True)]


def _read_below(fields: FieldMap, below: list[list[Values]]) -> Iterator[list[Values]]:
    """The values of what hangs below each of several rows."""
    found = iter(fields.read_all([row for rows in below for row in rows]))
    return (list(islice(found, len(rows))) for rows in below)


def _of_prices(picked: list[Values]) -> list[Values]:
    """The price conditions without subtotals, which have no type, and without costs: many are, and need not be read."""
    return [
        row
        for row in picked
        if (kind := text(row[_KIND])) and kind not in COST_TYPES and text(row[_CATEGORY]) not in COSTS
    ]


def _document(head: Values, items: list[tuple[Values, list[Values], list[Values]]], look: Lookups) -> Document:
    """An order of the values of its header and, by line, those of the line, its price conditions and its schedule lines."""
    number, sold_to, currency, changed_at, kind, reference, ordered_on, requested_on, status, net = head
    known_currency(currency, look, net)
    rate = look.conversion.rate(currency, ordered_on)
    in_base = partial(look.conversion.at_rate, rate)
    header = OrderRow(
        number,
        look.customer(sold_to),
        currency,
        changed_at,
        kind,
        reference,
        ordered_on,
        requested_on,
        status,
        net,
        in_base(net),
    )
    lines, conditions, schedule = [], [], []
    for (item, material, words, quantity, unit, rejected, amount), priced, parts in items:
        product = look.product(material)
        in_unit = base_quantity(look, product, quantity, unit, _NOTHING, "")
        days = [confirmed_on for _n, _r, confirmed_on, _q, confirmed, _d in parts if confirmed_on and confirmed > 0]
        promised_on = max(days, default=None)  # when the whole quantity is confirmed
        lines.append(
            OrderLineRow(
                number, item, product, words, quantity, unit, in_unit, promised_on, rejected, amount, in_base(amount)
            )
        )
        conditions += [(item, *values[:-1]) for values in priced if values[3] or values[7]]  # a rate or an amount
        if not _says_the_same((requested_on, promised_on), quantity, parts):
            schedule += [(item, *part) for part in parts]
    details = [DetailRow(number, stored(conditions), stored(schedule))] if conditions or schedule else []
    return Document(header, lines, (details,))


def _says_the_same(days: tuple[dt.date | None, ...], quantity: Decimal, parts: list[Values]) -> bool:
    """Whether the line says all that its schedule lines do: one, confirmed as a whole, wanted when the order is."""
    if not parts:
        return True
    (_number, requested_on, _confirmed_on, wanted, confirmed, _delivered), *others = parts
    return not others and (requested_on is None or requested_on in days) and wanted == confirmed == quantity


def write(documents: list[Document], read_at: dt.datetime) -> Written:
    """Hand over to the orders app."""
    return write_orders(
        orders=[document.header for document in documents],
        lines=[line for document in documents for line in document.lines],
        details=[row for document in documents for row in document.below[0]],
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
    build_all=build_all,
    write=write,
    control=control,
)
