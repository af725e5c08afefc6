"""Models of orders, shipments, invoices, returns and receivables."""

from orders.models.customer_return import CustomerReturn, CustomerReturnLine
from orders.models.invoice import Invoice, InvoiceLine, Settlement
from orders.models.opportunity_order import OpportunityOrder
from orders.models.order import SalesOrder, SalesOrderLine
from orders.models.order_detail import OrderDetail
from orders.models.order_request import OrderRequest, OrderRequestLine, OrderRequestStateChange
from orders.models.receivable import Receivable
from orders.models.shipment import Shipment, ShipmentLine

__all__ = [
    "CustomerReturn",
    "CustomerReturnLine",
    "Invoice",
    "InvoiceLine",
    "OpportunityOrder",
    "OrderDetail",
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
