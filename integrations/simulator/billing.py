"""Billing documents and account items as SAP keeps them."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from crm.money import rounded
from integrations.simulator.documents import Row, item_no, money, plain
from integrations.simulator.store import day_ms, moment_ms


@dataclass(frozen=True)
class InvoiceItem:
    """What is billed; all amounts positive, as SAP shows them."""

    item: int
    product: str
    text: str
    quantity: Decimal
    unit: str
    quantity_base: Decimal
    net: Decimal
    tax: Decimal = Decimal(0)
    order: str = ""
    order_item: int = 0
    delivery: str = ""
    delivery_item: int = 0
    base_unit: str = "KG"


@dataclass(frozen=True)
class Invoice:
    """A billing document. `category` M invoice, N cancellation, O credit memo, P debit memo, U pro forma."""

    number: str
    customer: str
    currency: str
    invoiced_on: dt.date
    changed_at: dt.datetime
    items: list[InvoiceItem]
    category: str = "M"
    kind: str = "F2"
    company: str = "1000"
    org: str = "1010"
    accounting_document: str = ""
    fiscal_year: str = ""
    terms: str = "ZB30"
    cancels: str = ""
    cancelled: bool = False

    @property
    def net(self) -> Decimal:
        """Net amount, positive."""
        return sum((rounded(item.net, self.currency) for item in self.items), Decimal(0))

    @property
    def tax(self) -> Decimal:
        """Tax, positive."""
        return sum((rounded(item.tax, self.currency) for item in self.items), Decimal(0))


def invoice_rows(invoice: Invoice) -> dict[str, list[Row]]:
    """The rows of a billing document."""
    head: Row = {
        "BillingDocument": invoice.number,
        "SDDocumentCategory": invoice.category,
        "BillingDocumentType": invoice.kind,
        "CreationDate": day_ms(invoice.invoiced_on),
        "CreationTime": "PT15H00M00S",
        "LastChangeDate": None,
        "LastChangeDateTime": moment_ms(invoice.changed_at),
        "SalesOrganization": invoice.org,
        "BillingDocumentDate": day_ms(invoice.invoiced_on),
        "BillingDocumentIsCancelled": int(invoice.cancelled),
        "CancelledBillingDocument": invoice.cancels,
        "TotalNetAmount": money(invoice.net, invoice.currency),
        "TransactionCurrency": invoice.currency,
        "TaxAmount": money(invoice.tax, invoice.currency),
        "TotalGrossAmount": money(invoice.net + invoice.tax, invoice.currency),
        "SoldToParty": invoice.customer,
        "PayerParty": invoice.customer,
        "CustomerPaymentTerms": invoice.terms,
        "CompanyCode": invoice.company,
        "FiscalYear": invoice.fiscal_year,
        "AccountingDocument": invoice.accounting_document,
        "AccountingPostingStatus": "C" if invoice.accounting_document else "",
        "InvoiceClearingStatus": "A",
        "DocumentReferenceID": invoice.number.zfill(10),
    }
    items = [
        {
            "BillingDocument": invoice.number,
            "BillingDocumentItem": item_no(item.item),
            "BillingDocumentItemText": item.text[:40],
            "Material": item.product,
            "BillingQuantity": plain(item.quantity),
            "BillingQuantityUnit": item.unit,
            "BillingQuantityInBaseUnit": plain(item.quantity_base),
            "BaseUnit": item.base_unit,
            "NetAmount": money(item.net, invoice.currency),
            "TaxAmount": money(item.tax, invoice.currency),
            "GrossAmount": money(item.net, invoice.currency),
            "TransactionCurrency": invoice.currency,
            "ReferenceSDDocument": item.delivery,
            "ReferenceSDDocumentItem": item_no(item.delivery_item),
            "ReferenceSDDocumentCategory": "J" if item.delivery else "",
            "SalesDocument": item.order,
            "SalesDocumentItem": item_no(item.order_item),
        }
        for item in invoice.items
    ]
    return {"A_BillingDocument": [head], "A_BillingDocumentItem": items}


@dataclass(frozen=True)
class AccountItem:
    """An item of a customer's account, signed: what the customer owes is positive. Cleared once `cleared_on` is given."""

    company: str
    year: str
    document: str
    customer: str
    currency: str
    amount: Decimal
    posted_on: dt.date
    item: int = 1
    kind: str = "RV"
    due_on: dt.date | None = None
    invoice: str = ""
    base: Decimal | None = None
    special: str = ""
    key: str = "01"
    cleared_on: dt.date | None = None
    clearing_document: str = ""
    clearing_year: str = ""
    clearing_created_on: dt.date | None = None
    created_on: dt.date | None = None
    reference: str = ""
    reference_year: str = ""
    dunning: int = 0
    terms: str = ""


def account_row(item: AccountItem) -> Row:
    """The row of an account item. Customer and reference come padded with zeros, as the cube gives them."""

    def when(day: dt.date | None) -> int | None:
        return day_ms(day) if day else None

    return {
        "CompanyCode": item.company,
        "FiscalYear": item.year,
        "AccountingDocument": item.document,
        "AccountingDocumentItem": f"{item.item:03d}",
        "FinancialAccountType": "D",
        "AccountingDocumentType": item.kind,
        "PostingKey": item.key,
        "SpecialGLCode": item.special,
        "DebitCreditCode": "S" if item.amount >= 0 else "H",
        "Customer": item.customer.zfill(10) if item.customer.isdigit() else item.customer,
        "BillingDocument": "",
        "ReferenceDocumentType": "VBRK" if item.invoice else "BKPF",
        "OriginalReferenceDocument": item.invoice.zfill(10)
        if item.invoice
        else f"{item.document}{item.company}{item.year}",
        "PostingDate": day_ms(item.posted_on),
        "DocumentDate": day_ms(item.posted_on),
        "NetDueDate": when(item.due_on),
        "AccountingDocumentCreationDate": day_ms(item.created_on or item.posted_on),
        "LastChangeDate": None,
        "ClearingCreationDate": when(item.clearing_created_on or item.cleared_on),
        "ClearingDate": when(item.cleared_on),
        "ClearingAccountingDocument": item.clearing_document,
        "ClearingDocFiscalYear": item.clearing_year,
        "IsCleared": int(item.cleared_on is not None),
        "ClearingIsReversed": 0,
        "TransactionCurrency": item.currency,
        "AmountInTransactionCurrency": money(item.amount, item.currency),
        "CompanyCodeCurrency": "CNY",
        "AmountInCompanyCodeCurrency": money(item.amount if item.base is None else item.base, "CNY"),
        "InvoiceReference": item.reference,
        "InvoiceReferenceFiscalYear": item.reference_year,
        "FollowOnDocumentType": "Z" if item.reference else "",
        "DunningLevel": str(item.dunning),
        "PaymentTerms": item.terms,
    }
