"""Addresses of the app."""

from django.urls import path

from crm.generic.views.step import step_url
from orders.views.customer_return import customer_return_entity
from orders.views.invoice import invoice_entity
from orders.views.opportunity import OpportunityLink
from orders.views.order import sales_order_entity
from orders.views.order_request import STEPS, RequestQuantities, RequestStart, order_request_entity
from orders.views.receivable import receivable_entity
from orders.views.shipment import shipment_entity

app_name = "orders"

urlpatterns = [
    *shipment_entity.urls("shipments/"),
    *invoice_entity.urls("invoices/"),
    *customer_return_entity.urls("returns/"),
    *receivable_entity.urls("receivables/"),
    *order_request_entity.urls("requests/"),
    step_url(order_request_entity, STEPS, "requests/"),
    path("requests/<int:pk>/quantities/", RequestQuantities.as_view(), name="orderrequest_quantities"),
    path("requests/from-quote/<int:pk>/", RequestStart.as_view(), name="orderrequest_start"),
    path("of-opportunity/<int:pk>/", OpportunityLink.as_view(), name="opportunity_link"),
    *sales_order_entity.urls(),
]
