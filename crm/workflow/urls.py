"""Addresses of running work."""

from django.urls import path

from crm.workflow.views import progress

app_name = "workflow"

urlpatterns = [path("<int:pk>/progress/", progress, name="progress")]
