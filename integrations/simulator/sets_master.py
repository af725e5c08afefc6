"""The sets of master data: business partners with their customers, credit accounts, products. SAP's names, keys and types."""

from integrations.simulator.edm import CLOCK, DATE, FLAG, MOMENT, EntityType, chars, digits

PARTNER_SERVICE = "API_BUSINESS_PARTNER"
PRODUCT_SERVICE = "API_PRODUCT_SRV"
CREDIT_SERVICE = "API_CRDTMBUSINESSPARTNER"

_PARTNER = EntityType(
    "A_BusinessPartner",
    PARTNER_SERVICE,
    ("BusinessPartner",),
    {
        "BusinessPartner": chars(10),
        "Customer": chars(10),
        "BusinessPartnerCategory": chars(1),
        "BusinessPartnerGrouping": chars(4),
        "BusinessPartnerFullName": chars(81),
        "OrganizationBPName1": chars(40),
        "OrganizationBPName2": chars(40),
        "SearchTerm1": chars(20),
        "BusinessPartnerIDByExtSystem": chars(20),
        "CreationDate": DATE,
        "CreationTime": CLOCK,
        "LastChangeDate": DATE,
        "LastChangeTime": CLOCK,
        "ETag": chars(26),
        "BusinessPartnerIsBlocked": FLAG,
        "IsMarkedForArchiving": FLAG,
    },
    {
        "to_BusinessPartnerAddress": "A_BusinessPartnerAddress",
        "to_BusinessPartnerRole": "A_BusinessPartnerRole",
        "to_BusinessPartnerTax": "A_BusinessPartnerTaxNumber",
        "to_Customer": "A_Customer",
    },
    (("LastChangeDate",), ("CreationDate",), ("SearchTerm1",), ("Customer",)),
    single={"to_Customer": ("Customer", "Customer")},
    etag="ETag",
)
_ROLE = EntityType(
    "A_BusinessPartnerRole",
    PARTNER_SERVICE,
    ("BusinessPartner", "BusinessPartnerRole"),
    {
        "BusinessPartner": chars(10),
        "BusinessPartnerRole": chars(6),
    },
)
_TAX = EntityType(
    "A_BusinessPartnerTaxNumber",
    PARTNER_SERVICE,
    ("BusinessPartner", "BPTaxType"),
    {
        "BusinessPartner": chars(10),
        "BPTaxType": chars(4),
        "BPTaxNumber": chars(20),
    },
    {},
    (("BPTaxNumber",),),
)
_ADDRESS = EntityType(
    "A_BusinessPartnerAddress",
    PARTNER_SERVICE,
    ("BusinessPartner", "AddressID"),
    {
        "BusinessPartner": chars(10),
        "AddressID": chars(10),
        "StreetName": chars(60),
        "HouseNumber": chars(10),
        "CareOfName": chars(40),
        "PostalCode": chars(10),
        "CityName": chars(40),
        "Region": chars(3),
        "Country": chars(3),
        "Language": chars(2),
    },
)
_CUSTOMER = EntityType(
    "A_Customer",
    PARTNER_SERVICE,
    ("Customer",),
    {
        "Customer": chars(10),
        "CustomerName": chars(80),
        "CustomerAccountGroup": chars(4),
        "CreationDate": DATE,
        "OrderIsBlockedForCustomer": chars(2),
        "DeliveryIsBlocked": chars(2),
        "BillingIsBlockedForCustomer": chars(2),
        "PostingIsBlocked": FLAG,
        "DeletionIndicator": FLAG,
        "VATRegistration": chars(20),
    },
    {"to_CustomerCompany": "A_CustomerCompany", "to_CustomerSalesArea": "A_CustomerSalesArea"},
)
_COMPANY = EntityType(
    "A_CustomerCompany",
    PARTNER_SERVICE,
    ("Customer", "CompanyCode"),
    {
        "Customer": chars(10),
        "CompanyCode": chars(4),
        "PaymentTerms": chars(4),
        "PaymentBlockingReason": chars(1),
        "ReconciliationAccount": chars(10),
        "DeletionIndicator": FLAG,
    },
)
_SALES_AREA = EntityType(
    "A_CustomerSalesArea",
    PARTNER_SERVICE,
    ("Customer", "SalesOrganization", "DistributionChannel", "Division"),
    {
        "Customer": chars(10),
        "SalesOrganization": chars(4),
        "DistributionChannel": chars(2),
        "Division": chars(2),
        "Currency": chars(5),
        "CustomerPaymentTerms": chars(4),
        "CustomerGroup": chars(2),
        "CustomerPriceGroup": chars(2),
        "IncotermsClassification": chars(3),
        "IncotermsLocation1": chars(70),
        "OrderIsBlockedForCustomer": chars(2),
        "DeliveryIsBlockedForCustomer": chars(2),
        "BillingIsBlockedForCustomer": chars(2),
        "DeletionIndicator": FLAG,
    },
)

_PRODUCT = EntityType(
    "A_Product",
    PRODUCT_SERVICE,
    ("Product",),
    {
        "Product": chars(40),
        "ProductType": chars(4),
        "CreationDate": DATE,
        "LastChangeDate": DATE,
        "LastChangeDateTime": MOMENT,
        "IsMarkedForDeletion": FLAG,
        "ProductGroup": chars(9),
        "BaseUnit": chars(3),
    },
    {
        "to_Description": "A_ProductDescription",
        "to_Plant": "A_ProductPlant",
        "to_ProductUnitsOfMeasure": "A_ProductUnitsOfMeasure",
        "to_SalesDelivery": "A_ProductSalesDelivery",
    },
    (("LastChangeDateTime", "Product"), ("CreationDate",)),
)
_DESCRIPTION = EntityType(
    "A_ProductDescription",
    PRODUCT_SERVICE,
    ("Product", "Language"),
    {
        "Product": chars(40),
        "Language": chars(2),
        "ProductDescription": chars(40),
    },
)
_UNIT = EntityType(
    "A_ProductUnitsOfMeasure",
    PRODUCT_SERVICE,
    ("Product", "AlternativeUnit"),
    {
        "Product": chars(40),
        "AlternativeUnit": chars(3),
        "QuantityNumerator": digits(5, 0),
        "QuantityDenominator": digits(5, 0),
    },
)
_SALES = EntityType(
    "A_ProductSalesDelivery",
    PRODUCT_SERVICE,
    ("Product", "ProductSalesOrg", "ProductDistributionChnl"),
    {
        "Product": chars(40),
        "ProductSalesOrg": chars(4),
        "ProductDistributionChnl": chars(2),
        "BaseUnit": chars(3),
        "MinimumOrderQuantity": digits(13),
        "ProductSalesStatus": chars(2),
        "SalesMeasureUnit": chars(3),
        "IsMarkedForDeletion": FLAG,
    },
)
_PLANT = EntityType(
    "A_ProductPlant",
    PRODUCT_SERVICE,
    ("Product", "Plant"),
    {
        "Product": chars(40),
        "Plant": chars(4),
        "IsMarkedForDeletion": FLAG,
    },
)
# Its description is not at hand: names and types from SAP's public documentation, to be compared when one connects.
_CREDIT = EntityType(
    "CreditManagementAccount",
    CREDIT_SERVICE,
    ("BusinessPartner", "CreditSegment"),
    {
        "BusinessPartner": chars(10),
        "CreditSegment": chars(10),
        "CreditLimitAmount": digits(16),
        "CreditSegmentCurrency": chars(5),
        "CreditLimitValidityEndDate": DATE,
        "CreditLimitLastChangeDate": DATE,
        "CreditAccountIsBlocked": FLAG,
    },
    {},
    (("CreditLimitLastChangeDate",),),
)

MASTER_SETS = (
    _PARTNER,
    _ROLE,
    _TAX,
    _ADDRESS,
    _CUSTOMER,
    _COMPANY,
    _SALES_AREA,
    _PRODUCT,
    _DESCRIPTION,
    _UNIT,
    _SALES,
    _PLANT,
    _CREDIT,
)
