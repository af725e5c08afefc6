"""Addresses of the indicators below /api/v1/kpis/."""

from django.urls import path

from analytics.views.api import KpiList, KpiValue

app_name = "kpi_api"

urlpatterns = [
    path("", KpiList.as_view(), name="list"),
    path("<int:number>/", KpiValue.as_view(), name="value"),
]
