"""Turns the demo company's customers and products into SAP's rows: partners, credit accounts, products."""

from collections.abc import Callable, Iterator
from typing import Any

from crm.demo.world import World
from integrations.simulator.columns import dicts, milliseconds
from integrations.simulator.documents import item_no
from integrations.simulator.store import day_ms

Row = dict[str, Any]
NEVER = 253402214400000  # 9999-12-31


def _customers(world: World) -> Iterator[Row]:
    """The customers that the ERP knows, with their business unit."""
    units = {unit["id"]: unit for unit in dicts(world["business_unit"])}
    names = [
        *(
            "sap_number",
            "sap_partner",
            "sap_known",
            "name",
            "short_name",
            "credit_code",
            "address",
            "city",
            "kind",
            "state",
        ),
        *("sap_country", "sap_postal", "sap_currency", "sap_terms", "credit_limit", "business_unit_id"),
    ]
    table = world["customer"]
    created = milliseconds(table["sap_created_on"])
    for row, created_on in zip(table.rows(*names), created, strict=True):
        customer = dict(zip(names, row, strict=True))
        if customer["sap_known"]:
            yield {**customer, "created_on": created_on, "unit": units[customer["business_unit_id"]]}


def _partners(world: World) -> Iterator[Row]:
    """Business partners that were never changed: their date of change is empty."""
    for row in _customers(world):
        yield {
            "BusinessPartner": row["sap_partner"],
            "Customer": row["sap_number"],
            "BusinessPartnerCategory": "2",
            "BusinessPartnerGrouping": "BP02",
            "BusinessPartnerFullName": row["name"][:81],
            "OrganizationBPName1": row["name"][:40],
            "OrganizationBPName2": row["name"][40:80],
            "SearchTerm1": row["short_name"][:20],
            "CreationDate": row["created_on"],
            "CreationTime": "PT09H00M00S",
            "ETag": f"{row['sap_partner']}0",
            "BusinessPartnerIsBlocked": 0,
            "IsMarkedForArchiving": 0,
        }


def _roles(world: World) -> Iterator[Row]:
    for row in _customers(world):
        for role in ("FLCU00", "FLCU01"):
            yield {"BusinessPartner": row["sap_partner"], "BusinessPartnerRole": role}


def _taxes(world: World) -> Iterator[Row]:
    for row in _customers(world):
        if row["credit_code"]:
            yield {"BusinessPartner": row["sap_partner"], "BPTaxType": "CN5", "BPTaxNumber": row["credit_code"]}


def _addresses(world: World) -> Iterator[Row]:
    for row in _customers(world):
        yield {
            "BusinessPartner": row["sap_partner"],
            "AddressID": item_no(1),
            "StreetName": row["address"][:60],
            "HouseNumber": "",
            "PostalCode": row["sap_postal"][:10],
            "CityName": row["city"][:40],
            "Country": row["sap_country"],
            "Language": "ZH" if row["sap_country"] == "CN" else "EN",
        }


def _accounts(world: World) -> Iterator[Row]:
    for row in _customers(world):
        yield {
            "Customer": row["sap_number"],
            "CustomerName": row["name"][:80],
            "CustomerAccountGroup": "CUST",
            "CreationDate": row["created_on"],
            "OrderIsBlockedForCustomer": "01" if row["state"] == "blocked" else "",
            "DeliveryIsBlocked": "",
            "BillingIsBlockedForCustomer": "",
            "PostingIsBlocked": 0,
            "DeletionIndicator": 0,
            "VATRegistration": "",
        }


def _companies(world: World) -> Iterator[Row]:
    for row in _customers(world):
        yield {
            "Customer": row["sap_number"],
            "CompanyCode": row["unit"]["sap_company"],
            "PaymentTerms": row["sap_terms"],
            "PaymentBlockingReason": "",
            "ReconciliationAccount": "1122000000",
            "DeletionIndicator": 0,
        }


def _areas(world: World) -> Iterator[Row]:
    for row in _customers(world):
        yield {
            "Customer": row["sap_number"],
            "SalesOrganization": row["unit"]["sap_org"],
            "DistributionChannel": "20" if row["kind"] == "distributor" else "10",
            "Division": row["unit"]["sap_division"],
            "Currency": row["sap_currency"],
            "CustomerPaymentTerms": row["sap_terms"],
            "CustomerGroup": "02" if row["kind"] == "distributor" else "01",
            "CustomerPriceGroup": "01",
            "IncotermsClassification": "DAP" if row["sap_country"] == "CN" else "CIF",
            "IncotermsLocation1": row["city"][:70],
            "OrderIsBlockedForCustomer": "",
            "DeliveryIsBlockedForCustomer": "",
            "BillingIsBlockedForCustomer": "",
            "DeletionIndicator": 0,
        }


def _credit(world: World) -> Iterator[Row]:
    for row in _customers(world):
        if row["credit_limit"] is not None:
            yield {
                "BusinessPartner": row["sap_partner"],
                "CreditSegment": row["unit"]["sap_company"],
                "CreditLimitAmount": f"{row['credit_limit']}",
                "CreditSegmentCurrency": "CNY",
                "CreditLimitValidityEndDate": NEVER,
                "CreditLimitLastChangeDate": row["created_on"],
                "CreditAccountIsBlocked": 0,
            }


def _products(world: World) -> Iterator[Row]:
    start = day_ms(world.today.replace(month=1, day=1))
    lines = dict(world["product_line"].rows("id", "code"))
    for number, active, line in world["product"].rows("sap_number", "is_active", "product_line_id"):
        yield {
            "Product": number,
            "ProductType": "FERT",
            "CreationDate": start,
            "LastChangeDateTime": start,
            "IsMarkedForDeletion": int(not active),
            "ProductGroup": lines[line][:9],
            "BaseUnit": "KG",
        }


def _descriptions(world: World) -> Iterator[Row]:
    for number, name, name_en in world["product"].rows("sap_number", "name", "name_en"):
        yield {"Product": number, "Language": "ZH", "ProductDescription": name[:40]}
        yield {"Product": number, "Language": "EN", "ProductDescription": name_en[:40]}


def _units(world: World) -> Iterator[Row]:
    numbers, codes = dict(world["product"].rows("id", "sap_number")), dict(world["unit"].rows("id", "code"))
    for product, unit, top, bottom in world["product_unit"].rows("product_id", "unit_id", "numerator", "denominator"):
        yield {
            "Product": numbers[product],
            "AlternativeUnit": codes[unit],
            "QuantityNumerator": str(top),
            "QuantityDenominator": str(bottom),
        }


def _homes(world: World) -> Iterator[tuple[str, Row, int]]:
    """Number, business unit, and unit of sale of each product."""
    units = {unit["id"]: unit for unit in dicts(world["business_unit"])}
    lines = dict(world["product_line"].rows("id", "business_unit_id"))
    for number, line, pack in world["product"].rows("sap_number", "product_line_id", "sap_pack_unit_id"):
        yield number, units[lines[line]], pack


def _chains(world: World) -> Iterator[Row]:
    codes = dict(world["unit"].rows("id", "code"))
    for number, unit, pack in _homes(world):
        for channel in ("10", "20"):
            yield {
                "Product": number,
                "ProductSalesOrg": unit["sap_org"],
                "ProductDistributionChnl": channel,
                "BaseUnit": "KG",
                "MinimumOrderQuantity": "1.000",
                "ProductSalesStatus": "",
                "SalesMeasureUnit": codes[pack],
                "IsMarkedForDeletion": 0,
            }


def _plants(world: World) -> Iterator[Row]:
    for number, unit, _pack in _homes(world):
        yield {"Product": number, "Plant": unit["sap_org"], "IsMarkedForDeletion": 0}


MASTER: dict[str, Callable[[World], Iterator[Row]]] = {
    "A_BusinessPartner": _partners,
    "A_BusinessPartnerRole": _roles,
    "A_BusinessPartnerTaxNumber": _taxes,
    "A_BusinessPartnerAddress": _addresses,
    "A_Customer": _accounts,
    "A_CustomerCompany": _companies,
    "A_CustomerSalesArea": _areas,
    "CreditManagementAccount": _credit,
    "A_Product": _products,
    "A_ProductDescription": _descriptions,
    "A_ProductUnitsOfMeasure": _units,
    "A_ProductSalesDelivery": _chains,
    "A_ProductPlant": _plants,
}
