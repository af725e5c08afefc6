"""Addresses of bulk edits."""

from django.urls import path

from crm.bulk import views

app_name = "bulk"

urlpatterns = [
    path("edit/<str:key>/", views.edit, name="edit"),
    path("<int:pk>/", views.show, name="show"),
]
