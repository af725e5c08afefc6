"""Addresses of the app."""

from django.urls import include, path

from crm.generic.views.step import step_url
from integrations.views.api_reference import ApiReference
from integrations.views.api_tokens import OwnTokens, RevokeToken, token_entity
from integrations.views.connection import ConnectionTestView, ConnectionView
from integrations.views.entity_set import EntitySetView
from integrations.views.handing_over import HandingOverView, SalesAreaView
from integrations.views.lists import (
    COMPARISON_STEPS,
    REJECTION_STEPS,
    reconciliation_entity,
    rejected_entity,
    run_entity,
)
from integrations.views.outbox import STEPS, CustomerStep, RecordStep, outbox_entity
from integrations.views.refresh import RefreshView
from integrations.views.sync import MissingView, StartView, StopView, SyncView, TakeView, WaitingView
from integrations.views.unknown import AskView, RegisterNumber, TakeNumber, UnknownNumber, UnknownNumbers
from integrations.views.webhooks import (
    DELIVERY_STEPS,
    WEBHOOK_STEPS,
    RenewSecret,
    delivery_entity,
    webhook_entity,
)

app_name = "integrations"

urlpatterns = [
    path("", SyncView.as_view(), name="sync"),
    path("start/", StartView.as_view(), name="sync_start"),
    path("stop/", StopView.as_view(), name="sync_stop"),
    path("drop/take/", TakeView.as_view(), name="take_folder"),
    path("sets/<str:name>/", EntitySetView.as_view(), name="entity_set"),
    path("waiting/", WaitingView.as_view(), name="waiting"),
    path("waiting/read/", MissingView.as_view(), name="read_missing"),
    path("refresh/<str:kind>/<int:pk>/", RefreshView.as_view(), name="refresh"),
    path("unknown/", UnknownNumbers.as_view(), name="unknown_numbers"),
    path("unknown/<slug:kind>/ask/", AskView.as_view(), name="ask_erp"),
    path("unknown/<slug:kind>/of/<path:number>/", UnknownNumber.as_view(), name="unknown_number"),
    path("unknown/<slug:kind>/take/<path:number>/", TakeNumber.as_view(), name="take_number"),
    path("unknown/register/<path:number>/", RegisterNumber.as_view(), name="register_number"),
    path("wecom/", include("integrations.wecom.urls")),
    path("connection/", ConnectionView.as_view(), name="connection"),
    path("connection/test/", ConnectionTestView.as_view(), name="connection_test"),
    path("api/", ApiReference.as_view(), name="api_reference"),
    path("api/<slug:kind>/", ApiReference.as_view(), name="api_reference_kind"),
    path("tokens/", OwnTokens.as_view(), name="tokens"),
    path("tokens/<int:pk>/revoke/", RevokeToken.as_view(), name="token_revoke"),
    *token_entity.urls("tokens/all/"),
    path("webhooks/<int:pk>/secret/", RenewSecret.as_view(entity=webhook_entity), name="webhook_secret"),
    step_url(webhook_entity, WEBHOOK_STEPS, "webhooks/"),
    step_url(delivery_entity, DELIVERY_STEPS, "webhooks/messages/"),
    *delivery_entity.urls("webhooks/messages/"),
    *webhook_entity.urls("webhooks/"),
    *run_entity.urls("runs/"),
    *rejected_entity.urls("rejected/"),
    step_url(rejected_entity, REJECTION_STEPS, "rejected/"),
    *reconciliation_entity.urls("comparisons/"),
    step_url(reconciliation_entity, COMPARISON_STEPS, "comparisons/"),
    *outbox_entity.urls("outbox/"),
    step_url(outbox_entity, STEPS, "outbox/"),
    path("outbox/orders/<int:pk>/<slug:step>/", RecordStep.as_view(), name="order_step"),
    path("outbox/customers/<int:pk>/<slug:step>/", CustomerStep.as_view(), name="partner_step"),
    path("handing-over/", HandingOverView.as_view(), name="handing_over"),
    path("handing-over/<int:unit>/", SalesAreaView.as_view(), name="sales_area"),
]
