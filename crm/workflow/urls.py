"""Addresses of running work and of what people are told."""

from django.urls import path

from crm.workflow.views import inbox, job

app_name = "workflow"

urlpatterns = [
    path("jobs/<int:pk>/progress/", job.progress, name="progress"),
    path("notifications/", inbox.Inbox.as_view(), name="inbox"),
    path("notifications/newest/", inbox.newest, name="inbox_newest"),
    path("notifications/read/", inbox.Read.as_view(), name="inbox_read"),
    path("notifications/<int:pk>/open/", inbox.Open.as_view(), name="inbox_open"),
]
