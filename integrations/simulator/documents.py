"""Documents as SAP keeps them: functions that make the rows of an order and of a delivery."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from crm.money import rounded
from integrations.simulator.store import day_ms, moment_ms

Row = dict[str, Any]
ISO_UNITS = {"KG": "KGM", "TO": "TNE", "ST": "PCE", "DR": "DR", "CS": "CS", "L": "LTR"}


def plain(value: Decimal | int) -> str:
    """A number as it is kept: no exponent."""
    return f"{Decimal(value):f}"


def money(value: Decimal, currency: str) -> str:
    """An amount as it is kept, at its currency's own precision."""
    return plain(rounded(value, currency))


def item_no(item: int) -> str:
    """An item number of six digits."""
    return f"{item:06d}"


@dataclass(frozen=True)
class OrderItem:
    """What is ordered: `quantity` in `unit`, `net` in the order's currency, promised for `promised_on`.

    `discount` is the percentage that the price was lowered by; `first_part` leaves sooner, on `first_on`.
    """

    item: int
    product: str
    text: str
    quantity: Decimal
    unit: str
    net: Decimal
    promised_on: dt.date | None
    tax: Decimal = Decimal(0)
    cost: Decimal = Decimal(0)
    rejected: str = ""
    category: str = "TAN"
    higher_item: int = 0
    delivery_status: str = "A"
    billing_status: str = "A"
    process_status: str = "A"
    discount: Decimal = Decimal(0)
    first_part: Decimal = Decimal(0)
    first_on: dt.date | None = None


@dataclass(frozen=True)
class Order:
    """A sales order; `net` of rejected items is left out of the total."""

    number: str
    customer: str
    currency: str
    ordered_on: dt.date
    changed_at: dt.datetime
    items: list[OrderItem]
    org: str = "1010"
    channel: str = "10"
    division: str = "01"
    reference: str = ""
    requested_on: dt.date | None = None
    terms: str = "ZB30"
    header: Row = field(default_factory=dict)  # statuses and whatever else differs from a fresh order


def order_rows(order: Order) -> dict[str, list[Row]]:
    """The rows of an order: header, items, their schedule lines and price conditions."""
    total = sum((item.net for item in order.items if not item.rejected), Decimal(0))
    head: Row = {
        "SalesOrder": order.number,
        "SalesOrderType": "OR",
        "SalesOrderTypeInternalCode": "TA",
        "SalesOrganization": order.org,
        "DistributionChannel": order.channel,
        "OrganizationDivision": order.division,
        "SoldToParty": order.customer,
        "CreationDate": day_ms(order.ordered_on),
        "LastChangeDate": None,
        "LastChangeDateTime": moment_ms(order.changed_at),
        "PurchaseOrderByCustomer": order.reference,
        "SalesOrderDate": day_ms(order.ordered_on),
        "PricingDate": day_ms(order.ordered_on),
        "RequestedDeliveryDate": day_ms(order.requested_on or order.ordered_on),
        "TotalNetAmount": money(total, order.currency),
        "TransactionCurrency": order.currency,
        "IncotermsClassification": "DAP",
        "CustomerPaymentTerms": order.terms,
        "TotalBlockStatus": "",
        "DeliveryBlockReason": "",
        "HeaderBillingBlockReason": "",
        "TotalCreditCheckStatus": "",
        "SalesDocApprovalStatus": "",
        "OverallSDProcessStatus": "A",
        "OverallSDDocumentRejectionSts": "A",
        "OverallTotalDeliveryStatus": "A",
        "OverallOrdReltdBillgStatus": "A",
    }
    head.update(order.header)
    items = [_order_item(order, item) for item in order.items]
    schedule = [row for item in order.items for row in _schedule(order, item)]
    prices = [row for item in order.items for row in _prices(order, item)]
    return {
        "A_SalesOrder": [head],
        "A_SalesOrderItem": items,
        "A_SalesOrderScheduleLine": schedule,
        "A_SalesOrderItemPrElement": prices,
    }


def _order_item(order: Order, item: OrderItem) -> Row:
    return {
        "SalesOrder": order.number,
        "SalesOrderItem": item_no(item.item),
        "HigherLevelItem": item_no(item.higher_item),
        "SalesOrderItemCategory": item.category,
        "SalesOrderItemText": item.text[:40],
        "Material": item.product,
        "RequestedQuantity": plain(item.quantity),
        "RequestedQuantityUnit": item.unit,
        "RequestedQuantitySAPUnit": item.unit,
        "RequestedQuantityISOUnit": ISO_UNITS.get(item.unit, item.unit),
        "ConfdDelivQtyInOrderQtyUnit": plain(item.quantity),
        "TransactionCurrency": order.currency,
        "NetAmount": money(item.net, order.currency),
        "TaxAmount": money(item.tax, order.currency),
        "CostAmount": money(item.cost, order.currency),
        "SalesDocumentRjcnReason": item.rejected,
        "SDProcessStatus": item.process_status,
        "DeliveryStatus": item.delivery_status,
        "OrderRelatedBillingStatus": item.billing_status,
    }


def _schedule(order: Order, item: OrderItem) -> list[Row]:
    """One line, or two where a part leaves sooner."""
    parts = [(item.promised_on, item.quantity - item.first_part)]
    if item.first_part:
        parts.insert(0, (item.first_on, item.first_part))
    return [_schedule_line(order, item, place, *part) for place, part in enumerate(parts, 1)]


def _schedule_line(order: Order, item: OrderItem, place: int, on: dt.date | None, quantity: Decimal) -> Row:
    confirmed = quantity if on else Decimal(0)
    delivered = quantity if item.delivery_status == "C" else Decimal(0)
    return {
        "SalesOrder": order.number,
        "SalesOrderItem": item_no(item.item),
        "ScheduleLine": f"{place:04d}",
        "RequestedDeliveryDate": day_ms(order.requested_on or order.ordered_on),
        "ConfirmedDeliveryDate": day_ms(on) if on else None,
        "OrderQuantityUnit": item.unit,
        "ScheduleLineOrderQuantity": plain(quantity),
        "ConfdOrderQtyByMatlAvailCheck": plain(confirmed),
        "DeliveredQtyInOrderQtyUnit": plain(delivered),
        "OpenConfdDelivQtyInOrdQtyUnit": plain(confirmed - delivered),
    }


def _prices(order: Order, item: OrderItem) -> list[Row]:
    """The list price, the discount and the tax; and what it costs us, as SAP keeps it among the prices."""
    gross = item.net / (1 - item.discount / 100)
    found = [("PR00", gross / (item.quantity or 1), order.currency, gross, "")]
    if item.discount:
        found.append(("K007", -item.discount, "", item.net - gross, ""))
    if item.tax:
        found.append(
            ("MWST", (item.tax * 100 / item.net).quantize(Decimal(1)) if item.net else Decimal(0), "", item.tax, "D")
        )
    if item.cost:
        found.append(("VPRS", item.cost / (item.quantity or 1), "CNY", item.cost, "G"))
    return [
        {
            "SalesOrder": order.number,
            "SalesOrderItem": item_no(item.item),
            "PricingProcedureStep": f"{10 * place:03d}",
            "PricingProcedureCounter": "001",
            "ConditionType": kind,
            "ConditionRateValue": plain(rate.quantize(Decimal("0.0001"))),
            "ConditionCurrency": currency,
            "ConditionQuantity": "1" if currency else "0",
            "ConditionQuantityUnit": item.unit if currency else "",
            "ConditionQuantitySAPUnit": item.unit if currency else "",
            "ConditionCategory": category,
            "ConditionIsForStatistics": int(category == "G"),
            "ConditionInactiveReason": "",
            "ConditionAmount": money(amount, order.currency),
            "TransactionCurrency": order.currency,
        }
        for place, (kind, rate, currency, amount, category) in enumerate(found, 1)
    ]


@dataclass(frozen=True)
class DeliveryItem:
    """What is delivered of an order's item."""

    item: int
    product: str
    text: str
    quantity: Decimal
    unit: str
    quantity_base: Decimal
    order: str
    order_item: int
    base_unit: str = "KG"
    batch: str = ""
    split_of: int = 0


@dataclass(frozen=True)
class Delivery:
    """An outbound delivery; shipped once `shipped_on` is given."""

    number: str
    customer: str
    created_on: dt.date
    items: list[DeliveryItem]
    planned_on: dt.date | None = None
    shipped_on: dt.date | None = None
    received_on: dt.date | None = None
    changed_on: dt.date | None = None
    currency: str = "CNY"
    bill_of_lading: str = ""
    org: str = "1010"
    header: Row = field(default_factory=dict)


def delivery_rows(delivery: Delivery) -> dict[str, list[Row]]:
    """The rows of a delivery."""
    shipped = "C" if delivery.shipped_on else "A"
    planned_on = delivery.planned_on or delivery.created_on
    head: Row = {
        "DeliveryDocument": delivery.number,
        "DeliveryDocumentType": "LF",
        "SDDocumentCategory": "J",
        "DeliveryVersion": "0001",
        "SalesOrganization": delivery.org,
        "ShippingPoint": delivery.org,
        "SoldToParty": delivery.customer,
        "ShipToParty": delivery.customer,
        "CreationDate": day_ms(delivery.created_on),
        "CreationTime": "PT09H00M00S",
        "LastChangeDate": day_ms(delivery.changed_on) if delivery.changed_on else None,
        "PlannedGoodsIssueDate": day_ms(planned_on),
        "DeliveryDate": day_ms(planned_on + dt.timedelta(days=2)),
        "ActualGoodsMovementDate": day_ms(delivery.shipped_on) if delivery.shipped_on else None,
        "ProofOfDeliveryDate": day_ms(delivery.received_on) if delivery.received_on else None,
        "BillOfLading": delivery.bill_of_lading,
        "HeaderGrossWeight": plain(sum((item.quantity_base for item in delivery.items), Decimal(0))),
        "HeaderWeightUnit": "KG",
        "TransactionCurrency": delivery.currency,
        "StatisticsCurrency": "CNY",
        "OverallPickingStatus": shipped,
        "OverallGoodsMovementStatus": shipped,
        "OverallProofOfDeliveryStatus": "C" if delivery.received_on else "A",
        "OverallDelivReltdBillgStatus": "A",
    }
    head.update(delivery.header)
    items = [
        {
            "DeliveryDocument": delivery.number,
            "DeliveryDocumentItem": item_no(item.item),
            "DeliveryDocumentItemText": item.text[:40],
            "Material": item.product,
            "ActualDeliveryQuantity": plain(item.quantity),
            "DeliveryQuantityUnit": item.unit,
            "ActualDeliveredQtyInBaseUnit": plain(item.quantity_base),
            "BaseUnit": item.base_unit,
            "Batch": item.batch,
            "HigherLvlItmOfBatSpltItm": item_no(item.split_of),
            "ReferenceSDDocument": item.order,
            "ReferenceSDDocumentItem": item_no(item.order_item),
            "ReferenceSDDocumentCategory": "C",
            "GoodsMovementStatus": shipped,
            "PickingStatus": shipped,
            "DeliveryRelatedBillingStatus": "A",
        }
        for item in delivery.items
    ]
    return {"A_OutbDeliveryHeader": [head], "A_OutbDeliveryItem": items}
