"""Addresses of exports and of their log."""

from django.urls import path

from crm.exporting.views import export
from crm.exporting.views.log import export_log_entity

app_name = "exporting"

urlpatterns = [
    path("start/<str:key>/", export.start, name="start"),
    path("ask/<str:key>/", export.ask, name="ask"),
    path("<int:pk>/", export.show, name="show"),
    path("<int:pk>/file/", export.download, name="file"),
    *export_log_entity.urls("log/"),
]
