"""Addresses of the app."""

from orders.views.invoice import invoice_entity
from orders.views.order import sales_order_entity
from orders.views.receivable import receivable_entity
from orders.views.shipment import shipment_entity

app_name = "orders"

urlpatterns = [
    *shipment_entity.urls("shipments/"),
    *invoice_entity.urls("invoices/"),
    *receivable_entity.urls("receivables/"),
    *sales_order_entity.urls(),
]
