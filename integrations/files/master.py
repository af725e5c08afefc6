"""The sheets of master data: customers with their sales areas and company codes, their credit accounts, products with their
units, plants and distribution chains."""

from integrations.files.kinds import Column, Kind, Part, day, number, yes
from integrations.sap.client import Row


def _code(value: str) -> str:
    """A code for what the ERP blocks by one."""
    return "01" if yes(value) else ""


def _complete(products: list[Row]) -> None:
    """The names as descriptions by language; what is ordered at the least of a product is told in its base unit."""
    for row in products:
        texts = {"ZH": row.pop("name", ""), "EN": row.pop("name_en", "")}
        row["to_Description"] = [
            {"Language": language, "ProductDescription": name} for language, name in texts.items() if name
        ]
        for chain in row["to_SalesDelivery"]:
            chain["BaseUnit"] = row["BaseUnit"]


CUSTOMERS = Kind(
    name="customers",
    entity_set="A_BusinessPartner",
    key=("customer",),
    head={
        "customer": Column("", lambda value: {"Customer": value, "BusinessPartner": value}, required=True),
        "partner": Column("", lambda value: {"BusinessPartner": value} if value else {}),
        "name": Column("to_Customer/CustomerName", required=True),
        "account_group": Column("to_Customer/CustomerAccountGroup"),
        "street": Column("to_BusinessPartnerAddress/StreetName"),
        "postal_code": Column("to_BusinessPartnerAddress/PostalCode"),
        "city": Column("to_BusinessPartnerAddress/CityName"),
        "country": Column("to_BusinessPartnerAddress/Country"),
        "orders_blocked": Column("to_Customer/OrderIsBlockedForCustomer", _code),
        "deliveries_blocked": Column("to_Customer/DeliveryIsBlocked", _code),
        "billing_blocked": Column("to_Customer/BillingIsBlockedForCustomer", _code),
        "deleted": Column("to_Customer/DeletionIndicator", yes),
    },
    parts=(
        Part(
            path="to_Customer/to_CustomerSalesArea",
            columns={
                "organization": Column("SalesOrganization"),
                "channel": Column("DistributionChannel"),
                "division": Column("Division"),
                "currency": Column("Currency"),
                "terms": Column("CustomerPaymentTerms"),
                "customer_group": Column("CustomerGroup"),
                "price_group": Column("CustomerPriceGroup"),
                "incoterms": Column("IncotermsClassification"),
            },
            key=("organization", "channel", "division"),
        ),
        Part(
            path="to_Customer/to_CustomerCompany",
            columns={
                "company": Column("CompanyCode"),
                "company_terms": Column("PaymentTerms"),
                "payment_blocked": Column("PaymentBlockingReason", _code),
                "company_deleted": Column("DeletionIndicator", yes),
            },
            key=("company",),
        ),
    ),
)
CREDIT_ACCOUNTS = Kind(
    name="credit_accounts",
    entity_set="CreditManagementAccount",
    key=("partner", "segment"),
    head={
        "partner": Column("BusinessPartner", required=True),
        "segment": Column("CreditSegment"),
        "limit": Column("CreditLimitAmount", number, required=True),
        "currency": Column("CreditSegmentCurrency", required=True),
        "valid_until": Column("CreditLimitValidityEndDate", day),
        "blocked": Column("CreditAccountIsBlocked", yes),
    },
)
PRODUCTS = Kind(
    name="products",
    entity_set="A_Product",
    key=("product",),
    head={
        "product": Column("Product", required=True),
        "group": Column("ProductGroup", required=True),
        "base_unit": Column("BaseUnit", required=True),
        "type": Column("ProductType"),
        "name": Column("name", required=True),
        "name_en": Column("name_en"),
        "deleted": Column("IsMarkedForDeletion", yes),
    },
    parts=(
        Part(
            path="to_ProductUnitsOfMeasure",
            columns={
                "unit": Column("AlternativeUnit"),
                "numerator": Column("QuantityNumerator", number),
                "denominator": Column("QuantityDenominator", number),
            },
            key=("unit",),
        ),
        Part(
            path="to_SalesDelivery",
            columns={
                "organization": Column("ProductSalesOrg"),
                "channel": Column("ProductDistributionChnl"),
                "minimum": Column("MinimumOrderQuantity", number),
                "sales_unit": Column("SalesMeasureUnit"),
                "sales_status": Column("ProductSalesStatus"),
                "chain_deleted": Column("IsMarkedForDeletion", yes),
            },
            key=("organization", "channel"),
        ),
        Part(
            path="to_Plant",
            columns={"plant": Column("Plant"), "plant_deleted": Column("IsMarkedForDeletion", yes)},
            key=("plant",),
        ),
    ),
    finish=_complete,
)
