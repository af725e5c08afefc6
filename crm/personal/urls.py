"""Addresses of personal data."""

from django.urls import path

from crm.personal.views.log import entry_entity
from crm.personal.views.person import Download, Erase, Export, Find, StartExport
from crm.personal.views.register import Register, Rule
from crm.personal.views.reveal import reveal_field

app_name = "personal"

urlpatterns = [
    path("", Register.as_view(), name="register"),
    path("find/", Find.as_view(), name="find"),
    path("export/", StartExport.as_view(), name="export_start"),
    path("export/<int:pk>/", Export.as_view(), name="export"),
    path("export/<int:pk>/file/", Download.as_view(), name="export_file"),
    path("erase/", Erase.as_view(), name="erase"),
    path("rules/<str:key>/", Rule.as_view(), name="rule"),
    path("reveal/<str:label>/<int:pk>/<slug:field>/", reveal_field, name="reveal"),
    *entry_entity.urls("log/"),
]
