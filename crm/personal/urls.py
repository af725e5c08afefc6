"""Addresses of personal data."""

from django.urls import path

from crm.personal.views.log import entry_entity
from crm.personal.views.reveal import reveal_field

app_name = "personal"

urlpatterns = [
    path("reveal/<str:label>/<int:pk>/<slug:field>/", reveal_field, name="reveal"),
    *entry_entity.urls("log/"),
]
