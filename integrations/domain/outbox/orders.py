"""A submitted order request becomes a sales order with items, prices and partners, in one deep insert.

Our reference stands in PurchaseOrderByCustomer, the customer's own in PurchaseOrderByShipToParty.
"""

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext as _

from crm.errors import DomainError
from crm.languages import in_each_language
from customers.enums import AddressKind
from customers.models import CustomerAddress
from integrations.domain.outbox.areas import area_of, code_of
from integrations.domain.outbox.kinds import Outgoing, Unready, erp_number
from integrations.domain.outbox.orders_back import ORDERS_BACK
from integrations.enums import MessageKind, Problem
from integrations.models import ExternalRef, OutboxMessage, SalesArea
from integrations.sap.client import ODataClient, Row
from integrations.sap.values import norm_id, text_literal
from integrations.sync.lookups import SYSTEM
from orders.domain.requests import note_entered, take_back
from orders.enums import OrderRequestState
from orders.models import OrderRequest, OrderRequestLine

SERVICE = "API_SALES_ORDER_SRV"
REFERENCE, PLACE, TEXT = 35, 70, 40  # longest texts there
STEP = 10  # between the numbers of items
LANGUAGE = "ZH"  # of what people write here


def find(key: int) -> OrderRequest | None:
    """The order request while it is handed in."""
    rows = OrderRequest._base_manager.select_related("customer", "business_unit")
    found: OrderRequest | None = rows.filter(pk=key, state=OrderRequestState.SUBMITTED).first()
    return found


def refuse(request: OrderRequest) -> None:
    """Raise DomainError for one that is not handed in."""
    if request.state != OrderRequestState.SUBMITTED:
        raise DomainError(_("Submit the order request first."))


def record(key: int) -> OrderRequest | None:
    """The order request, whatever became of it."""
    found: OrderRequest | None = OrderRequest._base_manager.filter(pk=key).select_related("owner").first()
    return found


def waits(request: OrderRequest) -> Unready | None:
    """An order goes behind its customer."""
    if erp_number("customer", request.customer_id):
        return None
    return Unready(Problem.NO_CUSTOMER, customer=request.customer.name)


def payload(request: OrderRequest, reference: str) -> Row:
    """What is posted to A_SalesOrder. Raises Unready."""
    area = area_of(request.business_unit)
    if len(request.customer_reference) > REFERENCE:
        raise Unready(Problem.TOO_LONG, length=REFERENCE)
    if request.freight_amount and not area.freight_condition:
        raise Unready(Problem.NO_FREIGHT, unit=in_each_language(lambda: request.business_unit.label))
    customer = erp_number("customer", request.customer_id)
    body: Row = {
        "SalesOrderType": area.order_type,
        "SalesOrganization": area.sales_organization,
        "DistributionChannel": area.distribution_channel,
        "OrganizationDivision": area.division,
        "SoldToParty": customer,
        "PurchaseOrderByCustomer": reference,
        "PurchaseOrderByShipToParty": request.customer_reference,
        "TransactionCurrency": request.currency_id,
        "CustomerPaymentTerms": code_of("payment_terms", request.payment_terms),
        "IncotermsClassification": code_of("delivery_terms", request.delivery_terms),
        "IncotermsLocation1": request.delivery_place[:PLACE],
        "to_Partner": [{"PartnerFunction": "SH", "Customer": customer}],
    }
    if request.requested_on:
        body["RequestedDeliveryDate"] = _ticks(request.requested_on)
    body = {name: value for name, value in body.items() if value != ""}
    texts = _texts(request, area)
    return {**body, **({"to_Text": texts} if texts else {}), "to_Item": _items(request, area)}


def _texts(request: OrderRequest, area: SalesArea) -> list[Row]:
    """The remark, and where the goods go: an order's partner address cannot be written in SAP, so it stands in the text."""
    if not area.text_type:
        return []
    rows = CustomerAddress._base_manager.filter(customer=request.customer_id, kind=AddressKind.SHIP_TO, is_default=True)
    place = rows.order_by("pk").first()
    parts = (str(place), place.postal_code, place.contact, place.phone) if place is not None else ()
    text = "\n".join(filter(None, (request.remark.strip(), " ".join(filter(None, parts)))))
    return [{"Language": LANGUAGE, "LongTextID": area.text_type, "LongText": text}] if text else []


def _items(request: OrderRequest, area: SalesArea) -> list[Row]:
    lines = list(OrderRequestLine._base_manager.filter(request=request).select_related("product", "unit"))
    lines.sort(key=lambda line: line.position)
    refs = ExternalRef._base_manager.filter(
        system=SYSTEM, entity="product", object_id__in=[x.product_id for x in lines]
    )
    materials = dict(refs.order_by("-pk").values_list("object_id", "external_id"))
    missing = sorted({line.product.code for line in lines if line.product_id not in materials})
    if missing:
        raise Unready(Problem.NO_PRODUCT, products=", ".join(missing))
    items = []
    for place, line in enumerate(lines):
        item: Row = {
            "SalesOrderItem": str(line.position * STEP),
            "Material": materials[line.product_id],
            "SalesOrderItemText": line.description[:TEXT],
            "ProductionPlant": area.plant,
            "RequestedQuantity": plain(line.quantity),
            "RequestedQuantityUnit": line.unit.code,
        }
        prices: list[Row] = [
            {
                "ConditionType": area.price_condition,
                "ConditionRateValue": plain(line.price),
                "ConditionCurrency": request.currency_id,
                "ConditionQuantity": "1",
                "ConditionQuantityUnit": line.unit.code,
            }
        ]
        if place == 0 and request.freight_amount:
            prices.append(_freight(request.freight_amount, request.currency_id, area))
        nested: Row = {"to_PricingElement": prices}
        if line.requested_on and line.requested_on != request.requested_on:
            nested["to_ScheduleLine"] = [_schedule_line(line)]
        items.append({name: value for name, value in item.items() if value} | nested)
    return items


def _schedule_line(line: OrderRequestLine) -> Row:
    """An item that is wanted on a day of its own."""
    assert line.requested_on is not None
    return {
        "ScheduleLine": "1",
        "RequestedDeliveryDate": _ticks(line.requested_on),
        "OrderQuantityUnit": line.unit.code,
        "ScheduleLineOrderQuantity": plain(line.quantity),
    }


def _freight(amount: Decimal, currency: str, area: SalesArea) -> Row:
    """Freight is an amount of its own, on the first item."""
    return {
        "ConditionType": area.freight_condition,
        "ConditionRateValue": plain(amount),
        "ConditionCurrency": currency,
    }


def plain(number: Decimal) -> str:
    """A number as OData writes it: no exponent, no needless zeros."""
    return f"{number.normalize():f}"


def _ticks(day: dt.date) -> str:
    """A calendar day in the JSON of OData V2."""
    return f"/Date({int(dt.datetime.combine(day, dt.time(), dt.UTC).timestamp()) * 1000})/"


def look_up(client: ODataClient, message: OutboxMessage) -> list[Row]:
    """The orders that earlier attempts made: by our reference and the customer they were sent for. Raises ExternalError.

    The reference alone would do by its make, but customers' own numbers stand in the same field and are not unique.
    """
    sold_to = (message.payload or {}).get("SoldToParty", "")
    options = {
        "$filter": f"SoldToParty eq {text_literal(sold_to)} and "
        f"PurchaseOrderByCustomer eq {text_literal(message.reference)}",
        "$select": "SalesOrder,SoldToParty,PurchaseOrderByCustomer,TotalNetAmount,TransactionCurrency",
        "$orderby": "SalesOrder",
        "$top": "2",
    }
    return client.page(SERVICE, "A_SalesOrder", options).rows


def confirm(key: int, erp: str) -> None:
    """Keep the number on the order request."""
    request = find(key)
    if request is not None:
        note_entered(request=request, number=erp)


ORDERS = Outgoing(
    kind=MessageKind.ORDER,
    model="orders.orderrequest",
    change="orders.change_orderrequest",
    page="orders:orderrequest_record",
    begins="orders.orderrequest",
    begun=find,
    refuse=refuse,
    record=record,
    owner=lambda request: request.owner,
    service=SERVICE,
    entity_set="A_SalesOrder",
    find=find,
    title=lambda request: f"{request.code} · {request.customer.name}",
    waits=waits,
    payload=payload,
    beforehand=lambda client, message, request: None,
    look_up=look_up,
    number=lambda row: norm_id(row["SalesOrder"]),
    confirm=confirm,
    take_back=lambda request, actor, reason: take_back(request=request, actor=actor, reason=reason),
    back=ORDERS_BACK,
)
