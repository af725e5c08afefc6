"""Addresses of running work, approvals and of what people are told."""

from django.urls import path

from crm.workflow.views import calendar, inbox, job, preferences
from crm.workflow.views.approval import approval_entity, approval_urls
from crm.workflow.views.policy import policy_entity, policy_urls
from crm.workflow.views.task import step_url, task_entity

app_name = "workflow"

urlpatterns = [
    path("jobs/", job.JobList.as_view(), name="job_list"),
    path("jobs/<int:pk>/", job.JobPage.as_view(), name="job"),
    path("jobs/<int:pk>/stop/", job.Stop.as_view(), name="job_stop"),
    path("jobs/<int:pk>/retry/", job.Retry.as_view(), name="job_retry"),
    path("jobs/<int:pk>/progress/", job.progress, name="progress"),
    path("notifications/", inbox.Inbox.as_view(), name="inbox"),
    path("notifications/newest/", inbox.newest, name="inbox_newest"),
    path("notifications/preferences/", preferences.Preferences.as_view(), name="notification_preferences"),
    path("notifications/read/", inbox.Read.as_view(), name="inbox_read"),
    path("notifications/<int:pk>/open/", inbox.Open.as_view(), name="inbox_open"),
    path("calendar/", calendar.Calendar.as_view(), name="calendar"),
    *task_entity.urls("tasks/"),
    step_url(),
    *approval_entity.urls("approvals/"),
    *approval_urls(),
    *policy_entity.urls("approval-policies/"),
    *policy_urls(),
]
