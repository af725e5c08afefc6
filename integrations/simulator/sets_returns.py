"""The sets of returns and credit memo requests. SAP's names, keys and types."""

from integrations.simulator.edm import DATE, MOMENT, EntityType, chars, digits

RETURN_SERVICE = "API_CUSTOMER_RETURN_SRV"
CREDIT_REQUEST_SERVICE = "API_CREDIT_MEMO_REQUEST_SRV"

_RETURN = EntityType(
    "A_CustomerReturn",
    RETURN_SERVICE,
    ("CustomerReturn",),
    {
        "CustomerReturn": chars(10),
        "CustomerReturnType": chars(4),
        "SalesOrganization": chars(4),
        "SoldToParty": chars(10),
        "CreationDate": DATE,
        "LastChangeDate": DATE,
        "LastChangeDateTime": MOMENT,
        "PurchaseOrderByCustomer": chars(35),
        "CustomerReturnDate": DATE,
        "TotalNetAmount": digits(16),
        "TransactionCurrency": chars(5),
        "SDDocumentReason": chars(3),
        "ReferenceSDDocument": chars(10),
        "OverallSDProcessStatus": chars(1),
        "OverallSDDocumentRejectionSts": chars(1),
    },
    {"to_Item": "A_CustomerReturnItem"},
    (("LastChangeDateTime", "CustomerReturn"), ("CreationDate",)),
    etag="LastChangeDateTime",
)
_RETURN_ITEM = EntityType(
    "A_CustomerReturnItem",
    RETURN_SERVICE,
    ("CustomerReturn", "CustomerReturnItem"),
    {
        "CustomerReturn": chars(10),
        "CustomerReturnItem": chars(6),
        "CustomerReturnItemText": chars(40),
        "Material": chars(40),
        "RequestedQuantity": digits(15),
        "RequestedQuantityUnit": chars(3),
        "TransactionCurrency": chars(5),
        "NetAmount": digits(16),
        "SalesDocumentRjcnReason": chars(2),
        "ReferenceSDDocument": chars(10),
        "ReferenceSDDocumentItem": chars(6),
    },
)
_REQUEST = EntityType(
    "A_CreditMemoRequest",
    CREDIT_REQUEST_SERVICE,
    ("CreditMemoRequest",),
    {
        "CreditMemoRequest": chars(10),
        "CreditMemoRequestType": chars(4),
        "SalesOrganization": chars(4),
        "SoldToParty": chars(10),
        "CreationDate": DATE,
        "LastChangeDate": DATE,
        "LastChangeDateTime": MOMENT,
        "PurchaseOrderByCustomer": chars(35),
        "CreditMemoRequestDate": DATE,
        "TotalNetAmount": digits(16),
        "TransactionCurrency": chars(5),
        "SDDocumentReason": chars(3),
        "ReferenceSDDocument": chars(10),
        "OverallSDProcessStatus": chars(1),
        "OverallSDDocumentRejectionSts": chars(1),
    },
    {"to_Item": "A_CreditMemoRequestItem"},
    (("LastChangeDateTime", "CreditMemoRequest"), ("CreationDate",)),
    etag="LastChangeDateTime",
)
_REQUEST_ITEM = EntityType(
    "A_CreditMemoRequestItem",
    CREDIT_REQUEST_SERVICE,
    ("CreditMemoRequest", "CreditMemoRequestItem"),
    {
        "CreditMemoRequest": chars(10),
        "CreditMemoRequestItem": chars(6),
        "CreditMemoRequestItemText": chars(40),
        "Material": chars(40),
        "RequestedQuantity": digits(15),
        "RequestedQuantityUnit": chars(3),
        "RequestedQuantitySAPUnit": chars(3),
        "TransactionCurrency": chars(5),
        "NetAmount": digits(16),
        "SalesDocumentRjcnReason": chars(2),
        "ReferenceSDDocument": chars(10),
        "ReferenceSDDocumentItem": chars(6),
    },
)

RETURN_SETS = (_RETURN, _RETURN_ITEM, _REQUEST, _REQUEST_ITEM)
