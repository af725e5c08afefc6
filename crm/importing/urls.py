"""Addresses of the import wizard."""

from django.urls import path

from crm.importing.views import commit, preview, upload

app_name = "importing"

urlpatterns = [
    path("", upload.start, name="start"),
    path("template/<slug:resource>.xlsx", upload.template, name="template"),
    path("<int:pk>/", preview.batch, name="batch"),
    path("<int:pk>/mapping/", upload.mapping, name="mapping"),
    path("<int:pk>/sheet/", upload.sheet, name="sheet"),
    path("<int:pk>/check/", preview.check, name="check"),
    path("<int:pk>/cell/", preview.cell, name="cell"),
    path("<int:pk>/suggestions/", preview.suggestions, name="suggestions"),
    path("<int:pk>/commit/", commit.commit, name="commit"),
    path("<int:pk>/discard/", commit.discard, name="discard"),
    path("<int:pk>/rows.<slug:form>", commit.rows, name="rows"),
]
