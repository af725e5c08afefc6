"""Outbound deliveries: A_OutbDeliveryHeader with its items."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from integrations.sap.client import Row
from integrations.sap.mapping.base import (
    Dated,
    Document,
    EntitySet,
    FieldMap,
    Lookups,
    base_quantity,
    field,
    first_id,
    first_text,
    known_currency,
    number,
    number_or_none,
    text,
)
from integrations.sap.values import decimal, norm_id, possible_day
from orders.domain.documents import ShipmentLineRow, ShipmentRow, Written, write_shipments
from orders.enums import ShipmentStatus


def shipment_status(movement: Any, picking: Any, proof: Any) -> str:
    """Where a delivery stands: planned, picked, shipped, received."""
    if text(movement) == "C":
        return (ShipmentStatus.RECEIVED if text(proof) == "C" else ShipmentStatus.SHIPPED).value
    return (ShipmentStatus.PICKED if text(picking) == "C" else ShipmentStatus.PLANNED).value


def moved_on(movement: Any, at: Any) -> dt.date | None:
    """The day of the goods issue, once it has been posted in full."""
    return possible_day(at) if text(movement) == "C" else None


def received_on(proof: Any, at: Any) -> dt.date | None:
    """The day the customer confirmed."""
    return possible_day(at) if text(proof) == "C" else None


ORDERS = ("", "C")  # category of what a line delivers: a sales order, which sheets need not say


def order_number(value: Any, category: Any) -> str:
    """The sales order; nothing for what else is delivered, such as free of charge or by a scheduling agreement."""
    return norm_id(value) if text(category) in ORDERS else ""


def order_item(value: Any, category: Any) -> int | None:
    """The item of the sales order."""
    return number_or_none(value) if text(category) in ORDERS else None


HEADER = FieldMap(
    field("number", norm_id, "DeliveryDocument"),
    field("customer", first_id, "SoldToParty", "ShipToParty"),
    field("currency_id", first_text, "TransactionCurrency", "StatisticsCurrency"),
    field("planned_on", possible_day, "PlannedGoodsIssueDate"),
    field("delivery_on", possible_day, "DeliveryDate"),
    field("shipped_on", moved_on, "OverallGoodsMovementStatus", "ActualGoodsMovementDate"),
    field("received_on", received_on, "OverallProofOfDeliveryStatus", "ProofOfDeliveryDate"),
    field(
        "status", shipment_status, "OverallGoodsMovementStatus", "OverallPickingStatus", "OverallProofOfDeliveryStatus"
    ),
    field("carrier_reference", text, "BillOfLading"),
)

ITEM = FieldMap(
    field("item", number, "DeliveryDocumentItem"),
    field("product", norm_id, "Material"),
    field("text", text, "DeliveryDocumentItemText"),
    field("quantity", decimal, "ActualDeliveryQuantity"),
    field("unit", text, "DeliveryQuantityUnit"),
    field("in_base", decimal, "ActualDeliveredQtyInBaseUnit"),
    field("base_unit", text, "BaseUnit"),
    field("order_number", order_number, "ReferenceSDDocument", "ReferenceSDDocumentCategory"),
    field("order_item", order_item, "ReferenceSDDocumentItem", "ReferenceSDDocumentCategory"),
    field("batch", text, "Batch"),
    field("split_of", number_or_none, "HigherLvlItmOfBatSpltItm"),
)


def build(row: Row, look: Lookups) -> Document:
    """A delivery with its lines. A batch split names the order line of its main item. Raises Rejected."""
    head = HEADER.read(row)
    currency = known_currency(head.pop("currency_id") or settings.BASE_CURRENCY, look)
    customer = look.customer(head.pop("customer"))
    header = ShipmentRow(customer_id=customer, currency_id=currency, source_changed_at=None, **head)
    items = [ITEM.read(item) for item in DELIVERIES.item_rows(row)]
    orders = {item["item"]: (item["order_number"], item["order_item"]) for item in items}
    lines = []
    for item in items:
        product = look.product(item.pop("product"))
        in_base, base_unit, main = item.pop("in_base"), item.pop("base_unit"), item.pop("split_of")
        if main and not item["order_number"]:
            item["order_number"], item["order_item"] = orders.get(main, ("", None))
        quantity_base = base_quantity(look, product, item["quantity"], item["unit"], in_base, base_unit)
        lines.append(ShipmentLineRow(number=header.number, product_id=product, quantity_base=quantity_base, **item))
    return Document(header, lines)


def write(documents: list[Document], read_at: dt.datetime) -> Written:
    """Hand over to the orders app."""
    lines = [line for document in documents for line in document.lines]
    return write_shipments(
        shipments=[document.header for document in documents], lines=lines, system="SAP", read_at=read_at
    )


def control(row: Row) -> tuple[str, Decimal]:
    """Base unit of the first item and the quantity delivered in it; deliveries have no amount."""
    items = DELIVERIES.item_rows(row)
    unit = text(items[0].get("BaseUnit")) if items else ""
    return unit, sum((decimal(item.get("ActualDeliveredQtyInBaseUnit")) for item in items), Decimal(0))


DELIVERIES = EntitySet(
    name="A_OutbDeliveryHeader",
    label=_("Outbound deliveries"),
    service="API_OUTBOUND_DELIVERY_SRV;v=0002",
    entity="shipment",
    lock=2,
    key=("DeliveryDocument",),
    header=HEADER,
    window=Dated(("LastChangeDate", "CreationDate")),
    customer="SoldToParty",
    items=ITEM,
    to_items="to_DeliveryDocumentItem",
    where="SDDocumentCategory eq 'J'",  # returns are T and have a service of their own
    build=build,
    write=write,
    control=control,
)
