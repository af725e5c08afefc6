"""Returns of goods and requests for credit memos: A_CustomerReturn and A_CreditMemoRequest with their items.

They are documents of their own (categories H and K), linked to what they go back to line by line. What is credited in the end is
a billing document.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from integrations.sap.client import Row
from integrations.sap.mapping.base import (
    Document,
    EntitySet,
    Field,
    FieldMap,
    Lookups,
    Stamped,
    base_quantity,
    field,
    first_text,
    known_currency,
    number,
    number_or_none,
    required_day,
    text,
)
from integrations.sap.values import decimal, norm_id, possible_moment
from orders.domain.documents import ReturnLineRow, ReturnRow, Written, write_returns
from orders.enums import ReturnKind, ReturnStatus


def status_of(rejection: Any, process: Any) -> str:
    """Where it stands, from the ERP's statuses."""
    if text(rejection) == "C":
        return ReturnStatus.REJECTED.value
    return {"B": ReturnStatus.IN_WORK, "C": ReturnStatus.COMPLETED}.get(text(process), ReturnStatus.OPEN).value


def header_map(name: str) -> FieldMap:
    """The field map of a header, whose key and date bear its name."""
    return FieldMap(
        field("number", norm_id, name),
        field("customer", norm_id, "SoldToParty"),
        field("currency_id", text, "TransactionCurrency"),
        field("source_changed_at", possible_moment, "LastChangeDateTime"),
        field("reason", text, "SDDocumentReason"),
        field("customer_reference", text, "PurchaseOrderByCustomer"),
        field("requested_on", required_day, f"{name}Date"),
        field("reference", norm_id, "ReferenceSDDocument"),
        field("status", status_of, "OverallSDDocumentRejectionSts", "OverallSDProcessStatus"),
        field("net", decimal, "TotalNetAmount"),
    )


def item_map(name: str, unit: Field) -> FieldMap:
    """The field map of an item."""
    return FieldMap(
        field("item", number, f"{name}Item"),
        field("product", norm_id, "Material"),
        field("text", text, f"{name}ItemText"),
        field("quantity", decimal, "RequestedQuantity"),
        unit,
        field("reference_number", norm_id, "ReferenceSDDocument"),
        field("reference_item", number_or_none, "ReferenceSDDocumentItem"),
        field("rejected", lambda reason: bool(text(reason)), "SalesDocumentRjcnReason"),
        field("net", decimal, "NetAmount"),
    )


def build(entity_set: EntitySet, kind: ReturnKind, row: Row, look: Lookups) -> Document:
    """A return with its lines. Raises Rejected or another DomainError."""
    head = entity_set.header.read(row)
    currency = known_currency(head.pop("currency_id"), look, head["net"])
    customer, day = look.customer(head.pop("customer")), head["requested_on"]
    to_base = look.conversion.to_base
    net_base = to_base(head["net"], currency, day)
    header = ReturnRow(customer_id=customer, currency_id=currency, kind=kind.value, net_base=net_base, **head)
    lines = []
    for item_row in entity_set.item_rows(row):
        assert entity_set.items is not None
        item = entity_set.items.read(item_row)
        product = look.product(item.pop("product"))
        base = base_quantity(look, product, item["quantity"], item["unit"], Decimal(0), "")
        values: dict[str, Any] = {
            "product_id": product,
            "quantity_base": base,
            "net_base": to_base(item["net"], currency, day),
        }
        lines.append(ReturnLineRow(number=header.number, **values, **item))
    return Document(header, lines)


def write(documents: list[Document], read_at: dt.datetime) -> Written:
    """Hand over to the orders app."""
    lines = [line for document in documents for line in document.lines]
    return write_returns(
        returns=[document.header for document in documents], lines=lines, system="SAP", read_at=read_at
    )


def control(row: Row) -> tuple[str, Decimal]:
    """Currency and net amount."""
    return text(row.get("TransactionCurrency")), decimal(row.get("TotalNetAmount"))


RETURNS: EntitySet = EntitySet(
    name="A_CustomerReturn",
    label=_("Customer returns"),
    service="API_CUSTOMER_RETURN_SRV",
    entity="customer_return",
    lock=8,
    key=("CustomerReturn",),
    header=header_map("CustomerReturn"),
    window=Stamped("LastChangeDateTime", "CreationDate"),
    customer="SoldToParty",
    items=item_map("CustomerReturn", field("unit", text, "RequestedQuantityUnit")),
    to_items="to_Item",
    build=lambda row, look: build(RETURNS, ReturnKind.RETURN, row, look),
    write=write,
    control=control,
)
CREDIT_REQUESTS: EntitySet = EntitySet(
    name="A_CreditMemoRequest",
    label=_("Credit memo requests"),
    service="API_CREDIT_MEMO_REQUEST_SRV",
    entity="credit_request",
    lock=9,
    key=("CreditMemoRequest",),
    header=header_map("CreditMemoRequest"),
    window=Stamped("LastChangeDateTime", "CreationDate"),
    customer="SoldToParty",
    items=item_map("CreditMemoRequest", field("unit", first_text, "RequestedQuantityUnit", "RequestedQuantitySAPUnit")),
    to_items="to_Item",
    build=lambda row, look: build(CREDIT_REQUESTS, ReturnKind.CREDIT, row, look),
    write=write,
    control=control,
)
