"""Addresses of the app."""

from django.urls import path

from crm.generic.views.step import step_url
from customers.views import handover, pool
from customers.views.contact import contact_entity
from customers.views.customer import STEPS, customer_entity

app_name = "customers"

urlpatterns = [
    *contact_entity.urls("contacts/"),
    path("pool/warnings/", pool.WarningsView.as_view(), name="pool_warnings"),
    path("pool/tomorrow/", pool.TomorrowView.as_view(), name="pool_tomorrow"),
    *pool.customer_pool_entity.urls("pools/"),
    *pool.recycle_rule_entity.urls("pools/rules/"),
    *pool.pool_entry_entity.urls("pool/"),
    step_url(pool.pool_entry_entity, pool.STEPS, "pool/"),
    path("handovers/<int:pk>/<int:line>/sheet/", handover.SheetView.as_view(), name="handover_sheet"),
    path("handovers/<int:pk>/<int:line>/decline/", handover.DeclineView.as_view(), name="handover_decline"),
    *handover.handover_entity.urls("handovers/"),
    step_url(handover.handover_entity, handover.STEPS, "handovers/"),
    *customer_entity.urls(),
    step_url(customer_entity, STEPS),
]
