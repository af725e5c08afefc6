"""The sheets that are understood: which columns each has, and which of the ERP's properties a column stands for.

A sheet has a row per line of a document; what belongs to the document as a whole repeats on each row. The rows become the
ERP's, so that field maps, rejected rows and writing are the same for both.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from crm.errors import DomainError
from integrations.sap.client import Row
from integrations.sap.values import norm_id
from orders.enums import InvoiceKind
from orders.models import Invoice

_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}([,，]\d{3})+(\.\d+)?")
_DAY = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T].*)?$")


def text(value: str) -> str:
    """As it stands."""
    return value


def day(value: str) -> str | None:
    """A date such as 2026-01-31 or 2026/1/31; what is none stays as it is and is rejected with its value."""
    match = _DAY.match(value)
    try:
        at = dt.datetime(int(match[1]), int(match[2]), int(match[3]), tzinfo=dt.UTC) if match else None
    except ValueError:
        at = None
    return f"/Date({round(at.timestamp() * 1000)})/" if at else value or None


def number(value: str) -> str:
    """A number with a decimal point, with or without separators of thousands. One with a decimal comma stays, and is rejected."""
    plain = value.replace(",", "").replace("，", "") if _THOUSANDS.fullmatch(value) else value
    try:
        return f"{Decimal(plain):f}"
    except InvalidOperation:
        return value


def yes(value: str) -> bool:
    """Whether the cell says yes."""
    return value.strip().lower() in ("1", "yes", "true", "x", "y", "是")


def one_of(**choices: Row) -> Callable[[str], Row]:
    """Properties by a word, none for an empty cell; another word raises DomainError."""

    def read(value: str) -> Row:
        word = value.strip().lower()
        if word and word not in choices:
            raise DomainError(_("%(value)s is none of: %(choices)s.") % {"value": value, "choices": ", ".join(choices)})
        return choices.get(word, {})

    return read


@dataclass(frozen=True)
class Column:
    """A column: the property it stands for (or "" when `read` gives several), and whether it must be there.

    A property of something that hangs below is given with its path, as `to_Customer/CustomerName`.
    """

    property: str
    read: Callable[[str], Any] = text
    required: bool = False


@dataclass(frozen=True)
class Kind:
    """A kind of sheet, named as its files begin; `head` and `line` are its columns by their headings.

    A row whose line says nothing makes no item. `finish` completes what has been read of a sheet.
    """

    name: str
    entity_set: str
    key: str
    head: Mapping[str, Column]
    line: Mapping[str, Column] = field(default_factory=dict)
    to_items: str = ""
    fixed: Row = field(default_factory=dict)
    schedule: bool = False
    finish: Callable[[list[Row]], None] | None = None

    @property
    def columns(self) -> dict[str, Column]:
        """All columns by their headings."""
        return {**self.head, **self.line}

    def documents(self, rows: list[dict[str, str]]) -> list[Row]:
        """The ERP's rows of a sheet, one per document, in the order of the sheet. Raises DomainError for an unknown word."""
        if not self.to_items:
            return [{**self.fixed, **_values(self.head, row)} for row in rows]
        found: dict[str, Row] = {}
        for row in rows:
            document = found.get(row[self.key])
            if document is None:
                document = found[row[self.key]] = {**self.fixed, **_values(self.head, row)}
                place(document, self.to_items, [])
            item = self._item(row)
            if any(value not in ("", None, False) for value in item.values()):
                items_of(document, self.to_items).append(item)
        documents = list(found.values())
        if self.finish is not None:
            self.finish(documents)
        return documents

    def _item(self, row: dict[str, str]) -> Row:
        item = _values(self.line, row)
        if self.schedule:
            promised = item.pop("ConfirmedDeliveryDate", None)
            quantity = item.get("RequestedQuantity")
            whole = {"ScheduleLineOrderQuantity": quantity, "ConfdOrderQtyByMatlAvailCheck": quantity}
            item["to_ScheduleLine"] = [{"ScheduleLine": "1", "ConfirmedDeliveryDate": promised, **whole}]
        return item


def _values(columns: Mapping[str, Column], row: dict[str, str]) -> Row:
    values: Row = {}
    for heading, column in columns.items():
        if heading in row:
            read = column.read(row[heading])
            for name, value in ({column.property: read} if column.property else read).items():
                place(values, name, value)
    return values


def place(row: Row, path: str, value: Any) -> None:
    """Put a value at a path, making what it leads through."""
    *above, name = path.split("/")
    for step in above:
        row = row.setdefault(step, {})
    row[name] = value


def items_of(row: Row, path: str) -> list[Row]:
    """The list that was put at a path."""
    found: Any = row
    for step in path.split("/"):
        found = found[step]
    items: list[Row] = found
    return items


def _left(shipments: list[Row]) -> None:
    """A day on which the goods left, or arrived, says that they did where no word says how far the shipment is."""
    told = ("OverallGoodsMovementStatus", "OverallPickingStatus", "OverallProofOfDeliveryStatus")
    for shipment in shipments:
        if not any(name in shipment for name in told):
            arrived = bool(shipment.get("ProofOfDeliveryDate"))
            if arrived or shipment.get("ActualGoodsMovementDate"):
                shipment["OverallGoodsMovementStatus"] = "C"
            if arrived:
                shipment["OverallProofOfDeliveryStatus"] = "C"


def _cancels(invoices: list[Row]) -> None:
    """What cancels a credit memo, of this sheet or one that we know, is owed again; of an invoice it is not."""
    undone = [(row, number) for row in invoices if (number := norm_id(row.get("CancelledBillingDocument")))]
    known = Invoice._base_manager.filter(number__in={number for _row, number in undone}, kind=InvoiceKind.CREDIT_MEMO)
    memos = set(known.values_list("number", flat=True)) if undone else set()
    memos |= {norm_id(row.get("BillingDocument")) for row in invoices if row.get("SDDocumentCategory") == "O"}
    for row, number in undone:
        if row.get("SDDocumentCategory") == "N" and number in memos:
            row["SDDocumentCategory"] = "S"


ORDERS = Kind(
    name="orders",
    entity_set="A_SalesOrder",
    key="order",
    to_items="to_Item",
    schedule=True,
    head={
        "order": Column("SalesOrder", required=True),
        "customer": Column("SoldToParty", required=True),
        "currency": Column("TransactionCurrency", required=True),
        "ordered_on": Column("SalesOrderDate", day, required=True),
        "requested_on": Column("RequestedDeliveryDate", day),
        "customer_reference": Column("PurchaseOrderByCustomer"),
        "type": Column("SalesOrderType"),
        "net": Column("TotalNetAmount", number, required=True),
        "status": Column(
            "",
            one_of(
                open={},
                on_hold={"TotalBlockStatus": "C"},
                part_delivered={"OverallTotalDeliveryStatus": "B"},
                delivered={"OverallTotalDeliveryStatus": "C"},
                completed={"OverallSDProcessStatus": "C"},
                cancelled={"OverallSDDocumentRejectionSts": "C"},
            ),
        ),
    },
    line={
        "item": Column("SalesOrderItem", required=True),
        "product": Column("Material"),
        "text": Column("SalesOrderItemText"),
        "quantity": Column("RequestedQuantity", number, required=True),
        "unit": Column("RequestedQuantityUnit", required=True),
        "promised_on": Column("ConfirmedDeliveryDate", day),
        "rejected": Column("SalesDocumentRjcnReason", lambda value: "X" if yes(value) else ""),
        "line_net": Column("NetAmount", number, required=True),
    },
)
SHIPMENTS = Kind(
    name="shipments",
    entity_set="A_OutbDeliveryHeader",
    key="shipment",
    to_items="to_DeliveryDocumentItem",
    fixed={"SDDocumentCategory": "J"},
    finish=_left,
    head={
        "shipment": Column("DeliveryDocument", required=True),
        "customer": Column("SoldToParty", required=True),
        "currency": Column("TransactionCurrency", required=True),
        "planned_on": Column("PlannedGoodsIssueDate", day, required=True),
        "delivery_on": Column("DeliveryDate", day),
        "shipped_on": Column("ActualGoodsMovementDate", day),
        "received_on": Column("ProofOfDeliveryDate", day),
        "carrier_reference": Column("BillOfLading"),
        "status": Column(
            "",
            one_of(
                planned={},
                picked={"OverallPickingStatus": "C"},
                shipped={"OverallGoodsMovementStatus": "C"},
                received={"OverallGoodsMovementStatus": "C", "OverallProofOfDeliveryStatus": "C"},
            ),
        ),
    },
    line={
        "item": Column("DeliveryDocumentItem", required=True),
        "product": Column("Material"),
        "text": Column("DeliveryDocumentItemText"),
        "quantity": Column("ActualDeliveryQuantity", number, required=True),
        "unit": Column("DeliveryQuantityUnit", required=True),
        "batch": Column("Batch"),
        "order": Column("ReferenceSDDocument"),
        "order_item": Column("ReferenceSDDocumentItem"),
    },
)
INVOICES = Kind(
    name="invoices",
    entity_set="A_BillingDocument",
    key="invoice",
    to_items="to_Item",
    finish=_cancels,
    head={
        "invoice": Column("BillingDocument", required=True),
        "company": Column("CompanyCode"),
        "customer": Column("SoldToParty", required=True),
        "currency": Column("TransactionCurrency", required=True),
        "type": Column(
            "",
            one_of(
                invoice={"SDDocumentCategory": "M"},
                credit_memo={"SDDocumentCategory": "O"},
                debit_memo={"SDDocumentCategory": "P"},
                cancellation={"SDDocumentCategory": "N"},
                credit_memo_cancellation={"SDDocumentCategory": "S"},
                pro_forma={"SDDocumentCategory": "U"},
            ),
            required=True,
        ),
        "invoiced_on": Column("BillingDocumentDate", day, required=True),
        "net": Column("TotalNetAmount", number, required=True),
        "tax": Column("TaxAmount", number, required=True),
        "gross": Column("TotalGrossAmount", number, required=True),
        "cancelled": Column("BillingDocumentIsCancelled", yes),
        "cancels": Column("CancelledBillingDocument"),
        "accounting_document": Column("AccountingDocument"),
        "year": Column("FiscalYear"),
    },
    line={
        "item": Column("BillingDocumentItem", required=True),
        "product": Column("Material"),
        "text": Column("BillingDocumentItemText"),
        "quantity": Column("BillingQuantity", number, required=True),
        "unit": Column("BillingQuantityUnit", required=True),
        "order": Column("SalesDocument"),
        "order_item": Column("SalesDocumentItem"),
        "line_net": Column("NetAmount", number, required=True),
        "line_tax": Column("TaxAmount", number, required=True),
    },
)
RECEIVABLES = Kind(
    name="receivables",
    entity_set="A_OperationalAcctgDocItemCube",
    key="document",
    fixed={"FinancialAccountType": "D"},
    head={
        "document": Column("AccountingDocument", required=True),
        "company": Column("CompanyCode", required=True),
        "year": Column("FiscalYear", required=True),
        "item": Column("AccountingDocumentItem", required=True),
        "customer": Column("Customer", required=True),
        "currency": Column("TransactionCurrency", required=True),
        "type": Column(
            "",
            one_of(
                invoice={"AccountingDocumentType": "RV"},
                payment={"AccountingDocumentType": "DZ"},
                credit_memo={"AccountingDocumentType": "DG"},
                down_payment={"AccountingDocumentType": "DZ", "SpecialGLCode": "A"},
            ),
            required=True,
        ),
        "invoice": Column("BillingDocument"),
        "posted_on": Column("PostingDate", day, required=True),
        "due_on": Column("NetDueDate", day),
        "cleared_on": Column("", lambda value: {"IsCleared": bool(value), "ClearingDate": day(value)}),
        "clearing_document": Column("ClearingAccountingDocument"),
        "amount": Column("AmountInTransactionCurrency", number, required=True),
    },
)
