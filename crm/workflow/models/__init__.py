"""Models of running work, of to-dos, of approvals and of what people are told."""

from crm.workflow.models.approval_policy import (
    ApprovalCondition,
    ApprovalPolicy,
    ApprovalPolicyStateChange,
    ApprovalStep,
    PolicyState,
)
from crm.workflow.models.approval_request import (
    ApprovalAssignment,
    ApprovalEvent,
    ApprovalRequest,
    ApprovalRequestStateChange,
    ApprovalRequestStep,
    RequestState,
)
from crm.workflow.models.delivery import Delivery, NotificationChoice, NotificationSettings
from crm.workflow.models.job import Job, JobEntry
from crm.workflow.models.notification import Notification
from crm.workflow.models.task import Priority, Task, TaskState, TaskStateChange

__all__ = [
    "ApprovalAssignment",
    "ApprovalCondition",
    "ApprovalEvent",
    "ApprovalPolicy",
    "ApprovalPolicyStateChange",
    "ApprovalRequest",
    "ApprovalRequestStateChange",
    "ApprovalRequestStep",
    "ApprovalStep",
    "Delivery",
    "Job",
    "JobEntry",
    "Notification",
    "NotificationChoice",
    "NotificationSettings",
    "PolicyState",
    "Priority",
    "RequestState",
    "Task",
    "TaskState",
    "TaskStateChange",
]
