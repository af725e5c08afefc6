"""Models of running work, of to-dos and of what people are told."""

from crm.workflow.models.delivery import Delivery, NotificationChoice, NotificationSettings
from crm.workflow.models.job import Job, JobEntry
from crm.workflow.models.notification import Notification
from crm.workflow.models.task import Priority, Task, TaskState, TaskStateChange

__all__ = [
    "Delivery",
    "Job",
    "JobEntry",
    "Notification",
    "NotificationChoice",
    "NotificationSettings",
    "Priority",
    "Task",
    "TaskState",
    "TaskStateChange",
]
