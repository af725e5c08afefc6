"""The sheets of master data: customers with their sales areas, products with their units."""

from integrations.files.kinds import Column, Kind, number, yes
from integrations.sap.client import Row


def _names(products: list[Row]) -> None:
    """The names as descriptions by language."""
    for row in products:
        texts = {"ZH": row.pop("name", ""), "EN": row.pop("name_en", "")}
        row["to_Description"] = [
            {"Language": language, "ProductDescription": name} for language, name in texts.items() if name
        ]


CUSTOMERS = Kind(
    name="customers",
    entity_set="A_BusinessPartner",
    key="customer",
    to_items="to_Customer/to_CustomerSalesArea",
    head={
        "customer": Column("", lambda value: {"Customer": value, "BusinessPartner": value}, required=True),
        "partner": Column("", lambda value: {"BusinessPartner": value} if value else {}),
        "name": Column("to_Customer/CustomerName", required=True),
        "account_group": Column("to_Customer/CustomerAccountGroup"),
        "street": Column("to_BusinessPartnerAddress/StreetName"),
        "postal_code": Column("to_BusinessPartnerAddress/PostalCode"),
        "city": Column("to_BusinessPartnerAddress/CityName"),
        "country": Column("to_BusinessPartnerAddress/Country"),
        "orders_blocked": Column("to_Customer/OrderIsBlockedForCustomer", lambda value: "01" if yes(value) else ""),
        "deliveries_blocked": Column("to_Customer/DeliveryIsBlocked", lambda value: "01" if yes(value) else ""),
        "billing_blocked": Column("to_Customer/BillingIsBlockedForCustomer", lambda value: "01" if yes(value) else ""),
        "deleted": Column("to_Customer/DeletionIndicator", yes),
    },
    line={
        "organization": Column("SalesOrganization"),
        "channel": Column("DistributionChannel"),
        "division": Column("Division"),
        "currency": Column("Currency"),
        "terms": Column("CustomerPaymentTerms"),
        "customer_group": Column("CustomerGroup"),
        "price_group": Column("CustomerPriceGroup"),
        "incoterms": Column("IncotermsClassification"),
    },
)
PRODUCTS = Kind(
    name="products",
    entity_set="A_Product",
    key="product",
    to_items="to_ProductUnitsOfMeasure",
    head={
        "product": Column("Product", required=True),
        "group": Column("ProductGroup", required=True),
        "base_unit": Column("BaseUnit", required=True),
        "type": Column("ProductType"),
        "name": Column("name", required=True),
        "name_en": Column("name_en"),
        "deleted": Column("IsMarkedForDeletion", yes),
    },
    line={
        "unit": Column("AlternativeUnit"),
        "numerator": Column("QuantityNumerator", number),
        "denominator": Column("QuantityDenominator", number),
    },
    finish=_names,
)
