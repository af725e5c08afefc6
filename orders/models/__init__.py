"""Models of orders, shipments, invoices and receivables."""

from orders.models.invoice import Invoice, InvoiceLine, Settlement
from orders.models.opportunity_order import OpportunityOrder
from orders.models.order import SalesOrder, SalesOrderLine
from orders.models.order_request import OrderRequest, OrderRequestLine, OrderRequestStateChange
from orders.models.receivable import Receivable
from orders.models.shipment import Shipment, ShipmentLine

__all__ = [
    "Invoice",
    "InvoiceLine",
    "OpportunityOrder",
    "OrderRequest",
    "OrderRequestLine",
    "OrderRequestStateChange",
    "Receivable",
    "SalesOrder",
    "SalesOrderLine",
    "Settlement",
    "Shipment",
    "ShipmentLine",
]
