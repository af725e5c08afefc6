"""The sheets of returns and credit memo requests."""

from django.utils.translation import gettext_lazy as _

from crm.languages import lazily
from integrations.files.kinds import Column, Kind, Part, amount, day, number, one_of, refuse, yes
from integrations.sap.client import Row

_LINES = {"quantity": "RequestedQuantity", "line_net": "NetAmount"}


def _positive(requests: list[Row]) -> None:
    """As in the ERP: what lowers sales is the credit memo that follows."""
    for row in requests:
        cells = [("net", row.get("TotalNetAmount"))]
        cells += [(heading, item.get(name)) for item in row["to_Item"] for heading, name in _LINES.items()]
        negative = dict.fromkeys(heading for heading, value in cells if (amount(value) or 0) < 0)
        if negative:
            text = _("Write amounts and quantities positive; these are negative: %(columns)s.")
            refuse(row, lazily(text, columns=", ".join(negative)))


def _requests(name: str, heading: str, property_: str) -> Kind:
    """Both have the same columns; the number, the date and the item bear the name of the set there."""
    return Kind(
        name=name,
        entity_set=f"A_{property_}",
        key=(heading,),
        finish=_positive,
        head={
            heading: Column(property_, required=True),
            "customer": Column("SoldToParty", required=True),
            "currency": Column("TransactionCurrency", required=True),
            "requested_on": Column(f"{property_}Date", day, required=True),
            "net": Column("TotalNetAmount", number, required=True),
            "reason": Column("SDDocumentReason"),
            "customer_reference": Column("PurchaseOrderByCustomer"),
            "goes_back_to": Column("ReferenceSDDocument"),
            "status": Column(
                "",
                one_of(
                    open={},
                    in_work={"OverallSDProcessStatus": "B"},
                    completed={"OverallSDProcessStatus": "C"},
                    rejected={"OverallSDDocumentRejectionSts": "C"},
                ),
            ),
        },
        parts=(
            Part(
                path="to_Item",
                columns={
                    "item": Column(f"{property_}Item", required=True),
                    "product": Column("Material"),
                    "text": Column(f"{property_}ItemText"),
                    "quantity": Column("RequestedQuantity", number, required=True),
                    "unit": Column("RequestedQuantityUnit", required=True),
                    "line_net": Column("NetAmount", number, required=True),
                    "line_rejected": Column("SalesDocumentRjcnReason", lambda value: "X" if yes(value) else ""),
                    "document": Column("ReferenceSDDocument"),
                    "document_item": Column("ReferenceSDDocumentItem"),
                },
            ),
        ),
    )


RETURNS = _requests("returns", "return", "CustomerReturn")
CREDIT_REQUESTS = _requests("credit_requests", "request", "CreditMemoRequest")
