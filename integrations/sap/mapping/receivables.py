"""Receivables: A_OperationalAcctgDocItemCube, the items of the customers' accounts."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from integrations.sap.client import Row
from integrations.sap.mapping.base import (
    Dated,
    Document,
    EntitySet,
    FieldMap,
    Lookups,
    field,
    flag,
    known_currency,
    required_day,
    text,
)
from integrations.sap.values import decimal, norm_id, possible_day
from orders.domain.documents import ReceivableRow, Written, write_receivables
from orders.enums import ReceivableKind


def item_key(company: Any, year: Any, document: Any, item: Any) -> str:
    """The key of four parts: document numbers repeat per company code and year."""
    return f"{text(company)}/{text(year)}/{norm_id(document)}/{int(text(item))}"


def cleared_on(cleared: Any, at: Any) -> dt.date | None:
    """The clearing date, while the item counts as cleared."""
    return possible_day(at) if flag(cleared) else None


def clearing_document(cleared: Any, company: Any, year: Any, document: Any) -> str:
    """What cleared it, as company code/fiscal year/document, while it counts as cleared. A sheet may lack the year."""
    found = norm_id(document) if flag(cleared) else ""
    return "/".join(filter(None, (text(company), text(year), found))) if found else ""


def invoice_number(billing: Any, reference_type: Any, reference: Any) -> str:
    """The billing document behind the item."""
    found = text(billing) or (text(reference) if text(reference_type) == "VBRK" else "")
    return norm_id(found)


def reference_key(company: Any, year: Any, document: Any) -> str:
    """The accounting document of the invoice that the item belongs to, as company code/fiscal year/document."""
    return f"{text(company)}/{text(year)}/{norm_id(document)}" if norm_id(document) not in ("", "0") else ""


def kind_of(document_type: str, special: str, amount: Decimal) -> str:
    """What the item is. What is left of an item that a payment cleared in part is a claim of its own, of the payment's document,
    as is what was paid back: both lower what came in."""
    if special:
        return ReceivableKind.DOWN_PAYMENT.value
    if document_type in ("RV", "DR", "DG"):
        return (ReceivableKind.CREDIT_MEMO if amount < 0 else ReceivableKind.INVOICE).value
    if document_type == "DZ":
        return (ReceivableKind.PAYMENT if amount < 0 else ReceivableKind.REMAINDER).value
    return ReceivableKind.OTHER.value


HEADER = FieldMap(
    field("number", item_key, "CompanyCode", "FiscalYear", "AccountingDocument", "AccountingDocumentItem"),
    field("company_code", text, "CompanyCode"),
    field("customer", norm_id, "Customer"),
    field("currency_id", text, "TransactionCurrency"),
    field("document_type", text, "AccountingDocumentType"),
    field("special", text, "SpecialGLCode"),
    field("invoice_number", invoice_number, "BillingDocument", "ReferenceDocumentType", "OriginalReferenceDocument"),
    field("invoice_reference", reference_key, "CompanyCode", "InvoiceReferenceFiscalYear", "InvoiceReference"),
    field("posted_on", required_day, "PostingDate"),
    field("due_on", possible_day, "NetDueDate"),
    field("cleared_on", cleared_on, "IsCleared", "ClearingDate"),
    field(
        "clearing_document",
        clearing_document,
        "IsCleared",
        "CompanyCode",
        "ClearingDocFiscalYear",
        "ClearingAccountingDocument",
    ),
    field("amount", decimal, "AmountInTransactionCurrency"),
)


def build(row: Row, look: Lookups) -> Document:
    """An item of a customer's account. Raises Rejected or another DomainError."""
    head = HEADER.read(row)
    currency = known_currency(head.pop("currency_id"), look, head["amount"])
    customer = look.customer(head.pop("customer"))
    kind = kind_of(head.pop("document_type"), head.pop("special"), head["amount"])
    amount_base = look.conversion.to_base(head["amount"], currency, head["posted_on"])
    header = ReceivableRow(
        customer_id=customer, currency_id=currency, source_changed_at=None, kind=kind, amount_base=amount_base, **head
    )
    return Document(header, [])


def write(documents: list[Document], read_at: dt.datetime) -> Written:
    """Hand over to the orders app."""
    return write_receivables(items=[document.header for document in documents], system="SAP", read_at=read_at)


def control(row: Row) -> tuple[str, Decimal]:
    """Currency and signed amount."""
    return text(row.get("TransactionCurrency")), decimal(row.get("AmountInTransactionCurrency"))


RECEIVABLES = EntitySet(
    name="A_OperationalAcctgDocItemCube",
    label=_("Customers' account items"),
    service="API_OPLACCTGDOCITEMCUBE_SRV",
    entity="receivable",
    lock=4,
    key=("CompanyCode", "FiscalYear", "AccountingDocument", "AccountingDocumentItem"),
    header=HEADER,
    window=Dated(("AccountingDocumentCreationDate", "ClearingCreationDate", "LastChangeDate")),
    customer="Customer",
    where="FinancialAccountType eq 'D'",
    build=build,
    write=write,
    control=control,
)
