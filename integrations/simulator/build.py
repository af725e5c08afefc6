"""Turns the demo company's documents into SAP's rows, column by column."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from crm.demo.world import World
from integrations.simulator.build_master import MASTER
from integrations.simulator.build_prices import below_lines
from integrations.simulator.build_returns import RETURNS
from integrations.simulator.columns import Part, dicts, milliseconds, of
from integrations.simulator.documents import ISO_UNITS
from integrations.simulator.schema import ENTITY_TYPES
from integrations.simulator.store import Store
from orders.demo import build_world

CHUNK = 50_000

Column = Iterable[Any]


def fill(store: Store, *, scale: float, seed: int, today: dt.date) -> None:
    """Make the documents of the demo company of that scale and seed, as of that day, and what new ones are made from."""
    world = build_world(scale=scale, seed=seed, today=today)
    with store.writing():
        for entity_set, make in {**MASTER, **RETURNS}.items():
            store.put(entity_set, make(world))
        for entity_set, chunks in _everything(world):
            for columns in chunks:
                _put(store, entity_set, columns)
        _master(store, world)
        store.set("filled", world.today.isoformat())


def _everything(world: World) -> Iterator[tuple[str, Iterator[dict[str, Any]]]]:
    yield "A_SalesOrder", _chunks(world, "sales_order", _orders)
    yield "A_SalesOrderItem", _chunks(world, "sales_order_line", _order_items)
    for entity_set, make in below_lines():
        yield entity_set, _chunks(world, "sales_order_line", make)
    yield "A_OutbDeliveryHeader", _chunks(world, "shipment", _deliveries)
    yield "A_OutbDeliveryItem", _chunks(world, "shipment_line", _delivery_items)
    yield "A_BillingDocument", _chunks(world, "invoice", _invoices)
    yield "A_BillingDocumentItem", _chunks(world, "invoice_line", _invoice_items)
    yield "A_OperationalAcctgDocItemCube", _chunks(world, "receivable", _account_items)


def _chunks(world: World, table: str, make: Any) -> Iterator[dict[str, Any]]:
    for start in range(0, len(world[table]), CHUNK):
        yield make(world, Part(world[table], start, min(start + CHUNK, len(world[table]))))


def _put(store: Store, entity_set: str, columns: dict[str, Any]) -> None:
    """Store rows given by columns; a value that is no column stands in every row, what is missing is null."""
    count = max(len(values) for values in columns.values() if isinstance(values, list))
    names = ENTITY_TYPES[entity_set].properties
    lists = [values if isinstance(values := columns.get(name), list) else [values] * count for name in names]
    store.put_tuples(entity_set, zip(*lists, strict=True))


def _orders(world: World, part: Part) -> dict[str, Any]:
    customers = part.ids("customer_id")
    created = part.table["sap_created_at"][part.rows] + np.timedelta64(8, "h")
    changed = part.table["source_changed_at"][part.rows]
    return {
        "SalesOrder": part.text("number"),
        "SalesOrderType": "OR",
        "SalesOrderTypeInternalCode": "TA",
        "SalesOrganization": part.text("sap_org"),
        "DistributionChannel": part.text("sap_channel"),
        "OrganizationDivision": part.text("sap_division"),
        "SoldToParty": of(world["customer"], "sap_number", customers),
        "CreationDate": milliseconds(created.astype("datetime64[D]")),
        "LastChangeDate": milliseconds((changed + np.timedelta64(8, "h")).astype("datetime64[D]")),
        "LastChangeDateTime": part.moments("source_changed_at"),
        "PurchaseOrderByCustomer": part.text("customer_reference"),
        "SalesOrderDate": part.days("ordered_on"),
        "TotalNetAmount": part.number("net"),
        "TransactionCurrency": part.text("currency_id"),
        "PricingDate": part.days("ordered_on"),
        "RequestedDeliveryDate": part.days("requested_on"),
        "IncotermsClassification": part.text("sap_incoterms"),
        "CustomerPaymentTerms": of(world["customer"], "sap_terms", customers),
        "TotalBlockStatus": part.text("sap_block"),
        "DeliveryBlockReason": part.text("sap_delivery_block"),
        "HeaderBillingBlockReason": "",
        "TotalCreditCheckStatus": part.text("sap_credit"),
        "SalesDocApprovalStatus": "",
        "OverallSDProcessStatus": part.text("sap_process"),
        "OverallSDDocumentRejectionSts": part.text("sap_rejection"),
        "OverallTotalDeliveryStatus": part.text("sap_delivery_status"),
        "OverallOrdReltdBillgStatus": part.text("sap_process"),
    }


def _order_items(world: World, part: Part) -> dict[str, Any]:
    orders = part.ids("order_id")
    units = part.text("unit")
    return {
        "SalesOrder": of(world["sales_order"], "number", orders),
        "SalesOrderItem": part.items("item"),
        "HigherLevelItem": part.items("sap_higher_item"),
        "SalesOrderItemCategory": part.text("sap_category"),
        "SalesOrderItemText": part.text("text"),
        "Material": of(world["product"], "sap_number", part.ids("product_id")),
        "RequestedQuantity": part.number("quantity"),
        "RequestedQuantityUnit": units,
        "RequestedQuantitySAPUnit": units,
        "RequestedQuantityISOUnit": [ISO_UNITS.get(unit, unit) for unit in units],
        "ConfdDelivQtyInOrderQtyUnit": part.number("quantity"),
        "TransactionCurrency": of(world["sales_order"], "currency_id", orders),
        "NetAmount": part.number("net"),
        "TaxAmount": part.number("sap_tax"),
        "CostAmount": part.number("sap_cost"),
        "SalesDocumentRjcnReason": part.text("sap_reason"),
        "SDProcessStatus": part.text("sap_process"),
        "DeliveryStatus": part.text("sap_delivery_status"),
        "OrderRelatedBillingStatus": part.text("sap_billing_status"),
    }


def _deliveries(world: World, part: Part) -> dict[str, Any]:
    customers = of(world["customer"], "sap_number", part.ids("customer_id"))
    created = (part.table["sap_created_at"][part.rows] + np.timedelta64(8, "h")).astype("datetime64[D]")
    return {
        "DeliveryDocument": part.text("number"),
        "DeliveryDocumentType": part.text("sap_type"),
        "SDDocumentCategory": part.text("sap_category"),
        "DeliveryVersion": [f"{version:04d}" for version in part.text("sap_version")],
        "SalesOrganization": part.text("sap_org"),
        "ShippingPoint": part.text("sap_point"),
        "SoldToParty": customers,
        "ShipToParty": customers,
        "CreationDate": milliseconds(created),
        "CreationTime": "PT08H30M00S",
        "LastChangeDate": part.days("sap_changed_on"),
        "PlannedGoodsIssueDate": part.days("planned_on"),
        "DeliveryDate": part.days("delivery_on"),
        "ActualGoodsMovementDate": part.days("shipped_on"),
        "ProofOfDeliveryDate": part.days("received_on"),
        "BillOfLading": part.text("carrier_reference"),
        "HeaderGrossWeight": part.number("sap_weight"),
        "HeaderWeightUnit": "KG",
        "TransactionCurrency": part.text("currency_id"),
        "StatisticsCurrency": "CNY",
        "OverallPickingStatus": part.text("sap_picking"),
        "OverallGoodsMovementStatus": part.text("sap_movement"),
        "OverallProofOfDeliveryStatus": part.text("sap_pod"),
        "OverallDelivReltdBillgStatus": part.text("sap_billing"),
    }


def _delivery_items(world: World, part: Part) -> dict[str, Any]:
    shipments = part.ids("shipment_id")
    moved = of(world["shipment"], "sap_movement", shipments)
    return {
        "DeliveryDocument": of(world["shipment"], "number", shipments),
        "DeliveryDocumentItem": part.items("item"),
        "DeliveryDocumentItemText": part.text("text"),
        "Material": of(world["product"], "sap_number", part.ids("product_id")),
        "ActualDeliveryQuantity": part.number("quantity"),
        "DeliveryQuantityUnit": part.text("unit"),
        "ActualDeliveredQtyInBaseUnit": part.number("quantity_base"),
        "BaseUnit": "KG",
        "Batch": part.text("batch"),
        "HigherLvlItmOfBatSpltItm": part.items("sap_higher_item"),
        "ReferenceSDDocument": part.text("order_number"),
        "ReferenceSDDocumentItem": part.items("order_item"),
        "ReferenceSDDocumentCategory": "C",
        "GoodsMovementStatus": moved,
        "PickingStatus": of(world["shipment"], "sap_picking", shipments),
        "DeliveryRelatedBillingStatus": of(world["shipment"], "sap_billing", shipments),
    }


def _invoices(world: World, part: Part) -> dict[str, Any]:
    customers = of(world["customer"], "sap_number", part.ids("customer_id"))
    created = (part.table["sap_created_at"][part.rows] + np.timedelta64(8, "h")).astype("datetime64[D]")
    numbers = part.text("number")
    posted = part.text("accounting_document")
    return {
        "BillingDocument": numbers,
        "SDDocumentCategory": part.text("sap_category"),
        "BillingDocumentType": part.text("sap_type"),
        "CreationDate": milliseconds(created),
        "CreationTime": "PT15H00M00S",
        "LastChangeDateTime": part.moments("source_changed_at"),
        "SalesOrganization": part.text("sap_org"),
        "BillingDocumentDate": part.days("invoiced_on"),
        "BillingDocumentIsCancelled": [int(value) for value in part.text("cancelled")],
        "CancelledBillingDocument": part.text("cancels_number"),
        "TotalNetAmount": part.number("net", positive=True),
        "TransactionCurrency": part.text("currency_id"),
        "TaxAmount": part.number("tax", positive=True),
        "TotalGrossAmount": part.number("gross", positive=True),
        "SoldToParty": customers,
        "PayerParty": customers,
        "CustomerPaymentTerms": part.text("sap_terms"),
        "CompanyCode": part.text("company_code"),
        "FiscalYear": part.text("fiscal_year"),
        "AccountingDocument": posted,
        "AccountingPostingStatus": ["C" if document else "" for document in posted],
        "InvoiceClearingStatus": "A",
        "DocumentReferenceID": [number.zfill(10) for number in numbers],
    }


def _invoice_items(world: World, part: Part) -> dict[str, Any]:
    invoices = part.ids("invoice_id")
    deliveries = part.text("sap_delivery")
    return {
        "BillingDocument": of(world["invoice"], "number", invoices),
        "BillingDocumentItem": part.items("item"),
        "BillingDocumentItemText": part.text("text"),
        "Material": of(world["product"], "sap_number", part.ids("product_id")),
        "BillingQuantity": part.number("quantity", positive=True),
        "BillingQuantityUnit": part.text("unit"),
        "BillingQuantityInBaseUnit": part.number("quantity_base", positive=True),
        "BaseUnit": "KG",
        "NetAmount": part.number("net", positive=True),
        "TaxAmount": part.number("sap_tax", positive=True),
        "GrossAmount": part.number("net", positive=True),
        "TransactionCurrency": of(world["invoice"], "currency_id", invoices),
        "ReferenceSDDocument": deliveries,
        "ReferenceSDDocumentItem": part.items("sap_delivery_item"),
        "ReferenceSDDocumentCategory": ["J" if delivery else "" for delivery in deliveries],
        "SalesDocument": part.text("order_number"),
        "SalesDocumentItem": part.items("order_item"),
    }


def _account_items(world: World, part: Part) -> dict[str, Any]:
    invoices = part.text("invoice_number")
    kinds = part.text("sap_type")
    documents, years, companies = part.text("sap_document"), part.text("sap_year"), part.text("company_code")
    own = [number.zfill(10) if kind == "RV" and number else "" for number, kind in zip(invoices, kinds, strict=True)]
    keys = [f"{document}{company}{year}" for document, company, year in zip(documents, companies, years, strict=True)]
    cleared = part.days("cleared_on")
    references = part.text("sap_reference")
    return {
        "CompanyCode": companies,
        "FiscalYear": years,
        "AccountingDocument": documents,
        "AccountingDocumentItem": [f"{item:03d}" for item in part.text("sap_item")],
        "FinancialAccountType": "D",
        "AccountingDocumentType": kinds,
        "PostingKey": part.text("sap_key"),
        "SpecialGLCode": part.text("sap_gl"),
        "DebitCreditCode": ["S" if value >= 0 else "H" for value in part.ids("amount").tolist()],
        "Customer": [number.zfill(10) for number in of(world["customer"], "sap_number", part.ids("customer_id"))],
        "BillingDocument": "",
        "ReferenceDocumentType": ["VBRK" if number else "BKPF" for number in own],
        "OriginalReferenceDocument": [number or key for number, key in zip(own, keys, strict=True)],
        "PostingDate": part.days("posted_on"),
        "DocumentDate": part.days("posted_on"),
        "NetDueDate": part.days("due_on"),
        "AccountingDocumentCreationDate": part.days("sap_created_on"),
        "ClearingCreationDate": part.days("sap_clearing_created_on"),
        "ClearingDate": cleared,
        "ClearingAccountingDocument": part.text("sap_clearing_document"),
        "ClearingDocFiscalYear": part.text("sap_clearing_year"),
        "IsCleared": [int(day is not None) for day in cleared],
        "ClearingIsReversed": 0,
        "TransactionCurrency": part.text("currency_id"),
        "AmountInTransactionCurrency": part.number("amount"),
        "CompanyCodeCurrency": "CNY",
        "AmountInCompanyCodeCurrency": part.number("amount_base"),
        "InvoiceReference": references,
        "InvoiceReferenceFiscalYear": part.text("sap_reference_year"),
        "FollowOnDocumentType": ["Z" if reference else "" for reference in references],
        "DunningLevel": [str(level) for level in part.text("sap_dunning")],
        "PaymentTerms": "",
    }


def _master(store: Store, world: World) -> None:
    """What new documents are made from: customers that buy, products, and the latest rates."""
    units = {unit["id"]: unit for unit in dicts(world["business_unit"])}
    customers = world["customer"]
    names = ("sap_number", "sap_known", "sap_currency", "sap_terms", "sap_tax_free", "business_unit_id", "kind")
    rows = []
    for number, known, currency, terms, tax_free, unit, kind in customers.rows(*names):
        if not known:
            continue
        home = units[unit]
        facts = {
            "currency": currency,
            "terms": terms,
            "tax_free": tax_free,
            "org": home["sap_org"],
            "company": home["sap_company"],
        }
        facts |= {"division": home["sap_division"], "channel": "20" if kind == "distributor" else "10"}
        rows.append((number, json.dumps(facts)))
    store.db.executemany("INSERT OR REPLACE INTO master_customer VALUES (?, ?)", rows)
    store.db.executemany("INSERT OR REPLACE INTO master_product VALUES (?, ?)", _products(world))
    dated = sorted(world["exchange_rate"].rows("currency_id", "starts_on", "rate"), key=lambda row: row[1])
    rates = {currency: str(rate) for currency, _day, rate in dated}
    store.set("rates", json.dumps(rates))


def _products(world: World) -> list[tuple[str, str]]:
    codes = dict(world["unit"].rows("id", "code"))
    ratios = {
        (product, unit): (top, bottom)
        for product, unit, top, bottom in world["product_unit"].rows(
            "product_id", "unit_id", "numerator", "denominator"
        )
    }
    result = []
    names = ("id", "sap_number", "name", "is_active", "sap_pack_unit_id", "list_price", "sap_tax")
    for pk, number, name, active, unit, price, tax in world["product"].rows(*names):
        if active:
            top, bottom = ratios[pk, unit]
            facts = {
                "text": name[:40],
                "unit": codes[unit],
                "numerator": top,
                "denominator": bottom,
                "price": str(price),
                "tax": tax,
            }
            result.append((number, json.dumps(facts)))
    return result
