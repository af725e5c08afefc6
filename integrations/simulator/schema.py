"""The entity sets that the simulator serves: SAP's names, keys and types; and their description as `$metadata`."""

from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

DATE = ("Edm.DateTime", "", "0", "")
DATE7 = ("Edm.DateTime", "", "7", "")
MOMENT = ("Edm.DateTimeOffset", "", "7", "")
CLOCK = ("Edm.Time", "", "0", "")
FLAG = ("Edm.Boolean", "", "", "")

Facets = tuple[str, str, str, str]  # type, MaxLength, Precision, Scale


def chars(length: int) -> Facets:
    """Text of at most that many characters."""
    return ("Edm.String", str(length), "", "")


def digits(precision: int, scale: int = 3) -> Facets:
    """A decimal number."""
    return ("Edm.Decimal", "", str(precision), str(scale))


@dataclass(frozen=True)
class EntityType:
    """An entity set: its service, key, properties, and the sets that can be expanded (name -> set)."""

    name: str
    service: str
    key: tuple[str, ...]
    properties: dict[str, Facets]
    expands: dict[str, str] = field(default_factory=dict)
    indexes: tuple[tuple[str, ...], ...] = ()

    @property
    def space(self) -> str:
        """The service's namespace: its name without the version."""
        return self.service.partition(";")[0]


ORDER_SERVICE = "API_SALES_ORDER_SRV"
DELIVERY_SERVICE = "API_OUTBOUND_DELIVERY_SRV;v=0002"
BILLING_SERVICE = "API_BILLING_DOCUMENT_SRV"
ITEM_SERVICE = "API_OPLACCTGDOCITEMCUBE_SRV"

_ORDER = EntityType(
    "A_SalesOrder",
    ORDER_SERVICE,
    ("SalesOrder",),
    {
        "SalesOrder": chars(10),
        "SalesOrderType": chars(4),
        "SalesOrderTypeInternalCode": chars(4),
        "SalesOrganization": chars(4),
        "DistributionChannel": chars(2),
        "OrganizationDivision": chars(2),
        "SoldToParty": chars(10),
        "CreationDate": DATE,
        "LastChangeDate": DATE,
        "LastChangeDateTime": MOMENT,
        "PurchaseOrderByCustomer": chars(35),
        "SalesOrderDate": DATE,
        "TotalNetAmount": digits(16),
        "TransactionCurrency": chars(5),
        "PricingDate": DATE,
        "RequestedDeliveryDate": DATE,
        "IncotermsClassification": chars(3),
        "CustomerPaymentTerms": chars(4),
        "TotalBlockStatus": chars(1),
        "DeliveryBlockReason": chars(2),
        "HeaderBillingBlockReason": chars(2),
        "TotalCreditCheckStatus": chars(1),
        "SalesDocApprovalStatus": chars(1),
        "OverallSDProcessStatus": chars(1),
        "OverallSDDocumentRejectionSts": chars(1),
        "OverallTotalDeliveryStatus": chars(1),
        "OverallOrdReltdBillgStatus": chars(1),
    },
    {"to_Item": "A_SalesOrderItem"},
    (("LastChangeDateTime", "SalesOrder"), ("CreationDate",)),
)
_ORDER_ITEM = EntityType(
    "A_SalesOrderItem",
    ORDER_SERVICE,
    ("SalesOrder", "SalesOrderItem"),
    {
        "SalesOrder": chars(10),
        "SalesOrderItem": chars(6),
        "HigherLevelItem": chars(6),
        "SalesOrderItemCategory": chars(4),
        "SalesOrderItemText": chars(40),
        "Material": chars(40),
        "RequestedQuantity": digits(15),
        "RequestedQuantityUnit": chars(3),
        "RequestedQuantitySAPUnit": chars(3),
        "RequestedQuantityISOUnit": chars(3),
        "ConfdDelivQtyInOrderQtyUnit": digits(15),
        "TransactionCurrency": chars(5),
        "NetAmount": digits(16),
        "TaxAmount": digits(14),
        "CostAmount": digits(14),
        "SalesDocumentRjcnReason": chars(2),
        "SDProcessStatus": chars(1),
        "DeliveryStatus": chars(1),
        "OrderRelatedBillingStatus": chars(1),
    },
    {"to_ScheduleLine": "A_SalesOrderScheduleLine"},
    (("DeliveryStatus", "SalesOrder"),),
)
_SCHEDULE = EntityType(
    "A_SalesOrderScheduleLine",
    ORDER_SERVICE,
    ("SalesOrder", "SalesOrderItem", "ScheduleLine"),
    {
        "SalesOrder": chars(10),
        "SalesOrderItem": chars(6),
        "ScheduleLine": chars(4),
        "RequestedDeliveryDate": DATE,
        "ConfirmedDeliveryDate": DATE,
        "OrderQuantityUnit": chars(3),
        "ScheduleLineOrderQuantity": digits(13),
        "ConfdOrderQtyByMatlAvailCheck": digits(13),
        "DeliveredQtyInOrderQtyUnit": digits(13),
        "OpenConfdDelivQtyInOrdQtyUnit": digits(13),
    },
)
_DELIVERY = EntityType(
    "A_OutbDeliveryHeader",
    DELIVERY_SERVICE,
    ("DeliveryDocument",),
    {
        "DeliveryDocument": chars(10),
        "DeliveryDocumentType": chars(4),
        "SDDocumentCategory": chars(4),
        "DeliveryVersion": chars(4),
        "SalesOrganization": chars(4),
        "ShippingPoint": chars(4),
        "SoldToParty": chars(10),
        "ShipToParty": chars(10),
        "CreationDate": DATE7,
        "CreationTime": CLOCK,
        "LastChangeDate": DATE7,
        "PlannedGoodsIssueDate": DATE7,
        "DeliveryDate": DATE7,
        "ActualGoodsMovementDate": DATE7,
        "ProofOfDeliveryDate": DATE7,
        "BillOfLading": chars(35),
        "HeaderGrossWeight": digits(15),
        "HeaderWeightUnit": chars(3),
        "TransactionCurrency": chars(5),
        "StatisticsCurrency": chars(5),
        "OverallPickingStatus": chars(1),
        "OverallGoodsMovementStatus": chars(1),
        "OverallProofOfDeliveryStatus": chars(1),
        "OverallDelivReltdBillgStatus": chars(1),
    },
    {"to_DeliveryDocumentItem": "A_OutbDeliveryItem"},
    (
        ("LastChangeDate",),
        ("CreationDate",),
        ("OverallGoodsMovementStatus", "OverallDelivReltdBillgStatus", "PlannedGoodsIssueDate"),
        ("OverallProofOfDeliveryStatus", "ActualGoodsMovementDate"),
    ),
)
_DELIVERY_ITEM = EntityType(
    "A_OutbDeliveryItem",
    DELIVERY_SERVICE,
    ("DeliveryDocument", "DeliveryDocumentItem"),
    {
        "DeliveryDocument": chars(10),
        "DeliveryDocumentItem": chars(6),
        "DeliveryDocumentItemText": chars(40),
        "Material": chars(40),
        "ActualDeliveryQuantity": digits(13),
        "DeliveryQuantityUnit": chars(3),
        "ActualDeliveredQtyInBaseUnit": digits(13),
        "BaseUnit": chars(3),
        "Batch": chars(10),
        "HigherLvlItmOfBatSpltItm": chars(6),
        "ReferenceSDDocument": chars(10),
        "ReferenceSDDocumentItem": chars(6),
        "ReferenceSDDocumentCategory": chars(4),
        "GoodsMovementStatus": chars(1),
        "PickingStatus": chars(1),
        "DeliveryRelatedBillingStatus": chars(1),
    },
    {},
    (("ReferenceSDDocument", "ReferenceSDDocumentItem"),),
)
_INVOICE = EntityType(
    "A_BillingDocument",
    BILLING_SERVICE,
    ("BillingDocument",),
    {
        "BillingDocument": chars(10),
        "SDDocumentCategory": chars(4),
        "BillingDocumentType": chars(4),
        "CreationDate": DATE,
        "CreationTime": CLOCK,
        "LastChangeDate": DATE,
        "LastChangeDateTime": MOMENT,
        "SalesOrganization": chars(4),
        "BillingDocumentDate": DATE,
        "BillingDocumentIsCancelled": FLAG,
        "CancelledBillingDocument": chars(10),
        "TotalNetAmount": digits(16),
        "TransactionCurrency": chars(5),
        "TaxAmount": digits(14),
        "TotalGrossAmount": digits(17),
        "SoldToParty": chars(10),
        "PayerParty": chars(10),
        "CustomerPaymentTerms": chars(4),
        "CompanyCode": chars(4),
        "FiscalYear": chars(4),
        "AccountingDocument": chars(10),
        "AccountingPostingStatus": chars(1),
        "InvoiceClearingStatus": chars(1),
        "DocumentReferenceID": chars(16),
    },
    {"to_Item": "A_BillingDocumentItem"},
    (("LastChangeDateTime", "BillingDocument"), ("CreationDate",)),
)
_INVOICE_ITEM = EntityType(
    "A_BillingDocumentItem",
    BILLING_SERVICE,
    ("BillingDocument", "BillingDocumentItem"),
    {
        "BillingDocument": chars(10),
        "BillingDocumentItem": chars(6),
        "BillingDocumentItemText": chars(40),
        "Material": chars(40),
        "BillingQuantity": digits(13),
        "BillingQuantityUnit": chars(3),
        "BillingQuantityInBaseUnit": digits(13),
        "BaseUnit": chars(3),
        "NetAmount": digits(16),
        "TaxAmount": digits(14),
        "GrossAmount": digits(16),
        "TransactionCurrency": chars(5),
        "ReferenceSDDocument": chars(10),
        "ReferenceSDDocumentItem": chars(6),
        "ReferenceSDDocumentCategory": chars(4),
        "SalesDocument": chars(10),
        "SalesDocumentItem": chars(6),
    },
)
_ACCOUNT_ITEM = EntityType(
    "A_OperationalAcctgDocItemCube",
    ITEM_SERVICE,
    ("CompanyCode", "FiscalYear", "AccountingDocument", "AccountingDocumentItem"),
    {
        "CompanyCode": chars(4),
        "FiscalYear": chars(4),
        "AccountingDocument": chars(10),
        "AccountingDocumentItem": chars(3),
        "FinancialAccountType": chars(1),
        "AccountingDocumentType": chars(2),
        "PostingKey": chars(2),
        "SpecialGLCode": chars(1),
        "DebitCreditCode": chars(1),
        "Customer": chars(10),
        "BillingDocument": chars(10),
        "ReferenceDocumentType": chars(5),
        "OriginalReferenceDocument": chars(20),
        "PostingDate": DATE,
        "DocumentDate": DATE,
        "NetDueDate": DATE,
        "AccountingDocumentCreationDate": DATE,
        "LastChangeDate": DATE,
        "ClearingCreationDate": DATE,
        "ClearingDate": DATE,
        "ClearingAccountingDocument": chars(10),
        "ClearingDocFiscalYear": chars(4),
        "IsCleared": FLAG,
        "ClearingIsReversed": FLAG,
        "TransactionCurrency": chars(5),
        "AmountInTransactionCurrency": digits(24),
        "CompanyCodeCurrency": chars(5),
        "AmountInCompanyCodeCurrency": digits(24),
        "InvoiceReference": chars(10),
        "InvoiceReferenceFiscalYear": chars(4),
        "FollowOnDocumentType": chars(1),
        "DunningLevel": chars(1),
        "PaymentTerms": chars(4),
    },
    {},
    (("AccountingDocumentCreationDate",), ("ClearingCreationDate",), ("LastChangeDate",), ("IsCleared", "NetDueDate")),
)

ENTITY_TYPES: dict[str, EntityType] = {
    kind.name: kind
    for kind in (_ORDER, _ORDER_ITEM, _SCHEDULE, _DELIVERY, _DELIVERY_ITEM, _INVOICE, _INVOICE_ITEM, _ACCOUNT_ITEM)
}
SERVICES = (ORDER_SERVICE, DELIVERY_SERVICE, BILLING_SERVICE, ITEM_SERVICE)
NO_COUNT = frozenset({"A_SalesOrder"})  # answers 500 to $inlinecount, as the real one does


def metadata(service: str) -> bytes:
    """The service's `$metadata`, in our words with SAP's names."""
    kinds = [kind for kind in ENTITY_TYPES.values() if kind.service == service]
    space = kinds[0].space
    parts = [_entity_type(kind) for kind in kinds]
    links = [(kind, name, ENTITY_TYPES[target]) for kind in kinds for name, target in kind.expands.items()]
    parts += [_association(space, kind, name, target) for kind, name, target in links]
    sets = "".join(f'<EntitySet Name="{kind.name}" EntityType="{space}.{kind.name}Type"/>' for kind in kinds)
    sets += "".join(_association_set(space, kind, name, target) for kind, name, target in links)
    container = f'<EntityContainer Name="{space}_Entities" m:IsDefaultEntityContainer="true">{sets}</EntityContainer>'
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        '<edmx:Edmx Version="1.0" xmlns:edmx="http://schemas.microsoft.com/ado/2007/06/edmx"'
        ' xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata">'
        '<edmx:DataServices m:DataServiceVersion="2.0">'
        f'<Schema Namespace="{space}" xmlns="http://schemas.microsoft.com/ado/2008/09/edm">'
        f"{''.join(parts)}{container}</Schema></edmx:DataServices></edmx:Edmx>"
    ).encode()


def _entity_type(kind: EntityType) -> str:
    refs = "".join(f'<PropertyRef Name="{name}"/>' for name in kind.key)
    properties = "".join(_property(name, facets, key=name in kind.key) for name, facets in kind.properties.items())
    navigations = "".join(
        f'<NavigationProperty Name="{name}" Relationship="{kind.space}.{kind.name}_{name}" FromRole="from" ToRole="to"/>'
        for name in kind.expands
    )
    return f'<EntityType Name="{kind.name}Type"><Key>{refs}</Key>{properties}{navigations}</EntityType>'


def _property(name: str, facets: Facets, *, key: bool) -> str:
    kind, length, precision, scale = facets
    pairs = (("MaxLength", length), ("Precision", precision), ("Scale", scale))
    given = "".join(f" {facet}={quoteattr(value)}" for facet, value in pairs if value)
    nullable = ' Nullable="false"' if key else ""
    return f'<Property Name="{name}" Type="{kind}"{nullable}{given}/>'


def _association(space: str, kind: EntityType, name: str, target: EntityType) -> str:
    return (
        f'<Association Name="{kind.name}_{name}"><End Type="{space}.{kind.name}Type" Multiplicity="1" Role="from"/>'
        f'<End Type="{space}.{target.name}Type" Multiplicity="*" Role="to"/></Association>'
    )


def _association_set(space: str, kind: EntityType, name: str, target: EntityType) -> str:
    return (
        f'<AssociationSet Name="{kind.name}_{name}_Set" Association="{space}.{kind.name}_{name}">'
        f'<End EntitySet="{kind.name}" Role="from"/><End EntitySet="{target.name}" Role="to"/></AssociationSet>'
    )
