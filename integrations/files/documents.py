"""The sheets of documents: orders, shipments, invoices, and the items of customers' accounts."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from crm.languages import lazily
from integrations.files.kinds import Column, Kind, Part, amount, day, number, one_of, refuse, yes
from integrations.sap.client import Row
from integrations.sap.values import norm_id
from orders.enums import InvoiceKind
from orders.models import Invoice


def _ordered(orders: list[Row]) -> None:
    """Completes schedule lines and price conditions, which are numbered as they come."""
    for order in orders:
        for item in order["to_Item"]:
            for step, condition in enumerate(item["to_PricingElement"], 1):
                condition |= {"PricingProcedureStep": str(step), "PricingProcedureCounter": "1"}
            _schedule(item, item["to_ScheduleLine"])
            _require_parts(order, item, item["to_ScheduleLine"])


def _schedule(item: Row, parts: list[Row]) -> None:
    """A part that says no more is confirmed as a whole for its day; an item that comes in one is that part."""
    for part in parts:
        whole = item.get("RequestedQuantity") if len(parts) == 1 else ""
        wanted = part.get("ScheduleLineOrderQuantity") or whole or part.get("ConfdOrderQtyByMatlAvailCheck")
        promised = wanted if part.get("ConfirmedDeliveryDate") else "0"
        confirmed = part.get("ConfdOrderQtyByMatlAvailCheck") or promised
        part["ScheduleLine"] = part.get("ScheduleLine") or "1"
        part |= {"ScheduleLineOrderQuantity": wanted, "ConfdOrderQtyByMatlAvailCheck": confirmed}


def _require_parts(order: Row, item: Row, parts: list[Row]) -> None:
    """Each of several parts has a number of its own, and says how much it is."""
    told = {"item": norm_id(item.get("SalesOrderItem"))}
    if len({norm_id(part["ScheduleLine"]) for part in parts}) < len(parts):
        refuse(order, lazily(_("A schedule line of item %(item)s comes twice."), **told))
    if len(parts) > 1 and not all(part["ScheduleLineOrderQuantity"] for part in parts):
        text = _("Item %(item)s comes in several schedule lines: write how much each is in the column “scheduled”.")
        refuse(order, lazily(text, **told))


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


def _invoiced(invoices: list[Row]) -> None:
    """Amounts are positive, and the type says how they count: a sign of their own would turn them round once more."""
    names = {"net": "TotalNetAmount", "tax": "TaxAmount", "gross": "TotalGrossAmount"}
    for row in invoices:
        negative = [heading for heading, name in names.items() if (amount(row.get(name)) or 0) < 0]
        sums = [_sum(row["to_Item"], name) for name in ("NetAmount", "BillingQuantity")]
        if negative:
            text = _("Write amounts positive, the type says how they count; these are negative: %(columns)s.")
            refuse(row, lazily(text, columns=", ".join(negative)))
        elif amount(row.get("TotalNetAmount")) and min(sums) < 0:
            refuse(row, _("The lines have another sign than the document."))
    _cancels(invoices)


def _sum(items: list[Row], name: str) -> Decimal:
    return sum((amount(item.get(name)) or Decimal(0) for item in items), Decimal(0))


def _cancels(invoices: list[Row]) -> None:
    """What cancels a credit memo, of this sheet or one that we know, is owed again; of an invoice it is not."""
    undone = [(row, undoes) for row in invoices if (undoes := norm_id(row.get("CancelledBillingDocument")))]
    known = Invoice._base_manager.filter(number__in={undoes for _row, undoes in undone}, kind=InvoiceKind.CREDIT_MEMO)
    memos = set(known.values_list("number", flat=True)) if undone else set()
    memos |= {norm_id(row.get("BillingDocument")) for row in invoices if row.get("SDDocumentCategory") == "O"}
    for row, undoes in undone:
        if row.get("SDDocumentCategory") == "N" and undoes in memos:
            row["SDDocumentCategory"] = "S"


_INCREASING, _LOWERING = ("invoice", "remainder"), ("payment", "credit_memo")  # what a customer owes


def _posted(items: list[Row]) -> None:
    """The sign of an amount fits its type: the ERP's document types leave to the sign what an item is."""
    for row in items:
        word, at = row.pop("type", ""), amount(row.get("AmountInTransactionCurrency")) or 0
        if at > 0 and word in _LOWERING:
            refuse(row, _("Payments and credit memos are negative; what was paid back has the type “remainder”."))
        if at < 0 and word in _INCREASING:
            text = _("Invoices and remainders are positive; what lowers the debt is a “payment” or a “credit_memo”.")
            refuse(row, text)
        if row.get("InvoiceReference") and not row.get("InvoiceReferenceFiscalYear"):
            row["InvoiceReferenceFiscalYear"] = row["FiscalYear"]


def _delivery(value: str) -> Row:
    """The delivery that a line bills; the ERP's lines may go back to something else."""
    return {"ReferenceSDDocumentCategory": "J", "ReferenceSDDocument": value} if value else {}


ORDERS = Kind(
    name="orders",
    entity_set="A_SalesOrder",
    key=("order",),
    finish=_ordered,
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
    parts=(
        Part(
            path="to_Item",
            columns={
                "item": Column("SalesOrderItem", required=True),
                "product": Column("Material"),
                "text": Column("SalesOrderItemText"),
                "quantity": Column("RequestedQuantity", number, required=True),
                "unit": Column("RequestedQuantityUnit", required=True),
                "rejected": Column("SalesDocumentRjcnReason", lambda value: "X" if yes(value) else ""),
                "line_net": Column("NetAmount", number, required=True),
            },
            key=("item",),
            parted=("schedule_line", "condition"),
            below=(
                Part(
                    path="to_ScheduleLine",
                    columns={
                        "promised_on": Column("ConfirmedDeliveryDate", day),
                        "schedule_line": Column("ScheduleLine"),
                        "scheduled": Column("ScheduleLineOrderQuantity", number),
                        "confirmed": Column("ConfdOrderQtyByMatlAvailCheck", number),
                    },
                    key=("schedule_line",),
                ),
                Part(
                    path="to_PricingElement",
                    columns={
                        "condition": Column("ConditionType"),
                        "rate": Column("ConditionRateValue", number),
                        "rate_currency": Column("ConditionCurrency"),
                        "per": Column("ConditionQuantity", number),
                        "per_unit": Column("ConditionQuantityUnit"),
                        "condition_amount": Column("ConditionAmount", number),
                    },
                    key=("condition",),
                ),
            ),
        ),
    ),
)
SHIPMENTS = Kind(
    name="shipments",
    entity_set="A_OutbDeliveryHeader",
    key=("shipment",),
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
    parts=(
        Part(
            path="to_DeliveryDocumentItem",
            columns={
                "item": Column("DeliveryDocumentItem", required=True),
                "product": Column("Material"),
                "text": Column("DeliveryDocumentItemText"),
                "quantity": Column("ActualDeliveryQuantity", number, required=True),
                "unit": Column("DeliveryQuantityUnit", required=True),
                "batch": Column("Batch"),
                "order": Column("ReferenceSDDocument"),
                "order_item": Column("ReferenceSDDocumentItem"),
            },
        ),
    ),
)
INVOICES = Kind(
    name="invoices",
    entity_set="A_BillingDocument",
    key=("invoice",),
    finish=_invoiced,
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
    parts=(
        Part(
            path="to_Item",
            columns={
                "item": Column("BillingDocumentItem", required=True),
                "product": Column("Material"),
                "text": Column("BillingDocumentItemText"),
                "quantity": Column("BillingQuantity", number, required=True),
                "unit": Column("BillingQuantityUnit", required=True),
                "order": Column("SalesDocument"),
                "order_item": Column("SalesDocumentItem"),
                "delivery": Column("", _delivery),
                "delivery_item": Column("ReferenceSDDocumentItem"),
                "line_net": Column("NetAmount", number, required=True),
                "line_tax": Column("TaxAmount", number, required=True),
            },
        ),
    ),
)
RECEIVABLES = Kind(
    name="receivables",
    entity_set="A_OperationalAcctgDocItemCube",
    key=("company", "year", "document", "item"),
    fixed={"FinancialAccountType": "D"},
    finish=_posted,
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
                invoice={"AccountingDocumentType": "RV", "type": "invoice"},
                payment={"AccountingDocumentType": "DZ", "type": "payment"},
                credit_memo={"AccountingDocumentType": "DG", "type": "credit_memo"},
                down_payment={"AccountingDocumentType": "DZ", "SpecialGLCode": "A"},
                remainder={"AccountingDocumentType": "DZ", "type": "remainder"},
                other={"AccountingDocumentType": "AB"},
            ),
            required=True,
        ),
        "invoice": Column("BillingDocument"),
        "invoice_document": Column("InvoiceReference"),
        "invoice_year": Column("InvoiceReferenceFiscalYear"),
        "posted_on": Column("PostingDate", day, required=True),
        "due_on": Column("NetDueDate", day),
        "cleared_on": Column("", lambda value: {"IsCleared": bool(value), "ClearingDate": day(value)}),
        "clearing_document": Column("ClearingAccountingDocument"),
        "clearing_year": Column("ClearingDocFiscalYear"),
        "amount": Column("AmountInTransactionCurrency", number, required=True),
    },
)
