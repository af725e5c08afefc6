"""Billing documents: A_BillingDocument with its items."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from integrations.sap.client import Row
from integrations.sap.mapping.base import (
    Document,
    EntitySet,
    FieldMap,
    Lookups,
    Rejected,
    Stamped,
    base_quantity,
    field,
    first_id,
    flag,
    known_currency,
    number,
    number_or_none,
    required_day,
    text,
)
from integrations.sap.values import decimal, norm_id, possible_moment
from orders.domain.documents import InvoiceLineRow, InvoiceRow, Written, write_invoices
from orders.enums import InvoiceKind

# SDDocumentCategory -> what it is, and the sign of its amounts (the ERP shows them all positive)
CATEGORIES = {
    "M": (InvoiceKind.INVOICE, 1),
    "P": (InvoiceKind.DEBIT_MEMO, 1),
    "S": (InvoiceKind.CANCELLATION, 1),  # takes a credit memo back
    "N": (InvoiceKind.CANCELLATION, -1),  # takes an invoice back
    "O": (InvoiceKind.CREDIT_MEMO, -1),
    "U": (InvoiceKind.PRO_FORMA, 1),
}

DELIVERIES = ("J", "T")  # categories of deliveries, and of deliveries of returns


def delivery(category: Any, number: Any) -> str:
    """The delivery that the item bills, "" when it bills something else."""
    return norm_id(number) if text(category) in DELIVERIES else ""


def delivery_item(category: Any, item: Any) -> int | None:
    """The item of that delivery."""
    return number_or_none(item) if text(category) in DELIVERIES else None


HEADER = FieldMap(
    field("number", norm_id, "BillingDocument"),
    field("company_code", text, "CompanyCode"),
    field("customer", first_id, "SoldToParty", "PayerParty"),
    field("currency_id", text, "TransactionCurrency"),
    field("source_changed_at", possible_moment, "LastChangeDateTime"),
    field("category", text, "SDDocumentCategory"),
    field("invoiced_on", required_day, "BillingDocumentDate"),
    field("net", decimal, "TotalNetAmount"),
    field("tax", decimal, "TaxAmount"),
    field("gross", decimal, "TotalGrossAmount"),
    field("cancelled", flag, "BillingDocumentIsCancelled"),
    field("cancels_number", norm_id, "CancelledBillingDocument"),
    field("accounting_document", norm_id, "AccountingDocument"),
    field("fiscal_year", lambda year: text(year).strip("0") and text(year), "FiscalYear"),
)

ITEM = FieldMap(
    field("item", number, "BillingDocumentItem"),
    field("product", norm_id, "Material"),
    field("text", text, "BillingDocumentItemText"),
    field("quantity", decimal, "BillingQuantity"),
    field("unit", text, "BillingQuantityUnit"),
    field("in_base", decimal, "BillingQuantityInBaseUnit"),
    field("base_unit", text, "BaseUnit"),
    field("order_number", norm_id, "SalesDocument"),
    field("order_item", number_or_none, "SalesDocumentItem"),
    field("delivery_number", delivery, "ReferenceSDDocumentCategory", "ReferenceSDDocument"),
    field("delivery_item", delivery_item, "ReferenceSDDocumentCategory", "ReferenceSDDocumentItem"),
    field("net", decimal, "NetAmount"),
    field("tax", decimal, "TaxAmount"),
)


def sign_of(category: str) -> tuple[InvoiceKind, int]:
    """What a document of that category is and how it counts. Raises Rejected for one we do not know."""
    if category not in CATEGORIES:
        raise Rejected(_("The document category %(category)s is not known.") % {"category": category or "?"})
    return CATEGORIES[category]


def build(row: Row, look: Lookups) -> Document:
    """A billing document with its lines, signed. Raises Rejected or another DomainError."""
    head = HEADER.read(row)
    kind, sign = sign_of(head.pop("category"))
    currency = known_currency(head.pop("currency_id"), look, head["net"], head["tax"], head["gross"])
    customer = look.customer(head.pop("customer"))
    for name in ("net", "tax", "gross"):
        head[name] *= sign
    invoiced_on = head["invoiced_on"]
    to_base = look.conversion.to_base
    net_base = to_base(head["net"], currency, invoiced_on)
    header = InvoiceRow(customer_id=customer, currency_id=currency, kind=kind.value, net_base=net_base, **head)
    lines = []
    for item_row in INVOICES.item_rows(row):
        item = ITEM.read(item_row)
        product = look.product(item.pop("product"))
        in_base, base_unit, tax = item.pop("in_base"), item.pop("base_unit"), item.pop("tax")
        in_base = base_quantity(look, product, item["quantity"], item["unit"], in_base, base_unit)
        item["quantity"] *= sign
        item["net"] *= sign
        gross, net_base = item["net"] + tax * sign, to_base(item["net"], currency, invoiced_on)
        lines.append(
            InvoiceLineRow(
                number=header.number,
                product_id=product,
                quantity_base=in_base * sign,
                gross=gross,
                net_base=net_base,
                **item,
            )
        )
    return Document(header, lines)


def write(documents: list[Document], read_at: dt.datetime) -> Written:
    """Hand over to the orders app."""
    lines = [line for document in documents for line in document.lines]
    return write_invoices(
        invoices=[document.header for document in documents], lines=lines, system="SAP", read_at=read_at
    )


def control(row: Row) -> tuple[str, Decimal]:
    """Currency and signed net amount; pro forma adds nothing."""
    category = text(row.get("SDDocumentCategory"))
    sign = 0 if category == "U" else CATEGORIES.get(category, (None, 1))[1]
    return text(row.get("TransactionCurrency")), decimal(row.get("TotalNetAmount")) * sign


INVOICES = EntitySet(
    name="A_BillingDocument",
    label=gettext_lazy("Billing documents"),
    service="API_BILLING_DOCUMENT_SRV",
    entity="invoice",
    lock=3,
    key=("BillingDocument",),
    header=HEADER,
    window=Stamped("LastChangeDateTime", "CreationDate"),
    customer="SoldToParty",
    items=ITEM,
    to_items="to_Item",
    build=build,
    write=write,
    control=control,
)
