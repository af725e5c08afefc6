"""What the ERP does of its own when a document or a partner is created: checks, numbers, prices, statuses, stamps.

It does not look whether the customer's reference was used before: a repeated POST makes a second order, as in SAP.
"""

import datetime as dt
import json
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from integrations.simulator.documents import Order, OrderItem, item_no, order_rows, plain
from integrations.simulator.store import Store, day_ms, moment_ms, ms_day

PRICES = ("PPR0", "PR00", "PMP0")  # condition types that set the price of an item

Row = dict[str, Any]


class Refusal(Exception):
    """The write is refused with that status and text."""

    def __init__(self, status: int, text: str, *details: str) -> None:
        super().__init__(text)
        self.status = status
        self.text = text
        self.details = details


@dataclass
class Draft:
    """What was sent: values as they are kept, and drafts by navigation."""

    values: Row = field(default_factory=dict)
    nested: dict[str, list["Draft"]] = field(default_factory=dict)

    def paths(self) -> list[str]:
        """The navigations given, those below them too."""
        below = {f"{name}/{path}" for name, drafts in self.nested.items() for draft in drafts for path in draft.paths()}
        return [*self.nested, *below]


def stamps(entity_set: str, now: dt.datetime) -> Row:
    """What a change moves in an entity of that set."""
    local = now + dt.timedelta(hours=8)
    if entity_set == "A_SalesOrder":
        return {"LastChangeDateTime": moment_ms(now), "LastChangeDate": day_ms(local.date())}
    if entity_set == "A_BusinessPartner":
        changed = {"LastChangeDate": day_ms(local.date()), "LastChangeTime": f"{local:PT%HH%MM%SS}"}
        return {**changed, "ETag": f"{now:%Y%m%d%H%M%S%f}"}
    return {}


def create_order(store: Store, now: dt.datetime, draft: Draft) -> list[str]:
    """Make a sales order; its key. Raises Refusal."""
    given = draft.values
    customer = str(given.get("SoldToParty") or "").lstrip("0")
    facts = _facts(store, "master_customer", customer)
    org = given.get("SalesOrganization") or ""
    if not given.get("SalesOrderType"):
        raise Refusal(400, "Enter a sales document type")
    if facts is None or facts["org"] != org:
        raise Refusal(400, f"Sold-to party {customer} not maintained for sales area {org}")
    today = (now + dt.timedelta(hours=8)).date()
    requested = ms_day(given["RequestedDeliveryDate"]) if given.get("RequestedDeliveryDate") else today
    currency = given.get("TransactionCurrency") or facts["currency"]
    sent = draft.nested.get("to_Item", [])
    items = [_order_item(store, place, item, facts, currency, requested) for place, item in enumerate(sent, 1)]
    number = given.get("SalesOrder") or store.next_number("A_SalesOrder", "SalesOrder", 4500000001)
    if store.rows("A_SalesOrder", "SalesOrder = ?", [number]):
        raise Refusal(400, f"Sales document {number} already exists")
    order = Order(
        number=number,
        customer=customer,
        currency=currency,
        ordered_on=today,
        changed_at=now,
        items=items,
        org=org,
        channel=given.get("DistributionChannel") or facts["channel"],
        division=given.get("OrganizationDivision") or facts["division"],
        requested_on=requested,
        terms=facts["terms"],
        header={name: value for name, value in given.items() if value is not None and name != "SoldToParty"},
    )
    rows = order_rows(order)
    rows["A_SalesOrder"][0]["SalesOrder"] = number
    rows["A_SalesOrderHeaderPartner"] = _partners(store, number, customer, draft.nested.get("to_Partner", []))
    rows["A_SalesOrderText"] = [{**text.values, "SalesOrder": number} for text in draft.nested.get("to_Text", [])]
    _ask_for_days(rows["A_SalesOrderScheduleLine"], sent)
    sent_prices = _prices(number, items, sent, currency)
    priced = {row["SalesOrderItem"] for row in sent_prices}
    calculated = [row for row in rows["A_SalesOrderItemPrElement"] if row["SalesOrderItem"] not in priced]
    rows["A_SalesOrderItemPrElement"] = [*calculated, *sent_prices]
    for entity_set, found in rows.items():
        store.put(entity_set, found)
    return [number]


def _ask_for_days(rows: list[Row], sent: list[Draft]) -> None:
    """An item may be wanted on a day of its own; the rest of a schedule line follows from the item."""
    for row, item in zip(rows, sent, strict=True):
        for line in item.nested.get("to_ScheduleLine", [])[:1]:
            row["RequestedDeliveryDate"] = line.values.get("RequestedDeliveryDate", row["RequestedDeliveryDate"])


def _order_item(store: Store, place: int, draft: Draft, customer: Row, currency: str, on: dt.date) -> OrderItem:
    given = draft.values
    material = str(given.get("Material") or "").lstrip("0")
    product = _facts(store, "master_product", material)
    if product is None:
        raise Refusal(400, f"Item {10 * place}: Material {material} does not exist", "The order was not created")
    quantity, unit = _number(given.get("RequestedQuantity")), given.get("RequestedQuantityUnit") or product["unit"]
    if quantity <= 0:
        raise Refusal(400, f"Item {10 * place}: Enter an order quantity")
    if unit not in ("KG", product["unit"]):
        raise Refusal(400, f"Item {10 * place}: Unit {unit} is not defined for material {material}")
    base = quantity if unit == "KG" else quantity * product["numerator"] / product["denominator"]
    net = _agreed(draft, quantity, base, unit)
    if net is None:
        rates = json.loads(store.setting("rates", "{}"))
        net = base * Decimal(product["price"]) / Decimal(rates.get(currency, "1"))
    tax = Decimal(0) if customer["tax_free"] else net * product["tax"] / 100
    number = int(given.get("SalesOrderItem") or 10 * place)
    text = given.get("SalesOrderItemText") or product["text"]
    return OrderItem(number, material, text, quantity, unit, net, on, tax=tax)


def _agreed(draft: Draft, quantity: Decimal, base: Decimal, unit: str) -> Decimal | None:
    """The net amount at the price that was sent along; None when none was."""
    for condition in draft.nested.get("to_PricingElement", []):
        given = condition.values
        if given.get("ConditionType") in PRICES:
            per = _number(given.get("ConditionQuantity") or "1")
            counted = quantity if (given.get("ConditionQuantityUnit") or unit) == unit else base
            return _number(given.get("ConditionRateValue")) * counted / per
    return None


def _prices(number: str, items: list[OrderItem], sent: list[Draft], currency: str) -> list[Row]:
    rows = []
    for item, draft in zip(items, sent, strict=True):
        for place, condition in enumerate(draft.nested.get("to_PricingElement", []), 1):
            row = {
                "SalesOrder": number,
                "SalesOrderItem": item_no(item.item),
                "PricingProcedureStep": f"{10 * place:03d}",
            }
            row |= {
                "PricingProcedureCounter": "001",
                "ConditionAmount": plain(item.net),
                "TransactionCurrency": currency,
            }
            rows.append({**condition.values, **row})
    return rows


def _partners(store: Store, number: str, customer: str, drafts: list[Draft]) -> list[Row]:
    """The partners of an order: all are the customer unless others are given."""
    partners = dict.fromkeys(("SP", "SH", "BP", "PY"), customer)
    for draft in drafts:
        other = str(draft.values.get("Customer") or "").lstrip("0")
        if _facts(store, "master_customer", other) is None:
            raise Refusal(400, f"Partner {other} does not exist")
        partners[draft.values.get("PartnerFunction") or ""] = other
    return [{"SalesOrder": number, "PartnerFunction": name, "Customer": other} for name, other in partners.items()]


def create_partner(store: Store, now: dt.datetime, draft: Draft) -> list[str]:
    """Make a business partner with its customer; its key. Raises Refusal."""
    given = draft.values
    if not given.get("BusinessPartnerCategory") or not given.get("OrganizationBPName1"):
        raise Refusal(400, "Enter the category and the name of the business partner")
    number = given.get("BusinessPartner") or store.next_number("A_BusinessPartner", "BusinessPartner", 9500001)
    if store.rows("A_BusinessPartner", "BusinessPartner = ?", [number]):
        raise Refusal(400, f"Business partner {number} already exists")
    local = now + dt.timedelta(hours=8)
    row = {"BusinessPartnerFullName": given["OrganizationBPName1"], "BusinessPartnerIsBlocked": 0, "Customer": ""}
    row |= {"CreationDate": day_ms(local.date()), "CreationTime": f"{local:PT%HH%MM%SS}", "IsMarkedForArchiving": 0}
    row |= {"ETag": f"{now:%Y%m%d%H%M%S%f}", **given, "BusinessPartner": number}
    for customer in draft.nested.get("to_Customer", []):
        row["Customer"] = _customer(store, local.date(), customer, given["OrganizationBPName1"])
    store.put("A_BusinessPartner", [row])
    for navigation, entity_set in (
        ("to_BusinessPartnerRole", "A_BusinessPartnerRole"),
        ("to_BusinessPartnerTax", "A_BusinessPartnerTaxNumber"),
    ):
        store.put(entity_set, [{**item.values, "BusinessPartner": number} for item in draft.nested.get(navigation, [])])
    addresses = draft.nested.get("to_BusinessPartnerAddress", [])
    rows = [
        {"AddressID": f"{place:010d}", **item.values, "BusinessPartner": number}
        for place, item in enumerate(addresses, 1)
    ]
    store.put("A_BusinessPartnerAddress", rows)
    return [number]


def _customer(store: Store, today: dt.date, draft: Draft, name: str) -> str:
    number = draft.values.get("Customer") or store.next_number("A_Customer", "Customer", 1900001)
    blocks = {"OrderIsBlockedForCustomer": "", "DeliveryIsBlocked": "", "BillingIsBlockedForCustomer": ""}
    row = {"CustomerName": name[:80], "CreationDate": day_ms(today), "PostingIsBlocked": 0, "DeletionIndicator": 0}
    store.put("A_Customer", [{**row, **blocks, **draft.values, "Customer": number}])
    companies = [item.values for item in draft.nested.get("to_CustomerCompany", [])]
    areas = [item.values for item in draft.nested.get("to_CustomerSalesArea", [])]
    store.put("A_CustomerCompany", [{"DeletionIndicator": 0, **values, "Customer": number} for values in companies])
    store.put("A_CustomerSalesArea", [{"DeletionIndicator": 0, **values, "Customer": number} for values in areas])
    if companies and areas:
        area = areas[0]
        facts = {"currency": area.get("Currency") or "CNY", "terms": area.get("CustomerPaymentTerms") or "ZB30"}
        facts |= {"tax_free": False, "org": area["SalesOrganization"], "company": companies[0]["CompanyCode"]}
        facts |= {"division": area.get("Division") or "00", "channel": area.get("DistributionChannel") or "10"}
        store.db.execute("INSERT OR REPLACE INTO master_customer VALUES (?, ?)", (number, json.dumps(facts)))
    return str(number)


def _facts(store: Store, table: str, number: str) -> Row | None:
    found = store.db.execute(f"SELECT facts FROM {table} WHERE number = ?", [number]).fetchone()  # noqa: S608 -- our own names
    return json.loads(found[0]) if found else None


def _number(value: Any) -> Decimal:
    try:
        return Decimal(str(value))
    except InvalidOperation as error:
        raise Refusal(400, f"'{value}' is not a number") from error
