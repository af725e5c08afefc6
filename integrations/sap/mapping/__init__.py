"""What is read from SAP, in the order in which a sync reads it: master data, then documents before those that refer to them."""

from integrations.sap.mapping.base import EntitySet
from integrations.sap.mapping.customers import CREDIT_ACCOUNTS, CUSTOMERS
from integrations.sap.mapping.deliveries import DELIVERIES
from integrations.sap.mapping.invoices import INVOICES
from integrations.sap.mapping.orders import SALES_ORDERS
from integrations.sap.mapping.products import PRODUCTS
from integrations.sap.mapping.receivables import RECEIVABLES
from integrations.sap.mapping.returns import CREDIT_REQUESTS, RETURNS

VERSION = 3  # raise it when a field map changes what it makes of the same row: every row is then taken anew

ENTITY_SETS: dict[str, EntitySet] = {
    entity_set.name: entity_set
    for entity_set in (
        CUSTOMERS,
        PRODUCTS,
        CREDIT_ACCOUNTS,
        SALES_ORDERS,
        DELIVERIES,
        INVOICES,
        RECEIVABLES,
        RETURNS,
        CREDIT_REQUESTS,
    )
}

__all__ = ["ENTITY_SETS", "VERSION", "EntitySet"]
