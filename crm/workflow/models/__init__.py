"""Models of running work and of what people are told."""

from crm.workflow.models.job import Job
from crm.workflow.models.notification import Notification

__all__ = ["Job", "Notification"]
