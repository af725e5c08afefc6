"""Credit memo requests behind the demo company's credit memos, and returns behind every third of them."""

from collections.abc import Callable, Iterator
from typing import Any

from crm.demo.world import World
from integrations.simulator.columns import milliseconds
from integrations.simulator.documents import item_no
from integrations.simulator.store import day_ms

Row = dict[str, Any]
FIRST = {"CustomerReturn": 6500000001, "CreditMemoRequest": 6000000001}
TYPES = {"CustomerReturn": "RE2", "CreditMemoRequest": "CR"}
FINISHED = 45 * 86_400_000  # milliseconds after which it is completed


def _memos(world: World, name: str) -> Iterator[tuple[Row, str, int]]:
    """Credit memos with the number of the document behind each, and its id."""
    columns = ("id", "sap_category", "sap_reference", "customer_id", "currency_id", "sap_org", "sap_terms")
    table = world["invoice"]
    days = milliseconds(table["invoiced_on"])
    place = 0
    for row, day in zip(table.rows(*columns), days, strict=True):
        memo = {**dict(zip(columns, row, strict=True)), "day": day}
        if memo["sap_category"] != "O":
            continue
        place += 1
        if name == "CreditMemoRequest" or place % 3 == 0:
            yield memo, str(FIRST[name] + place), memo["id"]


def _lines(world: World) -> dict[int, list[Row]]:
    columns = ("invoice_id", "item", "text", "product_id", "quantity", "unit", "net")
    found: dict[int, list[Row]] = {}
    for row in world["invoice_line"].rows(*columns):
        found.setdefault(row[0], []).append(dict(zip(columns, row, strict=True)))
    return found


def headers(world: World, name: str) -> Iterator[Row]:
    """The headers of a kind of document."""
    customers = dict(world["customer"].rows("id", "sap_number"))
    totals = {pk: sum(abs(line["net"]) for line in lines) for pk, lines in _lines(world).items()}
    today = day_ms(world.today)
    for memo, number, pk in _memos(world, name):
        yield {
            name: number,
            f"{name}Type": TYPES[name],
            "SalesOrganization": memo["sap_org"],
            "SoldToParty": customers[memo["customer_id"]],
            "CreationDate": memo["day"],
            "LastChangeDateTime": memo["day"],
            "PurchaseOrderByCustomer": "",
            f"{name}Date": memo["day"],
            "TotalNetAmount": f"{totals.get(pk, 0)}",
            "TransactionCurrency": memo["currency_id"],
            "SDDocumentReason": "001" if name == "CustomerReturn" else "004",
            "ReferenceSDDocument": memo["sap_reference"],
            "OverallSDProcessStatus": "C" if memo["day"] < today - FINISHED else "B",
            "OverallSDDocumentRejectionSts": "A",
        }


def items(world: World, name: str) -> Iterator[Row]:
    """The items of a kind of document."""
    products, lines = dict(world["product"].rows("id", "sap_number")), _lines(world)
    for memo, number, pk in _memos(world, name):
        for line in lines.get(pk, []):
            unit = {"RequestedQuantityUnit": line["unit"]}
            if name == "CreditMemoRequest":
                unit["RequestedQuantitySAPUnit"] = line["unit"]
            yield {
                name: number,
                f"{name}Item": item_no(line["item"]),
                f"{name}ItemText": line["text"][:40],
                "Material": products.get(line["product_id"], ""),
                "RequestedQuantity": f"{abs(line['quantity'])}",
                **unit,
                "TransactionCurrency": memo["currency_id"],
                "NetAmount": f"{abs(line['net'])}",
                "SalesDocumentRjcnReason": "",
                "ReferenceSDDocument": memo["sap_reference"],
                "ReferenceSDDocumentItem": item_no(line["item"]) if memo["sap_reference"] else "",
            }


RETURNS: dict[str, Callable[[World], Iterator[Row]]] = {
    "A_CustomerReturn": lambda world: headers(world, "CustomerReturn"),
    "A_CustomerReturnItem": lambda world: items(world, "CustomerReturn"),
    "A_CreditMemoRequest": lambda world: headers(world, "CreditMemoRequest"),
    "A_CreditMemoRequestItem": lambda world: items(world, "CreditMemoRequest"),
}
