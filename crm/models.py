"""All models of the kernel, for Django; they live in their rooms."""

from crm.base import lookups
from crm.catalogue.models import Currency, ExchangeRate, Product, ProductLine, ProductUnit, Unit
from crm.importing.models import ImportBatch, ImportMapping, ImportRow
from crm.organisation.models import BusinessUnit, Region, Role, Team, TeamMembership, User
from crm.records.models import NumberSequence
from crm.workflow.models import (
    Delivery,
    Job,
    Notification,
    NotificationChoice,
    NotificationSettings,
    Task,
    TaskStateChange,
)

__all__ = [
    "BusinessUnit",
    "Currency",
    "Delivery",
    "ExchangeRate",
    "ImportBatch",
    "ImportMapping",
    "ImportRow",
    "Job",
    "Notification",
    "NotificationChoice",
    "NotificationSettings",
    "NumberSequence",
    "Product",
    "ProductLine",
    "ProductUnit",
    "Region",
    "Role",
    "Task",
    "TaskStateChange",
    "Team",
    "TeamMembership",
    "Unit",
    "User",
    "lookups",
]
