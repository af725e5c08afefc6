"""Addresses of the app."""

from django.urls import path

from integrations.views.connection import ConnectionTestView, ConnectionView
from integrations.views.lists import rejected_entity, run_entity
from integrations.views.sync import StartView, SyncView

app_name = "integrations"

urlpatterns = [
    path("", SyncView.as_view(), name="sync"),
    path("start/", StartView.as_view(), name="sync_start"),
    path("connection/", ConnectionView.as_view(), name="connection"),
    path("connection/test/", ConnectionTestView.as_view(), name="connection_test"),
    *run_entity.urls("runs/"),
    *rejected_entity.urls("rejected/"),
]
